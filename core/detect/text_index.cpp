#include "core/detect/text_index.h"

#include <algorithm>
#include <bit>

namespace cordon::detect {
namespace {

constexpr std::size_t gramHashBits = 16;

std::uint32_t gramAt(std::string_view text, std::size_t at)
{
    std::uint32_t gram = 0;
    std::memcpy(&gram, text.data() + at, sizeof gram);
    return gram;
}

std::uint16_t pairAt(std::string_view text, std::size_t at)
{
    std::uint16_t pair = 0;
    std::memcpy(&pair, text.data() + at, sizeof pair);
    return pair;
}

/// Letters and spaces are the most common; a guess that costs time alone when it is wrong.
int rarity(char c)
{
    return (c >= 'a' && c <= 'z') || c == ' ' ? 0 : c >= '0' && c <= '9' ? 1 : 2;
}

/// Where the rarer two bytes of a text of two or three stand.
std::size_t rarerPair(std::string_view text)
{
    return text.size() > 2 && rarity(text[2]) > rarity(text[0]) ? 1 : 0;
}

std::size_t countPlace(std::uint32_t gram)
{
    return gram * 0x9E3779B1U >> (32 - gramHashBits);
}

} // namespace

void TextIndex::add(Place place, std::string_view wanted, RuleIndex rule)
{
    const auto [there, isNew] = m_known.try_emplace(static_cast<char>(place) + std::string(wanted),
                                                    static_cast<std::uint32_t>(m_wanted.size()));
    if (isNew)
        m_wanted.push_back({place, std::string(wanted), {rule}, 0, none});
    else if (std::vector<RuleIndex>& rules = m_wanted[there->second].rules; rules.back() != rule)
        rules.push_back(rule);
}

void TextIndex::build()
{
    countGrams();
    makeFilter();
    const auto isInside = [](const Wanted& wanted) {
        return wanted.place == Place::Inside && wanted.text.size() >= shortestGram;
    };
    const auto inside = static_cast<std::size_t>(std::count_if(m_wanted.begin(), m_wanted.end(), isInside));
    if (inside > 0) {
        // One bit in 32 set: few places of a text are looked at twice, and the bits stay in the nearest cache.
        const auto bits = static_cast<std::uint32_t>(std::clamp<int>(std::bit_width(inside * 32), 9, 18));
        m_insideShift = 32 - bits;
        m_insideGrams.resize((std::size_t{1} << bits) / 64);
    }
    m_slots.resize(std::bit_ceil(m_wanted.size() * 2 + 1));
    for (std::uint32_t index = 0; index < m_wanted.size(); ++index) {
        Wanted& wanted = m_wanted[index];
        const std::size_t length = std::min(wanted.text.size(), longestGram);
        m_hasWhole = m_hasWhole || wanted.place == Place::Whole;
        m_hasStart[length] = m_hasStart[length] || wanted.place == Place::Start;
        m_hasEnd[length] = m_hasEnd[length] || wanted.place == Place::End;
        if (wanted.place == Place::Inside && wanted.text.size() < shortestGram) {
            wanted.gramAt = rarerPair(wanted.text);
            const std::uint16_t pair = pairAt(wanted.text, wanted.gramAt);
            m_insidePairs.resize((1U << 16U) / 64);
            m_insidePairs[pair / 64U] |= std::uint64_t{1} << pair % 64U;
        } else if (wanted.place == Place::Inside) {
            wanted.gramAt = rarestGram(wanted.text);
            const std::uint32_t bit = gramAt(wanted.text, wanted.gramAt) * 0x9E3779B1U >> m_insideShift;
            m_insideGrams[bit / 64] |= std::uint64_t{1} << bit % 64;
        }
        const std::uint64_t key = keyOf(wanted);
        std::size_t place = key & (m_slots.size() - 1);
        while (m_slots[place].first != none && m_slots[place].key != key)
            place = (place + 1) & (m_slots.size() - 1);
        wanted.next = m_slots[place].first;
        m_slots[place] = {key, index};
    }
    makePlaceFilter();
    m_gramCounts = {};
    m_known = {};
}

/// Grams that begin alike share a group, so that few places fit a group by chance.
void TextIndex::makePlaceFilter()
{
    constexpr std::size_t most = 256; // of more, nearly every place fits some
    std::vector<std::string_view> grams;
    for (const Wanted& wanted : m_wanted) {
        if (wanted.place == Place::Inside && wanted.text.size() >= shortestGram)
            grams.push_back(std::string_view(wanted.text).substr(wanted.gramAt, shortestGram));
    }
    if (grams.empty() || grams.size() > most)
        return;
    std::sort(grams.begin(), grams.end());
    m_placeFilter.emplace();
    for (std::size_t at = 0; at < grams.size(); ++at)
        m_placeFilter->addGram(gramAt(grams[at], 0), at * GramFilter::groups / grams.size());
}

void TextIndex::countGrams()
{
    m_gramCounts.assign(std::size_t{1} << gramHashBits, 0);
    for (const Wanted& wanted : m_wanted) {
        for (std::size_t at = 0; wanted.place == Place::Inside && at + shortestGram <= wanted.text.size(); ++at)
            ++m_gramCounts[countPlace(gramAt(wanted.text, at))];
    }
}

void TextIndex::makeFilter()
{
    GramFilter filter;
    const bool isOfUse = std::all_of(m_wanted.begin(), m_wanted.end(), [&filter](const Wanted& wanted) {
        return wanted.place == Place::Inside && filter.add(wanted.text);
    });
    if (isOfUse)
        m_filter = filter;
}

/// Where the four bytes stand that the fewest other wanted texts hold.
std::size_t TextIndex::rarestGram(std::string_view text) const
{
    std::size_t best = 0;
    for (std::size_t at = 1; at + shortestGram <= text.size(); ++at) {
        if (m_gramCounts[countPlace(gramAt(text, at))] < m_gramCounts[countPlace(gramAt(text, best))])
            best = at;
    }
    return best;
}

std::uint64_t TextIndex::keyOf(const Wanted& wanted) const
{
    const std::size_t length = std::min(wanted.text.size(), longestGram);
    switch (wanted.place) {
    case Place::Start:
        return gramKey(Place::Start, length, frontOf(wanted.text) & lowBytes(length));
    case Place::End:
        return gramKey(Place::End, length, backOf(wanted.text) >> 8U * (longestGram - length));
    case Place::Inside:
        if (wanted.text.size() < shortestGram)
            return gramKey(Place::Inside, shortestInside, pairAt(wanted.text, wanted.gramAt));
        return gramKey(Place::Inside, shortestGram, gramAt(wanted.text, wanted.gramAt));
    case Place::Whole:
        break;
    }
    return wholeKey(wanted.text);
}

bool TextIndex::fits(const Wanted& wanted, std::string_view text, std::size_t at)
{
    switch (wanted.place) {
    case Place::Start:
        return text.starts_with(wanted.text);
    case Place::End:
        return text.ends_with(wanted.text);
    case Place::Inside:
        return at >= wanted.gramAt && text.substr(at - wanted.gramAt).starts_with(wanted.text);
    case Place::Whole:
        break;
    }
    return text == wanted.text;
}

std::uint64_t TextIndex::frontOf(std::string_view text)
{
    std::uint64_t bytes = 0;
    if (text.size() >= sizeof bytes)
        std::memcpy(&bytes, text.data(), sizeof bytes);
    else
        std::memcpy(&bytes, text.data(), text.size());
    return bytes;
}

std::uint64_t TextIndex::backOf(std::string_view text)
{
    std::uint64_t bytes = 0;
    if (text.size() >= sizeof bytes) {
        std::memcpy(&bytes, text.data() + text.size() - sizeof bytes, sizeof bytes);
        return bytes;
    }
    std::memcpy(&bytes, text.data(), text.size());
    return text.empty() ? 0 : bytes << 8U * (sizeof bytes - text.size());
}

} // namespace cordon::detect
