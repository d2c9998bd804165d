#include "core/detect/group_table.h"

namespace cordon::detect {
namespace {

std::uint32_t tagOf(std::uint64_t hash)
{
    return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
}

} // namespace

GroupTable::GroupTable()
    : m_slots(16)
{}

GroupTable::Index GroupTable::find(std::uint64_t hash)
{
    const std::uint32_t tag = tagOf(hash);
    for (std::size_t at = home(tag); m_slots[at].next != 0; at = (at + 1) & (m_slots.size() - 1)) {
        const Index index = m_slots[at].next - 1;
        if (m_slots[at].tag == tag && m_groups[index].hash == hash)
            return index;
    }
    if ((m_used + 1) * 3 > m_slots.size() * 2)
        widen();
    Index index = end();
    if (m_free.empty()) {
        m_groups.emplace_back();
    } else {
        index = m_free.back();
        m_free.pop_back();
    }
    m_groups[index].hash = hash;
    m_groups[index].number = index;
    place({tag, index + 1});
    ++m_used;
    return index;
}

void GroupTable::remove(Index index)
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t hole = home(tagOf(m_groups[index].hash));
    while (m_slots[hole].next != index + 1)
        hole = (hole + 1) & mask;
    // What stands behind the hole moves up, so that a search never ends too soon.
    for (std::size_t at = (hole + 1) & mask; m_slots[at].next != 0; at = (at + 1) & mask) {
        const std::size_t isAway = (at - home(m_slots[at].tag)) & mask;
        if (isAway < ((at - hole) & mask))
            continue;
        m_slots[hole] = m_slots[at];
        hole = at;
    }
    m_slots[hole] = {};
    m_groups[index] = {};
    m_free.push_back(index);
    --m_used;
}

void GroupTable::place(Slot slot)
{
    std::size_t at = home(slot.tag);
    while (m_slots[at].next != 0)
        at = (at + 1) & (m_slots.size() - 1);
    m_slots[at] = slot;
}

void GroupTable::widen()
{
    const std::vector<Slot> before = std::exchange(m_slots, std::vector<Slot>(m_slots.size() * 2));
    for (const Slot& slot : before) {
        if (slot.next != 0)
            place(slot);
    }
}

} // namespace cordon::detect
