#pragma once

#include "core/domain/decision.h"
#include "core/domain/mandate.h"

#include <string>
#include <string_view>

namespace cordon::govern {

/// Whether the agent may conclude something by itself.
struct Conclusion
{
    std::string decision; ///< correlate, set_severity, extend_scope, close_incident
    std::string clause;   ///< that decided; "default" when no clause speaks of it
    Effect effect = Effect::Deny; ///< hold: people are missing
    int approvers = 0;            ///< how many people a hold asks for

    [[nodiscard]] bool isAllowed() const { return effect == Effect::Allow; }
    bool operator==(const Conclusion&) const = default;
};

/// Asks the mandate's `decide` clauses. Of several clauses on one decision the strictest counts.
/// @param confirmedBy  how many different people confirmed this conclusion
/// Source: docs/formats/mandate.md, "What the agent may decide"
[[nodiscard]] Conclusion conclude(const Mandate* mandate, std::string_view decision, int confirmedBy = 0);

} // namespace cordon::govern
