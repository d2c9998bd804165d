#pragma once

#include "core/act/connector.h"
#include "core/base/clock.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace cordon::act {

/// Runs one permitted action on one connector to an outcome: permit, live state, re-check, stop switch last, execute,
/// read back. Belongs to the connector's thread; in batch replay that is the engine thread.
class Actuator
{
public:
    /// True stops everything. What cannot be read counts as stopped, so an empty function does too.
    using HaltCheck = std::function<bool()>;
    /// The gate's steps again at the point of use, handed in by the engine. An error means: do not act.
    using Recheck = std::function<Result<void>(const Action&, const std::vector<TargetFacts>&)>;

    /// @param connector, clock  borrowed; they outlive the actuator. `clock` is the case clock
    Actuator(Connector& connector, const Clock& clock, HaltCheck isHalted, Recheck recheck = {});

    /// Reads. One more attempt after ErrorCode::Io, none after anything else. Not stopped by halt.
    [[nodiscard]] Result<TargetFacts> inspect(const EntityRef& target, const std::stop_token& stop);
    /// Every target of the action, in order.
    [[nodiscard]] Result<std::vector<TargetFacts>> inspectAll(const Action& action, const std::stop_token& stop);
    [[nodiscard]] Result<Preview> preview(const Action& action, const std::stop_token& stop);

    /// Does the action once. An error means that nothing was attempted: Denied (permit or re-check), Conflict (the
    /// target is not as `expectedState` says), Cancelled (halted or stopped), or why the target could not be read.
    /// Otherwise the outcome: Verified by read-back, Failed when the provider refused or the read-back contradicts,
    /// Unknown after a lost answer. A changing call is never repeated.
    [[nodiscard]] Result<Outcome> run(Permit permit, const Action& action, const std::stop_token& stop);

    /// Takes `action` back with the undo record of its outcome. The permit is one for the same action digest.
    /// Verified means: the effect of `action` is gone by read-back. Errors as for `run`; drift is an Outcome that
    /// Failed, with the provider's word on who changed what. Neither `expectedState` nor the re-check apply.
    [[nodiscard]] Result<Outcome> undo(Permit permit, const Action& action, const Value& undoRecord,
                                       bool overwritesDrift, const std::stop_token& stop);

private:
    [[nodiscard]] Result<Outcome> verify(const Action& action, const std::stop_token& stop);
    [[nodiscard]] Result<void> checkLiveState(const Action& action, const std::stop_token& stop);
    [[nodiscard]] Result<void> checkStops(const std::stop_token& stop) const;
    [[nodiscard]] Outcome afterFailure(const Error& error, const Action& action, const std::stop_token& stop);

    Connector& m_connector;
    const Clock& m_clock;
    HaltCheck m_isHalted;
    Recheck m_recheck;
};

} // namespace cordon::act
