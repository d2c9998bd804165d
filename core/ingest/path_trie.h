#pragma once

#include "core/domain/field_plan.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::ingest {

/// The planned paths by their parts, so that one walk over a record meets each of them. A part may choose among the
/// objects of a list by one of their members: `target[type=User|AppUser].id`, `target[type!=User].id`. A part `*` below
/// the first stands for every key that no other path names.
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

    /// Where `key` leads from `node`; the root when nowhere. A key that holds dots itself counts as the path that it
    /// spells.
    [[nodiscard]] Node child(Node node, std::string_view key) const;
    /// The planned path that ends here.
    [[nodiscard]] std::optional<FieldIndex> field(Node node) const { return m_nodes[node].field; }
    /// Whether planned paths go on from here.
    [[nodiscard]] bool hasChildren(Node node) const
    {
        return m_nodes[node].hasChildren || !m_nodes[node].selectors.empty();
    }
    /// The node that `node` hangs on; of the root, itself.
    [[nodiscard]] Node parent(Node node) const { return m_nodes[node].parent; }
    /// The node below the root that `node` is or hangs below.
    [[nodiscard]] Node top(Node node) const { return m_nodes[node].top; }
    [[nodiscard]] std::size_t nodeCount() const { return m_nodes.size(); }
    /// Of the plan that it was built from.
    [[nodiscard]] std::size_t fieldCount() const { return m_fieldCount; }
    [[nodiscard]] const std::vector<Selector>& selectors(Node node) const { return m_nodes[node].selectors; }

private:
    struct Slot
    {
        std::uint64_t hash = 0;
        std::uint32_t name = 0; ///< in m_names
        std::uint32_t length = 0;
        Node parent = root;
        Node node = root; ///< root: free
    };
    struct NodeData
    {
        std::optional<FieldIndex> field;
        Node top = root;
        Node parent = root;
        std::vector<Selector> selectors;
        Node any = root; ///< where a part `*` leads, whatever the key
        bool hasChildren = false;
    };

    [[nodiscard]] Node exactChild(Node node, std::string_view key) const;
    void addNode(Node parent);
    Node makePart(Node node, std::string_view part);
    Node makeChild(Node node, std::string_view key);
    static void insert(std::vector<Slot>& slots, const Slot& slot);

    std::size_t m_fieldCount = 0;
    std::vector<NodeData> m_nodes;
    std::vector<Slot> m_slots; ///< of all nodes; open addressing, a power of two
    std::size_t m_slotsUsed = 0;
    std::string m_names;
};

} // namespace cordon::ingest
