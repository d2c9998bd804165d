#pragma once

#include "core/record/evidence_stream.h"
#include "core/store/database.h"

#include <functional>
#include <string>
#include <vector>

namespace cordon::record {

// Rows of a database as bytes and back. Source: docs/formats/case.md, "What is kept of the index"

/// Writes rows as bytes, block after block. Belongs to one thread.
class KeptRowsWriter
{
public:
    using Into = std::function<Result<void>(ByteView)>;
    explicit KeptRowsWriter(Into into)
        : m_into(std::move(into))
    {}
    [[nodiscard]] Result<void> head(std::string_view text);
    /// All rows that a query gives, as rows of `table`.
    [[nodiscard]] Result<void> table(store::Database& database, const std::string& table,
                                     const std::vector<std::string>& columns, const std::string& query);
    /// Nothing may come after it.
    [[nodiscard]] Result<void> end();

private:
    Result<void> put(bool isLast = false);

    Into m_into;
    std::string m_bytes;
};

/// Reads what the writer wrote. Belongs to one thread.
class KeptRowsReader
{
public:
    /// ErrorCode::Corrupt when it is not of this format.
    [[nodiscard]] static Result<KeptRowsReader> open(EvidenceObject object);
    [[nodiscard]] const std::string& head() const { return m_head; }
    /// Runs `insertOf(table, columns)` for every row, its values bound in the columns' order.
    using InsertOf = std::function<Result<std::string>(const std::string& table, const std::vector<std::string>& columns)>;
    [[nodiscard]] Result<void> into(store::Database& database, const InsertOf& insertOf);

private:
    explicit KeptRowsReader(EvidenceStream stream)
        : m_stream(std::move(stream))
    {}
    Result<std::uint64_t> number(std::size_t size);
    Result<std::string> text();
    Result<void> bindNext(store::Statement& row, int index);

    EvidenceStream m_stream;
    std::string m_head;
};

} // namespace cordon::record
