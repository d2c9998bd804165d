#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <vector>

namespace cordon::detect {

/// How many events an identity did by when, in a bounded number of equal steps of time. The order in which events come
/// does not matter. Exact to the step, which is an hour as long as 256 different hours hold all of them and doubles
/// from there; within a step, events count as spread evenly.
class BaselinePast
{
public:
    void add(Timestamp time);
    /// Events in [from, to).
    [[nodiscard]] std::uint64_t count(Timestamp from, Timestamp to) const;
    /// Time of the first event. Default when there is none.
    [[nodiscard]] Timestamp first() const { return m_first; }
    [[nodiscard]] std::uint64_t total() const { return m_total; }

private:
    struct Step
    {
        std::int64_t number = 0; ///< time divided by the width
        std::uint32_t count = 0;
    };
    static constexpr std::size_t mostSteps = 256;

    [[nodiscard]] double countBefore(Timestamp time) const;
    void widen();

    Timestamp m_first;
    std::uint64_t m_total = 0;
    std::int64_t m_width = 3'600'000'000; ///< microseconds
    std::vector<Step> m_steps;            ///< by number
};

} // namespace cordon::detect
