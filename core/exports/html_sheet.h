#pragma once

#include "core/exports/sheet.h"

#include <ostream>

namespace cordon::exports {

/// Text from outside as HTML text: hidden characters are shown, and nothing in it is markup.
[[nodiscard]] std::string escapedForHtml(std::string_view text);

/// One HTML file without script, font, picture or link to anything outside; a policy in its head forbids them too.
class HtmlSheet final : public Sheet
{
public:
    /// @param out  outlives this
    explicit HtmlSheet(std::ostream& out) : m_out(out) {}
    void begin(const std::string& title, const std::string& band) override;
    void heading(int level, const std::string& text) override;
    void paragraph(const std::string& text) override;
    void facts(const std::vector<std::pair<std::string, std::string>>& facts) override;
    void item(const std::string& text) override;
    void lines(const std::string& text) override;
    void beginTable(std::vector<Column> columns) override;
    void row(const std::vector<std::string>& cells) override;
    void endTable() override;
    void end() override;

private:
    void endList();
    std::ostream& m_out;
    std::vector<Column> m_columns;
    bool m_isInList = false;
};

} // namespace cordon::exports
