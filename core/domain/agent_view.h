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

/// What the agent could read of one incident under its mandate. People see all of it; what the agent decides rests on
/// this part. Source: docs/formats/mandate.md, "What the agent may see"
struct AgentView
{
    std::vector<std::string> clauses;  ///< `see` clauses that let something be read
    std::map<std::string, int> unseen; ///< records not read, by source
    int redacted = 0;                  ///< records of which something was hidden
    std::set<AlertId> hiddenAlerts;    ///< that rest on a record not read
    std::set<EntityRef> hiddenMembers; ///< that only records not read speak of: no members for the agent
    int ownTechniques = 0;             ///< as Incident::ownTechniques, of what was read
    bool hasMeasuredRarity = false;
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
