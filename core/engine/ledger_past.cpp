#include "core/engine/ledger_past.h"

#include "core/engine/codec.h"
#include "core/engine/forget_claims.h"
#include "core/engine/incident_closing.h"
#include "core/engine/recalled_step.h"
#include "core/engine/sequence_change.h"
#include "core/engine/step_history.h"
#include "core/record/ledger_reader.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::engine {
namespace {

/// Goes through the ledger once, entry by entry.
class Reading
{
public:
    Reading(AgentDesk& desk, IncidentFiles& files, std::map<IncidentId, Absorbed>& gone, const UnprovenActs& unproven)
        : m_desk(desk), m_files(files), m_unproven(unproven), m_gone(gone)
    {
        for (auto& [id, file] : m_files) {
            for (Step& step : file.plan.steps)
                m_holderOf[step.id] = &file;
        }
    }

    Result<void> take(const LedgerEntry& entry)
    {
        rememberCommand(m_past.commands, entry);
        m_past.lastTime = entry.ts;
        m_past.lastBoot = entry.boot;
        m_past.lastMono = entry.monoNanos;
        m_past.lastAt = codec::timeFrom(entry.data["at"]).value_or(m_past.lastAt);
        // Of an approval or mandate that does not hold, desk and pipeline say themselves what becomes of it.
        const bool isUnproven = m_unproven.contains(entry.seq);
        if (isUnproven && entry.type != "approval.granted" && entry.type != "mandate.in_force")
            return {};
        if (isUnproven)
            m_doubted.insert(entry.data["request"].asString());
        CORDON_CHECK(m_desk.usage.apply(entry));
        if (m_desk.approvals)
            CORDON_CHECK(m_desk.approvals->apply(entry));
        IncidentFile* file = fileOf(entry.incident);
        // A step may be held by another incident than the one that it was begun in.
        IncidentFile* holder = holderOf(entry.data["step"].asString(), file);
        Step* step = holder ? holder->step(entry.data["step"].asString()) : nullptr;
        if (entry.type == "mandate.in_force")
            takeMandate(entry);
        else if (entry.type == "session.open" && file)
            takeSession(*file, entry);
        else if (entry.type == "session.close" && file)
            file->session.isOpen = file->session.isPaused = false;
        else if (entry.type == "session.paused" && file)
            takePause(*file, entry.data["cancelled"]);
        else if (entry.type == "session.continued" && file)
            takeContinuation(*file);
        else if (entry.type == "scope.verified" && file)
            takeScope(*file, entry.data["verified"]);
        else if (entry.type == "evidence.sealed" && file)
            eachHolder(entry.incident, [&](IncidentFile& one) { takeEvidence(one, entry.data); });
        else if (entry.type == "approval.requested")
            m_past.requestTexts[entry.data["request"].asString()] = entry.data["text"].asString();
        else if (entry.type == "action.intended")
            takeIntended(file, entry);
        else if (entry.type.rfind("outcome.", 0) == 0 || entry.type == "step.settled" || entry.type == "undo.settled")
            takeOutcome(file, step, entry);
        else if (entry.type == "step.done_elsewhere" && step)
            recallDoneElsewhere(*holder, *step, entry);
        else if (entry.type == "incident.absorbed" && file)
            takeAbsorbed(entry);
        else if (entry.type == "lease.extended" && step)
            step->leaseUntil = codec::timeFrom(entry.data["until"]);
        else if (entry.type == "lease.overdue" && step)
            step->isLeaseOverdue = true;
        else if (entry.type == "clock.distrusted" || entry.type == "clock.trusted")
            m_past.isClockDistrusted = entry.type == "clock.distrusted";
        else if (entry.type == "approval.asked_again")
            m_desk.askedBy[entry.data["step"].asString()].push_back(entry.actor.id);
        else if (entry.type == "incident.assigned" && file)
            eachHolder(entry.incident, [&](IncidentFile& one) { one.acceptedBy.insert(entry.actor.id); });
        else if ((entry.type == "incident.closed" || entry.type == "incident.reopened") && file)
            takeClosing(*file, entry.type, entry.actor.id, m_past.lastAt, entry.data);
        else if (entry.type == "agent.halted")
            takeHalt(entry);
        else if (entry.type == "agent.resumed" && entry.data["state"].asString() == "running")
            m_past.haltId.clear();
        else if (entry.type == "factor.failures")
            m_past.wrongTries[entry.data["person"].asString()] = static_cast<int>(entry.data["failures"].asInt());
        else if (entry.type == "person.joined")
            takeJoined(entry);
        else if (entry.type == "person.left")
            m_past.joined.erase(entry.data["person"].asString());
        else if (entry.type == "step.skipped" && step)
            takeSkipped(*step, entry.actor.id);
        else if (isSequenceChange(entry.type) && file)
            takeSequence(*file, entry);
        else if (entry.type == "step.again" && step)
            recallRound(m_desk, *step, entry);
        else if (entry.type == "approval.denied" && step)
            step->state = StepState::Denied;
        return {};
    }

