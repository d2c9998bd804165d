#include "core/engine/log_pace.h"

#include <algorithm>

namespace cordon::engine {
namespace {

constexpr Duration nearby = std::chrono::hours(24);

bool areNear(Timestamp a, Timestamp b)
{
    return a <= b + nearby && b <= a + nearby;
}

} // namespace

Timestamp LogPace::take(Timestamp time, std::optional<Timestamp> arrival)
{
    const Timestamp bounded = arrival ? std::min(time, *arrival) : time;
    if (arrival && time > *arrival + nearby)
        return bounded;
    const bool isBelieved = (m_reached && bounded <= *m_reached + nearby) || (m_alone && areNear(*m_alone, bounded)) ||
                            (arrival && areNear(time, *arrival));
    if (isBelieved) {
        m_reached = m_reached ? std::max(*m_reached, bounded) : bounded;
        m_alone.reset();
    } else {
        // Of two dates that disagree at the start of a log the later one is the stranger.
        m_alone = m_reached || !m_alone ? bounded : std::min(*m_alone, bounded);
    }
    return bounded;
}

} // namespace cordon::engine
