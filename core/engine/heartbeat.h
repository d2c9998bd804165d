#pragma once

#include "core/base/clock.h"

#include <atomic>

namespace cordon::engine {

/// The dead-man timer: the engine's loop beats, and where no beat came for as long as the mandate says nothing is judged
/// or begun. It watches the engine, not people. Beats belong to the engine's loop; asking is safe from any thread.
/// Source: docs/formats/mandate.md, "killswitch"
class Heartbeat
{
public:
    explicit Heartbeat(const MachineClock& machine) : m_machine(machine) { m_last.store(machine.monotonicNanos()); }

    /// @return how long ago the last one was
    Duration beat()
    {
        const Duration gap = since();
        m_last.store(m_machine.monotonicNanos());
        return gap;
    }
    /// Machine time since boot, sleep included.
    [[nodiscard]] Duration since() const
    {
        return std::chrono::duration_cast<Duration>(
            std::chrono::nanoseconds(m_machine.monotonicNanos() - m_last.load()));
    }
    /// False from `most` on, and where the clock ran backwards.
    [[nodiscard]] bool isAlive(Duration most) const
    {
        const Duration gap = since();
        return gap >= Duration(0) && gap < most;
    }

private:
    const MachineClock& m_machine;
    std::atomic<std::int64_t> m_last{0};
};

} // namespace cordon::engine
