#pragma once

#include "core/domain/decision.h"
#include "core/domain/permit.h"
#include "core/govern/gate_request.h"

namespace cordon::govern {

/// The gate's answer, with leave to act when the effect is allow.
struct Ruling
{
    Decision decision;
    std::optional<Permit> permit; ///< only on Effect::Allow
};

/// Judges one action. Pure: the same request gives the same ruling, nothing is read, written or remembered.
/// The nine steps of docs/formats/gate-request.md; every step is evaluated for the explanation, a failure of any kind
/// means deny, deny beats hold. Safe from any thread.
class Gate
{
public:
    [[nodiscard]] Ruling rule(const GateRequest& request) const;

    /// At the point of use, just before a permit is spent: steps 0 to 3 again on a fresh request, the reservation of
    /// step 6, and the target still in the state that was approved.
    /// @param ruledTier      tier of the decision that gave the permit
    /// @param expectedState  hex digest of the target's state now (act::expectedState)
    /// @return  allow or deny, never hold
    [[nodiscard]] Decision recheck(const GateRequest& request, Tier ruledTier, const std::string& permitSerial,
                                   const std::string& expectedState) const;

    /// A person's undo, or a lease that ended: the original permit covers exactly its recorded undo. Asks halt (unless
    /// `isByPerson`), ledger, `self` and environment again; forbids and scope are not asked (docs/formats/mandate.md,
    /// "undo").
    [[nodiscard]] Ruling ruleUndo(const GateRequest& request, bool isByPerson) const;
};

} // namespace cordon::govern
