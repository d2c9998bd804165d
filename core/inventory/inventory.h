#pragma once

#include "core/inventory/inventory_list.h"

#include <unordered_map>

namespace cordon::inventory {

/// Everything that imported lists say, put together. Values only; belongs to one thread, but read-only use may be
/// shared. Source: docs/formats/inventory.md
class Inventory
{
public:
    /// One of the same name is replaced, as a whole.
    void add(InventoryList list);
    [[nodiscard]] const std::vector<InventoryList>& lists() const { return m_lists; }
    [[nodiscard]] bool isEmpty() const { return m_lists.empty(); }

    /// What a row of some list says of a thing.
    struct Said
    {
        const InventoryList* list = nullptr;
        const InventoryRow* row = nullptr;
    };
    /// In the order in which the lists came.
    [[nodiscard]] std::vector<Said> rowsOf(const EntityRef& entity) const;
    /// Adds what lists know to what the connector answered, and notes where each comes from and when it was true.
    ///
    /// Tags and dependents of all sources count together; the highest criticality counts; the connector's owner goes
    /// before a list's; an environment that two sources name differently is unknown, except in an exercise, whose
    /// tenant knows. A list whose time is over can still warn (a tag, high criticality, a dependent), but no longer
    /// reassure.
    void complete(TargetFacts& facts, Timestamp now) const;
    /// How many different things of a kind the lists name whose time is not over.
    [[nodiscard]] int population(EntityKind kind, Timestamp now) const;

    [[nodiscard]] static bool isOver(const InventoryList& list, const InventoryRow* row, Timestamp now);

private:
    struct Place
    {
        std::size_t list = 0;
        std::size_t row = 0;
    };
    void index();
    void completeOwner(TargetFacts& facts, Timestamp now) const;
    /// A list whose time is not over names every tag of such things.
    [[nodiscard]] const InventoryList* whoKnowsAllTags(EntityKind kind, Timestamp now) const;

    std::vector<InventoryList> m_lists;
    std::unordered_map<std::string, std::vector<Place>> m_places; ///< by `kind:id`, aliases too
};

} // namespace cordon::inventory
