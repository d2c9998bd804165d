#include "core/record/entity_memory.h"

#include "core/crypto/random.h"

#include <bit>
#include <cstring>

namespace cordon::record {
namespace {

/// SipHash-2-4 with 128 bits of output over texts given one after another. Source: Aumasson and Bernstein, "SipHash: a
/// fast short-input PRF", with the 128-bit variant of their reference code.
class SipHash
{
public:
    explicit SipHash(const std::array<std::uint64_t, 2>& key)
        : m_v{0x736f6d6570736575U ^ key[0], 0x646f72616e646f6dU ^ key[1] ^ 0xeeU, 0x6c7967656e657261U ^ key[0],
              0x7465646279746573U ^ key[1]}
    {}

    void byte(unsigned char value)
    {
        m_word |= static_cast<std::uint64_t>(value) << (m_size % 8 * 8);
        if (++m_size % 8 == 0)
            takeWord();
    }

    void text(std::string_view text)
    {
        std::size_t at = 0;
        for (; at < text.size() && m_size % 8 != 0; ++at)
            byte(static_cast<unsigned char>(text[at]));
        for (; at + 8 <= text.size(); at += 8, m_size += 8) {
            std::memcpy(&m_word, text.data() + at, 8);
            takeWord();
        }
        for (; at < text.size(); ++at)
            byte(static_cast<unsigned char>(text[at]));
    }

    std::array<std::uint64_t, 2> finish()
    {
        m_word |= static_cast<std::uint64_t>(m_size) << 56U;
        takeWord();
        m_v[2] ^= 0xeeU;
        rounds(4);
        const std::uint64_t first = m_v[0] ^ m_v[1] ^ m_v[2] ^ m_v[3];
        m_v[1] ^= 0xddU;
        rounds(4);
        return {first, m_v[0] ^ m_v[1] ^ m_v[2] ^ m_v[3]};
    }

private:
    static_assert(std::endian::native == std::endian::little);

    void takeWord()
    {
        m_v[3] ^= m_word;
        rounds(2);
        m_v[0] ^= m_word;
        m_word = 0;
    }

    void rounds(int count)
    {
        for (int round = 0; round < count; ++round) {
            m_v[0] += m_v[1];
            m_v[1] = std::rotl(m_v[1], 13) ^ m_v[0];
            m_v[0] = std::rotl(m_v[0], 32);
            m_v[2] += m_v[3];
            m_v[3] = std::rotl(m_v[3], 16) ^ m_v[2];
            m_v[0] += m_v[3];
            m_v[3] = std::rotl(m_v[3], 21) ^ m_v[0];
            m_v[2] += m_v[1];
            m_v[1] = std::rotl(m_v[1], 17) ^ m_v[2];
            m_v[2] = std::rotl(m_v[2], 32);
        }
    }

    std::array<std::uint64_t, 4> m_v;
    std::uint64_t m_word = 0;
    std::size_t m_size = 0;
};

} // namespace

EntityMemory::EntityMemory()
    : m_slots(firstSlots)
{
    const std::string random = crypto::randomBytes(sizeof m_key);
    std::memcpy(m_key.data(), random.data(), sizeof m_key);
}

EntityMemory::Hash EntityMemory::hashOf(const EntityRef& entity) const
{
    SipHash hash(m_key);
    hash.byte(static_cast<unsigned char>(entity.kind));
    hash.text(entity.id);
    const auto bits = hash.finish();
    return {bits[0], bits[1]};
}

/// The slot that has the hash, or the free one where it would go.
EntityMemory::Slot& EntityMemory::slotFor(const Hash& hash)
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t place = hash.first & mask;
    while (m_slots[place].known.id != 0 && m_slots[place].hash != hash)
        place = (place + 1) & mask;
    return m_slots[place];
}

EntityMemory::Known* EntityMemory::find(const EntityRef& entity)
{
    Slot& slot = slotFor(hashOf(entity));
    return slot.known.id == 0 ? nullptr : &slot.known;
}

EntityMemory::Known& EntityMemory::put(const EntityRef& entity, const Known& known)
{
    if (m_used >= m_slots.size() / 4 * 3)
        grow();
    const Hash hash = hashOf(entity);
    Slot& slot = slotFor(hash);
    m_used += slot.known.id == 0 ? 1 : 0;
    slot = {hash, known};
    return slot.known;
}

void EntityMemory::grow()
{
    if (m_slots.size() >= mostSlots)
        return forget();
    std::vector<Slot> fewer = std::move(m_slots);
    m_slots.assign(fewer.size() * 2, {});
    for (const Slot& slot : fewer) {
        if (slot.known.id != 0)
            slotFor(slot.hash) = slot;
    }
}

void EntityMemory::forget()
{
    m_slots.assign(firstSlots, {});
    m_used = 0;
}

} // namespace cordon::record
