#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::csv {

/// One row of a table with its place in the text. `problem` is English and empty for a sound row; `cells` is empty when
/// it is not.
struct Row
{
    std::vector<std::string> cells; ///< without quotes, trimmed of blanks outside them
    std::string problem;
    std::uint64_t line = 0;   ///< where it begins, 1 and up
    std::uint64_t offset = 0; ///< in bytes
    std::uint64_t length = 0; ///< in bytes, without the line break
};

struct Limits
{
    std::size_t cells = 64;           ///< most in a row
    std::size_t cellBytes = 64 << 10; ///< longest cell
};

/// Goes through a table as RFC 4180 has it: quoted cells may hold separators, doubled quotes and line breaks. Empty
/// lines are passed over, a byte order mark too. What is wrong with a row spoils that row alone: reading goes on with
/// the next line. Borrows the text.
class RowReader
{
public:
    explicit RowReader(std::string_view text, char separator = ',', Limits limits = {});

    /// Nothing at the end of the text.
    [[nodiscard]] std::optional<Row> next();

private:
    [[nodiscard]] bool readCell(Row& row);
    [[nodiscard]] bool readQuoted(Row& row, std::string& cell);
    void spoil(Row& row, std::string problem);

    std::string_view m_text;
    char m_separator;
    Limits m_limits;
    std::size_t m_at = 0;
    std::uint64_t m_line = 1;
};

/// The separator of a table: what its first line has most of, of comma, semicolon, tabulator and bar; comma when none.
[[nodiscard]] char separatorOf(std::string_view text);

/// True for what a spreadsheet would take for a formula: `=`, `+`, `-` or `@` first, also in their wide forms (U+FF1D and its like)
/// and behind spaces, a tabulator or a line's end.
[[nodiscard]] bool isFormula(std::string_view text);

/// A cell that a spreadsheet would take for a formula gets an apostrophe in front, and what needs quotes gets them: fit to be
/// written between separators.
[[nodiscard]] std::string cellText(std::string_view text);

} // namespace cordon::csv
