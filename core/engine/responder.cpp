#include "core/engine/responder.h"

#include "core/engine/change_summary.h"
#include "core/engine/codec.h"
#include "core/engine/decision_basis.h"
#include "core/engine/past_decisions.h"
#include "core/engine/policy_checks.h"
#include "core/engine/step_entry.h"
#include "core/engine/step_history.h"

#include <algorithm>

namespace cordon::engine {
namespace {

bool isSettled(StepState state)
{
    return state != StepState::Proposed && state != StepState::AwaitingApproval && state != StepState::Paused;
}

bool isDone(StepState state)
{
    return state == StepState::Verified || state == StepState::DoneElsewhere;
}

/// A step that failed holds back what rests on what it changes. What it would have kept or noted, pre-checks ask for where
/// it is wanted, and what is there for its failure waits for nothing else. Source: docs/formats/playbook.md, "When a step fails"
bool isLetPass(const Step& failed, const Step& next)
{
    if (failed.state != StepState::Failed)
        return false;
    const Verb* verb = findVerb(failed.action.type);
    const bool isForIt = std::any_of(next.when.begin(), next.when.end(), [&](const StepCondition& condition) {
        return condition.kind == StepCondition::Kind::Failed && condition.wanted != "false" &&
               std::find(condition.steps.begin(), condition.steps.end(), failed.id) != condition.steps.end();
    });
    return isForIt || (verb && !verb->changes);
}

bool hasEnded(StepState state)
{
    return state == StepState::Failed || state == StepState::Denied || state == StepState::Expired ||
           state == StepState::Reverted;
}

bool isMissing(const Decision& decision, std::string_view what)
{
    return std::find(decision.missing.begin(), decision.missing.end(), what) != decision.missing.end();
}

bool isSameDecision(const Decision& a, const Decision& b)
{
    return a.effect == b.effect && a.tier == b.tier && a.clauses == b.clauses && a.missing == b.missing &&
           a.digest == b.digest;
}

/// What holds a step back, for the people who read the sequence.
Text holdNote(const Plan& plan, const Step& step, const Decision& decision)
{
    if (isMissing(decision, "earlier_step")) {
        for (const Step& other : plan.steps) {
            const bool isBefore = std::find(step.after.begin(), step.after.end(), other.id) != step.after.end();
            if (isBefore && (other.state == StepState::Failed || other.state == StepState::Unknown))
                return {"step.waits.failed", {{"step", other.id}}};
        }
        return {}; // the sequence itself shows which
    }
    std::string what;
    for (const std::string& missing : decision.missing) {
        if (missing.starts_with(checkPrefix))
            what += (what.empty() ? "" : ", ") + missing.substr(checkPrefix.size());
    }
    if (what == "condition")
        return {"step.waits.condition", {}};
    if (!what.empty())
        return {"step.waits.checks", {{"what", what}}};
    for (const std::string& missing : decision.missing) {
        if (missing != "approval" && missing != "human_confirmation")
            what += (what.empty() ? "" : ", ") + missing;
    }
    return what.empty() ? Text() : Text{"step.waits.for", {{"what", what}}};
}

/// What denies now and not for good: the code of why the step waits, or "".
std::string_view passing(const Decision& decision)
{
    const std::vector<std::string>& by = decision.clauses;
    const auto has = [&](std::string_view clause) { return std::find(by.begin(), by.end(), clause) != by.end(); };
    if (by.empty() || !std::all_of(by.begin(), by.end(), [](const std::string& id) { return id == "G6" || id == "G7"; }))
        return {};
    return has("G6") ? "step.waits.halted" : "step.waits.sign_in";
}

/// Why each target belongs to the incident, with places in the evidence: what the decision rests on.
Value scopeOf(const IncidentFile& file, const Action& action)
{
    Value::Array targets;
    for (const EntityRef& target : action.targets) {
        const IncidentMember* member = file.incident.member(target);
        Value::Array cites;
        if (const auto proof = file.view.proof.find(target); proof != file.view.proof.end()) {
            for (const Citation& cite : proof->second)
                cites.push_back(codec::toValue(cite));
        }
        targets.push_back(Value::Object{{"entity", ledgerKey(target)},
                                        {"member", member && !file.view.hiddenMembers.contains(target)},
                                        {"verified", member && member->isVerified},
                                        {"simulated", member && member->isVerifiedBySimulation},
                                        {"confirmed", member && member->isConfirmedByPerson},
                                        {"cites", std::move(cites)}});
    }
    return targets;
}

} // namespace

bool Responder::isReady(const IncidentFile& file, const Step& step) const
{
    const bool isLast = step.action.type == "change.note"; // tells of what failed, too
    return std::all_of(step.after.begin(), step.after.end(), [&](const std::string& before) {
        return std::any_of(file.plan.steps.begin(), file.plan.steps.end(), [&](const Step& other) {
            return other.id == before && (isDone(other.state) || other.state == StepState::Skipped || isLetPass(other, step) ||
                                          (isLast && hasEnded(other.state)));
        });
    });
}

Result<void> Responder::advance(IncidentFile& file, const std::stop_token& stop)
{
    CORDON_CHECK(beginRounds(file, stop));
    // Every pass may make later steps ready; a step moves at most a few times, so this ends.
    for (bool moved = true; moved && !stop.stop_requested() && !file.session.isPaused;) {
        moved = false;
        for (Step& step : file.plan.steps) {
            const bool isOver = isSettled(step.state) && !isBranchNotTaken(step);
            if (isOver || stop.stop_requested() || file.session.isPaused)
                continue;
            CORDON_TRY(const bool stepMoved, advanceStep(file, step, stop));
            moved = moved || stepMoved;
        }
    }
    return updateStatus(file);
}

Result<bool> Responder::advanceStep(IncidentFile& file, Step& step, const std::stop_token& stop)
{
    if (const auto done = m_desk.done.find(AgentDesk::actKey(step.action)); done != m_desk.done.end()) {
        step.doneBy = "agent";
        finish(file, step, done->second);
        step.note = {"step.done_before", {}};
        m_onChange(file);
        return true;
    }
    if (waitsForMandate(file, step))
        return false;
    const bool isInOrder = isReady(file, step);
    const PolicyChecks checks = isInOrder ? PolicyChecks(m_desk, m_judge, file, step, stop) : PolicyChecks();
    const cacao::Truth turn = checks.turnOf(step, file.plan);
    const bool wasLeftOut = isBranchNotTaken(step);
    if (turn == cacao::Truth::False) {
        if (!wasLeftOut)
            CORDON_CHECK(leaveOut(file, step));
        return !wasLeftOut;
    }
    if (wasLeftOut) { // what decides it was taken up anew
        doAnew(step);
        step.note = {};
    }
    const bool ready = isInOrder && turn == cacao::Truth::True;
    if (ready && step.action.type == "change.note")
        step.action.params.set("summary", changeSummary(file, step, *m_desk.approvals));
    auto judged = m_judge.judge(file, step, stop);
    if (!judged) {
        const govern::StopState stops = m_desk.killSwitch->state();
        const bool isHalted = stops == govern::StopState::Halted || stops == govern::StopState::Unreadable;
        Text note = isHalted ? Text{"step.waits.halted", {}} : saidNote(judged.error().detail);
        const bool isNew = !(step.note == note);
        step.note = std::move(note);
        if (isNew)
            m_onChange(file);
        const ErrorCode code = judged.error().code;
        const bool isSilent = code == ErrorCode::Io || code == ErrorCode::TimedOut || code == ErrorCode::Cancelled;
        if (isSilent && !stop.stop_requested()) // a program that ends says nothing about the connector
            CORDON_CHECK(countAnswer(file, step, false));
        return false;
    }
    Judgement judgement = std::move(*judged);
    CORDON_TRY(const bool isOutdated, voidOutdated(file, step, judgement));
    if (isOutdated)
        return true; // to be judged anew, without what people said about something else
    if (ready) {
        CORDON_TRY(const bool isKept, preserveUnkept(file, step, judgement));
        if (isKept)
            return true; // to be judged anew
    }
    step.preview = judgement.preview;
    Decision decision = judgement.ruling.decision;
    if (!ready && decision.effect != Effect::Deny) {
        decision.effect = Effect::Hold;
        if (!isInOrder)
            decision.missing.emplace_back("earlier_step");
        for (const std::string& name : isInOrder ? checks.missing() : std::vector<std::string>())
            decision.missing.push_back(std::string(checkPrefix) + name);
        if (isInOrder && checks.missing().empty())
            decision.missing.push_back(std::string(checkPrefix) + "condition");
    }
    // Each act has a leave of its own in the ledger, also when nothing changed since the last one.
    if (!step.decision || decision.effect == Effect::Allow || !isSameDecision(*step.decision, decision)) {
        CORDON_CHECK(writeDecision(file, step, decision, judgement, checks.all()));
    }
    switch (decision.effect) {
    case Effect::Deny:
        if (const std::string_view wait = passing(decision); !wait.empty()) {
            step.note = {std::string(wait), {}};
            return false;
        }
        step.state = judgement.facts.front().exists ? StepState::Denied : StepState::Skipped;
        step.note = judgement.facts.front().exists ? denyNote(decision) : Text{"step.target_gone", {}};
        m_onChange(file);
        return true;
    case Effect::Hold:
        step.note = holdNote(file.plan, step, decision);
        if (step.state == StepState::AwaitingApproval || !ready || !isMissing(decision, "approval"))
            return false;
        if (waitsForLimit(step)) // people are not asked for what is kept back anyway, nor more often than it says
            return false;
        return ask(file, step, judgement);
    case Effect::Allow: break;
    }
    if (waitsForMandate(file, step)) // looking at the target took its time
        return false;
    return run(file, step, std::move(judgement), stop);
}

/// Nothing begins under a mandate that may be another by now, or that its owners do not stand behind any more.
bool Responder::waitsForMandate(IncidentFile& file, Step& step)
{
    if (!m_desk.isMandateCurrent || m_desk.isMandateCurrent())
        return false;
    const Text wait{"step.waits.mandate", {}};
    if (!(step.note == wait)) {
        step.note = wait;
        m_onChange(file);
    }
    return true;
}

Result<void> Responder::leaveOut(IncidentFile& file, Step& step)
{
    Value data = Value::Object{{"step", step.id}, {"title", codec::toValue(step.title)}, {"why", "condition"}};
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_desk.journal->write(m_desk.draft("step.left_out", file, std::move(data))));
    step.state = StepState::Skipped;
    step.note = {"step.branch_not_taken", {}};
    m_onChange(file);
    return {};
}

