#include "core/exports/pdf_sheet.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace cordon::exports {
namespace {

constexpr double pageWidth = 595;
constexpr double pageHeight = 842;
constexpr double margin = 48;
constexpr double textWidth = pageWidth - 2 * margin;
constexpr double bottom = 60;
constexpr double leading = 1.32; ///< line height by the size
constexpr double cellSize = 8;
constexpr double gap = 6;        ///< between columns

// Objects with numbers of their own; pages come behind them.
enum Object : std::size_t { Catalogue = 1, Pages = 2, FirstFace = 3, Info = 6, FirstFree = 7 };

std::string number(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.2f", value);
    return text.data();
}

} // namespace

void PdfSheet::emit(const std::string& bytes)
{
    m_out << bytes;
    m_at += bytes.size();
}

void PdfSheet::beginObject(std::size_t number)
{
    if (m_offsets.size() <= number)
        m_offsets.resize(number + 1, 0);
    m_offsets[number] = m_at;
    emit(std::to_string(number) + " 0 obj\n");
}

void PdfSheet::begin(const std::string& title, const std::string& band)
{
    m_title = pdfText(title);
    m_band = pdfText(band);
    emit("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n");
    const std::array<const char*, 3> faces{"Helvetica", "Helvetica-Bold", "Courier"};
    for (std::size_t i = 0; i < faces.size(); ++i) {
        beginObject(FirstFace + i);
        emit("<< /Type /Font /Subtype /Type1 /BaseFont /" + std::string(faces[i]) + " /Encoding /WinAnsiEncoding >>\nendobj\n");
    }
    beginObject(Info);
    emit("<< /Title " + pdfString(m_title) + " /Producer (Cordon) >>\nendobj\n");
    m_offsets.resize(FirstFree, 0);
    beginPage();
    write(title, {PdfFace::Bold, 17, 0, 4});
    m_y -= 6;
}

void PdfSheet::beginPage()
{
    m_page.clear();
    m_y = pageHeight - margin;
    if (!m_band.empty()) {
        put(margin, m_y, PdfFace::Bold, 9, m_band);
        m_y -= 20;
    }
}

void PdfSheet::endPage()
{
    put(margin, 34, PdfFace::Plain, 8, m_title.substr(0, 90));
    const std::string page = "page " + std::to_string(m_pages.size() + 1);
    put(pageWidth - margin - pdfWidth(page, PdfFace::Plain) * 8, 34, PdfFace::Plain, 8, page);
    const std::size_t content = m_offsets.size();
    beginObject(content);
    emit("<< /Length " + std::to_string(m_page.size()) + " >>\nstream\n" + m_page + "\nendstream\nendobj\n");
    const std::size_t sheet = content + 1;
    beginObject(sheet);
    emit("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents " + std::to_string(content) +
         " 0 R /Resources << /Font << /F0 3 0 R /F1 4 0 R /F2 5 0 R >> >> >>\nendobj\n");
    m_pages.push_back(sheet);
}

void PdfSheet::put(double x, double y, PdfFace face, double size, const std::string& coded)
{
    m_page += "BT /F" + std::to_string(static_cast<int>(face)) + " " + number(size) + " Tf " + number(x) + " " + number(y) +
              " Td " + pdfString(coded) + " Tj ET\n";
}

void PdfSheet::need(double height)
{
    if (m_y - height >= bottom)
        return;
    endPage();
    beginPage();
}

void PdfSheet::write(const std::string& text, const Style& style)
{
    const double height = style.size * leading;
    m_y -= style.above;
    for (const std::string& line : pdfLines(pdfText(text), style.face, style.size, textWidth - style.indent)) {
        need(height);
        m_y -= height;
        put(margin + style.indent, m_y, style.face, style.size, line);
    }
}

void PdfSheet::heading(int level, const std::string& text)
{
    constexpr std::array<double, 4> sizes{15, 14, 11.5, 10};
    need(70); // not alone at the foot of a page
    write(text, {PdfFace::Bold, sizes[static_cast<std::size_t>(std::clamp(level, 0, 3))], 0, level == 1 ? 16.0 : 10.0});
    m_y -= 3;
}

void PdfSheet::paragraph(const std::string& text)
{
    write(text, {PdfFace::Plain, 9.5, 0, 3});
}

