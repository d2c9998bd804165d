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

    std::string values;                    ///< text list, folded
    std::unique_ptr<std::string> shown;    ///< as written, when folding changed it
    std::uint32_t tag = 0;                 ///< of its hash, for GroupTable
    std::uint32_t number = 0;              ///< in the GroupTable
    std::uint32_t pending = 0;             ///< entries that wait
    std::uint32_t first = 0;               ///< of `entries`; those before have left
    bool isScheduled = false;              ///< will be looked at when its timespan has passed
    std::vector<CorrelationEntry> entries; ///< by time
    RunningMeasure measure;                ///< of the window, when it slides
    std::unique_ptr<OrderedSequence> sequence;
    std::unique_ptr<Open> open;

    [[nodiscard]] std::span<const CorrelationEntry> window() const { return std::span(entries).subspan(first); }
    /// Something is remembered that must be forgotten in time.
    [[nodiscard]] bool isBusy() const { return first < entries.size() || sequence || open; }
    [[nodiscard]] bool isIdle() const { return pending == 0 && !isBusy(); }
    void leaveFront();
    void clearWindow();
};

inline void CorrelationGroup::leaveFront()
{
    entries[first++].origin.reset();
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
