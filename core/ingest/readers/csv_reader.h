#pragma once

#include "core/ingest/readers/csv_row_scan.h"
#include "core/ingest/readers/csv_shape.h"
#include "core/ingest/readers/text_source.h"

namespace cordon::ingest {

/// Reads comma separated values as RFC 4180 has them: fields may be quoted, then hold separators, line ends and doubled
/// quotes. Each row becomes a JSON object of its columns, in texts. A row with more or fewer fields than there are
/// columns is rejected. A row over 1 MiB is rejected to its own end, quoted line ends included, so that what somebody wrote
/// into a cell never becomes a row. Where no closing quote comes before the log's end, at most 32 MiB behind it, the
/// quote was a mistake and costs its first line; further on everything behind it is rejected. Belongs to one thread.
class CsvReader final : public TextSource
{
public:
    explicit CsvReader(CsvShape shape);
    /// Columns that the first row names are those of the log's first part.
    void goOn(const EarlierPart& earlier) override;

protected:
    [[nodiscard]] bool step() override;

private:
    [[nodiscard]] bool passOverRow();
    [[nodiscard]] bool takeLast(std::string_view text);
    void takeBytes(std::size_t end);
    void takeRow(const Piece& piece);
    void split(std::string_view row);

    CsvShape m_shape;
    bool m_hasHeader = false; ///< the columns are known
    CsvRowScan m_scan;
    std::size_t m_scanned = 0; ///< bytes held that the row was followed through
    bool m_isSkipping = false;
    std::uint64_t m_skipFrom = 0;
    bool m_isPlain = false; ///< a quote that never ends was found: until the end a row ends with its line
    std::vector<std::string> m_fields;
};

} // namespace cordon::ingest
