#pragma once

#include "core/detect/gram_filter.h"
#include "core/detect/rule.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cordon::detect {

/// Which rules a text calls up: thousands of wanted texts, each to be the whole of it or to stand at its start, at its
/// end or anywhere inside, answered in one pass. Whole texts, starts and ends are looked up by their bytes; of a text
/// wanted inside, four bytes that few others hold are looked for at every place, of a shorter one two. Constant once
/// built; safe from any thread.
class TextIndex
{
public:
    enum class Place : std::uint8_t { Whole, Start, End, Inside };
    /// Shorter texts cannot be wanted inside.
    static constexpr std::size_t shortestInside = 2;
    /// Texts wanted inside that are shorter make a text be looked through once more.
    static constexpr std::size_t shortestGram = 4;

    /// @param wanted  folded, not empty unless it is the whole; at least `shortestInside` when inside
    void add(Place place, std::string_view wanted, RuleIndex rule);
    /// To be called once, when all is added.
    void build();
    /// False: no wanted text stands in it or in any text that it reads as, where it is JSON. Much quicker than `find`.
    /// @param text  as written: not folded, escapes left in
    [[nodiscard]] bool mayHold(std::string_view text) const { return !m_filter || m_filter->mayHold(text); }
    /// Calls `found(rules)` for every wanted text that fits, some maybe twice. Allocates nothing.
    /// @param text  folded
    template<class Found>
    void find(std::string_view text, const Found& found) const
    {
        if (m_slots.empty())
            return;
        if (m_hasWhole)
            look(wholeKey(text), text, 0, found);
        const std::uint64_t front = frontOf(text);
        const std::uint64_t back = backOf(text);
        for (std::size_t length = 1; length <= std::min(text.size(), longestGram); ++length) {
            if (m_hasStart[length])
                look(gramKey(Place::Start, length, front & lowBytes(length)), text, 0, found);
            if (m_hasEnd[length])
                look(gramKey(Place::End, length, back >> 8U * (longestGram - length)), text, 0, found);
        }
        if (!m_insideGrams.empty())
            findGrams(text, found);
        if (!m_insidePairs.empty())
            findPairs(text, found);
    }

private:
    static constexpr std::size_t longestGram = 8;
    static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

    struct Wanted
    {
        Place place = Place::Whole;
        std::string text;
        std::vector<RuleIndex> rules;
        std::size_t gramAt = 0;    ///< for Place::Inside: where the looked-for bytes stand in it
        std::uint32_t next = none; ///< of the same slot
    };
    struct Slot
    {
        std::uint64_t key = 0;
        std::uint32_t first = none; ///< in m_wanted; none: free
    };

