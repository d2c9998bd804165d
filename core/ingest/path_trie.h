#pragma once

#include "core/domain/field_plan.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::ingest {

/// The planned paths by their parts, so that one walk over a record meets each of them. A part may choose among the
/// objects of a list by one of their members: `target[type=User|AppUser].id`, `target[type!=User].id`.
/// Safe to share once built. Source: docs/formats/field-map.md, "Paths"
class PathTrie
{
public:
    using Node = std::uint32_t;
    static constexpr Node root = 0;

    /// Leads on from objects whose member `key` has one of the texts; from all others when negated.
    struct Selector
    {
        std::string key;
        std::vector<std::string> texts;
        bool isNegated = false;
        Node node = 0;

        /// @param text  of the member; nothing when it is no text or absent
        [[nodiscard]] bool fits(std::optional<std::string_view> text) const;
    };

    explicit PathTrie(const FieldPlan& plan);

    /// Where `key` leads from `node`. A key that holds dots itself counts as the path that it spells.
    [[nodiscard]] std::optional<Node> child(Node node, std::string_view key) const;
    /// The planned path that ends here.
    [[nodiscard]] std::optional<FieldIndex> field(Node node) const { return m_nodes[node].field; }
    /// Whether planned paths go on from here.
    [[nodiscard]] bool hasChildren(Node node) const
    {
        return m_nodes[node].childCount > 0 || !m_nodes[node].selectors.empty();
    }
    [[nodiscard]] const std::vector<Selector>& selectors(Node node) const { return m_nodes[node].selectors; }

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
        std::vector<Selector> selectors;
        std::size_t childCount = 0;
    };

    [[nodiscard]] std::optional<Node> exactChild(Node node, std::string_view key) const;
    Node makePart(Node node, std::string_view part);
    Node makeChild(Node node, std::string_view key);
    static void insert(std::vector<Slot>& slots, std::string_view key, Node node);

    std::vector<NodeData> m_nodes;
};

} // namespace cordon::ingest
