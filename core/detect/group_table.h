#pragma once

#include "core/detect/correlation_group.h"

#include <deque>

namespace cordon::detect {

/// The groups of one correlation by the hash of their values. A group keeps its number until it is removed; the number is then used
/// again.
class GroupTable
{
public:
    using Index = std::uint32_t;

    GroupTable();
    /// The group with this hash, made when it is not there.
    [[nodiscard]] Index find(std::uint64_t hash);
    void remove(Index index);
    [[nodiscard]] CorrelationGroup& operator[](Index index) { return m_groups[index]; }
    /// Groups that are in use.
    [[nodiscard]] std::size_t size() const { return m_used; }
    /// Numbers given out so far; a group that was removed is idle.
    [[nodiscard]] Index end() const { return static_cast<Index>(m_groups.size()); }

private:
    struct Slot
    {
        std::uint32_t tag = 0; ///< of the hash
        Index next = 0; ///< group plus one; 0 when the slot is free
    };

    [[nodiscard]] std::size_t home(std::uint32_t tag) const { return tag & (m_slots.size() - 1); }
    void place(Slot slot);
    void widen();

    std::deque<CorrelationGroup> m_groups;
    std::vector<Index> m_free;
    std::vector<Slot> m_slots; ///< a power of two; at most two thirds used
    std::size_t m_used = 0;
};

} // namespace cordon::detect
