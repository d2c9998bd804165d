#pragma once

#include "core/correlate/alert_node.h"
#include "core/domain/incident.h"

#include <vector>

namespace cordon::correlate {

/// What an incident is described from: its alerts in time order and the joins between them.
struct IncidentParts
{
    const EntityGraph& graph;
    const std::vector<RuleFacts>& rules;
    const std::vector<AlertNode>& all; ///< every alert of the case, for the indexes in joins
    std::vector<const AlertNode*> alerts;
    const std::vector<Join>& joins;

    [[nodiscard]] const RuleFacts& rule(const AlertNode& alert) const { return rules[alert.rule]; }
    [[nodiscard]] const EntityRef& entity(EntityIndex index) const { return graph.entity(index); }
};

/// The incident in full: members, links, risk and title. Depends on nothing but `parts`.
[[nodiscard]] Incident describeIncident(IncidentId id, const IncidentParts& parts);

/// Who and what takes part, attackers first, each with its reasons.
[[nodiscard]] std::vector<IncidentMember> membersOf(const IncidentParts& parts);
/// Why things belong together, one link per pair and reason.
[[nodiscard]] std::vector<IncidentLink> linksOf(const IncidentParts& parts);
/// Points of risk; their sum is the incident's risk, 0..100.
[[nodiscard]] std::vector<RiskPart> riskOf(const IncidentParts& parts, const std::vector<IncidentMember>& members);
/// Below 10 informational, then low, from 35 medium, from 60 high, from 85 critical.
[[nodiscard]] Severity severityOfRisk(int risk);
/// What happened in one line, after the gravest thing that succeeded.
[[nodiscard]] Text titleOf(const IncidentParts& parts, const std::vector<IncidentMember>& members);
/// True when the act behind the alert counts as misuse: medium or above, and more than looking around.
[[nodiscard]] bool isMisuse(const IncidentParts& parts, const AlertNode& alert);

} // namespace cordon::correlate