    LedgerPast finish()
    {
        for (auto& [permit, act] : m_begun) {
            IncidentFile* holder = holderOf(act.step, nullptr);
            if (Step* step = holder ? holder->step(act.step) : nullptr; step && !act.isUndo)
                step->state = StepState::Executing;
            m_past.open.push_back(std::move(act));
        }
        for (auto& [id, file] : m_files)
            m_past.openSessions += file.session.isOpen ? 1 : 0;
        if (m_desk.approvals) {
            for (const auto& [id, held] : m_desk.approvals->all())
                takeRequest(held);
        }
        return std::move(m_past);
    }

private:
    static IncidentId numberIn(const std::string& incident)
    {
        constexpr std::string_view start = "INC-";
        return incident.starts_with(start) ? IncidentId{std::atoll(incident.c_str() + start.size())} : IncidentId{};
    }

    /// The incident's own page, also when it went into another.
    IncidentFile* fileOf(const std::string& incident)
    {
        const IncidentId number = numberIn(incident);
        if (const auto place = m_files.find(number); place != m_files.end())
            return &place->second;
        const auto gone = m_gone.find(number);
        return gone == m_gone.end() ? nullptr : &gone->second.file;
    }

    /// @param own  of the incident that the entry names: it may have got the step only now
    IncidentFile* holderOf(const std::string& step, IncidentFile* own)
    {
        if (const auto place = m_holderOf.find(step); place != m_holderOf.end())
            return place->second;
        if (own && own->step(step) && m_files.contains(own->incident.id)) // one that went into another holds nothing
            return m_holderOf[step] = own;
        return nullptr;
    }

    /// The incident's own page, and those of the incidents that it went into: what holds for it holds for them.
    void eachHolder(const std::string& incident, const std::function<void(IncidentFile&)>& take)
    {
        IncidentId number = numberIn(incident);
        for (std::size_t hops = 0; hops <= m_gone.size(); ++hops) {
            if (const auto place = m_files.find(number); place != m_files.end())
                return take(place->second);
            const auto gone = m_gone.find(number);
            if (gone == m_gone.end())
                return;
            take(gone->second.file);
            number = gone->second.into;
        }
    }

    /// One incident, one budget, for as long as it is in there.
    void takeAbsorbed(const LedgerEntry& entry)
    {
        IncidentFile* into = m_gone.contains(numberIn(entry.incident)) ? fileOf(entry.data["into"].asString()) : nullptr;
        if (into)
            into->session.actionsUsed += static_cast<int>(entry.data["actions_used"].asInt());
    }

    void takeJoined(const LedgerEntry& entry)
    {
        m_past.joined[entry.actor.id] = entry.data["key"].asString();
    }

