#pragma once

#include "core/domain/action.h"
#include "core/domain/outcome.h"
#include "core/domain/permit.h"
#include "core/domain/target_facts.h"

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace cordon::act {

/// One thing a connector can do.
struct Capability
{
    std::string verb;
    Back back = Back::None;
    std::string undo; ///< verb, "snapshot", "partly", or ""
};

/// What `execute` brought back. `undoRecord` is kept in the ledger and handed to `undo` unchanged.
struct ExecuteReply
{
    Value undoRecord;   ///< null when there is no undo
    std::string detail; ///< English
};

/// One outside system. Calls belong to that connector's actuator thread, one at a time.
/// Errors: ErrorCode::Io or TimedOut when the outcome is unknown (lost answer, no answer in time), Cancelled when the call
/// was not begun, Denied when the provider refused,
/// NotFound when the target is gone, Conflict when it changed since it was inspected, Unsupported for a verb it lacks.
class Connector
{
public:
    Connector() = default;
    Connector(const Connector&) = delete;
    Connector& operator=(const Connector&) = delete;
    virtual ~Connector() = default;

    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] virtual std::string tenant() const = 0;
    [[nodiscard]] virtual std::string environment() const = 0;
    [[nodiscard]] virtual bool isExercise() const = 0;
    [[nodiscard]] virtual std::vector<Capability> capabilities() const = 0;
    /// Whether a thing is in this system, as far as its id tells. Never changes, so any thread may ask.
    [[nodiscard]] virtual bool holds(const EntityRef&) const { return true; }
    /// Gets ready for a call that changes something, and sends nothing of it: an error means that it is not begun.
    [[nodiscard]] virtual Result<void> prepare(const std::stop_token&) { return {}; }

    /// The live target. A target that does not exist is a fact (`exists` false), not an error.
    [[nodiscard]] virtual Result<TargetFacts> inspect(const EntityRef& target, const std::stop_token& stop) = 0;
    /// What the action would do; changes nothing and writes nothing anywhere.
    [[nodiscard]] virtual Result<Preview> preview(const Action& action, const std::stop_token& stop) = 0;
    /// Does exactly `action`. The permit must fit; the same serial again is refused (idempotency key).
    [[nodiscard]] virtual Result<ExecuteReply> execute(Permit permit, const Action& action,
                                                       const std::stop_token& stop) = 0;
    /// Reads back, independently of what `execute` said, whether the action's effect is there.
    [[nodiscard]] virtual Result<Outcome> verify(const Action& action, const std::stop_token& stop) = 0;
    /// Takes `action` back with its recorded undo. Refuses with ErrorCode::Conflict when somebody else changed the
    /// target since (drift), unless `overwritesDrift`.
    [[nodiscard]] virtual Result<ExecuteReply> undo(Permit permit, const Action& action, const Value& undoRecord,
                                                    bool overwritesDrift, const std::stop_token& stop) = 0;
};

/// Hex SHA-256 over the canonical JSON of the attributes that `verb` changes, taken from `facts.state`.
/// An attribute that is not there counts as null. Source: docs/formats/action.md, "expected_state"
[[nodiscard]] Result<std::string> expectedState(const std::string& verb, const TargetFacts& facts);

} // namespace cordon::act
