#include "core/record/kept_rows.h"

#include "core/record/byte_fields.h"
#include "core/record/row_bytes.h"

#include <bit>

namespace cordon::record {
namespace {

using format::putNumber;
using format::putText;
using format::putValue;

constexpr std::string_view magic = "CORDIDX1";
constexpr std::size_t enough = 256U << 10U;
constexpr std::uint64_t longestField = 256U << 20U;

} // namespace

Result<void> KeptRowsWriter::put(bool isLast)
{
    if (m_bytes.size() < enough && !isLast)
        return {};
    CORDON_CHECK(m_into(bytesOf(m_bytes)));
    m_bytes.clear();
    return {};
}

Result<void> KeptRowsWriter::head(std::string_view text)
{
    m_bytes += magic;
    putText(m_bytes, text);
    return put();
}

Result<void> KeptRowsWriter::table(store::Database& database, const std::string& table,
                                   const std::vector<std::string>& columns, const std::string& query)
{
    m_bytes += 'T';
    putText(m_bytes, table);
    putNumber(m_bytes, columns.size(), 4);
    for (const std::string& column : columns)
        putText(m_bytes, column);
    CORDON_TRY(auto rows, database.prepare(query));
    for (;;) {
        CORDON_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return {};
        m_bytes += 'R';
        for (std::size_t i = 0; i < columns.size(); ++i)
            putValue(m_bytes, rows, static_cast<int>(i));
        CORDON_CHECK(put());
    }
}

Result<void> KeptRowsWriter::end()
{
    m_bytes += 'E';
    return put(true);
}

Result<KeptRowsReader> KeptRowsReader::open(EvidenceObject object)
{
    KeptRowsReader reader{EvidenceStream(std::move(object))};
    CORDON_TRY(const std::string start, reader.m_stream.take(magic.size()));
    if (start != magic)
        return fail(ErrorCode::Corrupt, "not what is kept of an index");
    CORDON_TRY(reader.m_head, reader.text());
    return reader;
}

Result<std::uint64_t> KeptRowsReader::number(std::size_t size)
{
    CORDON_TRY(const std::string bytes, m_stream.take(size));
    return format::bigEndian(bytes);
}

Result<std::string> KeptRowsReader::text()
{
    CORDON_TRY(const std::uint64_t size, number(4));
    if (size > longestField)
        return fail(ErrorCode::Corrupt, "a field that is too long");
    return m_stream.take(static_cast<std::size_t>(size));
}

Result<void> KeptRowsReader::bindNext(store::Statement& row, int index)
{
    CORDON_TRY(const std::string kind, m_stream.take(1));
    switch (kind[0]) {
    case 'n': row.bindNull(index); return {};
    case 'i': {
        CORDON_TRY(const std::uint64_t bits, number(8));
        row.bind(index, static_cast<std::int64_t>(bits));
        return {};
    }
    case 'r': {
        CORDON_TRY(const std::uint64_t bits, number(8));
        row.bind(index, std::bit_cast<double>(bits));
        return {};
    }
    case 't': {
        CORDON_TRY(const std::string value, text());
        row.bind(index, std::string_view(value));
        return {};
    }
    case 'b': {
        CORDON_TRY(const std::string value, text());
        row.bindBlob(index, value);
        return {};
    }
    default: return fail(ErrorCode::Corrupt, "a field of no known kind");
    }
}

Result<void> KeptRowsReader::into(store::Database& database, const InsertOf& insertOf)
{
    std::optional<store::Statement> row;
    std::size_t width = 0;
    for (;;) {
        CORDON_TRY(const std::string kind, m_stream.take(1));
        if (kind == "E")
            return {};
        if (kind == "T") {
            CORDON_TRY(const std::string table, text());
            CORDON_TRY(const std::uint64_t count, number(4));
            if (count == 0 || count > 64)
                return fail(ErrorCode::Corrupt, "a table without columns");
            std::vector<std::string> columns;
            for (std::uint64_t i = 0; i < count; ++i) {
                CORDON_TRY(columns.emplace_back(), text());
            }
            width = columns.size();
            CORDON_TRY(const std::string insert, insertOf(table, columns));
            CORDON_TRY(row, database.prepare(insert));
        } else if (kind == "R" && row) {
            for (std::size_t i = 0; i < width; ++i)
                CORDON_CHECK(bindNext(*row, static_cast<int>(i) + 1));
            CORDON_CHECK(row->run());
        } else {
            return fail(ErrorCode::Corrupt, "neither a table nor a row");
        }
    }
}

} // namespace cordon::record
