#include "core/govern/gate_steps.h"
#include "core/govern/identifier_rules.h"
#include "core/govern/verb_schema.h"

#include <algorithm>
#include <set>

namespace cordon::govern {
namespace {

void judgeMandate(Judgement& j)
{
    const GateRequest& r = j.request;
    if (!j.mandate) {
        j.deny("G1", "gate.mandate.missing");
        return;
    }
    const Mandate& mandate = *j.mandate;
    if (r.mandateStatus.isSigned != Truth::True)
        j.deny("G1", "gate.mandate.unsigned", {{"mandate", mandate.id}});
    if (r.now < mandate.validFrom || r.now >= mandate.validUntil)
        j.deny("G2", "gate.mandate.expired",
               {{"from", mandate.validFrom.toString()}, {"until", mandate.validUntil.toString()}});
    if (mandate.revision < r.mandateStatus.newestSeenRevision)
        j.deny("G3", "gate.mandate.older",
               {{"revision", std::to_string(mandate.revision)},
                {"seen", std::to_string(r.mandateStatus.newestSeenRevision)}});
    if (r.action.mandate != mandate.digest || mandate.digest.empty())
        j.deny("G3", "gate.mandate.other");
    if (r.agentId != mandate.agent.id || r.agentKey != mandate.agent.key || r.agentId.empty())
        j.deny("G10", "gate.agent.other", {{"agent", r.agentId}});
}

void judgeEnvironment(Judgement& j)
{
    const GateRequest& r = j.request;
    if (!j.mandate)
        return;
    const std::string& wanted = j.mandate->environment;
    const bool isExerciseMixedUp = j.mandate->isExercise() != r.connector.isExercise;
    if (r.connector.environment != wanted || isExerciseMixedUp)
        j.deny("G4", "gate.environment.connector", {{"environment", r.connector.environment}, {"wanted", wanted}});
    for (const EntityRef& target : r.action.targets) {
        const TargetFacts* facts = r.factsOf(target);
        const bool isKnown = facts && facts->environment;
        if (isKnown && *facts->environment != wanted)
            j.deny("G4", "gate.environment.target",
                   {{"target", target.id}, {"environment", *facts->environment}, {"wanted", wanted}});
        else if (!isKnown && j.isChanging())
            j.deny("G4", "gate.environment.unknown", {{"target", target.id}});
    }
}

void judgeSession(Judgement& j)
{
    const GateRequest& r = j.request;
    const SessionState& session = r.session;
    if (session.isOpen != Truth::True || session.id.empty())
        j.deny("G5", "gate.session.closed");
    if (session.hasHeartbeat != Truth::True)
        j.deny("G5", "gate.session.heartbeat");
    if (r.action.session != session.id || r.action.incident != session.incident)
        j.deny("G5", "gate.session.other", {{"session", r.action.session}, {"incident", r.action.incident}});
    if (!j.mandate)
        return;
    const Mandate::Session& rule = j.mandate->session;
    if (r.now < session.opened || r.now - session.opened >= rule.ttl)
        j.deny("G5", "gate.session.ttl");
    if (!session.isWaitingForPeople && r.now - session.lastActive >= rule.idle)
        j.deny("G5", "gate.session.idle");
    if (session.openSessions > rule.concurrent)
        j.deny("G5", "gate.session.concurrent", {{"open", std::to_string(session.openSessions)}});
}

void judgeMachine(Judgement& j)
{
    const GateRequest& r = j.request;
    const bool isObserving = r.stops == StopState::ObserveOnly && j.verb && !j.isChanging();
    if (r.stops != StopState::Running && !isObserving)
        j.deny("G6", "gate.stopped", {{"state", std::string(toString(r.stops))}});
    if (r.isClockSane != Truth::True)
        j.deny("G7", "gate.clock.insane");
    if (r.needsReauthentication && (!j.verb || j.isChanging()))
        j.deny("G7", "gate.clock.reauthenticate");
    const LedgerState& ledger = r.ledger;
    if (both(ledger.isOpen, both(ledger.isVerified, ledger.isWritable)) != Truth::True)
        j.deny("G8", "gate.ledger",
               {{"open", std::string(toString(ledger.isOpen))},
                {"verified", std::string(toString(ledger.isVerified))},
                {"writable", std::string(toString(ledger.isWritable))}});
    if (r.hasPassedSelfTest != Truth::True)
        j.deny("G9", "gate.self_test");
}

void judgeIdentifiers(Judgement& j)
{
    const auto check = [&](const std::string& what, const std::string& text) {
        const std::string_view problem = identifierProblem(text);
        if (!problem.empty())
            j.deny("N3", "gate.form.identifier", {{"what", what}, {"problem", std::string(problem)}});
    };
    const Action& action = j.request.action;
    for (const EntityRef& target : action.targets)
        check("target", target.id);
    for (const auto& [name, value] : action.params.asObject()) {
        if (value.isString())
            check(name, value.asString());
        for (const Value& item : value.asArray())
            check(name, item.asString());
    }
    check("connector", action.connector);
    check("tenant", action.tenant);
}

bool isHexDigest(const std::string& text)
{
    return text.size() == 64 && std::all_of(text.begin(), text.end(),
                                            [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

void judgeTargets(Judgement& j)
{
    const GateRequest& r = j.request;
    const auto& targets = r.action.targets;
    std::set<std::string_view> keys; // of one kind, or it is refused for that
    bool isOneKind = true;
    for (const EntityRef& target : targets) {
        keys.insert(target.id);
        isOneKind = isOneKind && target.kind == targets.front().kind;
    }
    if (targets.empty() || targets.size() > 25 || keys.size() != targets.size() || !isOneKind)
        j.deny("N7", "gate.form.targets", {{"count", std::to_string(targets.size())}});
    // Inspection itself is how a target becomes known.
    if (j.verb && j.verb->name == "inventory.read")
        return;
    for (const EntityRef& target : targets) {
        const TargetFacts* facts = r.factsOf(target);
        const bool isAmbiguous = std::count_if(r.facts.begin(), r.facts.end(),
                                               [&](const TargetFacts& known) { return isSameEntity(known.target, target); }) > 1;
        if (!facts || isAmbiguous || (j.isChanging() && !facts->exists)) {
            j.deny("N4", "gate.form.unresolved", {{"target", target.id}});
            continue;
        }
        const bool isStale = !j.mandate || facts->asked > r.now || r.now - facts->asked > j.mandate->scope.freshness;
        if (isStale)
            j.deny("N5", "gate.form.stale", {{"target", target.id}, {"asked", facts->asked.toString()}});
    }
}

} // namespace

void judgeAdmission(Judgement& judgement)
{
    judgeMandate(judgement);
    judgeEnvironment(judgement);
    judgeSession(judgement);
    judgeMachine(judgement);
}

void judgeForm(Judgement& judgement)
{
    const Action& action = judgement.request.action;
    if (!judgement.verb)
        judgement.deny("N1", "gate.form.verb", {{"verb", action.type}});
    else if (const std::string problem = schemaProblem(action); !problem.empty())
        judgement.deny("N2", "gate.form.schema", {{"verb", action.type}, {"problem", problem}});
    if (judgement.verb && action.rollback && *action.rollback != judgement.verb->undo)
        judgement.deny("N2", "gate.form.rollback", {{"rollback", *action.rollback}});
    judgeIdentifiers(judgement);
    judgeTargets(judgement);
    const ConnectorFacts& connector = judgement.request.connector;
    if (action.connector != connector.name || action.tenant != connector.tenant || connector.name.empty())
        judgement.deny("N6", "gate.form.connector", {{"connector", action.connector}, {"tenant", action.tenant}});
    if (judgement.isChanging() && !isHexDigest(action.expectedState))
        judgement.deny("N8", "gate.form.expected_state");
}

} // namespace cordon::govern
