// The agent's sessions: one for each incident, opened, ended, paused and renewed. docs/guide/agent-sessions.md
#include "core/engine/responder.h"

#include "core/crypto/random.h"
#include "core/engine/codec.h"
#include "core/engine/step_history.h"

#include <algorithm>
#include <set>

namespace cordon::engine {
namespace {

bool isOpenStep(const Step& step)
{
    return step.state == StepState::Proposed || step.state == StepState::AwaitingApproval ||
           step.state == StepState::Paused;
}

/// Steps that can only come after one that failed, directly or through others.
std::set<std::string> stepsBehindFailures(const Plan& plan)
{
    std::set<std::string> behind;
    for (const Step& step : plan.steps) { // in order: a step comes after those that it waits for
        const bool isBehind = std::any_of(step.after.begin(), step.after.end(), [&](const std::string& before) {
            return behind.contains(before) || std::any_of(plan.steps.begin(), plan.steps.end(), [&](const Step& other) {
                       return other.id == before &&
                              (other.state == StepState::Failed || other.state == StepState::Unknown);
                   });
        });
        if (isBehind && isOpenStep(step))
            behind.insert(step.id);
    }
    return behind;
}

} // namespace

bool Responder::waitsForLimit(const Step& step)
{
    return step.state == StepState::Proposed && step.decision && step.decision->effect == Effect::Hold &&
           std::any_of(step.decision->missing.begin(), step.decision->missing.end(),
                       [](const std::string& missing) {
                           return missing.starts_with("limit:") || missing.starts_with("check:");
                       });
}

bool Responder::waitsForLater(const Step& step)
{
    const bool wasNotBegun = step.state == StepState::Proposed && step.decision && step.decision->effect == Effect::Allow;
    return wasNotBegun || waitsForLimit(step);
}

std::string Responder::overBecause(const IncidentFile& file) const
{
    const Mandate::Session& rule = m_desk.mandate->session;
    const Timestamp now = m_desk.clock->now();
    if (!file.session.isOpen || file.session.isPaused)
        return {}; // a paused one waits for a person, who then gets a new one
    if (now - file.session.opened >= rule.ttl)
        return "ttl";
    const bool isWaiting =
        std::any_of(file.plan.steps.begin(), file.plan.steps.end(),
                    [](const Step& step) { return step.state == StepState::AwaitingApproval || waitsForLimit(step); });
    return !isWaiting && now - file.session.lastActive >= rule.idle ? "idle" : "";
}

Result<bool> Responder::openSession(IncidentFile& file)
{
    std::string before;
    if (file.session.isOpen) {
        const std::string over = overBecause(file);
        if (over.empty())
            return true;
        before = file.session.id;
        CORDON_CHECK(closeSession(file, over));
        for (Step& step : file.plan.steps) {
            if (step.state == StepState::Expired)
                step.state = StepState::Proposed; // the new session may ask again
        }
    }
    if (!m_desk.mayOpenSession()) {
        file.session.isWaiting = true;
        return false;
    }
    AgentSession session;
    session.id = "s-" + crypto::randomHex(8);
    session.isOpen = true;
    session.opened = m_desk.clock->now();
    session.lastActive = session.opened;
    session.actionsUsed = file.session.actionsUsed; // a new session brings no new budget
    file.session = std::move(session);
    Value data = Value::Object{{"mandate_id", m_desk.mandate->id},
                               {"revision", m_desk.mandate->revision},
                               {"ttl_s", static_cast<std::int64_t>(m_desk.mandate->session.ttl.count() / 1'000'000)}};
    if (file.session.actionsUsed > 0)
        data.set("actions_used", file.session.actionsUsed);
    if (!before.empty())
        data.set("renews", before);
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_desk.journal->write(m_desk.draft("session.open", file, std::move(data))));
    ++m_desk.openSessions;
    return true;
}

Result<void> Responder::closeSession(IncidentFile& file, const std::string& why, IncidentId into)
{
    if (!file.session.isOpen)
        return {};
    // First of all nothing of it may begin any more; then it is written down.
    const int revoked = m_desk.permits->revokeSession(file.session.id);
    file.session.isOpen = false;
    file.session.isPaused = false;
    --m_desk.openSessions;
    std::vector<LedgerDraft> drafts;
    const std::string voidWhy = into.isSet() ? "incident_merged" : "session_ended";
    for (Value& event : m_desk.approvals->voidSession(file.session.id, voidWhy, m_desk.clock->now())) {
        LedgerDraft draft = m_desk.draft("approval.void", file, Value::Object{{"desk", std::move(event)}});
        if (into.isSet())
            draft.data.set("into", toString(into));
        draft.actor = {Actor::Kind::Engine, "cordon"};
        drafts.push_back(std::move(draft));
    }
    CORDON_CHECK(m_desk.journal->writeAll(std::move(drafts)));
    for (Step& step : file.plan.steps) {
        if (step.state == StepState::AwaitingApproval)
            step.state = StepState::Proposed; // asked again, if at all, by the next session
    }
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_desk.journal->write(m_desk.draft("session.close", file,
                                                  Value::Object{{"why", why}, {"permits_revoked", revoked}})));
    return {};
}

