#include "core/ingest/whole_records.h"

#include "core/ingest/readers/csv_row_scan.h"

#include <algorithm>

namespace cordon::ingest {
namespace {

constexpr std::string_view blanks = " \t\r\n\xEF\xBB\xBF"; // a byte order mark too

bool isBlank(char byte)
{
    return blanks.find(byte) != std::string_view::npos;
}

/// `1234` of `… msg=audit(1700000000.123:1234): …`; "" when the line is no audit line.
std::string_view auditNumber(std::string_view line)
{
    constexpr std::string_view mark = "msg=audit(";
    const auto at = line.find(mark);
    const auto colon = at == std::string_view::npos ? at : line.find(':', at + mark.size());
    const auto close = colon == std::string_view::npos ? colon : line.find(')', colon);
    return close == std::string_view::npos ? std::string_view() : line.substr(colon + 1, close - colon - 1);
}

} // namespace

RecordLayout layoutOf(std::string_view start)
{
    const auto begin = start.find_first_not_of(blanks);
    if (begin == std::string_view::npos || (start[begin] != '{' && start[begin] != '['))
        return RecordLayout::Lines;
    const auto end = start.find('\n', begin);
    if (end == std::string_view::npos)
        return RecordLayout::Documents; // one long line: bracket by bracket is right for it too
    WholeRecords line(RecordLayout::Documents);
    line.add(start.substr(begin, end - begin));
    return line.end() > 0 ? RecordLayout::Lines : RecordLayout::Documents;
}

void WholeRecords::startLine(std::uint64_t at)
{
    m_end = at;
    m_depth = 0;
    m_isInString = false;
    m_isEscaped = false;
    m_isBlank = true;
    m_isJson = false;
}

void WholeRecords::add(std::string_view bytes)
{
    if (m_layout == RecordLayout::Lines) {
        // Only what stands behind the last line end needs a closer look.
        if (const auto last = bytes.rfind('\n'); last != std::string_view::npos) {
            m_taken += last + 1;
            startLine(m_taken);
            bytes.remove_prefix(last + 1);
        }
    }
    scan(bytes);
    m_taken += bytes.size();
}

void WholeRecords::scan(std::string_view bytes)
{
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char byte = bytes[i];
        if (m_isInString) {
            if (m_isEscaped)
                m_isEscaped = false;
            else if (byte == '\\')
                m_isEscaped = true;
            else if (byte == '"')
                m_isInString = false;
            continue;
        }
        if (m_isBlank && !isBlank(byte)) {
            m_isBlank = false;
            m_isJson = byte == '{' || byte == '[';
        }
        if (!m_isJson) {
            if (byte == '\n') // between documents: whatever it is, it ends here
                startLine(m_taken + i + 1);
            continue;
        }
        if (byte == '"') {
            m_isInString = true;
        } else if (byte == '{' || byte == '[') {
            ++m_depth;
        } else if ((byte == '}' || byte == ']') && m_depth > 0 && --m_depth == 0) {
            m_end = m_taken + i + 1;
            m_isBlank = true;
            m_isJson = false;
        }
    }
}

std::size_t lastAuditRecord(std::string_view text)
{
    std::size_t begin = text.size();
    std::string_view number;
    while (begin > 0) {
        const auto before = begin < 2 ? std::string_view::npos : text.rfind('\n', begin - 2);
        const std::size_t line = before == std::string_view::npos ? 0 : before + 1;
        const std::string_view found = auditNumber(text.substr(line, begin - line));
        if (found.empty() || (!number.empty() && found != number))
            break;
        number = found;
        begin = line;
    }
    return number.empty() ? text.size() : begin;
}

TableRows tableRows(std::string_view rows)
{
    TableRows found;
    CsvRowScan scan(anyDelimiter);
    for (std::size_t end = scan.endIn(rows); end != std::string_view::npos; end = scan.endIn(rows.substr(found.end)))
        found.end += end + 1;
    found.isOpen = scan.isQuoted();
    return found;
}

} // namespace cordon::ingest
