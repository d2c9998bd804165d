// What people ask of a running case, and what screens are told about it.
#include "core/base/display_escape.h"
#include "core/base/log.h"
#include "core/engine/case_documents.h"
#include "core/engine/codec.h"
#include "core/engine/connected_systems.h"
#include "core/engine/person_draft.h"
#include "core/engine/pipeline.h"
#include "core/govern/approval_text.h"
#include "core/govern/decide_rules.h"
#include "core/value/json.h"
#include "core/words/words.h"

#include <algorithm>

namespace cordon::engine {
namespace {

namespace fs = std::filesystem;

} // namespace

/// A page is written when the work on its incident is over, not at every step: what matters is in the ledger before.
void Pipeline::onChange(IncidentFile& file)
{
    if (!m_unsaved.contains(file.incident.id))
        saveChanged();
    m_unsaved.insert(file.incident.id);
    m_clock.tick(std::chrono::milliseconds(1));
    m_notice.changed.push_back(file.incident.id);
    m_waiting.count(file);
    tell();
}

void Pipeline::savePages()
{
    if (!m_desk.canAct())
        return;
    const Timestamp now = m_clock.now();
    documents::Budgets budgets;
    budgets.actionsUsed = m_desk.usage.actionsTotal();
    budgets.actionsMost = m_desk.mandate->session.maxActions;
    budgets.identitiesTouched = static_cast<int>(m_desk.usage.touchedAccounts().size());
    budgets.refused = 0;
    for (const LimitClause& limit : m_desk.mandate->limits) {
        if (limit.count == LimitCount::Actions && limit.per) {
            budgets.perWindowUsed = m_desk.usage.actionsWithin(*limit.per, now);
            budgets.perWindowMost = limit.max;
        } else if (limit.count == LimitCount::AccountsTouched) {
            budgets.identitiesMost = limit.max;
        }
    }
    for (const auto& [id, file] : m_files) {
        for (const Step& step : file.plan.steps)
            budgets.refused += step.decision && step.decision->effect == Effect::Deny ? 1 : 0;
        if (file.session.isOpen)
            budgets.sessionUntil = std::max(budgets.sessionUntil.value_or(Timestamp()),
                                            file.session.opened + m_desk.mandate->session.ttl);
    }
    m_notice.actionsUsed = budgets.actionsUsed;
    m_notice.actionsMost = budgets.actionsMost;
    m_notice.sessionUntil = budgets.sessionUntil;
    const Value page =
        documents::agentPage(*m_desk.mandate, m_desk.agentKey->publicKey().fingerprint(),
                             static_cast<int>(m_parties ? m_parties->signers().size() : m_inForce ? m_inForce->signers.size() : 0), budgets);
    record::CaseStore& store = m_folder->store();
    auto saved = store.write([&]() -> Result<void> {
        CORDON_CHECK(store.putDocument(documents::agentKind, "picture", json::write(page)));
        for (const auto& [id, held] : m_desk.approvals->all()) {
            auto text = requestText(id);
            if (!text) { // asked in this run
                CORDON_TRY(text, govern::signRequest(held.request, m_desk.agentId, *m_desk.agentKey));
                m_requestTexts[id] = *text;
            }
            std::string travels = *text; // to the next approver, here or elsewhere
            if (held.state == govern::RequestState::Pending && held.request.needs.approvers > 1) { // one nonce, not all
                CORDON_TRY(travels, requestText(id, static_cast<int>(held.approvals.size()) + 1));
            }
            IncidentFile* file = fileOfStep(held.request.step);
            const Step* step = file ? file->step(held.request.step) : nullptr;
            CORDON_CHECK(store.putDocument(
                documents::approvalKind, id,
                json::write(documents::approvalPage(held, step ? step->title : Text{}, travels))));
        }
        return {};
    });
    if (!saved)
        logError("pages not saved: " + saved.error().detail);
}

void Pipeline::notify(std::optional<Text> message, bool isProblem)
{
    saveChanged();
    m_waiting.recount(m_files);
    tell(std::move(message), isProblem);
}

void Pipeline::tell(std::optional<Text> message, bool isProblem)
{
    ++m_notice.revision;
    if (m_options.connect && m_options.connect->systems && m_lines)
        m_options.connect->systems->note(*m_lines);
    m_notice.incidents = static_cast<std::int64_t>(m_files.size());
    m_notice.alerts = m_incidents->alertCount();
    m_notice.ledgerEntries = m_folder->ledger().size();
    m_notice.isLedgerHealthy = m_folder->ledger().isHealthy();
    m_notice.caseNow = m_clock.now();
    m_notice.waitingApprovals = m_waiting.approvals();
    m_notice.needsYou = m_waiting.incidents();
    const govern::StopState stops = m_killSwitch->state();
    m_notice.agent = stops == govern::StopState::Halted || stops == govern::StopState::Unreadable ? AgentState::Halted
                     : m_isDiskFull                                                              ? AgentState::Paused
                     : stops == govern::StopState::ObserveOnly || !m_desk.canAct()               ? AgentState::Observing
                     : m_waiting.isExecuting()                                                   ? AgentState::Acting
                     : m_notice.waitingApprovals > 0                                             ? AgentState::Waiting
                                                                                                 : AgentState::Acting;
    m_notice.message = std::move(message);
    m_notice.isProblem = isProblem;
    if (m_observer)
        m_observer(m_notice);
    m_notice.changed.clear();
    m_notice.message.reset();
    m_notice.isProblem = false;
}

Result<void> Pipeline::apply(const Command& command, const std::stop_token& stop)
{
    const auto before = [&]() -> Result<void> {
        CORDON_CHECK(beat());
        CORDON_CHECK(noteClock());
        CORDON_CHECK(voidStale());
        CORDON_CHECK(followMandate(stop));
        return noteStops(stop);
    };
    // A halt waits for nothing, and its own entry tells of it.
    const JobCause cause = std::exchange(m_cause, {}); // waits for its own job, not for what a halt elsewhere brings
    Result<void> done = std::holds_alternative<Halt>(command) ? Result<void>() : before();
    m_cause = cause;
    if (done)
        done = std::visit([&](const auto& one) { return applyOne(one, stop); }, command);
    if (!done && done.error().code == ErrorCode::DiskFull)
        pauseForRoom(done.error());
    savePages();
    if (!done)
        notify(Text{"engine.command_refused", {{"why", done.error().detail}}}, true);
    else
        notify();
    return done;
}

Result<void> Pipeline::onStep(const std::string& id, const std::stop_token& stop, StepJob job)
{
    if (!m_desk.canAct())
        return fail(ErrorCode::Unsupported, "this case has no connector and mandate: nothing can be done in it");
    const IncidentFile* file = fileOfStep(id);
    if (!file)
        return fail(ErrorCode::NotFound, "no step " + id + " in this case");
    const Job onFile = [id, job = std::move(job)](IncidentFile& own, const std::stop_token& ends) -> Result<void> {
        Step* step = own.step(id); // looked up when its turn comes: the sequence may have been made anew
        return step ? job(own, *step, ends) : fail(ErrorCode::NotFound, "no step " + id + " any more");
    };
    return onIncident(file->incident.id, onFile, stop);
}

Result<void> Pipeline::applyOne(const SubmitReply& reply, const std::stop_token& stop)
{
    if (!m_desk.canAct())
        return fail(ErrorCode::Unsupported, "this case has no agent that could have asked");
    CORDON_TRY(const Approval given, govern::readReply(reply.text));
    const govern::DeskRequest* held = m_desk.approvals->find(given.request);
    IncidentFile* file = held ? fileOfStep(held->request.step) : nullptr;
    if (!file)
        return fail(ErrorCode::NotFound, "the reply is for no request of this case");
    const Job take = [this, given, text = reply.text](IncidentFile& own, const std::stop_token& ends) -> Result<void> {
        if (m_killSwitch->state() != govern::StopState::Running)
            return fail(ErrorCode::Denied, "halted: nothing is approved until people resume; it is asked afresh then");
        CORDON_TRY(m_lastAnswer, m_responder->takeReply(own, text));
        if (!m_lastAnswer.isAccepted)
            return fail(ErrorCode::Denied, m_lastAnswer.reason + ": " +
                                               (m_lastAnswer.detail.empty()
                                                    ? words::english(Text{"approval.refused." + m_lastAnswer.reason, {}})
                                                    : m_lastAnswer.detail));
        if (m_lastAnswer.fatigue)
            notify(Text{"engine.approver_tired", {{"person", m_lastAnswer.fatigue->person},
                                                  {"owner", m_desk.mandate->owner.accountable}}});
        if (m_lastAnswer.isAgentPaused)
            return applyOne(Halt{given.approver, "denied and paused: " + given.reason}, ends);
        return work(own, false, ends);
    };
    return onIncident(file->incident.id, take, stop);
}

Result<void> Pipeline::applyOne(const UndoStep& undo, const std::stop_token& stop)
{
    return onStep(undo.step, stop, [this, undo](IncidentFile& file, Step& step, const std::stop_token& ends) {
        return m_responder->undo(file, step, {Actor::Kind::Person, undo.by}, undo.overwritesDrift, ends);
    });
}

Result<void> Pipeline::applyOne(const DoneElsewhere& done, const std::stop_token& stop)
{
    return onStep(done.step, stop, [this, done](IncidentFile& file, Step& step, const std::stop_token& ends) -> Result<void> {
        CORDON_CHECK(m_responder->recordDoneElsewhere(file, step, done.by, done.note, ends));
        return work(file, false, ends);
    });
}

Result<void> Pipeline::applyOne(const Signed& given, const std::stop_token& stop)
{
    return applySigned(given.text, stop);
}

Result<void> Pipeline::applyOne(const TakeOver&, const std::stop_token&)
{
    return {}; // it is held here
}

Result<void> Pipeline::applyOne(const SkipStep& skip, const std::stop_token& stop)
{
    return onStep(skip.step, stop, [this, skip](IncidentFile& file, Step& step, const std::stop_token& ends) -> Result<void> {
        CORDON_CHECK(m_responder->skip(file, step, skip.by, skip.why));
        return work(file, false, ends);
    });
}

Result<void> Pipeline::applyOne(const Assign& assign, const std::stop_token& stop)
{
    const auto place = m_files.find(assign.incident);
    if (place == m_files.end())
        return fail(ErrorCode::NotFound, "no incident " + toString(assign.incident));
    LedgerDraft draft = personDraft("incident.assigned", assign.by, Value::Object{{"to", assign.to}});
    draft.incident = toString(assign.incident);
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    place->second.incident.assignee = assign.to;
    place->second.acceptedBy.insert(assign.by);
    onChange(place->second);
    if (!m_desk.canAct() || govern::conclude(m_desk.mandate.get(), "correlate").isAllowed())
        return {};
    return onIncident( // it may have waited for somebody to take it on
        assign.incident, [this](IncidentFile& file, const std::stop_token& ends) { return work(file, true, ends); }, stop);
}

Result<void> Pipeline::applyOne(const AddNote& note, const std::stop_token&)
{
    const auto place = m_files.find(note.incident);
    if (place == m_files.end())
        return fail(ErrorCode::NotFound, "no incident " + toString(note.incident));
    if (note.text.empty() || note.text.size() > 8192)
        return fail(ErrorCode::Invalid, "a note has 1 to 8,192 bytes");
    LedgerDraft draft = personDraft("incident.note", note.by, Value::Object{{"text", note.text}});
    draft.incident = toString(note.incident);
    CORDON_TRY(const LedgerEntry entry, m_journal->write(std::move(draft)));
    place->second.notes.emplace_back(codec::timeFrom(entry.data["at"]).value_or(m_clock.now()), note.by + ": " + note.text);
    onChange(place->second);
    return {};
}

Result<void> Pipeline::applyOne(const AddSources& add, const std::stop_token& stop)
{
    for (const fs::path& path : add.by.empty() ? std::vector<fs::path>() : add.paths) {
        CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
                   m_journal->write(personDraft("source.added", add.by,
                                                Value::Object{{"source", escapedForDisplay(path.string())}})));
    }
    CORDON_CHECK(read(add.paths, stop, add.import));
    CORDON_CHECK(prepare(stop));
    CORDON_TRY(const auto span, m_folder->store().queries().span());
    return advance(span.second, stop);
}

