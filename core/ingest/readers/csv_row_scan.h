#pragma once

#include <cstddef>
#include <string_view>

namespace cordon::ingest {

/// Finds where rows of comma separated values end: at a line end that does not stand in quotes. A quote opens at the
/// start of a field only; a doubled one within quotes is text. Bytes come in pieces. Belongs to one thread.
/// Source: RFC 4180
class CsvRowScan
{
public:
    /// @param delimiters  what ends a field besides a line end; outlives the scan
    explicit CsvRowScan(std::string_view delimiters)
        : m_delimiters(delimiters)
    {}

    /// Where the row's line end stands in the next bytes; npos when it goes on behind them. Begins a new row behind it.
    [[nodiscard]] std::size_t endIn(std::string_view bytes)
    {
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            const char c = bytes[at];
            if (m_isQuoted) {
                m_isQuoted = c != '"';
                m_mayGoOn = c == '"';
                continue;
            }
            if (c == '\n') {
                *this = CsvRowScan(m_delimiters);
                return at;
            }
            m_isQuoted = c == '"' && (m_isStart || m_mayGoOn);
            m_mayGoOn = false;
            m_isStart = m_delimiters.find(c) != std::string_view::npos;
        }
        return std::string_view::npos;
    }
    /// The bytes so far end inside quotes.
    [[nodiscard]] bool isQuoted() const { return m_isQuoted; }

private:
    std::string_view m_delimiters;
    bool m_isQuoted = false;
    bool m_mayGoOn = false; ///< right behind a closing quote: another one makes it text
    bool m_isStart = true;  ///< of a field
};

} // namespace cordon::ingest
