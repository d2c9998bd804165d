#pragma once

#include "core/domain/alert.h"
#include "core/domain/text.h"

#include <string>
#include <vector>

namespace cordon {

enum class IncidentStatus { Open, Contained, Closed };
[[nodiscard]] std::string_view toString(IncidentStatus status);

/// One entity of an incident, why it is there, and whether the agent may touch it.
struct IncidentMember
{
    EntityRef entity;
    EntityRole role = EntityRole::Other;
    std::vector<Text> why;                 ///< reasons for membership, each traceable
    std::vector<EventId> events;           ///< events that name it, at most 64, oldest first
    bool isMisused = false;                ///< the log shows a suspicious act by or with it (one source)
    bool isVerified = false;               ///< a second, independent source confirmed the misuse: in the verified scope
    bool isVerifiedBySimulation = false;   ///< that source was an exercise tenant
    bool isConfirmedByPerson = false;
    bool isMadeByIncident = false;         ///< the incident created it: an intruder's key
};

/// Why two entities (or an alert and the incident) belong together.
struct IncidentLink
{
    EntityRef from;
    EntityRef to;
    Text reason;
    double weight = 0; ///< 0..1
    std::vector<EventId> events;
};

/// A point of risk and what it comes from.
struct RiskPart
{
    Text reason;
    int points = 0;
};

/// Alerts joined by shared entities, time and tactic order.
struct Incident
{
    IncidentId id;
    Text title;
    int risk = 0; ///< 0..100
    Severity severity = Severity::Low;
    IncidentStatus status = IncidentStatus::Open;
    Timestamp firstSeen;
    Timestamp lastSeen;
    std::vector<std::string> techniques;
    int ownTechniques = 0; ///< how many of them a rule of the case's own told; the rest only other products say
    std::vector<std::string> tactics;
    std::vector<AlertId> alerts;
    std::vector<std::string> products; ///< names of the other products whose alerts are among them
    std::vector<IncidentMember> members;
    std::vector<IncidentLink> links;
    std::vector<RiskPart> riskParts;
    std::string assignee; ///< person, or ""

    [[nodiscard]] const IncidentMember* member(const EntityRef& entity) const
    {
        for (const IncidentMember& candidate : members) {
            if (candidate.entity == entity)
                return &candidate;
        }
        return nullptr;
    }
};

/// `INC-0001`
[[nodiscard]] std::string toString(IncidentId id);
/// `A-0001`
[[nodiscard]] std::string toString(AlertId id);

} // namespace cordon
