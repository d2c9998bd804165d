#pragma once

#include "core/domain/event.h"
#include "core/domain/incident.h"
#include "core/domain/target_facts.h"

#include <map>
#include <vector>

namespace cordon::investigate {

/// What another product says that was not fed from a log of the case.
struct IndependentFinding
{
    std::string product;          ///< its name for people
    std::vector<EntityRef> doers; ///< who it says acted, and with what
    Timestamp first;
    Timestamp last;
};

/// Decides which members belong to the verified scope: misuse that the log shows and that a second source, what the
/// connector answered itself or an unrelated product found, confirms. Either the provider's last-used record agrees in time (10 minutes) and in
/// service or region with the latest misuse, or, for what the incident made, the provider's record of its making
/// agrees with the log's (5 minutes, same maker when told), or a product that does not live on the same log names the
/// member as acting when the log shows its misuse (10 minutes around what it tells of). That a thing exists confirms
/// nothing, and neither does a finding that no event of a log goes with.
///
/// Members without an entry in `facts` keep what they had; for the others isVerified, isVerifiedBySimulation and the
/// reasons beginning with "scope." are set anew; of a verified member the last reason is what confirmed it. Only
/// accounts, credentials, roles, workloads and secrets qualify.
/// @param misuseEvents  events of the incident that the log holds against its members; any order
/// @param findings  only those drawn from sources that the case has no log of
/// Source: docs/governance, step 2 of evaluation
void verifyScope(Incident& incident, const std::map<EntityRef, TargetFacts>& facts,
                 const std::vector<Event>& misuseEvents, const std::vector<IndependentFinding>& findings = {});

} // namespace cordon::investigate
