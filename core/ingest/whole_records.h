#pragma once

#include <cstdint>
#include <string_view>

namespace cordon::ingest {

/// How the records of a growing text lie in it.
enum class RecordLayout {
    Lines,     ///< each line is a record, or a document with all its records
    Documents, ///< JSON over several lines
};

/// Told by the first bytes of a log; 64 KiB are enough.
[[nodiscard]] RecordLayout layoutOf(std::string_view start);

/// Finds where a growing text can be cut so that no record lies in two pieces. Belongs to one thread.
class WholeRecords
{
public:
    explicit WholeRecords(RecordLayout layout)
        : m_layout(layout)
    {}

    void add(std::string_view bytes);
    /// How many of the bytes added so far are whole records.
    [[nodiscard]] std::uint64_t end() const { return m_end; }

private:
    void scan(std::string_view bytes);
    void startLine(std::uint64_t at);

    RecordLayout m_layout;
    std::uint64_t m_taken = 0;
    std::uint64_t m_end = 0;
    std::uint64_t m_depth = 0;
    bool m_isInString = false;
    bool m_isEscaped = false;
    bool m_isBlank = true; ///< nothing but white space since the last cut or line start
    bool m_isJson = false; ///< what stands there begins with a bracket
};

/// Where the lines of the last record of a Linux audit log begin: its lines share a number, and more of them may come.
/// @return `text.size()` for any other log. Source: docs/formats/following.md
[[nodiscard]] std::size_t lastAuditRecord(std::string_view text);

/// What may stand between the fields of a table.
inline constexpr std::string_view anyDelimiter = ",;\t|";

/// Where whole rows of a table end: at a line end that does not stand in quotes.
struct TableRows
{
    std::uint64_t end = 0; ///< of the last whole row
    bool isOpen = false;   ///< the bytes end inside quotes
};

/// Looks through rows, whatever their delimiter is. @param rows  begins with a row
[[nodiscard]] TableRows tableRows(std::string_view rows);

} // namespace cordon::ingest
