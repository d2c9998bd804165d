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

} // namespace

PathTrie::PathTrie(const FieldPlan& plan)
    : m_nodes(1)
{
    const auto& paths = plan.paths();
    for (FieldIndex index = 0; index < paths.size(); ++index) {
        std::string_view rest = paths[index];
        Node node = root;
        while (true) {
            const std::size_t dot = rest.find('.');
            node = makeChild(node, rest.substr(0, dot));
            if (dot == std::string_view::npos)
                break;
            rest.remove_prefix(dot + 1);
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
