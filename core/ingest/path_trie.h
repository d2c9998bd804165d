#pragma once

#include "core/domain/field_plan.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::ingest {

/// The planned paths by their parts, so that one walk over a record meets each of them. Safe to share once built.
class PathTrie
{
public:
    using Node = std::uint32_t;
    static constexpr Node root = 0;

    explicit PathTrie(const FieldPlan& plan);

    /// Where `key` leads from `node`. A key that holds dots itself counts as the path that it spells.
    [[nodiscard]] std::optional<Node> child(Node node, std::string_view key) const;
    /// The planned path that ends here.
    [[nodiscard]] std::optional<FieldIndex> field(Node node) const { return m_nodes[node].field; }
    /// Whether planned paths go on from here.
    [[nodiscard]] bool hasChildren(Node node) const { return m_nodes[node].childCount > 0; }

private:
    struct Slot
    {
        std::string key;
        Node node = 0; ///< 0: free
    };
    struct NodeData
    {
        std::optional<FieldIndex> field;
        std::vector<Slot> slots; ///< open addressing; a power of two
        std::size_t childCount = 0;
    };

    [[nodiscard]] std::optional<Node> exactChild(Node node, std::string_view key) const;
    Node makeChild(Node node, std::string_view key);
    static void insert(std::vector<Slot>& slots, std::string_view key, Node node);

    std::vector<NodeData> m_nodes;
};

} // namespace cordon::ingest
