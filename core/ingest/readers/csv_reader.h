#pragma once

#include "core/ingest/readers/csv_shape.h"
#include "core/ingest/readers/text_source.h"

namespace cordon::ingest {

/// Reads comma separated values as RFC 4180 has them: fields may be quoted, then hold separators, line ends and doubled
/// quotes. Each row becomes a JSON object of its columns, in texts. A row with more or fewer fields than there are
/// columns is rejected; a quote that never ends costs its first line. Belongs to one thread.
class CsvReader final : public TextSource
{
public:
    explicit CsvReader(CsvShape shape);
    /// Columns that the first row names are those of the log's first part.
    void goOn(const EarlierPart& earlier) override;

protected:
    [[nodiscard]] bool step() override;

private:
    struct RowEnd
    {
        std::size_t at = 0;    ///< npos when the row does not end here
        bool isQuoted = false; ///< the text ends inside quotes
    };
    [[nodiscard]] RowEnd endOfRow(std::string_view text) const;
    [[nodiscard]] bool skipLine();
    void takeRow(const Piece& piece);
    void split(std::string_view row);

    CsvShape m_shape;
    bool m_hasHeader = false; ///< the columns are known
    bool m_isSkipping = false;
    std::uint64_t m_skipFrom = 0;
    std::uint64_t m_plainUntil = 0; ///< a quote was looked for up to here in vain: until then a row ends with its line
    std::vector<std::string> m_fields;
};

} // namespace cordon::ingest