    static void takeSkipped(Step& step, const std::string& person)
    {
        step.state = StepState::Skipped;
        step.doneBy = person;
    }

    void takeHalt(const LedgerEntry& entry)
    {
        m_past.haltId = entry.data["halt"].asString();
        m_past.isHaltOwn = entry.data["switch"].asString() == "case";
        m_past.haltNoted = entry.ts;
    }

    void takeSequence(IncidentFile& file, const LedgerEntry& entry)
    {
        repeatChange(file, entry);
        for (const std::string& step : stepsOfOwn(entry))
            m_desk.askedBy[step].push_back(entry.actor.id);
    }
    void takeMandate(const LedgerEntry& entry)
    {
        m_desk.newestSeenRevision = std::max(m_desk.newestSeenRevision, entry.data["revision"].asInt());
        const bool isSame = m_past.mandate["digest"] == entry.data["digest"]; // with other people
        m_past.mandate = entry.data;
        if (isSame)
            return;
        if (m_past.firstMandate.isNull()) {
            m_past.firstMandate = entry.data;
            return;
        }
        for (auto& [id, file] : m_files) {
            for (const Value& signer : file.session.id.empty() ? Value::Array() : entry.data["signers"].asArray())
                file.editors.insert(signer.asString());
        }
    }

    void takeSession(IncidentFile& file, const LedgerEntry& entry)
    {
        file.session = {};
        file.session.id = entry.session;
        file.session.isOpen = true;
        file.session.opened = file.session.lastActive = m_past.lastAt;
        file.session.actionsUsed = static_cast<int>(entry.data["actions_used"].asInt());
    }

    static void takePause(IncidentFile& file, const Value& cancelled)
    {
        file.session.isPaused = true;
        for (const Value& id : cancelled.asArray()) {
            if (Step* step = file.step(id.asString()))
                step->state = StepState::Paused;
        }
    }

    static void takeContinuation(IncidentFile& file)
    {
        file.session.isPaused = false;
        for (Step& step : file.plan.steps) {
            if (step.state == StepState::Paused)
                step.state = StepState::Proposed;
        }
    }

    static void takeScope(IncidentFile& file, const Value& verified)
    {
        for (IncidentMember& member : file.incident.members) {
            member.isVerified = false; // the newest look decides
            for (const Value& item : verified.asArray()) {
                if (item["entity"].asString() != ledgerKey(member.entity))
                    continue;
                member.isVerified = true;
                member.isVerifiedBySimulation = item["simulated"].asBool();
            }
        }
    }

    static void takeEvidence(IncidentFile& file, const Value& data)
    {
        const auto digest = Digest::fromHex(data["digest"].asString());
        if (!digest || data["kind"].asString() != "preserved_state")
            return;
        const std::string& source = data["source"].asString(); // "CONNECTOR:KEY", also of entries from before `target`
        const std::string& target = data["target"].asString();
        file.preserved.push_back({target.empty() ? source.substr(source.find(':') + 1) : target, *digest});
    }

    void takeIntended(IncidentFile* file, const LedgerEntry& entry)
    {
        const std::string& permit = entry.data["permit"].asString();
        m_begun[permit] = {entry.incident, entry.data["step"].asString(), permit, entry.data["undo"].asBool(),
                           entry.data["digest"].asString(), entry.data["action"], entry.data["way_back"]};
        if (!file)
            return;
        file->session.lastActive = m_past.lastAt;
        const std::string& tier = entry.data["tier"].asString();
        file->session.actionsUsed += !tier.empty() && tier != "T0" ? 1 : 0;
    }

    void takeOutcome(IncidentFile* file, Step* step, const LedgerEntry& entry)
    {
        m_begun.erase(entry.data["permit"].asString());
        Outcome outcome = codec::outcomeFrom(entry.data["outcome"]);
        const bool isOfStep = recallAct(m_desk, entry, outcome, step);
        if (IncidentFile* holder = file && isOfStep ? holderOf(step->id, file) : nullptr)
            recallOutcome(m_desk, *holder, *step, entry, std::move(outcome));
    }

