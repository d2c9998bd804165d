#pragma once

#include "core/value/value.h"

#include <utility>

namespace cordon {

/// Puts a Value together from the events of a JSON or YAML reader. Each call returns false when the event breaks
/// a rule; `problem` then says which. Keeps its own stack, so that deep input cannot exhaust the program's.
class TreeBuilder
{
public:
    /// @param depth  deepest nesting of objects and arrays accepted; a lone scalar has depth 0
    explicit TreeBuilder(std::size_t depth)
        : m_depth(depth)
    {}

    [[nodiscard]] bool openObject(int line) { return open(line, true); }
    [[nodiscard]] bool openArray(int line) { return open(line, false); }
    /// Ends the innermost object or array.
    void close();
    /// Names the next member of the innermost object. False for a key that it has already.
    [[nodiscard]] bool key(std::string name);
    void add(Value value, int line);

    /// True when the innermost container is an object whose next event must be a key.
    [[nodiscard]] bool expectsKey() const;
    [[nodiscard]] const std::string& problem() const { return m_problem; }
    /// The finished tree; the builder can then start another.
    [[nodiscard]] Value take() { return std::exchange(m_root, Value()); }

private:
    struct Frame
    {
        bool isObject = false;
        int line = 0;
        Value::Object object;
        Value::Array array;
        Value* slot = nullptr; ///< member named by `key` and not yet filled; map nodes do not move
    };

    bool open(int line, bool isObject);
    void place(Value value);

    std::size_t m_depth;
    std::vector<Frame> m_frames;
    Value m_root;
    std::string m_problem;
};

/// `text` in quotes for an error's detail: at most 40 bytes, anything but printable ASCII as `?`.
[[nodiscard]] std::string quotedForDetail(std::string_view text);

} // namespace cordon
