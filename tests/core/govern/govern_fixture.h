#pragma once

#include "core/crypto/sha256.h"
#include "core/crypto/signing_key.h"
#include "core/govern/action_digest.h"
#include "core/govern/gate.h"
#include "core/govern/mandate_rules.h"
#include "core/govern/mandate_template.h"
#include "core/govern/small_file.h"

#include <chrono>
#include <memory>
#include <string>

/// What the tests of this room share: keys from fixed seeds, the exercise mandate, a request that the gate allows.
namespace cordon::govern::fixture {

using namespace std::chrono_literals;

inline crypto::SigningKey keyOf(unsigned char seed)
{
    const std::string bytes(32, static_cast<char>(seed));
    return std::move(*crypto::SigningKey::fromSeed(bytesOf(bytes)));
}

inline const std::string& agentKeyText()
{
    static const std::string text = keyOf(7).publicKey().toString();
    return text;
}

inline Timestamp noon()
{
    return *Timestamp::parse("2026-11-22T12:00:00Z");
}

inline std::string exerciseTemplate()
{
    return *readSmallFile(CORDON_SOURCE_DIR "/resources/mandates/exercise.yaml");
}

inline std::string exerciseYaml()
{
    return *exerciseMandateYaml(exerciseTemplate(), {"nhi:cordon-exercise", keyOf(7).publicKey().toString(),
                                                     "user:owner-a", "user:owner-b", noon() - 24h, noon() + 24h * 30});
}

inline std::shared_ptr<const Mandate> exerciseMandate()
{
    static const auto mandate = std::make_shared<const Mandate>(*parseMandate(exerciseYaml(), "exercise.yaml"));
    return mandate;
}

inline EntityRef anAccessKey()
{
    return {EntityKind::Credential, "AKIAEXAMPLE000000001", "access_key", "AKIAEXAMPLE000000001"};
}
inline EntityRef aServiceAccount()
{
    return {EntityKind::Account, "arn:aws:iam::111122223333:user/svc-ci", "service", "svc-ci"};
}

inline Action anAction(const std::string& verb, const EntityRef& target)
{
    Action action;
    action.type = verb;
    action.connector = "exercise";
    action.tenant = "exercise";
    action.targets = {target};
    action.expectedState = std::string(64, 'a');
    action.incident = "INC-0001";
    action.session = "s-1";
    action.mandate = exerciseMandate()->digest;
    return action;
}

inline TargetFacts factsFor(const EntityRef& target)
{
    TargetFacts facts;
    facts.target = target;
    facts.exists = true;
    facts.asked = noon();
    facts.environment = "exercise";
    facts.criticality = Criticality::Normal;
    facts.owner = target.kind == EntityKind::Credential ? aServiceAccount().id : std::string();
    facts.tags.emplace();
    if (target.kind == EntityKind::Credential)
        facts.ownerTags.emplace();
    facts.dependents.emplace();
    facts.isSimulated = true;
    return facts;
}

/// T1 on a verified access key in an exercise: the gate allows it.
inline GateRequest anAllowedRequest(const std::string& verb = "credential.deactivate",
                                    const EntityRef& target = anAccessKey())
{
    GateRequest request;
    request.action = anAction(verb, target);
    request.mandate = exerciseMandate();
    request.mandateStatus = {Truth::True, 1};
    request.agentId = "nhi:cordon-exercise";
    request.agentKey = agentKeyText();
    request.selfIds = {"AKIACORDON0000000000", "svc-cordon"};
    request.protectedIds = {"cordon.local/ledger/1"};
    request.connector = {"exercise", "exercise", "exercise", true};
    request.session = {"s-1", "INC-0001", Truth::True, Truth::True, noon() - 1min, noon() - 1s, false, 0, 1};
    request.stops = StopState::Running;
    request.ledger = {Truth::True, Truth::True, Truth::True};
    request.isClockSane = Truth::True;
    request.hasPassedSelfTest = Truth::True;
    request.facts = {factsFor(target)};
    request.members = {{target, true, 2, true, false}};
    request.incident = {2, false, noon() - 5min, 3};
    request.accountPopulation = 100;
    request.prechecks = {{"evidence_preserved", Truth::True},
                         {"rollback_dry_run", Truth::True},
                         {"blast_radius", Truth::True},
                         {"change_record", Truth::True}};
    request.now = noon();
    request.permitSerial = std::string(32, '0');
    return request;
}

inline AcceptedApproval anApproval(const GateRequest& request, const std::string& person, unsigned char seed,
                                   const std::vector<std::string>& roles, Tier tier = Tier::T3)
{
    AcceptedApproval approval;
    approval.actionDigest = actionDigest(request.action)->hex();
    approval.tier = tier;
    approval.isApproved = true;
    approval.approver = person;
    approval.key = keyOf(seed).publicKey().toString();
    approval.roles = roles;
    approval.factors = {"key", "pin", "totp"};
    approval.signedAt = noon() - 1min;
    return approval;
}

/// A T3 deletion with an analyst's and a commander's approval: allowed.
inline GateRequest anApprovedDeletion()
{
    GateRequest request = anAllowedRequest("credential.delete");
    request.approvals = {anApproval(request, "user:analyst-a", 21, {"analyst"}),
                         anApproval(request, "user:commander-b", 22, {"commander"})};
    return request;
}

} // namespace cordon::govern::fixture
