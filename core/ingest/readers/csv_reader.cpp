#include "core/ingest/readers/csv_reader.h"

#include "core/ingest/readers/json_object.h"

#include <algorithm>

namespace cordon::ingest {
namespace {

constexpr std::size_t mostColumns = 4096;
constexpr std::size_t nowhere = std::string_view::npos;
constexpr std::size_t mostHeld = 32U << 20U; ///< of a row whose quotes may never close
constexpr std::string_view tooLong = "a row that is longer than 1048576 bytes";
constexpr std::string_view byteOrderMark = "\xef\xbb\xbf";

} // namespace

CsvReader::CsvReader(CsvShape shape)
    : m_shape(std::move(shape))
    , m_hasHeader(!m_shape.columns.empty())
    , m_scan({&m_shape.delimiter, 1})
{}

void CsvReader::goOn(const EarlierPart& earlier)
{
    std::string_view head = earlier.head;
    if (head.substr(0, byteOrderMark.size()) == byteOrderMark)
        head.remove_prefix(byteOrderMark.size());
    while (!m_hasHeader && !head.empty()) {
        const std::size_t end = CsvRowScan({&m_shape.delimiter, 1}).endIn(head);
        if (end == nowhere)
            return;
        std::string_view row = head.substr(0, end);
        if (!row.empty() && row.back() == '\r')
            row.remove_suffix(1);
        if (!row.empty()) {
            split(row);
            m_shape.columns = m_fields;
            m_hasHeader = true;
        }
        head.remove_prefix(end + 1);
    }
}

bool CsvReader::step()
{
    if (m_isSkipping)
        return passOverRow();
    if (offset() == 0 && held().substr(0, byteOrderMark.size()) == byteOrderMark)
        drop(byteOrderMark.size());
    const std::string_view text = held();
    if (text.empty())
        return false;
    if (m_isPlain) {
        takeBytes(text.find('\n'));
        return true;
    }
    const std::size_t end = m_scan.endIn(text.substr(m_scanned));
    if (end != nowhere) {
        takeBytes(m_scanned + end);
        return true;
    }
    m_scanned = text.size();
    if (text.size() > mostHeld) {
        m_isSkipping = true;
        m_skipFrom = offset();
        drop(text.size());
        m_scanned = 0;
        return passOverRow();
    }
    return isFinished() && takeLast(text);
}

/// What stands behind the log's last row end.
bool CsvReader::takeLast(std::string_view text)
{
    m_isPlain = m_scan.isQuoted();
    if (!m_isPlain) {
        takeBytes(nowhere);
        return true;
    }
    const std::size_t length = std::min(text.find('\n'), text.size() - 1) + 1;
    reject(offset(), length, "a quote that never ends");
    drop(length);
    return true;
}

/// Lets go of a row to its own end: a line end within quotes is none.
bool CsvReader::passOverRow()
{
    const std::string_view text = held();
    const std::size_t end = m_scan.endIn(text);
    drop(end == nowhere ? text.size() : end + 1);
    if (end == nowhere && !isFinished())
        return false;
    m_isSkipping = false;
    reject(m_skipFrom, offset() - m_skipFrom, std::string(tooLong));
    return true;
}

/// Takes a row, its end at `end` or, at npos, with the log's.
void CsvReader::takeBytes(std::size_t end)
{
    const std::string_view text = held();
    std::size_t length = std::min(end, text.size());
    if (length > 0 && text[length - 1] == '\r')
        --length;
    const Piece row{text.substr(0, length), offset(), length};
    drop(std::min(end, text.size() - 1) + 1);
    m_scanned = 0;
    if (length > longestLine)
        reject(row.offset, length, std::string(tooLong));
    else if (length > 0)
        takeRow(row);
}

void CsvReader::takeRow(const Piece& piece)
{
    split(piece.text);
    if (!m_hasHeader) {
        m_shape.columns = m_fields;
        m_hasHeader = true;
        return;
    }
    if (m_fields.size() != m_shape.columns.size())
        return reject(piece.offset, piece.length,
                      "the row has " + std::to_string(m_fields.size()) + " fields, the table has " +
                          std::to_string(m_shape.columns.size()) + " columns");
    std::string& json = newText();
    JsonObject out(json);
    for (std::size_t i = 0; i < m_fields.size(); ++i)
        out.add(m_shape.columns[i], m_fields[i]);
    out.close();
    give(piece.offset, piece.length, piece.text, json);
}

void CsvReader::split(std::string_view row)
{
    m_fields.clear();
    while (m_fields.size() < mostColumns) {
        std::string& field = m_fields.emplace_back();
        std::size_t at = 0;
        if (!row.empty() && row.front() == '"') {
            for (at = 1; at < row.size(); ++at) {
                if (row[at] == '"' && (at + 1 == row.size() || row[at + 1] != '"'))
                    break;
                at += row[at] == '"' ? 1 : 0;
                field += row[at];
            }
            at = std::min(at + 1, row.size());
        }
        const std::size_t end = std::min(row.find(m_shape.delimiter, at), row.size());
        field += row.substr(at, end - at);
        if (end == row.size())
            return;
        row.remove_prefix(end + 1);
    }
}

} // namespace cordon::ingest
