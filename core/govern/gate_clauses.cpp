#include "core/govern/gate_steps.h"
#include "core/govern/selector_match.h"

#include <algorithm>

namespace cordon::govern {
namespace {

/// True when a string anywhere in the value is one of the protected ids.
bool namesProtected(const Value& value, const std::vector<std::string>& ids)
{
    if (value.isString())
        return std::find(ids.begin(), ids.end(), value.asString()) != ids.end();
    const bool isInArray = std::any_of(value.asArray().begin(), value.asArray().end(),
                                       [&](const Value& item) { return namesProtected(item, ids); });
    return isInArray || std::any_of(value.asObject().begin(), value.asObject().end(),
                                    [&](const auto& member) { return namesProtected(member.second, ids); });
}

bool startsWith(std::string_view text, std::string_view prefix)
{
    return text.substr(0, prefix.size()) == prefix;
}

Truth notYetDone(const ForbidClause& forbid, const GateRequest& request)
{
    if (forbid.notBefore.empty())
        return Truth::True;
    for (const EntityRef& target : request.action.targets) {
        for (const std::string& verb : forbid.notBefore) {
            const bool isDone = std::any_of(request.done.begin(), request.done.end(), [&](const DoneAction& done) {
                return done.verb == verb && done.target == target;
            });
            if (!isDone)
                return Truth::True;
        }
    }
    return Truth::False;
}

void judgeForbid(Judgement& j, const ForbidClause& forbid, const std::vector<Subject>& subjects)
{
    // A verb that nobody knows could be any verb.
    if (j.verb && !forbid.coversVerb(j.request.action.type))
        return;
    Truth worst = Truth::False;
    std::string who;
    for (const Subject& subject : subjects) {
        const Truth match = both(matches(forbid.target, subject, j.request), notYetDone(forbid, j.request));
        if (match > worst) {
            worst = match;
            who = subject.isUnknownOwner ? "owner" : subject.entity.id;
        }
    }
    if (worst == Truth::True)
        j.deny(forbid.id, "gate.forbid.matches", {{"clause", forbid.id}, {"subject", who}, {"why", forbid.why}});
    else if (worst == Truth::Unknown)
        j.deny(forbid.id, "gate.forbid.unknown", {{"clause", forbid.id}, {"subject", who}, {"why", forbid.why}});
}

} // namespace

void judgeSelf(Judgement& j)
{
    const GateRequest& r = j.request;
    Selector self;
    self.kind = Selector::Kind::Self;
    Truth isSelf = namesProtected(r.action.params, r.selfIds) ? Truth::True : Truth::False;
    for (const Subject& subject : forbidSubjects(r))
        isSelf = either(isSelf, matches(self, subject, r));
    if (isSelf != Truth::False)
        j.deny("B1", "gate.forbid.self", {{"known", std::string(toString(isSelf))}});
    const std::string& type = r.action.type;
    if (startsWith(type, "evidence.") && type != "evidence.collect" && type != "evidence.snapshot")
        j.deny("B2", "gate.forbid.evidence");
    bool isProtected =
        startsWith(type, "ledger.") || startsWith(type, "mandate.") || namesProtected(r.action.params, r.protectedIds);
    for (const EntityRef& target : r.action.targets)
        isProtected = isProtected || namesProtected(Value(target.id), r.protectedIds);
    if (isProtected)
        j.deny("B3", "gate.forbid.protected");
}

void judgeForbids(Judgement& j)
{
    judgeSelf(j);
    if (!j.mandate)
        return;
    const std::vector<Subject> subjects = forbidSubjects(j.request);
    for (const ForbidClause& forbid : j.mandate->forbid)
        judgeForbid(j, forbid, subjects);
}

void judgeScope(Judgement& j)
{
    const GateRequest& r = j.request;
    j.isVerifiedMisuse = j.mandate && !r.action.targets.empty();
    for (const EntityRef& target : r.action.targets) {
        const Membership* member = r.membershipOf(target);
        if (!member || !member->isMember) {
            j.deny("S-member", "gate.scope.not_member", {{"target", target.id}});
            j.isVerifiedMisuse = false;
            continue;
        }
        const bool doesCount = !member->isSimulated || r.connector.isExercise;
        if (!doesCount || !j.mandate || member->independentSources < j.mandate->scope.independentSources)
            j.isVerifiedMisuse = false;
    }
    if (j.mandate && j.isChanging() && r.incident.verifiedScopeSize > j.mandate->scope.maxEntities)
        j.deny("S-size", "gate.scope.too_large",
               {{"entities", std::to_string(r.incident.verifiedScopeSize)},
                {"most", std::to_string(j.mandate->scope.maxEntities)}});
}

void judgePermits(Judgement& j)
{
    if (j.mandate && !j.request.action.targets.empty()) {
        bool isEveryTargetPermitted = true;
        for (const EntityRef& target : j.request.action.targets) {
            const Subject subject = subjectOf(target, j.request);
            bool isPermitted = false;
            for (const PermitClause& permit : j.mandate->change) {
                if (!permit.coversVerb(j.request.action.type) ||
                    matches(permit.target, subject, j.request) != Truth::True)
                    continue;
                isPermitted = true;
                if (std::find(j.permits.begin(), j.permits.end(), &permit) == j.permits.end())
                    j.permits.push_back(&permit);
            }
            isEveryTargetPermitted = isEveryTargetPermitted && isPermitted;
        }
        if (isEveryTargetPermitted)
            return;
    }
    j.permits.clear();
    j.deny("default", "gate.permit.none", {{"verb", j.request.action.type}});
}

} // namespace cordon::govern