Result<void> Responder::writeDecision(IncidentFile& file, Step& step, const Decision& decision,
                                      const Judgement& judgement, const std::map<std::string, bool>& policyChecks)
{
    Value data = actionData(step, decision.digest);
    data.set("decision", codec::toValue(decision));
    setInputs(data, judgement.request);
    data.set("proposed_by", !step.proposal.empty()   ? std::string("assistant")
                            : step.editedBy.empty() ? std::string("playbook")
                                                    : step.editedBy);
    if (!step.proposal.empty())
        data.set("proposal", Value::Object{{"digest", step.proposal}, {"place", step.proposalPlace}, {"taken_by", step.editedBy}});
    data.set("playbook", file.plan.playbook);
    data.set("playbook_digest", file.plan.playbookDigest);
    data.set("agent_id", m_desk.agentId);
    data.set("see", codec::textList(file.view.clauses));
    data.set("scope", scopeOf(file, step.action));
    Value::Object checks;
    for (const auto& [name, answer] : judgement.request.prechecks)
        checks.emplace(name, std::string(govern::toString(answer)));
    data.set("prechecks", std::move(checks));
    Value::Object policy;
    for (const auto& [name, isPassed] : policyChecks)
        policy.emplace(name, isPassed);
    if (!policy.empty())
        data.set("policy_checks", std::move(policy));
    if (Value basis = decisionBasis(file, step); !basis.isNull())
        data.set("basis", std::move(basis));
    CORDON_TRY(const LedgerEntry entry, m_desk.journal->write(m_desk.draft("decision", file, std::move(data))));
    step.decision = decision;
    step.decisionSeq = entry.seq;
    m_onChange(file);
    return {};
}

} // namespace cordon::engine
