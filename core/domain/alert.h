#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/entity.h"
#include "core/domain/evidence.h"
#include "core/domain/external_origin.h"
#include "core/domain/text.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon {

enum class Severity { Informational, Low, Medium, High, Critical };
[[nodiscard]] std::string_view toString(Severity severity);
[[nodiscard]] std::optional<Severity> severityFrom(std::string_view text);

/// What is told about a rule wherever its alert is shown. DRL 1.1 asks for author and licence.
struct RuleInfo
{
    std::string id;
    std::string title;
    std::string description;
    std::string author;
    std::string license;
    std::string file;                        ///< where it was loaded from
    Severity level = Severity::Medium;
    std::vector<std::string> tactics;        ///< ATT&CK tactic names as tagged, "privilege-escalation"
    std::vector<std::string> techniques;     ///< upper case, "T1098.001"
    std::vector<std::string> falsePositives;
    bool isBuiltin = false;
};

/// How the ids of what other products raise begin; no rule's does.
inline constexpr std::string_view externalRule = "external:";

/// How an entity takes part in an alert or incident.
enum class EntityRole { Attacker, Victim, Resource, Other };
[[nodiscard]] std::string_view toString(EntityRole role);

struct AlertEntity
{
    EntityRef entity;
    std::string part; ///< "actor", "via", "target", "address"
    std::string relation; ///< for targets: the EventTarget relation
};

/// A rule's match on one or more events, or what another product said in records of its own.
struct Alert
{
    AlertId id;
    RuleInfo rule;
    Timestamp first;
    Timestamp last;
    std::vector<EventId> events;
    std::vector<Citation> cites;        ///< one per event, same order
    std::vector<AlertEntity> entities;  ///< each once
    std::string action;                 ///< of the first event
    bool hasSucceeded = true;           ///< false when every event failed
    std::vector<Text> measured;         ///< what was found unusual against the identity's own past, with its figures
    std::optional<double> rarity;       ///< 0..1: how often the identity's past brought something as new; lower is rarer
    std::optional<ExternalOrigin> external; ///< set when another product raised it; `rule` then speaks in its words
};

} // namespace cordon
