#pragma once

#include "core/domain/action.h"
#include "core/domain/plan.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cordon::plan {

/// What a playbook answers. Empty members match everything. Source: docs/formats/playbook.md
struct Applicability
{
    EntityKind kind = EntityKind::Account;
    std::string type;
    std::vector<std::string> techniques; ///< any of them; a technique covers its sub-techniques
    std::string incident;                ///< what its title says it is: "secret_access"
    std::vector<std::string> without;    ///< types of credentials; none of them is misused
    std::vector<std::string> actions;    ///< any of them changed a right on a thing of that kind
};

/// Which things a step is made for: one step per thing found.
struct Selector
{
    enum class From {
        Incident,       ///< the incident itself: its leading misused identity stands as target
        Member,         ///< members of the incident
        IdentityChange, ///< rights changed inside the incident: target is whose right, `object` goes to params
        Residual,       ///< what the intruder can still use
        Dependent,      ///< who depends on members of these kinds: target is the dependent, what it uses goes to params
        AssumedRole,    ///< roles that the incident opened sessions of, though no alert names them
    };
    From from = From::Member;
    std::vector<EntityKind> kinds;
    std::vector<std::string> types;      ///< empty = any
    std::vector<std::string> relations;  ///< IdentityChange only: created, attached, updated…
    std::vector<std::string> actions;    ///< IdentityChange only: provider's verbs; empty = any
    int beforeHours = 0; ///< IdentityChange only: 0 = inside the incident, else those so many hours before it instead
    std::optional<bool> isMadeByIncident;
    std::optional<bool> isMisused;
    int most = 8;                        ///< at most this many steps
};

/// One action of a playbook: a CACAO workflow step with Cordon's extension.
struct PlaybookStep
{
    std::string id;       ///< action--uuid, or playbook-action--uuid while `playbook` is not put in its place
    std::string name;
    std::string verb;
    Selector select;
    std::string title;    ///< code of the step's title
    std::string why;      ///< code of the reason
    std::vector<std::string> after;    ///< ids of steps that must be done first, those of `evidenceBefore` among them
    std::vector<std::string> evidenceBefore; ///< ids of steps that keep evidence which this one would change
    std::vector<StepCondition> when;   ///< of the conditions that it stands under, outermost first; `steps` are ids of this playbook
    std::optional<Tier> tier;          ///< no lower than this
    std::optional<Duration> lease;     ///< no longer than this
    std::vector<std::string> preChecks;    ///< names of the mandate's checks that the author counts on
    std::vector<std::string> verification; ///< how it is known that it worked: inspect, try, quiet
    std::string playbook; ///< of a playbook-action: the id of the playbook that stands here
    bool isFollowUp = false;
    bool isOncePerIncident = false;
    bool isOneByOne = false; ///< each of its steps waits for the one before
};

/// A checked CACAO v2 workflow.
struct Playbook
{
    std::string id;       ///< playbook--uuid
    std::string name;
    std::string title;    ///< code of the name shown to people
    std::string description;
    std::string file;
    std::string digest;   ///< hex SHA-256 of the file's bytes
    std::vector<Applicability> appliesTo;
    std::vector<PlaybookStep> steps; ///< its actions in workflow order
    std::map<std::string, PlanVariable> variables;
};

} // namespace cordon::plan
