#pragma once

#include "core/act/provider.h"
#include "core/connectors/deed.h"
#include "core/connectors/effects.h"

namespace cordon::connectors {

/// One call of a connector, from the reading of the credential to its wiping: what a provider must be able to say and do.
/// Errors as `act::Connector`.
class Session
{
public:
    Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    virtual ~Session() = default;

    /// Whose credential it is and where it leads: {"identity", "tenant", …}, by reading only.
    [[nodiscard]] virtual Result<Value> identity() = 0;
    /// The live target. One that is not there is a fact. `asked` and `environment` are filled in by the caller.
    [[nodiscard]] virtual Result<TargetFacts> facts(const EntityRef& target) = 0;
    /// What the verb comes to on a target that exists, by reading only. ErrorCode::Unsupported for a verb that there is no call for on such a
    /// target, NotFound for a grant or version that is not there, Denied when the system would refuse, Invalid for a
    /// missing parameter.
    [[nodiscard]] virtual Result<Deed> plan(const Action& action, const TargetFacts& facts) = 0;
    /// Makes one call of a deed or an undo record. ErrorCode::Invalid for one that is none of this provider's.
    [[nodiscard]] virtual Result<void> run(const Value& call) = 0;
    /// What a call made and gave back once; nothing for most.
    [[nodiscard]] virtual std::optional<act::MadeValue> takeMade() { return std::nullopt; }
    /// Whether the action's effect is there, as read back.
    [[nodiscard]] virtual Result<Effect> effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since)
    {
        return effectIn(action, facts, since);
    }
};

} // namespace cordon::connectors
