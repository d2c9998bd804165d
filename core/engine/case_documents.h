#pragma once

#include "core/engine/case_reader.h"
#include "core/govern/approval_desk.h"
#include "core/value/value.h"

namespace cordon::engine::documents {

// Small JSON pages that the engine keeps in the case's index for screens: one per approval request, one for the agent.
// They can be made again from the ledger. Source: docs/formats/case.md, "documents"

inline constexpr const char* approvalKind = "approval";
inline constexpr const char* agentKind = "agent";
inline constexpr const char* noteKind = "note";
inline constexpr const char* incidentRowKind = "incident_row"; ///< by incident: its line in the queue
inline constexpr const char* hitKind = "hit";
inline constexpr const char* ruleKind = "rule";
inline constexpr const char* followKind = "follow"; ///< by root: who asked, whether it is read at once, what is wrong
inline constexpr const char* peopleKind = "people"; ///< those of the installation who count in this case
inline constexpr const char* quietKind = "quiet";   ///< by source: how often it speaks

[[nodiscard]] Value approvalPage(const govern::DeskRequest& held, const Text& title, const std::string& requestText);
[[nodiscard]] Result<ApprovalRow> approvalRowFrom(const Value& page);

/// Budgets as they stand, beside the mandate.
struct Budgets
{
    int refused = 0;
    int actionsUsed = 0;
    int actionsMost = 0;
    int identitiesTouched = 0;
    int identitiesMost = 0;
    int perWindowUsed = 0;
    int perWindowMost = 0;
    std::optional<Timestamp> sessionUntil;
};
[[nodiscard]] Value agentPage(const Mandate& mandate, const std::string& keyFingerprint, int owners,
                              const Budgets& budgets);
[[nodiscard]] Result<AgentPicture> agentPictureFrom(const Value& page);

} // namespace cordon::engine::documents
