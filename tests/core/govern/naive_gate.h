#pragma once

#include "core/govern/gate_request.h"
#include "govern_fixture.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

/// A second judge, written straight from the rules without a look at the first: slow, flat, no shared helper.
/// It answers with the effect and the tier; the property tests compare them with the gate's.
namespace cordon::govern::naive {

enum class Answer { No, Maybe, Yes };

struct Verdict
{
    Effect effect = Effect::Deny;
    std::optional<Tier> tier; ///< when the action is permitted at all
};

inline bool contains(const std::vector<std::string>& list, const std::string& item)
{
    for (const std::string& each : list) {
        if (each == item)
            return true;
    }
    return false;
}

/// A thing that a forbid looks at, flattened.
struct Thing
{
    std::string kind, id, name, type;
    bool mayBeAnything = false;
    std::optional<std::vector<std::string>> tags;
    std::optional<std::string> environment, criticality, owner;
};

inline Thing thingOf(const EntityRef& entity, const GateRequest& r)
{
    Thing thing;
    thing.kind = std::string(toString(entity.kind));
    thing.id = entity.id;
    thing.name = entity.name;
    for (const TargetFacts& facts : r.facts) {
        if (facts.target.kind != entity.kind || facts.target.id != entity.id)
            continue;
        thing.type = facts.target.type;
        if (!facts.target.name.empty())
            thing.name = facts.target.name;
        thing.tags = facts.tags;
        thing.environment = facts.environment;
        if (facts.criticality)
            thing.criticality = std::string(toString(*facts.criticality));
        thing.owner = facts.owner;
        break;
    }
    return thing;
}

inline Answer selects(const Selector& selector, const Thing& thing, const GateRequest& r)
{
    const std::string text = selector.toString();
    if (text == "*")
        return Answer::Yes;
    if (text == "self") {
        if (thing.mayBeAnything || (r.selfIds.empty() && r.agentId.empty()))
            return Answer::Maybe;
        const bool is = contains(r.selfIds, thing.id) || (!thing.name.empty() && contains(r.selfIds, thing.name)) ||
                        thing.id == r.agentId || thing.id == r.agentKey;
        return is ? Answer::Yes : Answer::No;
    }
    if (text.substr(0, 4) == "tag:") {
        if (!thing.tags)
            return Answer::Maybe;
        return contains(*thing.tags, text.substr(4)) ? Answer::Yes : Answer::No;
    }
    if (thing.mayBeAnything)
        return Answer::Maybe;
    if (text.substr(0, text.find('[')) != thing.kind)
        return Answer::No;
    bool isUnsure = false;
    for (const auto& [attribute, value] : selector.where) {
        std::optional<bool> is;
        switch (attribute) {
        case Attribute::Type:
            if (!thing.type.empty())
                is = thing.type == value;
            break;
        case Attribute::Tag:
            if (thing.tags)
                is = contains(*thing.tags, value);
            break;
        case Attribute::Environment:
            if (thing.environment)
                is = *thing.environment == value;
            break;
        case Attribute::Criticality:
            if (thing.criticality)
                is = *thing.criticality == value;
            break;
        case Attribute::Owner:
            if (thing.owner)
                is = *thing.owner == value;
            break;
        }
        if (is && !*is)
            return Answer::No;
        if (!is)
            isUnsure = true;
    }
    return isUnsure ? Answer::Maybe : Answer::Yes;
}

inline bool covers(const ActionGlob& glob, const std::vector<ActionGlob>& except, const std::string& verb)
{
    const auto fits = [&](const std::string& pattern) {
        if (pattern.back() != '*')
            return pattern == verb;
        return verb.compare(0, pattern.size() - 1, pattern, 0, pattern.size() - 1) == 0;
    };
    if (!fits(glob.text))
        return false;
    for (const ActionGlob& each : except) {
        if (fits(each.text))
            return false;
    }
    return true;
}

/// Targets and their owners; the random actions carry no params.
inline std::vector<Thing> looksAt(const GateRequest& r)
{
    std::vector<Thing> things;
    for (const EntityRef& target : r.action.targets) {
        things.push_back(thingOf(target, r));
        const TargetFacts* facts = nullptr;
        for (const TargetFacts& each : r.facts) {
            if (each.target == target && !facts)
                facts = &each;
        }
        Thing owner;
        owner.kind = "account";
        owner.mayBeAnything = true;
        if (!facts) {
            if (r.action.type != "inventory.read")
                things.push_back(owner);
            continue;
        }
        const bool saysNoTags = !facts->ownerTags || facts->ownerTags->empty();
        const bool saysNobody = facts->owner ? facts->owner->empty() : facts->ownerTags.has_value();
        if (target.kind != EntityKind::Credential && saysNoTags && saysNobody)
            continue;
        if (facts->owner)
            owner.id = *facts->owner;
        owner.tags = facts->ownerTags;
        owner.mayBeAnything = owner.id.empty();
        things.push_back(owner);
    }
    return things;
}

inline Verdict judge(const GateRequest& r)
{
    Verdict verdict;
    if (!r.mandate)
        return verdict;
    const Mandate& m = *r.mandate;
    const Verb* verb = findVerb(r.action.type);
    bool denied = r.mandateStatus.isSigned != Truth::True || r.now < m.validFrom || !(r.now < m.validUntil) ||
                  m.revision < r.mandateStatus.newestSeenRevision || r.action.mandate != m.digest ||
                  r.agentId != m.agent.id || r.agentKey != m.agent.key || r.connector.environment != m.environment ||
                  r.connector.isExercise != (m.environment == "exercise") || r.session.isOpen != Truth::True ||
                  r.session.hasHeartbeat != Truth::True || r.session.id != r.action.session ||
                  r.session.incident != r.action.incident || r.now < r.session.opened ||
                  r.now >= r.session.opened + m.session.ttl ||
                  (!r.session.isWaitingForPeople && r.now >= r.session.lastActive + m.session.idle) ||
                  r.session.openSessions > m.session.concurrent || r.isClockSane != Truth::True ||
                  r.ledger.isOpen != Truth::True || r.ledger.isVerified != Truth::True ||
                  r.ledger.isWritable != Truth::True || r.hasPassedSelfTest != Truth::True ||
                  r.action.connector != r.connector.name || r.action.tenant != r.connector.tenant || !verb ||
                  r.action.targets.empty() || r.action.targets.size() > 25;
    const bool changes = verb && verb->changes;
    if (r.stops != StopState::Running && !(r.stops == StopState::ObserveOnly && verb && !changes))
        denied = true;
    if (r.needsReauthentication && (changes || !verb))
        denied = true;
    if (changes && (r.action.expectedState.size() != 64 || r.incident.verifiedScopeSize > m.scope.maxEntities))
        denied = true;

    bool isVerified = true;
    for (const EntityRef& target : r.action.targets) {
        int factsSeen = 0;
        for (const TargetFacts& facts : r.facts) {
            if (!(facts.target == target))
                continue;
            ++factsSeen;
            if (facts.environment && *facts.environment != m.environment)
                denied = true;
            if (!facts.environment && changes)
                denied = true;
            if (r.action.type == "inventory.read")
                continue;
            if (changes && !facts.exists)
                denied = true;
            if (facts.asked > r.now || r.now - facts.asked > m.scope.freshness)
                denied = true;
        }
        if (factsSeen != 1 && r.action.type != "inventory.read")
            denied = true;
        bool isMember = false;
        for (const Membership& member : r.members) {
            if (!(member.entity == target))
                continue;
            isMember = member.isMember;
            if (member.independentSources < m.scope.independentSources ||
                (member.isSimulated && !r.connector.isExercise))
                isVerified = false;
            break;
        }
        if (!isMember)
            denied = true;
    }

    const std::vector<Thing> things = looksAt(r);
    Selector self;
    self.kind = Selector::Kind::Self;
    for (const Thing& thing : things) {
        if (selects(self, thing, r) != Answer::No)
            denied = true;
        for (const ForbidClause& forbid : m.forbid) {
            if (verb && covers(forbid.action, forbid.except, r.action.type) &&
                selects(forbid.target, thing, r) != Answer::No)
                denied = true;
        }
    }

    std::set<std::string> permits;
    Tier tier = verb ? verb->floor : Tier::T4;
    bool hasWayBack = false;
    bool isPermitted = verb != nullptr && !r.action.targets.empty();
    for (const EntityRef& target : r.action.targets) {
        bool isTargetPermitted = false;
        for (const PermitClause& permit : m.change) {
            if (!covers(permit.action, permit.except, r.action.type) ||
                selects(permit.target, thingOf(target, r), r) != Answer::Yes)
                continue;
            isTargetPermitted = true;
            tier = std::max(tier, permit.tier);
            hasWayBack = hasWayBack || (verb && !verb->undo.empty() && permit.rollback == verb->undo);
        }
        isPermitted = isPermitted && isTargetPermitted;
    }
    if (!isPermitted)
        return verdict;
    if (tier == Tier::T4) {
        verdict.tier = tier;
        return verdict;
    }
    const Tier base = tier;

    bool isRaised = false;
    for (const EntityRef& target : r.action.targets) {
        const Thing thing = thingOf(target, r);
        std::optional<std::size_t> dependents;
        for (const TargetFacts& facts : r.facts) {
            if (facts.target == target && facts.dependents)
                dependents = facts.dependents->size();
        }
        isRaised = isRaised || !thing.criticality || *thing.criticality == "high";
        const auto rule = m.tiers.find(tier);
        if (rule != m.tiers.end() && rule->second.maxDependents && r.action.targets.size() == 1)
            isRaised = isRaised || !dependents || static_cast<int>(*dependents) > *rule->second.maxDependents;
        if (base != Tier::T1)
            continue;
        const bool isPlace = thing.kind == "workload" || thing.kind == "host" || thing.kind == "address" ||
                             thing.kind == "secret" || thing.kind == "resource" || thing.kind == "policy";
        isRaised =
            isRaised || !isVerified || (!isPlace && r.incident.distinctTechniques < 2 && !r.incident.hasMeasuredRarity);
        isRaised = isRaised ||
                   (r.action.type == "account.suspend" && (thing.type != "service" || !dependents || *dependents > 0));
        isRaised = isRaised || (r.action.type == "session.revoke" && thing.kind == "role");
        isRaised = isRaised || (r.action.type == "workload.isolate" && r.action.targets.size() > 1);
    }
    if (isRaised && tier != Tier::T0 && tier != Tier::T3)
        tier = tier == Tier::T1 ? Tier::T2 : Tier::T3;
    if (base != Tier::T0 && changes && !hasWayBack)
        tier = Tier::T3;

    bool held = false;
    if (tier != Tier::T0) {
        for (const LimitClause& limit : m.limits) {
            bool isOver = false;
            if (limit.count == LimitCount::Actions)
                isOver = r.usage.actionsWithin(*limit.per, r.now) >= limit.max;
            if (limit.count == LimitCount::ConsecutiveFailures)
                isOver = r.usage.consecutiveFailures(r.action.connector) >= limit.max;
            if (!isOver)
                continue;
            if (limit.onExceed == OnExceed::Deny)
                denied = true;
            else if (limit.onExceed == OnExceed::ApproveT3)
                tier = Tier::T3;
            else
                held = true;
        }
        held = held || r.session.actionsUsed >= m.session.maxActions;
        const bool isFresh = r.incident.newestSupportingEvent &&
                             r.session.opened - *r.incident.newestSupportingEvent <= m.scope.freshness;
        held = held || (!isFresh && !r.connector.isExercise);
        for (Tier each = base;; each = static_cast<Tier>(static_cast<int>(each) + 1)) {
            for (const std::string& check : m.tiers.at(each).prechecks) {
                const auto result = r.prechecks.find(check);
                const bool isDue = check != "rollback_dry_run" || verb->back == Back::Reversible;
                if (isDue && (result == r.prechecks.end() || result->second != Truth::True))
                    held = true;
            }
            if (each == tier)
                break;
        }
    }
    if (tier >= Tier::T2) {
        const std::string digest = actionDigest(r.action)->hex();
        // The generator signs each at most once per person, so the quorum is reached at the earliest fit signatures.
        std::vector<AcceptedApproval> inOrder = r.approvals;
        std::sort(inOrder.begin(), inOrder.end(), [](const auto& a, const auto& b) { return a.signedAt < b.signedAt; });
        std::set<std::string> persons;
        bool hasCommander = false;
        std::optional<Timestamp> reached;
        for (const AcceptedApproval& approval : inOrder) {
            if (approval.actionDigest != digest)
                continue;
            if (!approval.isApproved)
                denied = true;
            bool hasFactors = contains(approval.factors, "key") && contains(approval.factors, "pin");
            if (tier == Tier::T3)
                hasFactors = hasFactors && contains(approval.factors, "totp");
            const bool isFit = approval.isApproved && approval.tier >= tier && hasFactors &&
                               approval.approver != r.requester && !contains(r.excludedApprovers, approval.approver) &&
                               approval.approver != r.agentId && approval.key != r.agentKey &&
                               (contains(approval.roles, "analyst") || contains(approval.roles, "commander")) &&
                               approval.signedAt <= r.now;
            if (!isFit)
                continue;
            persons.insert(approval.approver);
            hasCommander = hasCommander || contains(approval.roles, "commander");
            if (!reached && (tier == Tier::T3 ? persons.size() >= 2 && hasCommander : !persons.empty()))
                reached = approval.signedAt;
        }
        held = held || !reached || r.now >= *reached + std::chrono::minutes(5);
    } else {
        const std::string digest = actionDigest(r.action)->hex();
        for (const AcceptedApproval& approval : r.approvals)
            denied = denied || (approval.actionDigest == digest && !approval.isApproved);
    }
    verdict.tier = tier;
    verdict.effect = denied ? Effect::Deny : held ? Effect::Hold : Effect::Allow;
    return verdict;
}

} // namespace cordon::govern::naive
