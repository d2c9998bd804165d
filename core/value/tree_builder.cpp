#include "core/value/tree_builder.h"

namespace cordon {

bool TreeBuilder::open(int line, bool isObject)
{
    if (m_frames.size() >= m_depth) {
        m_problem = "nested deeper than " + std::to_string(m_depth);
        return false;
    }
    Frame& frame = m_frames.emplace_back();
    frame.isObject = isObject;
    frame.line = line;
    return true;
}

void TreeBuilder::close()
{
    Frame frame = std::move(m_frames.back());
    m_frames.pop_back();
    Value value = frame.isObject ? Value(std::move(frame.object)) : Value(std::move(frame.array));
    value.setLine(frame.line);
    place(std::move(value));
}

bool TreeBuilder::key(std::string name)
{
    Frame& frame = m_frames.back();
    const auto next = frame.object.lower_bound(name);
    if (next != frame.object.end() && next->first == name) {
        m_problem = "duplicate key " + quotedForDetail(name);
        return false;
    }
    frame.slot = &frame.object.emplace_hint(next, std::move(name), Value())->second;
    return true;
}

void TreeBuilder::add(Value value, int line)
{
    value.setLine(line);
    place(std::move(value));
}

bool TreeBuilder::expectsKey() const
{
    return !m_frames.empty() && m_frames.back().isObject && !m_frames.back().slot;
}

void TreeBuilder::place(Value value)
{
    if (m_frames.empty()) {
        m_root = std::move(value);
        return;
    }
    Frame& frame = m_frames.back();
    if (frame.isObject)
        *std::exchange(frame.slot, nullptr) = std::move(value);
    else
        frame.array.push_back(std::move(value));
}

std::string quotedForDetail(std::string_view text)
{
    constexpr std::size_t longest = 40;
    std::string shown = "'";
    for (const char c : text.substr(0, longest))
        shown.push_back(c >= ' ' && c <= '~' ? c : '?');
    return shown + (text.size() > longest ? "…'" : "'");
}

} // namespace cordon