void PdfSheet::facts(const std::vector<std::pair<std::string, std::string>>& facts)
{
    const std::vector<Column> before = std::move(m_columns);
    m_columns = {{"", 1, false}, {"", 3.2, false}};
    for (const auto& [name, text] : facts)
        cells({name, text}, false);
    m_columns = before;
    m_y -= 4;
}

void PdfSheet::item(const std::string& text)
{
    const double y = m_y;
    write(text, {PdfFace::Plain, 9.5, 12, 2});
    if (y > m_y) // else it began on a new page, where its first line stands highest
        put(margin + 2, y - 2 - 9.5 * leading, PdfFace::Plain, 9.5, "\x95");
}

void PdfSheet::lines(const std::string& text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        write(text.substr(at, end - at), {PdfFace::Mono, 7.5, 0, 0});
        at = end + 1;
    }
    m_y -= 4;
}

void PdfSheet::beginTable(std::vector<Column> columns)
{
    m_columns = std::move(columns);
    need(50);
    headRow();
}

void PdfSheet::headRow()
{
    std::vector<std::string> titles;
    for (const Column& column : m_columns)
        titles.push_back(column.title);
    cells(titles, true);
}

void PdfSheet::row(const std::vector<std::string>& texts)
{
    cells(texts, false);
}

void PdfSheet::cells(const std::vector<std::string>& texts, bool isHead)
{
    double whole = 0;
    for (const Column& column : m_columns)
        whole += column.share;
    std::vector<std::vector<std::string>> wrapped;
    std::size_t most = 1;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const PdfFace face = isHead ? PdfFace::Bold : m_columns[i].isMono ? PdfFace::Mono : PdfFace::Plain;
        const double width = textWidth * m_columns[i].share / whole - gap;
        wrapped.push_back(pdfLines(pdfText(i < texts.size() ? texts[i] : ""), face, cellSize, width));
        most = std::max(most, wrapped.back().size());
    }
    const double height = cellSize * leading;
    for (std::size_t line = 0; line < most; ++line) {
        if (m_y - height - 3 < bottom) {
            endPage();
            beginPage();
            if (!isHead && !m_columns.front().title.empty())
                headRow();
        }
        m_y -= height;
        double x = margin;
        for (std::size_t i = 0; i < wrapped.size(); ++i) {
            const PdfFace face = isHead ? PdfFace::Bold : m_columns[i].isMono ? PdfFace::Mono : PdfFace::Plain;
            if (line < wrapped[i].size() && !wrapped[i][line].empty())
                put(x, m_y, face, cellSize, wrapped[i][line]);
            x += textWidth * m_columns[i].share / whole;
        }
    }
    m_y -= 3;
    if (!m_columns.front().title.empty()) // a thin rule below
        m_page += "0.8 G 0.4 w " + number(margin) + " " + number(m_y) + " m " + number(pageWidth - margin) + " " +
                  number(m_y) + " l S 0 G\n";
}

void PdfSheet::endTable()
{
    m_columns.clear();
    m_y -= 6;
}

void PdfSheet::end()
{
    endPage();
    beginObject(Catalogue);
    emit("<< /Type /Catalog /Pages 2 0 R /Lang (en) >>\nendobj\n");
    beginObject(Pages);
    std::string kids;
    for (const std::size_t page : m_pages)
        kids += std::to_string(page) + " 0 R ";
    emit("<< /Type /Pages /Count " + std::to_string(m_pages.size()) + " /Kids [" + kids + "] >>\nendobj\n");
    const std::uint64_t table = m_at;
    std::string rows = "xref\n0 " + std::to_string(m_offsets.size()) + "\n0000000000 65535 f \n";
    for (std::size_t i = 1; i < m_offsets.size(); ++i) {
        std::array<char, 32> row{};
        std::snprintf(row.data(), row.size(), "%010llu 00000 n \n", static_cast<unsigned long long>(m_offsets[i]));
        rows += row.data();
    }
    emit(rows + "trailer\n<< /Size " + std::to_string(m_offsets.size()) + " /Root 1 0 R /Info 6 0 R >>\nstartxref\n" +
         std::to_string(table) + "\n%%EOF\n");
}

} // namespace cordon::exports
