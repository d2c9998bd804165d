#pragma once

#include "core/base/id.h"
#include "core/domain/decision.h"
#include "core/domain/outcome.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cordon {

/// States of vocabulary.md.
enum class StepState {
    Proposed,
    AwaitingApproval,
    Executing,
    Verified,
    Failed,
    Unknown,
    Reverted,
    Expired,
    Paused,
    Denied,
    Skipped,
    DoneElsewhere,
};
[[nodiscard]] std::string_view toString(StepState state); ///< "awaiting_approval"…
[[nodiscard]] std::optional<StepState> stepStateFrom(std::string_view text);

/// What has to hold before it is a step's turn, beside the steps before it: from the conditions of its playbook.
struct StepCondition
{
    enum class Kind {
        Is,     ///< the CACAO condition `text` is `wanted`: "true" or "false"
        Case,   ///< the variable `text` has the value `wanted`; "default": none of `others`
        Failed, ///< one of `steps` failed
        While,  ///< the CACAO condition `text` of a loop is "true": in its body; "false": behind it
    };
    Kind kind = Kind::Is;
    std::string text;
    std::string wanted = "true";
    std::vector<std::string> others = {}; ///< of Case "default": the other cases
    std::vector<std::string> steps = {};  ///< of Failed: ids

    bool operator==(const StepCondition&) const = default;
};

/// One action of a sequence with everything around it.
struct Step
{
    std::string id;          ///< INC-0001/S3: stable across replans
    int ordinal = 0;         ///< 1 and up, as shown
    Action action;           ///< session, mandate and expected_state are filled by the engine before judging
    Text title;              ///< "step.credential_deactivate.intruder"…
    Text why;                ///< why this step is here
    Tier floor = Tier::T0;   ///< of the verb
    Back back = Back::None;
    std::vector<std::string> after;       ///< ids of steps that must be verified (or done elsewhere) first
    bool isFollowUp = false; ///< only meaningful once `after` is done (judged then, shown before)
    bool isTargetMadeByIncident = false;  ///< its lease never gives back
    std::vector<StepCondition> when;      ///< all of them; what nobody knows yet holds nothing (plan::isItsTurn)
    std::optional<Duration> lease;        ///< the playbook asks for no longer one than this
    std::string editedBy;                 ///< the person who added or changed it; "" = as the playbook has it
    std::string proposal;                 ///< hex digest of the assistant's proposal that a person took it from; "" = none
    int proposalPlace = 0;                ///< 1 and up, in that proposal
    std::string replaces;                 ///< the act of the playbook's step that a person changed into this one

    StepState state = StepState::Proposed;
    std::optional<Decision> decision;
    std::int64_t decisionSeq = -1;        ///< ledger sequence of the decision
    std::optional<Preview> preview;
    std::optional<Outcome> outcome;
    std::optional<Timestamp> executedAt;
    std::optional<Timestamp> leaseUntil;
    bool isLeaseOverdue = false;
    std::string doneBy;                   ///< "agent" or a person
    std::string request;                  ///< AR-0001 while (or since) an approval was asked for
    std::optional<Timestamp> approveBy;   ///< first clock: until when people may decide
    std::optional<Timestamp> executeBy;   ///< second clock: until when an approved step may run
    Text note;                            ///< why it waits, failed, was skipped or denied; no code: nothing to say
};

/// A variable of the playbook, for its conditions.
struct PlanVariable
{
    std::string type;
    std::optional<std::string> value; ///< nullopt: nobody knows yet
};

/// Something that could stand in a sequence and does not.
struct LeftOut
{
    Text title; ///< of the step, or the playbook's name
    Text why;
};

/// An ordered containment sequence for one incident.
struct Plan
{
    IncidentId incident;
    std::string playbook;        ///< id
    Text playbookName;
    std::string playbookDigest;  ///< hex SHA-256 of the file
    int revision = 1;
    std::vector<Step> steps;
    Text note;                   ///< why nothing is proposed, when `steps` is empty
    Text chosen;                 ///< why this playbook
    std::vector<LeftOut> leftOut; ///< why other steps and other playbooks are not here
    std::map<std::string, PlanVariable> variables; ///< of the playbook, by name (`__name__`)
    std::vector<std::string> order; ///< pairs of ids as people ordered them, oldest first: the first comes before the second
};

} // namespace cordon
