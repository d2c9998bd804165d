#pragma once

#include "core/detect/ordered_sequence.h"
#include "core/detect/running_measure.h"

#include <set>

namespace cordon::detect {

/// What one correlation remembers of one group. Kept small: there may be a million.
struct CorrelationGroup
{
    /// A match that goes on.
    struct Open
    {
        CorrelationMatch match;
        bool hasGrown = false;                   ///< since it was last given out
        std::set<CorrelationMatch::Row> carried; ///< rows told to correlations on this one
    };

    std::uint64_t hash = 0;                ///< keyedHash of its values
    std::uint32_t number = 0;              ///< in the GroupTable
    std::uint32_t first = 0;               ///< of `entries`; those before have left
    bool isScheduled = false;              ///< will be looked at when its timespan has passed
    std::vector<CorrelationEntry> entries; ///< by time
    RunningMeasure measure;                ///< of the window, when it slides
    std::unique_ptr<OrderedSequence> sequence;
    std::unique_ptr<Open> open;

    [[nodiscard]] std::span<const CorrelationEntry> window() const { return std::span(entries).subspan(first); }
    /// Something is remembered that must be forgotten in time.
    [[nodiscard]] bool isBusy() const { return first < entries.size() || sequence || open; }
    void add(const CorrelationEntry& entry);
    void leaveFront();
    void clearWindow();
};

/// Behind the last. Room grows by little, since most groups stay small.
inline void CorrelationGroup::add(const CorrelationEntry& entry)
{
    if (entries.size() == entries.capacity())
        entries.reserve(entries.size() < 8 ? entries.size() + 2 : entries.size() * 3 / 2);
    entries.push_back(entry);
}

inline void CorrelationGroup::leaveFront()
{
    entries[first++].origin = {};
    if (first == entries.size())
        clearWindow();
    else if (first > 64 && first > entries.size() / 2) {
        entries.erase(entries.begin(), entries.begin() + first);
        first = 0;
    }
}

inline void CorrelationGroup::clearWindow()
{
    entries.clear();
    first = 0;
}

} // namespace cordon::detect