    void takeRequest(const govern::DeskRequest& held)
    {
        const auto bytes = json::parse(held.request.actionBytes);
        const auto action = bytes ? Action::fromValue(*bytes) : Result<Action>(fail(bytes.error()));
        if (!action)
            return;
        const bool isGranted = held.state == govern::RequestState::Approved || held.state == govern::RequestState::Consumed;
        if (isGranted && !m_doubted.contains(held.request.id))
            eachHolder(held.request.incident, [&](IncidentFile& file) { confirm(file, *action, held); });
        IncidentFile* holder = holderOf(held.request.step, nullptr);
        Step* step = holder ? holder->step(held.request.step) : nullptr;
        const bool isWaiting = held.state == govern::RequestState::Pending;
        // The index may be older than the last approval: then the step is judged again, with it.
        if (held.state == govern::RequestState::Approved && step && step->state == StepState::AwaitingApproval)
            step->state = StepState::Proposed;
        if (isWaiting && step && step->state == StepState::Proposed &&
            AgentDesk::actKey(step->action) == AgentDesk::actKey(*action)) {
            step->state = StepState::AwaitingApproval;
            step->request = held.request.id;
            step->approveBy = held.request.approveBy;
            step->executeBy.reset();
        }
    }

    /// Enough people approved: they confirmed the target's place in the scope.
    static void confirm(IncidentFile& file, const Action& action, const govern::DeskRequest& held)
    {
        file.isConfirmedByPerson = true;
        for (IncidentMember& member : file.incident.members) {
            if (std::find(action.targets.begin(), action.targets.end(), member.entity) == action.targets.end())
                continue;
            member.isConfirmedByPerson = true;
            const bool saysSo = std::any_of(member.why.begin(), member.why.end(),
                                            [](const Text& why) { return why.code == "scope.confirmed_by"; });
            if (!saysSo && !held.approvals.empty())
                member.why.push_back({"scope.confirmed_by", {{"person", held.approvals.back().approver}}});
        }
    }

    AgentDesk& m_desk;
    IncidentFiles& m_files;
    const UnprovenActs& m_unproven;
    LedgerPast m_past;
    std::map<IncidentId, Absorbed>& m_gone;
    std::map<std::string, IncidentFile*> m_holderOf; ///< by step
    std::map<std::string, OpenAct> m_begun; ///< by permit
    std::set<std::string> m_doubted; ///< requests that somebody is said to have approved and did not
};

} // namespace

void rememberCommand(govern::SeenCommands& seen, const LedgerEntry& entry)
{
    const bool isIn = entry.type == "person.signed_in";
    const bool isOut = entry.type == "person.signed_out";
    if (!isIn && !isOut && entry.type != "command.taken" && entry.type != "person.joined")
        return;
    seen.nonces.insert(entry.data["nonce"].asString());
    const std::string& sitting = entry.data["sitting"].asString();
    if ((isIn || isOut) && !sitting.empty())
        (isIn ? seen.begun : seen.ended).insert(sitting);
}

Result<LedgerPast> readPast(const std::filesystem::path& caseFolder, AgentDesk& desk, IncidentFiles& files,
                            std::map<IncidentId, Absorbed>& gone, const UnprovenActs& unproven)
{
    for (auto& [id, file] : files)
        forgetClaims(file);
    for (auto& [id, absorbed] : gone)
        forgetClaims(absorbed.file);
    Reading reading(desk, files, gone, unproven);
    Result<void> applied;
    CORDON_CHECK(record::eachEntry(caseFolder, 0, [&](const LedgerEntry& entry) {
        applied = reading.take(entry);
        return applied.has_value();
    }));
    CORDON_CHECK(std::move(applied));
    return reading.finish();
}

} // namespace cordon::engine
