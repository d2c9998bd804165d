#include "core/detect/ordered_sequence.h"

#include <algorithm>

namespace cordon::detect {

namespace {

bool isLater(const std::vector<CorrelationEntry>& a, const std::vector<CorrelationEntry>& b)
{
    return a.front().time > b.front().time;
}

} // namespace

OrderedSequence::OrderedSequence(std::size_t rules, std::size_t needed, Duration timespan)
    : m_rules(rules)
    , m_needed(needed)
    , m_timespan(timespan)
    , m_places(rules * needed)
{}

std::vector<CorrelationEntry> OrderedSequence::add(const CorrelationEntry& entry)
{
    const std::size_t position = entry.value;
    // Longer ones first, so that an event is not added to what it has just become.
    for (std::size_t length = std::min<std::size_t>(position + 1, m_needed); length > 0; --length) {
        // What cannot become long enough any more is not kept.
        if (length + (m_rules - 1 - position) < m_needed)
            break;
        Place longer = extended(entry, length);
        if (length == m_needed && !longer.empty()) {
            std::fill(m_places.begin(), m_places.end(), Place());
            return std::move(longer.front());
        }
        for (Chain& chain : longer)
            keep(at(position, length), std::move(chain));
    }
    return {};
}

bool OrderedSequence::forgetBefore(Timestamp oldest)
{
    bool isEmpty = true;
    for (Place& place : m_places) {
        std::erase_if(place, [oldest](const Chain& chain) { return chain.front().time < oldest; });
        isEmpty = isEmpty && place.empty();
    }
    return isEmpty;
}

/// The entry behind every chain of one less that it may follow, the latest-begun first.
OrderedSequence::Place OrderedSequence::extended(const CorrelationEntry& entry, std::size_t length)
{
    if (length == 1)
        return {{entry}};
    Place longer;
    for (std::size_t before = length - 2; before < entry.value; ++before) {
        for (const Chain& chain : at(before, length - 1)) {
            const bool isOpen = entry.time - chain.front().time <= m_timespan && entry.time >= chain.back().time;
            const bool isNew = std::none_of(chain.begin(), chain.end(),
                                            [&](const CorrelationEntry& e) { return e.event == entry.event; });
            if (isOpen && isNew)
                longer.emplace_back(chain).push_back(entry);
        }
    }
    std::stable_sort(longer.begin(), longer.end(), isLater);
    return longer;
}

/// Keeps the chains that began last. An older one is only of use where each newer one holds an event that is still to
/// come, which more chains without a common event than there are events to come rule out.
void OrderedSequence::keep(Place& place, Chain chain) const
{
    constexpr std::size_t most = 16; // for hostile logs, where all events share a time and match every rule
    const std::size_t toCome = m_needed - chain.size();
    place.insert(std::upper_bound(place.begin(), place.end(), chain, isLater), std::move(chain));
    std::vector<EventRef> events;
    std::size_t apart = 0;
    std::size_t kept = 0;
    while (kept < place.size() && kept < most && apart <= toCome) {
        const bool isApart = std::none_of(place[kept].begin(), place[kept].end(), [&](const CorrelationEntry& entry) {
            return std::find(events.begin(), events.end(), entry.event) != events.end();
        });
        if (isApart) {
            ++apart;
            for (const CorrelationEntry& entry : place[kept])
                events.push_back(entry.event);
        }
        ++kept;
    }
    place.resize(kept);
}

} // namespace cordon::detect
