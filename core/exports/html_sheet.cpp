#include "core/exports/html_sheet.h"

#include "core/base/display_escape.h"

namespace cordon::exports {
namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light dark; }
body { font: 14px/1.45 system-ui, sans-serif; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; margin: .2rem 0 1rem; } h2 { font-size: 1.3rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid #8886; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .4rem; } p, ul, dl { margin: .5rem 0; }
.band { font-weight: 600; border: 2px solid; padding: .3rem .7rem; letter-spacing: .06em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; } dt { opacity: .7; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0 1.2rem; font-size: 13px; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid #8884; overflow-wrap: anywhere; unicode-bidi: isolate; }
.mono, pre { font-family: ui-monospace, monospace; font-size: 12px; } pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8884; padding: .7rem; }
@media print { body { max-width: none; margin: 0; font-size: 10pt; } h2 { break-after: avoid; } tr, li { break-inside: avoid; }
  thead { display: table-header-group; } @page { margin: 16mm 14mm; } }
)";

} // namespace

std::string escapedForHtml(std::string_view text)
{
    std::string out;
    for (const char c : escapedForDisplay(text)) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

void HtmlSheet::begin(const std::string& title, const std::string& band)
{
    m_out << "<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\"><head><meta charset=\"utf-8\">"
          << "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
          << "<meta name=\"referrer\" content=\"no-referrer\"><meta name=\"viewport\" content=\"width=device-width\">"
          << "<title>" << escapedForHtml(title) << "</title><style>" << style << "</style></head><body>\n";
    if (!band.empty())
        m_out << "<p class=\"band\">" << escapedForHtml(band) << "</p>\n";
    m_out << "<h1>" << escapedForHtml(title) << "</h1>\n";
}

void HtmlSheet::endList()
{
    m_out << (m_isInList ? "</ul>\n" : "");
    m_isInList = false;
}

void HtmlSheet::heading(int level, const std::string& text)
{
    endList();
    m_out << "<h" << level + 1 << ">" << escapedForHtml(text) << "</h" << level + 1 << ">\n";
}

void HtmlSheet::paragraph(const std::string& text)
{
    endList();
    m_out << "<p>" << escapedForHtml(text) << "</p>\n";
}

void HtmlSheet::facts(const std::vector<std::pair<std::string, std::string>>& facts)
{
    endList();
    m_out << "<dl>\n";
    for (const auto& [name, text] : facts)
        m_out << "<dt>" << escapedForHtml(name) << "</dt><dd>" << escapedForHtml(text) << "</dd>\n";
    m_out << "</dl>\n";
}

void HtmlSheet::item(const std::string& text)
{
    m_out << (m_isInList ? "" : "<ul>\n") << "<li>" << escapedForHtml(text) << "</li>\n";
    m_isInList = true;
}

void HtmlSheet::lines(const std::string& text)
{
    endList();
    m_out << "<pre>";
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        m_out << escapedForHtml(std::string_view(text).substr(at, end - at)) << "\n";
        at = end + 1;
    }
    m_out << "</pre>\n";
}

void HtmlSheet::beginTable(std::vector<Column> columns)
{
    endList();
    m_columns = std::move(columns);
    double whole = 0;
    for (const Column& column : m_columns)
        whole += column.share;
    m_out << "<table><colgroup>";
    for (const Column& column : m_columns)
        m_out << "<col style=\"width:" << static_cast<int>(100 * column.share / whole) << "%\">";
    m_out << "</colgroup><thead><tr>";
    for (const Column& column : m_columns)
        m_out << "<th scope=\"col\">" << escapedForHtml(column.title) << "</th>";
    m_out << "</tr></thead><tbody>\n";
}

void HtmlSheet::row(const std::vector<std::string>& cells)
{
    m_out << "<tr>";
    for (std::size_t i = 0; i < cells.size() && i < m_columns.size(); ++i)
        m_out << (m_columns[i].isMono ? "<td class=\"mono\">" : "<td>") << escapedForHtml(cells[i]) << "</td>";
    m_out << "</tr>\n";
}

void HtmlSheet::endTable()
{
    m_out << "</tbody></table>\n";
}

void HtmlSheet::end()
{
    endList();
    m_out << "</body></html>\n";
}

} // namespace cordon::exports
