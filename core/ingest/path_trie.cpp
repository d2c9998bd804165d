#include "core/ingest/path_trie.h"

#include <algorithm>

namespace cordon::ingest {
namespace {

std::size_t hashOf(std::string_view key)
{
    if (key.empty())
        return 0;
    const auto at = [key](std::size_t place) {
        return static_cast<std::size_t>(static_cast<unsigned char>(key[place]));
    };
    return key.size() * 7 + at(0) * 31 + at(key.size() - 1) * 131 + at(key.size() / 2) * 17;
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
    : m_nodes(1)
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

std::optional<PathTrie::Node> PathTrie::child(Node node, std::string_view key) const
{
    if (const auto exact = exactChild(node, key))
        return exact;
    std::size_t dot = key.find('.');
    if (dot == std::string_view::npos)
        return std::nullopt;
    std::optional<Node> place = node;
    while (place && dot != std::string_view::npos) {
        place = exactChild(*place, key.substr(0, dot));
        key.remove_prefix(dot + 1);
        dot = key.find('.');
    }
    return place ? exactChild(*place, key) : std::nullopt;
}

std::optional<PathTrie::Node> PathTrie::exactChild(Node node, std::string_view key) const
{
    const std::vector<Slot>& slots = m_nodes[node].slots;
    if (slots.empty())
        return std::nullopt;
    for (std::size_t place = hashOf(key) & (slots.size() - 1); slots[place].node != 0;
         place = (place + 1) & (slots.size() - 1)) {
        if (slots[place].key == key)
            return slots[place].node;
    }
    return std::nullopt;
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
    m_nodes.emplace_back();
    m_nodes[node].selectors.push_back(std::move(selector));
    return static_cast<Node>(m_nodes.size() - 1);
}

PathTrie::Node PathTrie::makeChild(Node node, std::string_view key)
{
    if (const auto there = exactChild(node, key))
        return *there;
    const auto made = static_cast<Node>(m_nodes.size());
    m_nodes.emplace_back();
    NodeData& parent = m_nodes[node];
    ++parent.childCount;
    if (parent.slots.size() < parent.childCount * 2) {
        std::vector<Slot> wider(std::max<std::size_t>(4, parent.slots.size() * 2));
        for (const Slot& slot : parent.slots) {
            if (slot.node != 0)
                insert(wider, slot.key, slot.node);
        }
        parent.slots = std::move(wider);
    }
    insert(parent.slots, key, made);
    return made;
}

void PathTrie::insert(std::vector<Slot>& slots, std::string_view key, Node node)
{
    std::size_t place = hashOf(key) & (slots.size() - 1);
    while (slots[place].node != 0)
        place = (place + 1) & (slots.size() - 1);
    slots[place] = {std::string(key), node};
}

} // namespace cordon::ingest
