#include "core/value/csv.h"

#include <algorithm>
#include <array>

namespace cordon::csv {
namespace {

bool isBlank(char letter)
{
    return letter == ' ' || letter == '\t';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

} // namespace

RowReader::RowReader(std::string_view text, char separator, Limits limits)
    : m_text(text)
    , m_separator(separator)
    , m_limits(limits)
{
    if (m_text.starts_with("\xEF\xBB\xBF"))
        m_at = 3;
}

/// The row is no use; reading goes on behind the line in which it began, whatever quotes are open.
void RowReader::spoil(Row& row, std::string problem)
{
    row.problem = std::move(problem);
    row.cells.clear();
    const std::size_t end = std::min(m_text.find('\n', row.offset), m_text.size());
    m_at = end;
    m_line = row.line;
}

bool RowReader::readQuoted(Row& row, std::string& cell)
{
    ++m_at;
    while (m_at < m_text.size()) {
        const char letter = m_text[m_at];
        if (letter == '"' && m_at + 1 < m_text.size() && m_text[m_at + 1] == '"') {
            m_at += 2;
            cell += '"';
        } else if (letter == '"') {
            ++m_at;
            while (m_at < m_text.size() && (isBlank(m_text[m_at]) || m_text[m_at] == '\r') &&
                   m_text[m_at] != m_separator)
                ++m_at;
            const bool isEnd = m_at == m_text.size() || m_text[m_at] == m_separator || m_text[m_at] == '\n';
            if (!isEnd)
                spoil(row, "text behind a closing quote");
            return isEnd;
        } else {
            m_line += letter == '\n' ? 1 : 0;
            cell += letter;
            ++m_at;
        }
        if (cell.size() > m_limits.cellBytes) {
            spoil(row, "a cell is longer than " + std::to_string(m_limits.cellBytes) +
                           " bytes, or its quote is never closed");
            return false;
        }
    }
    spoil(row, "a quote is never closed");
    return false;
}

bool RowReader::readCell(Row& row)
{
    if (row.cells.size() == m_limits.cells) {
        spoil(row, "more than " + std::to_string(m_limits.cells) + " cells");
        return false;
    }
    std::size_t begin = m_at;
    while (begin < m_text.size() && isBlank(m_text[begin]) && m_text[begin] != m_separator)
        ++begin;
    std::string cell;
    if (begin < m_text.size() && m_text[begin] == '"') {
        m_at = begin;
        if (!readQuoted(row, cell))
            return false;
    } else {
        std::size_t end = m_at;
        while (end < m_text.size() && m_text[end] != m_separator && m_text[end] != '\n')
            ++end;
        std::string_view plain = m_text.substr(m_at, end - m_at);
        if (plain.ends_with('\r') && (end == m_text.size() || m_text[end] == '\n'))
            plain.remove_suffix(1);
        plain = trimmed(plain);
        if (plain.size() > m_limits.cellBytes) {
            spoil(row, "a cell is longer than " + std::to_string(m_limits.cellBytes) + " bytes");
            return false;
        }
        cell = plain;
        m_at = end;
    }
    row.cells.push_back(std::move(cell));
    return true;
}

std::optional<Row> RowReader::next()
{
    while (m_at < m_text.size()) {
        Row row;
        row.line = m_line;
        row.offset = m_at;
        while (readCell(row) && m_at < m_text.size() && m_text[m_at] == m_separator)
            ++m_at;
        row.length = m_at - row.offset;
        if (m_at < m_text.size())
            ++m_at; // the line break
        ++m_line;
        const bool isEmpty = row.problem.empty() && row.cells.size() == 1 && row.cells.front().empty();
        if (!isEmpty)
            return row;
    }
    return std::nullopt;
}

char separatorOf(std::string_view text)
{
    const std::string_view line = text.substr(0, text.find('\n'));
    char best = ',';
    auto most = std::count(line.begin(), line.end(), best);
    for (const char candidate : {';', '\t', '|'}) {
        const auto count = std::count(line.begin(), line.end(), candidate);
        if (count > most) {
            most = count;
            best = candidate;
        }
    }
    return best;
}

bool isFormula(std::string_view text)
{
    constexpr std::array<std::string_view, 11> begins{"=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"};
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    return std::any_of(begins.begin(), begins.end(), [&](std::string_view one) { return text.starts_with(one); });
}

std::string cellText(std::string_view text)
{
    std::string cell = isFormula(text) ? "'" : "";
    cell += text;
    if (cell.find_first_of(",;|\"\n\r\t") == std::string::npos)
        return cell;
    std::string quoted = "\"";
    for (const char letter : cell) {
        quoted += letter;
        if (letter == '"')
            quoted += '"';
    }
    return quoted + '"';
}

} // namespace cordon::csv
