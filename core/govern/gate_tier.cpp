#include "core/govern/gate_steps.h"

#include <algorithm>
#include <set>

namespace cordon::govern {
namespace {

bool isIdentity(EntityKind kind)
{
    return kind == EntityKind::Account || kind == EntityKind::Credential || kind == EntityKind::Role ||
           kind == EntityKind::Group || kind == EntityKind::Application;
}

/// Criticality high or unknown of any target.
bool isCritical(const GateRequest& r)
{
    return std::any_of(r.action.targets.begin(), r.action.targets.end(), [&](const EntityRef& target) {
        const TargetFacts* facts = r.factsOf(target);
        return !facts || !facts->criticality || *facts->criticality == Criticality::High;
    });
}

/// Known dependents of all targets; absent when one of them is unknown.
std::optional<std::size_t> dependentCount(const GateRequest& r)
{
    std::size_t count = 0;
    for (const EntityRef& target : r.action.targets) {
        const TargetFacts* facts = r.factsOf(target);
        if (!facts || !facts->dependents)
            return std::nullopt;
        count += facts->dependents->size();
    }
    return count;
}

/// The row of docs/formats/verbs.md that makes the verb more than T1, or "".
std::string_view verbCondition(const GateRequest& r)
{
    const std::string& verb = r.action.type;
    if (verb == "workload.isolate" && r.action.targets.size() != 1)
        return "gate.tier.raised.several";
    for (const EntityRef& target : r.action.targets) {
        const TargetFacts* facts = r.factsOf(target);
        if (verb == "session.revoke" && target.kind == EntityKind::Role)
            return "gate.tier.raised.role";
        if (verb == "account.suspend" && (!facts || facts->target.type != "service"))
            return "gate.tier.raised.person";
        if (verb == "account.suspend" && (!facts->dependents || !facts->dependents->empty()))
            return "gate.tier.raised.dependents";
    }
    return {};
}

/// Why T1 is not enough, or "".
std::string_view t1Condition(const Judgement& j)
{
    const GateRequest& r = j.request;
    if (!j.isVerifiedMisuse)
        return "gate.tier.raised.unverified";
    const bool isOnIdentity = std::any_of(r.action.targets.begin(), r.action.targets.end(),
                                          [](const EntityRef& target) { return isIdentity(target.kind); });
    if (isOnIdentity && r.incident.distinctTechniques < 2 && !r.incident.hasMeasuredRarity)
        return "gate.tier.raised.techniques";
    return verbCondition(r);
}

std::string_view raiseReason(const Judgement& j, Tier base)
{
    if (isCritical(j.request))
        return "gate.tier.raised.criticality";
    const TierRule* rule = j.mandate ? j.mandate->tier(base) : nullptr;
    if (rule && rule->maxDependents) {
        const auto count = dependentCount(j.request);
        if (!count || *count > static_cast<std::size_t>(std::max(0, *rule->maxDependents)))
            return "gate.tier.raised.dependents";
    }
    return base == Tier::T1 ? t1Condition(j) : std::string_view();
}

bool hasProvenRollback(const Judgement& j)
{
    return !j.verb->undo.empty() && std::any_of(j.permits.begin(), j.permits.end(), [&](const PermitClause* permit) {
        return permit->rollback == j.verb->undo;
    });
}

bool isExceeded(const LimitClause& limit, const Judgement& j, std::string& balance)
{
    const GateRequest& r = j.request;
    const auto compare = [&](std::size_t would, std::size_t most) {
        balance = std::to_string(would) + "/" + std::to_string(most);
        return would > most;
    };
    const auto most = static_cast<std::size_t>(std::max(0, limit.max));
    switch (limit.count) {
    case LimitCount::Actions:
        return compare(
            static_cast<std::size_t>(limit.per ? r.usage.actionsWithin(*limit.per, r.now) : r.usage.actionsTotal()) + 1,
            most);
    case LimitCount::WorkloadsIsolatedAtOnce: {
        if (r.action.type != "workload.isolate")
            return false;
        std::set<std::string> isolated = r.usage.isolatedWorkloads();
        for (const EntityRef& target : r.action.targets)
            isolated.insert(target.key());
        return compare(isolated.size(), most);
    }
    case LimitCount::AccountsTouched: {
        std::set<std::string> accounts = r.usage.touchedAccounts();
        const std::size_t before = accounts.size();
        for (std::string& account : accountsTouched(r.action, r.facts))
            accounts.insert(std::move(account));
        std::size_t allowed = most;
        if (limit.maxPercentOfPopulation && r.accountPopulation)
            allowed = std::max<std::size_t>(allowed, static_cast<std::size_t>(std::max(0, *r.accountPopulation)) *
                                                         static_cast<std::size_t>(*limit.maxPercentOfPopulation) / 100);
        return compare(accounts.size(), allowed) && accounts.size() != before;
    }
    case LimitCount::ConsecutiveFailures:
        return compare(static_cast<std::size_t>(r.usage.consecutiveFailures(r.action.connector)) + 1, most);
    case LimitCount::ApprovalDialogs:
        break; // judged with the approvals
    }
    return false;
}

/// What proposed the step wants it judged no lower; it lowers nothing.
void raiseTo(Judgement& j, Tier asked)
{
    if (asked <= j.tier)
        return;
    j.note("gate.tier.asked", {{"from", std::string(toString(j.tier))}, {"to", std::string(toString(asked))}});
    j.tier = asked;
}

} // namespace

void judgeTier(Judgement& j)
{
    if (!j.verb || j.permits.empty())
        return;
    Tier base = j.verb->floor;
    for (const PermitClause* permit : j.permits)
        base = std::max(base, permit->tier);
    j.tier = j.base = base;
    j.note("gate.tier.base", {{"tier", std::string(toString(base))}, {"floor", std::string(toString(j.verb->floor))}});
    if (base == Tier::T4) {
        for (const PermitClause* permit : j.permits) {
            if (permit->tier == Tier::T4)
                j.deny(permit->id, "gate.tier.never", {{"clause", permit->id}});
        }
        return;
    }
    const Tier asked = std::min(j.request.leastTier, Tier::T3); // Never comes from the mandate alone
    if (base == Tier::T0) {
        raiseTo(j, asked);
        return;
    }
    if (const std::string_view reason = raiseReason(j, base); !reason.empty() && base < Tier::T3) {
        j.tier = static_cast<Tier>(static_cast<int>(base) + 1);
        j.note(reason, {{"from", std::string(toString(base))}, {"to", std::string(toString(j.tier))}});
    }
    if (j.isChanging() && j.tier < Tier::T3 && !hasProvenRollback(j)) {
        j.note("gate.tier.no_rollback", {{"from", std::string(toString(j.tier))}});
        j.tier = Tier::T3;
    }
    raiseTo(j, asked);
}

void judgeLimits(Judgement& j)
{
    if (!j.mandate || j.tier == Tier::T0 || j.permits.empty())
        return;
    for (const LimitClause& limit : j.mandate->limits) {
        std::string balance;
        if (!isExceeded(limit, j, balance))
            continue;
        const std::map<std::string, std::string> args{{"clause", limit.id}, {"balance", balance}};
        switch (limit.onExceed) {
        case OnExceed::Deny:
            j.deny(limit.id, "gate.limit.deny", args);
            break;
        case OnExceed::Pause:
        case OnExceed::Queue:
            j.holds.push_back(limit.id);
            j.hold("limit:" + limit.id, "gate.limit.hold", args);
            break;
        case OnExceed::ApproveT3:
            j.holds.push_back(limit.id);
            j.note("gate.limit.approve_t3", args);
            j.tier = std::max(j.tier, Tier::T3);
            break;
        }
    }
    if (j.request.session.actionsUsed + 1 > j.mandate->session.maxActions)
        j.hold("limit:session", "gate.limit.session", {{"most", std::to_string(j.mandate->session.maxActions)}});
}

void judgeScopeForTier(Judgement& j)
{
    const GateRequest& r = j.request;
    if (!j.mandate || j.tier == Tier::T0 || j.permits.empty())
        return;
    const auto& newest = r.incident.newestSupportingEvent;
    const bool isFresh = newest && r.session.opened - *newest <= j.mandate->scope.freshness;
    if (!isFresh && !r.connector.isExercise)
        j.hold("scope_freshness", "gate.scope.stale", {{"newest", newest ? newest->toString() : "unknown"}});
}

void judgePrechecks(Judgement& j)
{
    if (j.tier == Tier::T0 || j.permits.empty())
        return;
    std::set<std::string> names;
    for (const TierRule* rule : j.tierRules())
        names.insert(rule->prechecks.begin(), rule->prechecks.end());
    for (const std::string& name : names) {
        if (name == "rollback_dry_run" && j.verb && j.verb->back != Back::Reversible)
            continue;
        const auto found = j.request.prechecks.find(name);
        const Truth result = found == j.request.prechecks.end() ? Truth::Unknown : found->second;
        if (result != Truth::True)
            j.hold("precheck:" + name, "gate.precheck", {{"check", name}, {"result", std::string(toString(result))}});
    }
}

} // namespace cordon::govern
