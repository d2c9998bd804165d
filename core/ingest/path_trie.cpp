#include "core/ingest/path_trie.h"

#include <algorithm>
#include <cstring>

namespace cordon::ingest {
namespace {

template<class Number>
std::uint64_t load(const char* from)
{
    Number number = 0;
    std::memcpy(&number, from, sizeof number);
    return number;
}

/// Mixes the first and last bytes of the key, its length and its parent: enough to tell planned names apart, and
/// nothing in a log can add to the table.
std::uint64_t hashOf(std::uint32_t parent, std::string_view key)
{
    const char* text = key.data();
    const std::size_t size = key.size();
    std::uint64_t front = 0;
    std::uint64_t back = 0;
    if (size >= 8) {
        front = load<std::uint64_t>(text);
        back = load<std::uint64_t>(text + size - 8);
    } else if (size >= 4) {
        front = load<std::uint32_t>(text);
        back = load<std::uint32_t>(text + size - 4);
    } else if (size > 0) {
        front = load<std::uint8_t>(text) << 16U | load<std::uint8_t>(text + size / 2) << 8U |
                load<std::uint8_t>(text + size - 1);
    }
    std::uint64_t hash = (front ^ (std::uint64_t{parent} << 40U | size)) * 0x9E3779B97F4A7C15U;
    hash = (hash ^ hash >> 32U ^ back) * 0xD6E8FEB86659FD93U;
    return hash ^ hash >> 32U;
}

bool isSame(const char* a, const char* b, std::size_t size)
{
    if (size < 8)
        return std::equal(a, a + size, b);
    for (std::size_t at = 0; at + 8 < size; at += 8) {
        if (load<std::uint64_t>(a + at) != load<std::uint64_t>(b + at))
            return false;
    }
    return load<std::uint64_t>(a + size - 8) == load<std::uint64_t>(b + size - 8);
}

/// Where the part at the front of `path` ends: at the first dot that stands in no bracket.
std::size_t partEnd(std::string_view path)
{
    std::size_t end = 0;
    for (bool isInBracket = false; end < path.size() && (isInBracket || path[end] != '.'); ++end) {
        if (path[end] == '[' || path[end] == ']')
            isInBracket = path[end] == '[';
    }
    return end;
}

} // namespace

bool PathTrie::Selector::fits(std::optional<std::string_view> text) const
{
    return (text && std::find(texts.begin(), texts.end(), *text) != texts.end()) != isNegated;
}

PathTrie::PathTrie(const FieldPlan& plan)
    : m_fieldCount(plan.size())
    , m_nodes(1)
    , m_slots(64)
{
    const auto& paths = plan.paths();
    for (FieldIndex index = 0; index < paths.size(); ++index) {
        std::string_view rest = paths[index];
        Node node = root;
        while (true) {
            const std::size_t end = partEnd(rest);
            node = makePart(node, rest.substr(0, end));
            if (end == rest.size())
                break;
            rest.remove_prefix(end + 1);
        }
        m_nodes[node].field = index;
    }
}

PathTrie::Node PathTrie::child(Node node, std::string_view key) const
{
    if (const Node exact = exactChild(node, key); exact != root)
        return exact;
    const Node any = m_nodes[node].any;
    std::size_t dot = key.find('.');
    if (dot == std::string_view::npos)
        return any;
    while (dot != std::string_view::npos) {
        node = exactChild(node, key.substr(0, dot));
        if (node == root)
            return any;
        key.remove_prefix(dot + 1);
        dot = key.find('.');
    }
    const Node spelled = exactChild(node, key);
    return spelled == root ? any : spelled;
}

PathTrie::Node PathTrie::exactChild(Node node, std::string_view key) const
{
    const std::uint64_t hash = hashOf(node, key);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t place = hash & mask; m_slots[place].node != root; place = (place + 1) & mask) {
        const Slot& slot = m_slots[place];
        if (slot.hash == hash && slot.parent == node && slot.length == key.size() &&
            isSame(m_names.data() + slot.name, key.data(), key.size()))
            return slot.node;
    }
    return root;
}

PathTrie::Node PathTrie::makePart(Node node, std::string_view part)
{
    const std::size_t open = part.find('[');
    const std::size_t equals = part.find('=', open);
    if (open == std::string_view::npos || equals == std::string_view::npos || part.back() != ']')
        return makeChild(node, part);
    node = makeChild(node, part.substr(0, open));
    Selector selector;
    selector.isNegated = part[equals - 1] == '!';
    selector.key = part.substr(open + 1, equals - open - 1 - (selector.isNegated ? 1 : 0));
    for (std::string_view texts = part.substr(equals + 1, part.size() - equals - 2); true;) {
        const std::size_t bar = texts.find('|');
        selector.texts.emplace_back(texts.substr(0, bar));
        if (bar == std::string_view::npos)
            break;
        texts.remove_prefix(bar + 1);
    }
    for (const Selector& there : m_nodes[node].selectors) {
        if (there.key == selector.key && there.texts == selector.texts && there.isNegated == selector.isNegated)
            return there.node;
    }
    selector.node = static_cast<Node>(m_nodes.size());
    addNode(node);
    m_nodes[node].selectors.push_back(std::move(selector));
    return static_cast<Node>(m_nodes.size() - 1);
}

void PathTrie::addNode(Node parent)
{
    const auto made = static_cast<Node>(m_nodes.size());
    const Node top = parent == root ? made : m_nodes[parent].top;
    NodeData& node = m_nodes.emplace_back();
    node.top = top;
    node.parent = parent;
}

PathTrie::Node PathTrie::makeChild(Node node, std::string_view key)
{
    if (const Node there = exactChild(node, key); there != root)
        return there;
    const auto made = static_cast<Node>(m_nodes.size());
    addNode(node);
    m_nodes[node].hasChildren = true;
    if (key == "*")
        m_nodes[node].any = made;
    if (++m_slotsUsed * 2 > m_slots.size()) {
        std::vector<Slot> wider(m_slots.size() * 2);
        for (const Slot& slot : m_slots) {
            if (slot.node != root)
                insert(wider, slot);
        }
        m_slots = std::move(wider);
    }
    insert(m_slots, {hashOf(node, key), static_cast<std::uint32_t>(m_names.size()),
                     static_cast<std::uint32_t>(key.size()), node, made});
    m_names += key;
    return made;
}

void PathTrie::insert(std::vector<Slot>& slots, const Slot& slot)
{
    std::size_t place = slot.hash & (slots.size() - 1);
    while (slots[place].node != root)
        place = (place + 1) & (slots.size() - 1);
    slots[place] = slot;
}

} // namespace cordon::ingest
