#pragma once

#include "core/exports/pdf_text.h"
#include "core/exports/sheet.h"

#include <cstdint>
#include <ostream>

namespace cordon::exports {

/// A4 pages in the faces that every PDF reader has, with page numbers. No script, form, link or attachment. Holds one
/// page at a time. Source: ISO 32000-1
class PdfSheet final : public Sheet
{
public:
    /// @param out  outlives this
    explicit PdfSheet(std::ostream& out) : m_out(out) {}
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
    struct Style
    {
        PdfFace face = PdfFace::Plain;
        double size = 9.5;
        double indent = 0;
        double above = 0;
    };
    void write(const std::string& text, const Style& style);
    void put(double x, double y, PdfFace face, double size, const std::string& coded);
    void need(double height); ///< a new page when there is no room
    void beginPage();
    void endPage();
    void headRow();
    void cells(const std::vector<std::string>& texts, bool isHead);
    void beginObject(std::size_t number);
    void emit(const std::string& bytes);

    std::ostream& m_out;
    std::uint64_t m_at = 0;                ///< bytes written
    std::vector<std::uint64_t> m_offsets;  ///< by object number
    std::vector<std::size_t> m_pages;      ///< object numbers
    std::string m_page;                    ///< content of the one that is being filled
    double m_y = 0;
    std::string m_title;
    std::string m_band;
    std::vector<Column> m_columns;
};

} // namespace cordon::exports
