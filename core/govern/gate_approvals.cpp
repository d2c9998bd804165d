#include "core/govern/gate_steps.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

namespace cordon::govern {
namespace {

bool has(const std::vector<std::string>& list, std::string_view item)
{
    return std::find(list.begin(), list.end(), item) != list.end();
}

/// The shortest time to act of all tiers passed, never more than five minutes.
Duration shortestWindow(const Judgement& j, Duration own)
{
    Duration window = std::min<Duration>(own, std::chrono::minutes(5));
    for (const TierRule* each : j.tierRules()) {
        if (each->autonomy == Autonomy::Approve || each->executeWithin.count() > 0)
            window = std::min(window, each->executeWithin);
    }
    return window;
}

ApprovalNeeds needsOf(const Judgement& j, const TierRule& rule)
{
    ApprovalNeeds needs;
    // The floors of the format hold whatever a hand-made mandate says: T2 one person, T3 two.
    needs.approvers = j.tier >= Tier::T3 ? 2 : 1;
    needs.needsCommander = j.tier >= Tier::T3;
    std::set<std::string> factors;
    for (const TierRule* each : j.tierRules()) {
        needs.approvers = std::max(needs.approvers, each->approvers);
        factors.insert(each->factors.begin(), each->factors.end());
    }
    for (const std::string_view factor : {"key", "pin", "totp", "security_key"}) {
        if (factors.contains(std::string(factor)))
            needs.factors.emplace_back(factor);
    }
    needs.isRequesterExcluded = true;
    needs.isTypedTarget = rule.isTypedTarget;
    needs.approveWithin = rule.approveWithin;
    needs.executeWithin = shortestWindow(j, rule.executeWithin);
    return needs;
}

bool isEligible(const AcceptedApproval& approval, const Judgement& j)
{
    const GateRequest& r = j.request;
    const bool isAgent = approval.approver == r.agentId || approval.key == r.agentKey ||
                         has(r.selfIds, approval.approver) || approval.approver.substr(0, 5) != "user:";
    const bool hasFactors = std::all_of(j.needs.factors.begin(), j.needs.factors.end(),
                                        [&](const std::string& factor) { return has(approval.factors, factor); });
    return !isAgent && approval.isApproved && approval.tier >= j.tier && hasFactors &&
           approval.approver != r.requester && !has(r.excludedApprovers, approval.approver) &&
           (has(approval.roles, "analyst") || has(approval.roles, "commander")) && approval.signedAt <= r.now;
}

/// The newest eligible approval of each person. A person with two keys, or a key with two persons, counts for nobody;
/// that is judged on all signatures over these bytes, whatever tier they are for.
std::vector<const AcceptedApproval*> distinctPeople(const Judgement& j, const std::string& digest)
{
    std::map<std::string, std::set<std::string>> keysOf;
    std::map<std::string, std::set<std::string>> personsOf;
    std::map<std::string, const AcceptedApproval*> newest;
    for (const AcceptedApproval& approval : j.request.approvals) {
        if (digest.empty() || approval.actionDigest != digest)
            continue;
        keysOf[approval.approver].insert(approval.key);
        personsOf[approval.key].insert(approval.approver);
        const AcceptedApproval*& known = newest[approval.approver];
        if (isEligible(approval, j) && (!known || approval.signedAt > known->signedAt))
            known = &approval;
    }
    std::vector<const AcceptedApproval*> people;
    for (const auto& [person, approval] : newest) {
        if (!approval || approval->key.empty() || keysOf[approval->approver].size() != 1 ||
            personsOf[approval->key].size() != 1)
            continue;
        people.push_back(approval);
    }
    std::sort(people.begin(), people.end(), [](const auto* a, const auto* b) { return a->signedAt < b->signedAt; });
    return people;
}

/// When the last signature came, once the people suffice. The newest counts because it makes a quorum with the others
/// whatever their number: were it the earliest sufficient set, a mandate that asks for more people could allow what one
/// that asks for fewer finds too late.
std::optional<Timestamp> completedAt(const std::vector<const AcceptedApproval*>& people, const ApprovalNeeds& needs)
{
    const auto count = static_cast<int>(people.size());
    const bool hasCommander = std::any_of(people.begin(), people.end(), [](const AcceptedApproval* approval) {
        return has(approval->roles, "commander");
    });
    const bool isEnough = count >= needs.approvers && (hasCommander || !needs.needsCommander);
    return isEnough && !people.empty() ? std::optional(people.back()->signedAt) : std::nullopt;
}

void judgeDialogs(Judgement& j)
{
    if (j.request.isDialogOpen)
        return;
    for (const LimitClause& limit : j.mandate->limits) {
        if (limit.count != LimitCount::ApprovalDialogs)
            continue;
        const int opened = j.request.usage.dialogsWithin(limit.per.value_or(std::chrono::hours(24)), j.request.now);
        if (opened + 1 <= limit.max)
            continue;
        const std::map<std::string, std::string> args{
            {"clause", limit.id}, {"balance", std::to_string(opened + 1) + "/" + std::to_string(limit.max)}};
        if (limit.onExceed == OnExceed::Deny) {
            j.deny(limit.id, "gate.limit.deny", args);
            continue;
        }
        j.holds.push_back(limit.id);
        j.hold("limit:" + limit.id, "gate.limit.hold", args);
    }
}

} // namespace

void judgeApprovals(Judgement& j)
{
    const TierRule* rule = j.mandate ? j.mandate->tier(j.tier) : nullptr;
    if (j.permits.empty() || j.tier == Tier::T4)
        return;
    const auto rules = j.tierRules();
    const auto isOf = [&](Autonomy autonomy) {
        return std::any_of(rules.begin(), rules.end(),
                           [&](const TierRule* each) { return each->autonomy == autonomy; });
    };
    // A raise never passes over a tier that the mandate does not speak of.
    const auto passed = static_cast<std::size_t>(j.tier) - static_cast<std::size_t>(std::min(j.base, j.tier)) + 1;
    if (!rule || rules.size() != passed || isOf(Autonomy::Never)) {
        j.deny("tier", "gate.tier.not_allowed", {{"tier", std::string(toString(j.tier))}});
        return;
    }
    const std::string hex = j.digest ? j.digest->hex() : std::string();
    const bool asksPeople = isOf(Autonomy::Approve) || j.tier >= Tier::T2;
    if (asksPeople)
        j.needs = needsOf(j, *rule);
    for (const AcceptedApproval& approval : j.request.approvals) {
        if (!hex.empty() && approval.actionDigest == hex && !approval.isApproved)
            j.deny("A-denied", "gate.approval.denied", {{"person", approval.approver}});
    }
    const auto people = distinctPeople(j, hex);
    bool isApproved = false;
    if (asksPeople) {
        const auto complete = completedAt(people, j.needs);
        isApproved = complete && j.request.now < *complete + j.needs.executeWithin;
        if (isApproved) {
            j.executeBy = *complete + j.needs.executeWithin;
        } else {
            j.hold("approval", complete ? "gate.approval.too_late" : "gate.approval.needed",
                   {{"have", std::to_string(people.size())}, {"need", std::to_string(j.needs.approvers)}});
            judgeDialogs(j);
        }
    } else if (!people.empty()) { // nobody has to be asked, but who signed these bytes confirmed their targets
        isApproved = j.request.now < people.back()->signedAt + shortestWindow(j, std::chrono::minutes(5));
    }
    if (j.tier < j.mandate->scope.humanConfirmFrom || j.tier == Tier::T0 || isApproved)
        return;
    for (const EntityRef& target : j.request.action.targets) {
        const Membership* member = j.request.membershipOf(target);
        if (!member || !member->isConfirmedByPerson) {
            j.hold("human_confirmation", "gate.scope.unconfirmed", {{"target", target.id}});
            return;
        }
    }
}

} // namespace cordon::govern
