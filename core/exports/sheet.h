#pragma once

#include <string>
#include <utility>
#include <vector>

namespace cordon::exports {

/// A document that is written from top to bottom: for a browser, or as pages. Everything it is given may come from a log;
/// it makes it safe itself.
class Sheet
{
public:
    struct Column
    {
        std::string title;
        double share = 1; ///< of the width, beside the other columns'
        bool isMono = false;
    };

    virtual ~Sheet() = default;
    /// @param band  stands on top of every page where it is not empty
    virtual void begin(const std::string& title, const std::string& band) = 0;
    virtual void heading(int level, const std::string& text) = 0; ///< 1 to 3
    virtual void paragraph(const std::string& text) = 0;
    /// What is told of something, name by name.
    virtual void facts(const std::vector<std::pair<std::string, std::string>>& facts) = 0;
    virtual void item(const std::string& text) = 0; ///< of a list
    /// Lines as they are, in one width.
    virtual void lines(const std::string& text) = 0;
    virtual void beginTable(std::vector<Column> columns) = 0;
    virtual void row(const std::vector<std::string>& cells) = 0;
    virtual void endTable() = 0;
    virtual void end() = 0;
};

} // namespace cordon::exports
