#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/entity.h"
#include "core/domain/evidence.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace cordon {

/// What an incident shows of one identity: the conditions for T1 on it.
struct OwnSigns
{
    int techniques = 0;     ///< different ones, told by rules of the case
    bool hasRarity = false; ///< something in it was measured as new for it
    bool operator==(const OwnSigns&) const = default;
};

/// What the agent could read of one incident under its mandate. People see all of it; what the agent decides rests on
/// this part. Source: docs/formats/mandate.md, "What the agent may see"
struct AgentView
{
    std::vector<std::string> clauses;  ///< `see` clauses that let something be read
    std::map<std::string, int> unseen; ///< records not read, by source
    int redacted = 0;                  ///< records of which something was hidden
    std::set<AlertId> hiddenAlerts;    ///< that rest on a record not read
    std::set<EntityRef> hiddenMembers; ///< that only records not read speak of: no members for the agent
    std::map<EntityRef, OwnSigns> signs; ///< of members that are misused or were made by the incident, of what was read
    /// Where records that name a member stand in the evidence: what its place in the scope rests on, a few of each.
    std::map<EntityRef, std::vector<Citation>> proof;
    Timestamp newest;                  ///< newest event among the alerts that were read

    [[nodiscard]] int unseenCount() const
    {
        int count = 0;
        for (const auto& [source, records] : unseen)
            count += records;
        return count;
    }
    [[nodiscard]] bool isWhole() const
    {
        return unseen.empty() && redacted == 0 && hiddenAlerts.empty() && hiddenMembers.empty();
    }
    bool operator==(const AgentView&) const = default;
};

} // namespace cordon