    template<class Found>
    void findGrams(std::string_view text, const Found& found) const
    {
        if (m_placeFilter)
            return findPlaces(text, found);
        for (std::size_t at = 0; at + shortestGram <= text.size(); ++at)
            lookAtGram(text, at, found);
    }
    template<class Found>
    void lookAtGram(std::string_view text, std::size_t at, const Found& found) const
    {
        std::uint32_t gram = 0;
        std::memcpy(&gram, text.data() + at, sizeof gram);
        const std::uint32_t bit = gram * 0x9E3779B1U >> m_insideShift;
        if ((m_insideGrams[bit / 64] >> bit % 64 & 1U) != 0)
            look(gramKey(Place::Inside, shortestGram, gram), text, at, found);
    }
    /// The same, 64 places at a time.
    template<class Found>
    void findPlaces(std::string_view text, const Found& found) const
    {
        const auto lookAt = [&](std::uint64_t places, std::size_t from) {
            for (; places != 0; places &= places - 1) {
                const std::size_t at = from + static_cast<std::size_t>(std::countr_zero(places));
                if (at + shortestGram <= text.size())
                    lookAtGram(text, at, found);
            }
        };
        std::size_t from = 0;
        for (; from + GramFilter::readable <= text.size(); from += GramFilter::blockSize)
            lookAt(m_placeFilter->placesIn(text.data() + from), from);
        std::array<char, GramFilter::readable> rest{};
        for (; from < text.size(); from += GramFilter::blockSize) {
            std::copy_n(text.data() + from, std::min(text.size() - from, rest.size()), rest.data());
            lookAt(m_placeFilter->placesIn(rest.data()), from);
        }
    }
    template<class Found>
    void findPairs(std::string_view text, const Found& found) const
    {
        for (std::size_t at = 0; at + shortestInside <= text.size(); ++at) {
            std::uint16_t pair = 0;
            std::memcpy(&pair, text.data() + at, sizeof pair);
            if ((m_insidePairs[pair / 64U] >> pair % 64U & 1U) != 0)
                look(gramKey(Place::Inside, shortestInside, pair), text, at, found);
        }
    }
    template<class Found>
    void look(std::uint64_t key, std::string_view text, std::size_t at, const Found& found) const
    {
        const std::size_t mask = m_slots.size() - 1;
        for (std::size_t place = key & mask; m_slots[place].first != none; place = (place + 1) & mask) {
            if (m_slots[place].key != key)
                continue;
            for (std::uint32_t index = m_slots[place].first; index != none; index = m_wanted[index].next) {
                if (fits(m_wanted[index], text, at))
                    found(m_wanted[index].rules);
            }
            return;
        }
    }
    [[nodiscard]] static bool fits(const Wanted& wanted, std::string_view text, std::size_t at);
    [[nodiscard]] static std::uint64_t lowBytes(std::size_t count)
    {
        return count >= sizeof(std::uint64_t) ? ~std::uint64_t{0} : (std::uint64_t{1} << 8U * count) - 1;
    }
    [[nodiscard]] static std::uint64_t mixed(std::uint64_t bits)
    {
        bits *= 0x9E3779B97F4A7C15U;
        bits = (bits ^ bits >> 29U) * 0xD6E8FEB86659FD93U;
        return bits ^ bits >> 32U;
    }
    [[nodiscard]] static std::uint64_t gramKey(Place place, std::size_t length, std::uint64_t gram)
    {
        return mixed(gram + (std::uint64_t{static_cast<std::uint8_t>(place)} << 4U | length) * 0x8CB92BA72F3D8DD7U);
    }
    [[nodiscard]] static std::uint64_t wholeKey(std::string_view text)
    {
        return mixed(frontOf(text) ^ mixed(backOf(text) + text.size()));
    }
    /// The first eight bytes, lowest first; zero where there are none.
    [[nodiscard]] static std::uint64_t frontOf(std::string_view text);
    /// The last eight bytes, the very last highest.
    [[nodiscard]] static std::uint64_t backOf(std::string_view text);
    [[nodiscard]] std::size_t rarestGram(std::string_view text) const;
    [[nodiscard]] std::uint64_t keyOf(const Wanted& wanted) const;
    void countGrams();
    void makeFilter();
    void makePlaceFilter();

    std::vector<Wanted> m_wanted;
    std::vector<Slot> m_slots; ///< open addressing; a power of two
    bool m_hasWhole = false;
    std::array<bool, longestGram + 1> m_hasStart{};
    std::array<bool, longestGram + 1> m_hasEnd{};
    std::vector<std::uint64_t> m_insideGrams; ///< bits by hash of the grams that are looked for
    std::uint32_t m_insideShift = 32;
    std::vector<std::uint64_t> m_insidePairs; ///< bits by the two bytes that are looked for of short texts
    std::optional<GramFilter> m_filter;      ///< none where it would be of no use
    std::optional<GramFilter> m_placeFilter; ///< where grams may begin; none where there are too many
    // While building:
    std::unordered_map<std::string, std::uint32_t> m_known; ///< place and text of what is wanted
    std::vector<std::uint16_t> m_gramCounts;                ///< by hash: how many wanted texts hold four bytes
};

} // namespace cordon::detect