Result<void> Pipeline::applyOne(const Follow& asked, const std::stop_token&)
{
    for (const fs::path& path : asked.paths) {
        CORDON_CHECK(follow(path, asked.by, asked.import));
        CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
                   m_journal->write(personDraft("source.followed", asked.by,
                                                Value::Object{{"source", escapedForDisplay(path.string())}})));
    }
    return {};
}

Result<void> Pipeline::applyOne(const StopFollowing& asked, const std::stop_token&)
{
    CORDON_CHECK(stopFollowing(asked.path));
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_journal->write(personDraft("source.left", asked.by,
                                            Value::Object{{"source", escapedForDisplay(asked.path.string())}})));
    return {};
}

Result<void> Pipeline::applyOne(const CancelReading&, const std::stop_token&)
{
    cancelReading();
    return {};
}

Result<void> Pipeline::writeDesk(const std::vector<Value>& events, const std::string& type)
{
    std::vector<LedgerDraft> drafts;
    for (const Value& event : events) {
        LedgerDraft draft;
        draft.type = type;
        draft.actor = {Actor::Kind::Engine, "cordon"};
        draft.mandate = m_desk.mandate->digest;
        draft.data = Value::Object{{"desk", event}};
        drafts.push_back(std::move(draft));
    }
    return m_journal->writeAll(std::move(drafts));
}

