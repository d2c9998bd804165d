#pragma once

#include "core/act/pending_call.h"
#include "core/base/clock.h"
#include "core/engine/work_table.h"

namespace cordon::engine {

/// How the engine waits for a connector: others work meanwhile, and a call has a time within which it must be answered.
/// While nothing is shared and the case clock stands still (batch replay), a connector that waits for that clock moves
/// it: the answer, or the end of the waiting, comes at the same case time in every replay.
class EnginePatience : public act::Patience
{
public:
    /// All outlive this. @param most  how long a call may take: machine time since boot, or case time in batch replay
    EnginePatience(WorkTable& work, CaseClock& clock, const MachineClock& machine, Duration most)
        : m_work(work), m_clock(clock), m_machine(machine), m_most(most)
    {
    }
    void await(act::PendingCall& call, const std::stop_token& stop) override;

private:
    [[nodiscard]] bool isReplaying() const { return !m_work.isShared() && m_clock.isFrozen(); }

    WorkTable& m_work;
    CaseClock& m_clock;
    const MachineClock& m_machine;
    Duration m_most;
};

} // namespace cordon::engine
