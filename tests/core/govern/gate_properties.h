#pragma once

#include "core/govern/gate_json.h"
#include "core/value/json.h"
#include "naive_gate.h"
#include "random_requests.h"

#include <string>

/// What must hold for every request, P1 to P10 of the governance page, each as a function that answers with what is
/// wrong, or "". Used by the short tests and by tools/soak govern.
namespace cordon::govern::properties {

using fixture::RandomRequests;

inline std::string listed(const std::set<std::string>& items)
{
    std::string text;
    for (const std::string& item : items)
        text += (text.empty() ? "" : " ") + item;
    return text;
}

inline std::set<std::string> asSet(const std::vector<std::string>& items)
{
    return {items.begin(), items.end()};
}

inline std::string shown(const GateRequest& request)
{
    return json::write(decisionToValue(Gate().rule(request).decision)) + '\n' +
           json::write(gateRequestToValue(request)) + '\n';
}

/// Both judges say the same, to the last clause.
inline std::string agreement(const GateRequest& request, const Ruling& ruling)
{
    const Decision& decision = ruling.decision;
    const naive::Verdict verdict = naive::judge(request);
    if (decision.effect != verdict.effect)
        return "effect: the second judge says " + std::string(toString(verdict.effect)) + " by " +
               listed(verdict.clauses) + ", missing " + listed(verdict.missing);
    if (decision.tier != verdict.tier)
        return "tier: the second judge says " + std::string(toString(verdict.tier));
    if (asSet(decision.clauses) != verdict.clauses)
        return "clauses: the second judge says " + listed(verdict.clauses);
    if (asSet(decision.missing) != verdict.missing)
        return "missing: the second judge says " + listed(verdict.missing);
    if (decision.needs.approvers != verdict.approvers ||
        (verdict.approvers > 0 &&
         (decision.needs.needsCommander != verdict.needsCommander || asSet(decision.needs.factors) != verdict.factors)))
        return "needs: the second judge says " + std::to_string(verdict.approvers) + " with " + listed(verdict.factors);
    if (ruling.permit.has_value() != verdict.expires.has_value())
        return verdict.expires ? "permit: none was given" : "permit: one was given";
    if (ruling.permit &&
        (ruling.permit->expires() != *verdict.expires || ruling.permit->connector() != request.action.connector ||
         ruling.permit->actionDigest() != *actionDigest(request.action)))
        return "permit: the second judge ends it at " + verdict.expires->toString();
    if (decision.effect != Effect::Allow && decision.reasons.empty())
        return "no reason was given";
    return {};
}

inline bool isSame(const Decision& a, const Decision& b)
{
    return a.effect == b.effect && a.tier == b.tier && asSet(a.clauses) == asSet(b.clauses) &&
           asSet(a.missing) == asSet(b.missing);
}

/// P1: the same request gives the same answer.
inline std::string deterministic(const GateRequest& request, const Decision& decision)
{
    const Decision again = Gate().rule(request).decision;
    const bool isIdentical =
        isSame(again, decision) && again.clauses == decision.clauses && again.reasons.size() == decision.reasons.size();
    return isIdentical ? "" : "P1: the same request was answered otherwise";
}

/// P2: the order of clauses, facts, members and approvals does not matter, and that of targets only to the digest.
inline std::string orderFree(const GateRequest& request, const Decision& decision)
{
    GateRequest turned = request;
    std::reverse(turned.action.targets.begin(), turned.action.targets.end());
    std::set<std::string> known;
    for (const Membership& member : turned.members)
        known.insert(member.entity.key());
    if (known.size() == turned.members.size()) // two answers about one thing: the first counts
        std::reverse(turned.members.begin(), turned.members.end());
    std::reverse(turned.approvals.begin(), turned.approvals.end());
    std::reverse(turned.done.begin(), turned.done.end());
    std::reverse(turned.selfIds.begin(), turned.selfIds.end());
    const auto before = actionDigest(request.action);
    const auto after = actionDigest(turned.action);
    for (AcceptedApproval& approval : turned.approvals) {
        if (before && after && approval.actionDigest == before->hex())
            approval.actionDigest = after->hex();
    }
    if (turned.mandate) {
        auto mandate = std::make_shared<Mandate>(*turned.mandate);
        std::reverse(mandate->change.begin(), mandate->change.end());
        std::reverse(mandate->forbid.begin(), mandate->forbid.end());
        std::reverse(mandate->limits.begin(), mandate->limits.end());
        turned.mandate = std::move(mandate);
    }
    return isSame(Gate().rule(turned).decision, decision) ? "" : "P2: another order gave another answer";
}

/// P3: a stricter mandate never turns anything into allow.
inline std::string monotone(const GateRequest& request, const Decision& decision, RandomRequests& random)
{
    if (!request.mandate || decision.effect == Effect::Allow)
        return {};
    GateRequest stricter = request;
    auto mandate = std::make_shared<Mandate>(*request.mandate);
    switch (random.below(4)) {
    case 0:
        mandate->change.erase(mandate->change.begin() + random.below(static_cast<int>(mandate->change.size())));
        break;
    case 1:
        mandate->forbid.push_back({"F8", {"*"}, *Selector::parse("tag:ci"), {}, {}, ""});
        break;
    case 2: {
        LimitClause& limit = mandate->limits[static_cast<std::size_t>(random.below(5))];
        limit.max = std::min(limit.max, random.below(3));
        break;
    }
    default:
        mandate->session.maxActions = std::min(mandate->session.maxActions, random.below(2));
        break;
    }
    stricter.mandate = std::move(mandate);
    return Gate().rule(stricter).decision.effect != Effect::Allow ? "" : "P3: a stricter mandate allowed it";
}

/// P4: an attribute that nobody answers never turns deny into allow.
inline std::string knowingLess(const GateRequest& request, const Decision& decision, RandomRequests& random)
{
    if (request.facts.empty() || decision.effect != Effect::Deny)
        return {};
    GateRequest less = request;
    TargetFacts& facts = less.facts[0];
    const Verb* verb = findVerb(less.action.type);
    switch (random.below(12)) {
    case 0:
        facts.tags.reset();
        break;
    case 1:
    case 2: // who owns it is one question: names and tags go together, but for a credential, which has an owner anyway
        for (TargetFacts& other : less.facts) { // an owner's own facts answer the same question
            const auto& targets = less.action.targets;
            if (std::find(targets.begin(), targets.end(), other.target) == targets.end())
                other.tags.reset();
        }
        if (facts.target.kind == EntityKind::Credential && random.once(2)) {
            facts.ownerTags.reset();
            break;
        }
        facts.owner.reset();
        facts.ownerEntity.reset();
        if (facts.target.kind != EntityKind::Credential)
            facts.ownerTags.reset();
        break;
    case 3:
        facts.criticality.reset();
        break;
    case 4: // a wrong environment that is no longer known still stops a change; a read of it was never a secret
        if (!verb || !verb->changes)
            return {};
        facts.environment.reset();
        break;
    case 5:
        facts.dependents.reset();
        break;
    case 6:
        facts.target.type.clear();
        break;
    case 7:
        less.prechecks.clear();
        break;
    case 8:
        less.members.clear();
        break;
    case 9:
        less.stops = StopState::Unreadable;
        break;
    case 10:
        less.ledger.isVerified = Truth::Unknown;
        break;
    default:
        less.hasPassedSelfTest = Truth::Unknown;
        break;
    }
    return Gate().rule(less).decision.effect != Effect::Allow ? "" : "P4: knowing less allowed it";
}

/// P6: without the deciding forbids the answer changes or others surface; they alone deny.
inline std::string soundExplanation(const GateRequest& request, const Decision& decision)
{
    std::set<std::string> forbids;
    for (const ForbidClause& forbid : request.mandate ? request.mandate->forbid : std::vector<ForbidClause>()) {
        if (asSet(decision.clauses).count(forbid.id) > 0)
            forbids.insert(forbid.id);
    }
    if (decision.effect != Effect::Deny || forbids.empty())
        return {};
    const auto with = [&](bool areKept) {
        GateRequest changed = request;
        auto mandate = std::make_shared<Mandate>(*request.mandate);
        std::erase_if(mandate->forbid,
                      [&](const ForbidClause& forbid) { return (forbids.count(forbid.id) > 0) != areKept; });
        changed.mandate = std::move(mandate);
        return Gate().rule(changed).decision;
    };
    if (with(true).effect != Effect::Deny)
        return "P6: the deciding forbids alone do not deny";
    const Decision without = with(false);
    std::set<std::string> rest = asSet(decision.clauses);
    for (const std::string& forbid : forbids)
        rest.erase(forbid);
    if (rest.empty() != (without.effect != Effect::Deny))
        return "P6: without the deciding forbids the answer is not what the other clauses say";
    return rest.empty() || asSet(without.clauses) == rest ? "" : "P6: without the deciding forbids others are named";
}

/// P7: expired, unsigned, of an older revision, empty or no mandate: deny.
inline std::string noForceNoLeave(const GateRequest& request, RandomRequests& random)
{
    GateRequest without = request;
    switch (random.below(5)) {
    case 0:
        without.mandate.reset();
        break;
    case 1:
        without.mandate = std::make_shared<Mandate>();
        break;
    case 2:
        without.mandateStatus.isSigned = random.once(2) ? Truth::False : Truth::Unknown;
        break;
    case 3:
        without.mandateStatus.newestSeenRevision = 2;
        break;
    default:
        without.now = fixture::exerciseMandate()->validUntil + Duration(random.below(1000));
        break;
    }
    return Gate().rule(without).decision.effect == Effect::Deny ? "" : "P7: a mandate without force did not deny";
}

/// P8: no approval changes a forbid: with every approval there could be, what forbids still does.
inline std::string noApprovalLiftsAForbid(const GateRequest& request, const Decision& decision)
{
    std::set<std::string> forbids;
    for (const std::string& clause : decision.clauses) {
        const bool isMandates =
            request.mandate && std::any_of(request.mandate->forbid.begin(), request.mandate->forbid.end(),
                                           [&](const ForbidClause& f) { return f.id == clause; });
        if (isMandates || clause == "B1" || clause == "B2" || clause == "B3")
            forbids.insert(clause);
    }
    if (decision.effect != Effect::Deny || forbids.empty())
        return {};
    GateRequest approved = request;
    approved.requester.clear();
    approved.excludedApprovers.clear();
    approved.approvals.clear();
    const auto digest = actionDigest(request.action);
    for (const char* person : {"user:commander-y", "user:commander-z", "user:owner-y"})
        approved.approvals.push_back({digest ? digest->hex() : "",
                                      Tier::T4,
                                      true,
                                      person,
                                      std::string("key-") + person,
                                      {"analyst", "commander", "owner"},
                                      {"key", "pin", "totp", "security_key"},
                                      request.now});
    const Decision after = Gate().rule(approved).decision;
    const std::set<std::string> still = asSet(after.clauses);
    const bool isForbidden = std::includes(still.begin(), still.end(), forbids.begin(), forbids.end());
    return after.effect == Effect::Deny && isForbidden ? "" : "P8: approvals lifted a forbid";
}

/// P9: what one source alone says (whatever it says, and however often) never lets a change through by itself.
inline std::string oneSourceIsNotEnough(const GateRequest& request)
{
    const Verb* verb = findVerb(request.action.type);
    if (!verb || !verb->changes || request.members.empty())
        return {};
    GateRequest alone = request;
    alone.approvals.clear();
    for (Membership& member : alone.members)
        member.independentSources = std::min(member.independentSources, 1);
    alone.incident = {9, true, alone.session.opened, 1};
    return Gate().rule(alone).decision.effect != Effect::Allow ? "" : "P9: one source alone let a change through";
}

/// P10: what changes between ruling and use stops the action unless both judges agree that it may go on.
inline std::string noStaleDecision(const GateRequest& request, const Ruling& ruling, RandomRequests& random)
{
    if (!ruling.permit)
        return {};
    GateRequest later = request;
    const std::string serial = ruling.permit->serial();
    if (!random.once(12))
        (void)later.usage.reserve({serial,
                                   random.once(12) ? "other" : ruling.decision.digest,
                                   request.action.type,
                                   request.action.connector,
                                   request.action.targets,
                                   {},
                                   request.now});
    if (random.once(20))
        (void)later.usage.finish(serial, OutcomeState::Unknown);
    const int changes = random.below(4);
    for (int i = 0; i < changes; ++i)
        random.turn(later);
    const std::string state = random.once(8) ? std::string(64, 'd') : request.action.expectedState;
    const Decision now = Gate().recheck(later, ruling.decision.tier, serial, state);
    const std::set<std::string> second = naive::judgeUse(later, ruling.decision.tier, serial, state);
    if ((now.effect == Effect::Deny) != !second.empty() || now.effect == Effect::Hold)
        return "P10: at the point of use the second judge says " + listed(second);
    if (now.effect == Effect::Deny && asSet(now.clauses) != second)
        return "P10: at the point of use the second judge names " + listed(second) + ", the gate " +
               listed(asSet(now.clauses));
    return {};
}

/// P5: bytes of any kind give a decision, never a crash.
inline std::string anyBytes(const std::string& good, RandomRequests& random, int& read)
{
    std::string bytes = good;
    for (int turn = random.below(4); turn >= 0; --turn) {
        const auto at = static_cast<std::size_t>(random.below(static_cast<int>(bytes.size())));
        if (random.once(3))
            bytes.erase(at, static_cast<std::size_t>(1 + random.below(20)));
        else if (random.once(3))
            bytes.insert(at, bytes.substr(static_cast<std::size_t>(random.below(static_cast<int>(bytes.size()))), 30));
        else
            bytes[at] = static_cast<char>(random.below(256));
        if (bytes.empty())
            break;
    }
    const auto value = json::parse(bytes);
    if (!value)
        return {};
    auto request = gateRequestFromValue(*value);
    if (!request)
        return {};
    ++read;
    request->mandate = fixture::exerciseMandate();
    const Decision decision = Gate().rule(*request).decision;
    return decision.effect != Effect::Deny || !decision.clauses.empty() ? "" : "P5: a denial without a clause";
}

/// Everything about one random request: agreement, P1 to P4, P6 to P10.
inline std::string problemOf(const GateRequest& request, const Ruling& ruling, RandomRequests& random)
{
    std::string problem = agreement(request, ruling);
    const auto also = [&](auto&& check) {
        if (problem.empty())
            problem = check();
    };
    const Decision& decision = ruling.decision;
    also([&] { return deterministic(request, decision); });
    also([&] { return orderFree(request, decision); });
    also([&] { return monotone(request, decision, random); });
    also([&] { return knowingLess(request, decision, random); });
    also([&] { return soundExplanation(request, decision); });
    also([&] { return noForceNoLeave(request, random); });
    also([&] { return noApprovalLiftsAForbid(request, decision); });
    also([&] { return oneSourceIsNotEnough(request); });
    also([&] { return noStaleDecision(request, ruling, random); });
    return problem;
}

} // namespace cordon::govern::properties
