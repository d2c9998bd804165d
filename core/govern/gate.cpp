#include "core/govern/gate.h"

#include "core/govern/action_digest.h"
#include "core/govern/gate_steps.h"

#include <algorithm>
#include <chrono>

namespace cordon::govern {
namespace {

constexpr Duration longestPermit = std::chrono::minutes(5);

bool isSerial(const std::string& text)
{
    return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

void addOnce(std::vector<std::string>& list, const std::string& item)
{
    if (std::find(list.begin(), list.end(), item) == list.end())
        list.push_back(item);
}

Timestamp permitExpiry(const Judgement& j)
{
    const Timestamp latest = j.request.now + longestPermit;
    if (j.executeBy != Timestamp())
        return std::min(latest, j.executeBy);
    const TierRule* rule = j.mandate->tier(j.tier);
    return rule && rule->executeWithin.count() > 0 ? std::min(latest, j.request.now + rule->executeWithin) : latest;
}

} // namespace

bool isSameEntity(const EntityRef& a, const EntityRef& b)
{
    // Ids of one kind begin alike and end apart.
    return a.kind == b.kind && a.id.size() == b.id.size() && (a.id.empty() || a.id.back() == b.id.back()) && a.id == b.id;
}

const TargetFacts* GateRequest::factsOf(const EntityRef& entity) const
{
    for (const TargetFacts& known : facts) {
        if (isSameEntity(known.target, entity))
            return &known;
    }
    return nullptr;
}

const Membership* GateRequest::membershipOf(const EntityRef& entity) const
{
    for (const Membership& member : members) {
        if (isSameEntity(member.entity, entity))
            return &member;
    }
    return nullptr;
}

Judgement::Judgement(const GateRequest& what)
    : request(what)
    , mandate(what.mandate.get())
    , verb(findVerb(what.action.type))
    , digest(actionDigest(what.action))
{
    if (verb)
        tier = base = verb->floor;
}

std::vector<const TierRule*> Judgement::tierRules() const
{
    std::vector<const TierRule*> rules;
    for (int at = static_cast<int>(std::min(base, tier)); at <= static_cast<int>(tier); ++at) {
        if (const TierRule* rule = mandate ? mandate->tier(static_cast<Tier>(at)) : nullptr)
            rules.push_back(rule);
    }
    return rules;
}

void Judgement::deny(std::string_view clause, std::string_view code, std::map<std::string, std::string> args)
{
    addOnce(denials, std::string(clause));
    reasons.push_back({std::string(code), std::move(args)});
}

void Judgement::hold(std::string_view what, std::string_view code, std::map<std::string, std::string> args)
{
    addOnce(missing, std::string(what));
    reasons.push_back({std::string(code), std::move(args)});
}

void Judgement::note(std::string_view code, std::map<std::string, std::string> args)
{
    reasons.push_back({std::string(code), std::move(args)});
}

Decision conclude(const Judgement& j)
{
    Decision decision;
    decision.tier = j.tier;
    decision.reasons = j.reasons;
    decision.missing = j.missing;
    decision.digest = j.digest ? j.digest->hex() : std::string();
    if (!j.denials.empty()) {
        decision.effect = Effect::Deny;
        decision.clauses = j.denials;
        return decision;
    }
    decision.effect = j.missing.empty() ? Effect::Allow : Effect::Hold;
    for (const PermitClause* permit : j.permits)
        addOnce(decision.clauses, permit->id);
    std::sort(decision.clauses.begin(), decision.clauses.end());
    for (const std::string& clause : j.holds)
        addOnce(decision.clauses, clause);
    if (std::find(j.missing.begin(), j.missing.end(), "approval") != j.missing.end())
        decision.needs = j.needs;
    return decision;
}

Ruling Gate::rule(const GateRequest& request) const
{
    Judgement judgement(request);
    judgeAdmission(judgement);
    judgeForm(judgement);
    judgeScope(judgement);
    judgeForbids(judgement);
    judgePermits(judgement);
    judgeTier(judgement);
    judgeLimits(judgement);
    judgeScopeForTier(judgement);
    judgePrechecks(judgement);
    judgeApprovals(judgement);
    const Result<Digest>& digest = judgement.digest;
    if (!digest)
        judgement.deny("N2", "gate.form.canonical", {{"problem", digest.error().detail}});
    Ruling ruling{conclude(judgement), std::nullopt};
    if (ruling.decision.effect == Effect::Allow && isSerial(request.permitSerial))
        ruling.permit = Permit(*digest, request.action.connector, request.permitSerial, permitExpiry(judgement));
    return ruling;
}

Decision Gate::recheck(const GateRequest& request, Tier ruledTier, const std::string& permitSerial,
                       const std::string& expectedState) const
{
    Judgement judgement(request);
    judgeAdmission(judgement);
    judgeForm(judgement);
    judgeScope(judgement);
    judgeForbids(judgement);
    judgement.tier = ruledTier;
    if (ruledTier == Tier::T1 && !judgement.isVerifiedMisuse)
        judgement.deny("S-verified", "gate.recheck.unverified");
    if (judgement.isChanging() && request.action.expectedState != expectedState)
        judgement.deny("X-drift", "gate.recheck.drift");
    const Result<Digest>& digest = judgement.digest;
    const bool isReserved = digest && request.usage.isReserved(permitSerial, digest->hex());
    if (ruledTier != Tier::T0 && !isReserved)
        judgement.deny("X-reservation", "gate.recheck.reservation");
    return conclude(judgement);
}

Ruling Gate::ruleUndo(const GateRequest& request, bool isByPerson) const
{
    Judgement all(request);
    judgeAdmission(all);
    Judgement judgement(request);
    // Halt freezes leases, but a person may undo while halted; sessions and validity may have ended since.
    for (const std::string& clause : all.denials) {
        const bool isAgents = clause == "G6" || clause == "G7" || clause == "G10"; // not a person's, who signs for it
        const bool isAsked = clause == "G4" || clause == "G8" || clause == "G9" || (isAgents && !isByPerson);
        if (isAsked || (clause == "G1" && !judgement.mandate))
            judgement.deny(clause, "gate.undo.refused", {{"clause", clause}});
    }
    judgeSelf(judgement);
    if (!judgement.verb || judgement.verb->undo.empty())
        judgement.deny("N1", "gate.undo.none", {{"verb", request.action.type}});
    if (request.action.targets.empty())
        judgement.deny("N7", "gate.form.targets", {{"count", "0"}});
    const Result<Digest>& digest = judgement.digest;
    if (!digest)
        judgement.deny("N2", "gate.form.canonical", {{"problem", digest.error().detail}});
    Ruling ruling{conclude(judgement), std::nullopt};
    if (ruling.decision.effect == Effect::Allow) // what decided is the original permit, which covers its undo
        ruling.decision.clauses = {"undo"};
    if (ruling.decision.effect == Effect::Allow && isSerial(request.permitSerial))
        ruling.permit = Permit(*digest, request.action.connector, request.permitSerial, request.now + longestPermit);
    return ruling;
}

} // namespace cordon::govern
