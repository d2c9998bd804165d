#pragma once

#include "core/domain/alert.h"
#include "core/domain/closing.h"
#include "core/domain/event.h"
#include "core/domain/incident.h"
#include "core/domain/plan.h"

#include <QString>

namespace cordon::ui::text {

[[nodiscard]] QString tierWord(Tier tier);         ///< Observe, Low, Disruptive, Destructive, Never
[[nodiscard]] QString backWord(Back back);         ///< "↺ reversible", "◐ partly", "✕ no undo"
[[nodiscard]] QString effectWord(Effect effect);   ///< allowed, held, refused
[[nodiscard]] QString stateWord(StepState state);  ///< waits for approval, verified, …
[[nodiscard]] QString severityWord(Severity severity);
[[nodiscard]] QString statusWord(IncidentStatus status);
[[nodiscard]] QString verdictWord(Verdict verdict);
[[nodiscard]] QString roleWord(EntityRole role);
[[nodiscard]] QString outcomeWord(EventOutcome outcome);
/// An approval row's state code ("waiting", "partly", "executed"…) as a word.
[[nodiscard]] QString approvalWord(const std::string& state);
/// "needs 1 approver", "needs 2 approvers · step-up"
[[nodiscard]] QString needsWord(const ApprovalNeeds& needs, Tier tier);
/// What a held or denied decision misses, by its code: "approval", "limit:L1", "human_confirmation"…
/// A pre-check of the mandate, such as "evidence preserved".
[[nodiscard]] QString checkWord(const std::string& check);
[[nodiscard]] QString missingWord(const std::string& code);

/// Names of theme::Tone, so that models and views can say meaning without colour.
[[nodiscard]] QString severityTone(Severity severity);
[[nodiscard]] QString tierTone(Tier tier);
[[nodiscard]] QString effectTone(Effect effect);

} // namespace cordon::ui::text
