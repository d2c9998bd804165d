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

void judgeForbid(Judgement& j, const ForbidClause& forbid, const std::vector<const Subject*>& subjects)
{
    // A verb that nobody knows could be any verb.
    if (j.verb && !forbid.coversVerb(j.request.action.type))
        return;
    const Truth isBefore = notYetDone(forbid, j.request);
    Truth worst = Truth::False;
    const Subject* whose = nullptr;
    for (const Subject* subject : subjects) {
        const Truth match = both(matches(forbid.target, *subject, j.request), isBefore);
        if (match > worst) {
            worst = match;
            whose = subject;
        }
    }
    if (!whose)
        return;
    const std::string who = whose->isUnknownOwner ? "owner" : whose->entity.id;
    if (worst == Truth::True)
        j.deny(forbid.id, "gate.forbid.matches", {{"clause", forbid.id}, {"subject", who}, {"why", forbid.why}});
    else if (worst == Truth::Unknown)
        j.deny(forbid.id, "gate.forbid.unknown", {{"clause", forbid.id}, {"subject", who}, {"why", forbid.why}});
}

/// The first of those that bear the same tags: more of them tell a forbid about tags nothing.
std::vector<const Subject*> oncePerTags(const std::vector<const Subject*>& subjects)
{
    const auto isSame = [](const std::vector<std::string>* a, const std::vector<std::string>* b) {
        return a == b || (a && b && *a == *b);
    };
    std::vector<const Subject*> first;
    for (const Subject* subject : subjects) {
        const bool isKnown = std::any_of(first.begin(), first.end(), [&](const Subject* other) {
            return isSame(other->tags, subject->tags) && isSame(other->knownTags, subject->knownTags);
        });
        if (!isKnown)
            first.push_back(subject);
    }
    return first;
}

void judgeBuiltIn(Judgement& j, const std::vector<Subject>& subjects)
{
    const GateRequest& r = j.request;
    Selector self;
    self.kind = Selector::Kind::Self;
    Truth isSelf = namesProtected(r.action.params, r.selfIds) ? Truth::True : Truth::False;
    for (const Subject& subject : subjects)
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

} // namespace

void judgeSelf(Judgement& j)
{
    judgeBuiltIn(j, forbidSubjects(j.request));
}

void judgeForbids(Judgement& j)
{
    const std::vector<Subject> subjects = forbidSubjects(j.request);
    judgeBuiltIn(j, subjects);
    if (!j.mandate)
        return;
    std::vector<const Subject*> all;
    for (const Subject& subject : subjects)
        all.push_back(&subject);
    const std::vector<const Subject*> byTags = oncePerTags(all);
    for (const ForbidClause& forbid : j.mandate->forbid)
        judgeForbid(j, forbid, forbid.target.kind == Selector::Kind::Tag ? byTags : all);
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
        std::vector<const PermitClause*> covering;
        for (const PermitClause& permit : j.mandate->change) {
            if (permit.coversVerb(j.request.action.type))
                covering.push_back(&permit);
        }
        bool isEveryTargetPermitted = true;
        for (const EntityRef& target : j.request.action.targets) {
            const Subject subject = subjectOf(target, j.request);
            bool isPermitted = false;
            for (const PermitClause* permit : covering) {
                if (matches(permit->target, subject, j.request) != Truth::True)
                    continue;
                isPermitted = true;
                if (std::find(j.permits.begin(), j.permits.end(), permit) == j.permits.end())
                    j.permits.push_back(permit);
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
