#include "core/value/json.h"

#include "core/value/tree_builder.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>

namespace cordon::json {
namespace {

/// Knows how far the lexer has read, and turns that into a line. The place is the last byte taken, because the
/// lexer looks one byte past a number.
class Position
{
public:
    explicit Position(std::string_view text)
        : m_read(text.data())
        , m_lineStart(text.data())
        , m_counted(text.data())
    {}

    void advanceTo(const char* read) { m_read = read; }
    int line()
    {
        for (; m_counted + 1 < m_read; ++m_counted) {
            if (*m_counted == '\n') {
                ++m_line;
                m_lineStart = m_counted + 1;
            }
        }
        return m_line;
    }
    std::string toString()
    {
        const int at = line();
        const std::ptrdiff_t column = std::max<std::ptrdiff_t>(1, m_read - m_lineStart);
        return "line " + std::to_string(at) + ", column " + std::to_string(column);
    }

private:
    const char* m_read;
    const char* m_lineStart;
    const char* m_counted;
    int m_line = 1;
};

/// Input iterator that reports each byte taken.
class TrackedByte
{
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    TrackedByte(const char* at, Position& position)
        : m_at(at)
        , m_position(&position)
    {}
    reference operator*() const { return *m_at; }
    TrackedByte& operator++()
    {
        m_position->advanceTo(++m_at);
        return *this;
    }
    TrackedByte operator++(int)
    {
        TrackedByte before = *this;
        ++*this;
        return before;
    }
    bool operator==(const TrackedByte& other) const { return m_at == other.m_at; }
    bool operator!=(const TrackedByte& other) const { return m_at != other.m_at; }

private:
    const char* m_at;
    Position* m_position;
};

/// Receives the parser's events; the names are those of nlohmann's SAX interface.
class Events
{
public:
    Events(Position& position, std::size_t depth)
        : m_position(position)
        , m_builder(depth)
    {}

    bool null() { return add(Value()); }
    bool boolean(bool value) { return add(Value(value)); }
    bool number_integer(std::int64_t value) { return add(Value(value)); }
    bool number_unsigned(std::uint64_t value)
    {
        constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        return value <= largest ? add(Value(value)) : refuse("integer out of range");
    }
    bool number_float(double value, const std::string& written)
    {
        const bool isWhole = written.find_first_of(".eE") == std::string::npos;
        return isWhole ? refuse("integer out of range") : add(Value(value));
    }
    bool string(std::string& value) { return add(Value(std::move(value))); }
    bool binary(nlohmann::json::binary_t& /*value*/) { return refuse("binary value"); }
    bool start_object(std::size_t /*size*/) { return check(m_builder.openObject(m_position.line())); }
    bool key(std::string& name) { return check(m_builder.key(std::move(name))); }
    bool end_object() { return close(); }
    bool start_array(std::size_t /*size*/) { return check(m_builder.openArray(m_position.line())); }
    bool end_array() { return close(); }
    bool parse_error(std::size_t /*byte*/, const std::string& /*token*/, const std::exception& error)
    {
        // What the parser quotes from the input after "last read" has no bound, so it stays out.
        const std::string_view said = error.what();
        if (said.find("number overflow") != std::string_view::npos)
            return refuse("number out of range");
        const std::size_t start = said.find("syntax error");
        if (start == std::string_view::npos)
            return refuse("malformed JSON");
        return refuse(std::string(said.substr(start, said.find("; last read") - start)));
    }

    [[nodiscard]] const std::string& problem() const { return m_problem; }
    [[nodiscard]] Value take() { return m_builder.take(); }

private:
    bool add(Value value)
    {
        m_builder.add(std::move(value), m_position.line());
        return true;
    }
    bool close()
    {
        m_builder.close();
        return true;
    }
    bool check(bool isFine) { return isFine || refuse(m_builder.problem()); }
    bool refuse(const std::string& why)
    {
        m_problem = m_position.toString() + ": " + why;
        return false;
    }

    Position& m_position;
    TreeBuilder m_builder;
    std::string m_problem;
};

} // namespace

Result<Value> parse(std::string_view text, const ReadLimits& limits)
{
    if (text.size() > limits.bytes)
        return fail(ErrorCode::Invalid, "longer than " + std::to_string(limits.bytes) + " bytes");
    Position position(text);
    // The parser takes a NUL byte for the end of the text; JSON has no place for one.
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
        position.advanceTo(text.data() + nul + 1);
        return fail(ErrorCode::Invalid, position.toString() + ": NUL byte");
    }
    Events events(position, limits.depth);
    const TrackedByte first(text.data(), position);
    const TrackedByte last(text.data() + text.size(), position);
    if (!nlohmann::json::sax_parse(first, last, &events))
        return fail(ErrorCode::Invalid, events.problem());
    return events.take();
}

} // namespace cordon::json
