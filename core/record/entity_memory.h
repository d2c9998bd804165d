#pragma once

#include "core/domain/entity.h"

#include <array>
#include <cstdint>
#include <vector>

namespace cordon::record {

/// Remembers the numbers of 750,000 entities in 32 MB by a keyed 128-bit hash of kind and id (SipHash-2-4), whose
/// key is random in each process: nobody can write a log whose entities are taken for each other. Belongs to one thread.
class EntityMemory
{
public:
    struct Known
    {
        std::int64_t id = 0;
        bool hasType = false;
        bool hasName = false;
    };

    EntityMemory();
    /// Null when it is not remembered. Valid until the next `put`.
    [[nodiscard]] Known* find(const EntityRef& entity);
    /// Adds one that is not there. When it is full it begins anew.
    Known& put(const EntityRef& entity, const Known& known);
    void forget();

private:
    struct Hash
    {
        std::uint64_t first = 0;
        std::uint64_t second = 0;
        bool operator==(const Hash&) const = default;
    };
    struct Slot
    {
        Hash hash;
        Known known; ///< id 0: free
    };
    static constexpr std::size_t firstSlots = 1024;
    static constexpr std::size_t mostSlots = std::size_t{1} << 20U;

    [[nodiscard]] Hash hashOf(const EntityRef& entity) const;
    [[nodiscard]] Slot& slotFor(const Hash& hash);
    void grow();

    std::array<std::uint64_t, 2> m_key{};
    std::vector<Slot> m_slots; ///< open addressing; a power of two, at most three quarters used
    std::size_t m_used = 0;
};

} // namespace cordon::record