Result<void> Pipeline::tickOnce(const std::stop_token& stop)
{
    CORDON_CHECK(beat());
    m_work.tidy();
    CORDON_CHECK(noteStops(stop));
    CORDON_CHECK(noteClock());
    CORDON_CHECK(lookAfterPeople(false));
    CORDON_CHECK(noteWrongTries());
    CORDON_CHECK(presentAgent());
    CORDON_CHECK(connectLater(stop));
    CORDON_CHECK(followMandate(stop));
    CORDON_CHECK(takeInbox(stop));
    // What was written is under a signed head a second later. A replay signs by its own steps alone, the same each time.
    const record::Ledger& ledger = m_folder->ledger();
    if (!m_clock.isFrozen() && ledger.isHealthy() && ledger.size() > ledger.checkpointedSize() &&
        m_machine.now() - m_journal->lastTime() >= std::chrono::seconds(1))
        CORDON_CHECK(m_journal->signHead());
    CORDON_CHECK(keepIndexNowAndThen());
    // What came for an incident while it was worked on is taken in as soon as that ends, not with the next alert anywhere.
    if (m_incidents->hasLateFree([this](IncidentId id) { return m_work.isBusy(id); }))
        CORDON_CHECK(advance(std::min(m_notice.logReaches, m_clock.now()), stop));
    if (!m_desk.canAct())
        return {};
    CORDON_CHECK(voidStale());
    const std::vector<Value> ended = m_desk.approvals->sweep(m_desk.context());
    CORDON_CHECK(writeDesk(ended, "approval.ended"));
    CORDON_CHECK(escalate());
    std::vector<IncidentId> due;
    for (const auto& [id, file] : m_files) {
        if (!m_work.isBusy(id) && isAnythingDue(file))
            due.push_back(id);
    }
    for (const IncidentId id : due)
        CORDON_CHECK(onIncident(
            id, [this](IncidentFile& file, const std::stop_token& ends) { return tickIncident(file, ends); }, stop));
    CORDON_CHECK(openWaiting(stop));
    if (!ended.empty() || !due.empty()) // people may have been asked anew
        savePages();
    saveChanged();
    return {};
}

} // namespace cordon::engine
