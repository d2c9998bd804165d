#include "core/ingest/readers/csv_reader.h"

#include "core/ingest/readers/json_object.h"

#include <algorithm>

namespace cordon::ingest {
namespace {

constexpr std::size_t mostColumns = 4096;
constexpr std::size_t nowhere = std::string_view::npos;
constexpr std::string_view byteOrderMark = "\xef\xbb\xbf";

} // namespace

CsvReader::CsvReader(CsvShape shape)
    : m_shape(std::move(shape))
    , m_hasHeader(!m_shape.columns.empty())
{}

void CsvReader::goOn(const EarlierPart& earlier)
{
    std::string_view head = earlier.head;
    if (head.substr(0, byteOrderMark.size()) == byteOrderMark)
        head.remove_prefix(byteOrderMark.size());
    while (!m_hasHeader && !head.empty()) {
        const std::size_t end = endOfRow(head).at;
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
        return skipLine();
    if (offset() == 0 && held().substr(0, byteOrderMark.size()) == byteOrderMark)
        drop(byteOrderMark.size());
    const std::string_view text = held();
    const RowEnd end = endOfRow(text);
    const bool isTooLong = end.at == nowhere && text.size() > longestLine;
    if (text.empty() || (end.at == nowhere && !isTooLong && !isFinished()))
        return false;
    if (isTooLong || (end.at == nowhere && end.isQuoted)) {
        m_skipFrom = offset();
        if (end.isQuoted)
            m_plainUntil = offset() + std::min(text.size(), longestLine + 1);
        return skipLine();
    }
    std::size_t length = std::min(end.at, text.size());
    if (length > 0 && text[length - 1] == '\r')
        --length;
    const Piece row{text.substr(0, length), offset(), length};
    drop(std::min(end.at, text.size() - 1) + 1);
    if (length > 0)
        takeRow(row);
    return true;
}

/// The quote may have been a mistake: only the line that opened it is lost.
bool CsvReader::skipLine()
{
    const std::string_view text = held();
    const std::size_t end = text.find('\n');
    drop(end == nowhere ? text.size() : end + 1);
    m_isSkipping = end == nowhere && !isFinished();
    if (m_isSkipping)
        return false;
    reject(m_skipFrom, offset() - m_skipFrom, "a quote that never ends, or a row that is too long");
    return true;
}

/// Where the line end stands that ends the first row.
CsvReader::RowEnd CsvReader::endOfRow(std::string_view text) const
{
    bool isQuoted = false;
    bool isStart = true; // of a field: only there a quote opens
    if (offset() < m_plainUntil)
        return {text.substr(0, longestLine + 1).find('\n'), false};
    const std::size_t most = std::min(text.size(), longestLine + 1);
    for (std::size_t at = 0; at < most; ++at) {
        const char c = text[at];
        if (isQuoted) {
            if (c == '"' && at + 1 < text.size() && text[at + 1] == '"')
                ++at;
            else if (c == '"')
                isQuoted = false;
            continue;
        }
        if (c == '\n')
            return {at, false};
        isQuoted = c == '"' && isStart;
        isStart = c == m_shape.delimiter;
    }
    return {nowhere, isQuoted};
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