Result<void> Responder::voidRequest(IncidentFile& file, const std::string& request, const std::string& why)
{
    std::vector<LedgerDraft> drafts;
    for (Value& event : m_desk.approvals->voidRequest(request, why, m_desk.clock->now())) {
        LedgerDraft draft = m_desk.draft("approval.void", file, Value::Object{{"desk", std::move(event)}});
        draft.actor = {Actor::Kind::Engine, "cordon"};
        drafts.push_back(std::move(draft));
    }
    return m_desk.journal->writeAll(std::move(drafts));
}

Result<void> Responder::countAnswer(IncidentFile& file, const Step& step, bool isGood)
{
    file.session.failuresInARow = isGood ? 0 : file.session.failuresInARow + 1;
    if (file.session.failuresInARow < mostFailuresInARow || file.session.isPaused)
        return {};
    file.session.isPaused = true;
    m_desk.permits->revokeSession(file.session.id);
    const std::set<std::string> behind = stepsBehindFailures(file.plan);
    Value::Array cancelled(behind.begin(), behind.end());
    Value::Array offered;
    for (Step& other : file.plan.steps) {
        if (behind.contains(other.id)) {
            other.state = StepState::Paused;
            other.note = {"step.cancelled", {}};
        } else if (isOpenStep(other)) {
            other.note = {"step.session_paused", {{"connector", step.action.connector}}};
        }
        if (other.state == StepState::Verified && other.outcome && !other.outcome->undoRecord.isNull())
            offered.push_back(other.id);
    }
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_desk.journal->write(m_desk.draft("session.paused", file,
                                                  Value::Object{{"step", step.id},
                                                                {"connector", step.action.connector},
                                                                {"failures", file.session.failuresInARow},
                                                                {"cancelled", std::move(cancelled)},
                                                                {"rollback_offered", std::move(offered)}})));
    m_onChange(file);
    return {};
}

Result<void> Responder::continueSession(IncidentFile& file, const std::string& person)
{
    if (!file.session.isPaused)
        return fail(ErrorCode::Invalid, toString(file.incident.id) + ": its session is not paused");
    std::set<std::string> connectors;
    for (const Step& step : file.plan.steps)
        connectors.insert(step.action.connector);
    std::vector<LedgerDraft> drafts;
    for (const std::string& connector : connectors) {
        LedgerDraft draft = m_desk.draft("session.continued", file,
                                         Value::Object{{"connector", connector},
                                                       {"usage", m_desk.usage.failuresReviewed(connector)}});
        draft.actor = {Actor::Kind::Person, person};
        drafts.push_back(std::move(draft));
    }
    CORDON_CHECK(m_desk.journal->writeAll(std::move(drafts)));
    file.session.isPaused = false;
    file.session.failuresInARow = 0;
    file.session.lastActive = m_desk.clock->now();
    for (Step& step : file.plan.steps) {
        const bool isTriedAgain = step.outcome && isDoneAnew(step, step.outcome->state) && step.state == StepState::Failed;
        if (step.state == StepState::Paused || isTriedAgain)
            step.state = StepState::Proposed;
        if (isTriedAgain)
            step.outcome.reset();
    }
    m_onChange(file);
    return {};
}

act::ConnectorLine::MayBegin Responder::mayBegin(const std::string& serial, const Actor& actor, Tier tier) const
{
    const bool isPerson = actor.kind == Actor::Kind::Person;
    return [stops = m_desk.killSwitch, heart = m_desk.heartbeat, most = m_desk.mandate->killSwitch.heartbeat,
            permits = m_desk.permits, serial, isPerson, tier]() -> Result<void> {
        const bool isGood = permits->use(serial); // used up, whatever comes now
        const govern::StopState state = stops->state();
        const bool mayGoOn = state == govern::StopState::Running ||
                             (state == govern::StopState::ObserveOnly && tier == Tier::T0) || isPerson;
        if (!mayGoOn)
            return fail(ErrorCode::Cancelled, "the agent is halted");
        if (!isPerson && !(heart && heart->isAlive(most)))
            return fail(ErrorCode::Cancelled, "the engine's heartbeat stopped");
        if (!isGood)
            return fail(ErrorCode::Cancelled, "the permit was taken back");
        return {};
    };
}

} // namespace cordon::engine
