#include "core/engine/engine_patience.h"

#include <algorithm>
#include <chrono>

namespace cordon::engine {

using namespace std::chrono_literals;

void EnginePatience::await(act::PendingCall& call, const std::stop_token& stop)
{
    const std::int64_t begun = m_machine.monotonicNanos();
    const std::int64_t most = std::chrono::nanoseconds(m_most).count();
    const bool isReplaying = this->isReplaying();
    const Timestamp until = m_clock.now() + m_most;
    const WorkTable::Rest rest(m_work);
    while (!call.isFinishedWithin(5ms, stop) && !stop.stop_requested()) {
        if (m_machine.monotonicNanos() - begun >= most)
            return;
        const auto next = isReplaying ? m_clock.earliestWait() : std::nullopt;
        if (!next)
            continue;
        m_clock.tick(std::max(Duration(0), std::min(*next, until) - m_clock.now()));
        if (*next < until)
            continue;
        // Whoever waits for the clock has to be gone before anybody else asks it for the time.
        call.requestStop();
        (void)call.isFinishedWithin(5s, stop);
        return;
    }
}

} // namespace cordon::engine
