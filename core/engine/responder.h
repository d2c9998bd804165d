#pragma once

#include "core/engine/agent_desk.h"
#include "core/engine/judge.h"
#include "core/engine/ledger_past.h"
#include "core/investigate/scope.h"

#include <functional>
#include <stop_token>
#include <string>

namespace cordon::engine {

/// Carries a sequence forward within the mandate: judges each step, runs what may run by itself, asks people for the
/// rest, takes their answers, undoes, and keeps leases. The ledger is written before anything moves.
/// Belongs to the engine thread.
class Responder
{
public:
    /// Called after each decision and each act, so that the case is saved and a frozen clock moves on.
    using OnChange = std::function<void(IncidentFile&)>;

    Responder(AgentDesk& desk, OnChange onChange) : m_desk(desk), m_judge(desk), m_onChange(std::move(onChange)) {}

    /// Opens the incident's session when it has none, or a new one when its time is over (docs/guide/agent-sessions.md).
    /// @return false when the mandate's number of sessions at once is reached: the incident waits
    [[nodiscard]] Result<bool> openSession(IncidentFile& file);
    /// Ends it and takes back every permit that it still has on its way. What people were asked is void.
    /// @param into  the incident that this one went into, which asks anew what it wants
    [[nodiscard]] Result<void> closeSession(IncidentFile& file, const std::string& why, IncidentId into = {});
    /// What was asked is void, because people arranged incidents and this one wants it no more.
    [[nodiscard]] Result<void> voidRequest(IncidentFile& file, const std::string& request, const std::string& why);
    /// Why the session's time is over: "ttl", "idle", or "" while it lives. One that waits for people, or for room in a
    /// limit, is not idle.
    [[nodiscard]] std::string overBecause(const IncidentFile& file) const;
    /// True for a step that a limit of the mandate or a check of its playbook keeps back: judged again now and then.
    [[nodiscard]] static bool waitsForLimit(const Step& step);
    /// True for that one, and for a step that was allowed and did not come to its call.
    [[nodiscard]] static bool waitsForLater(const Step& step);
    /// A person looked at what failed; the session goes on and its steps are judged anew.
    [[nodiscard]] Result<void> continueSession(IncidentFile& file, const std::string& person);

    /// Asks the connector for every member that could be acted on and verifies the scope from the answers.
    [[nodiscard]] Result<void> verifyScope(IncidentFile& file, const std::vector<Event>& misuse,
                                           const std::vector<investigate::IndependentFinding>& findings,
                                           const std::stop_token& stop);
    /// Whether the agent may conclude by itself that this is an incident to work on. Says so on its steps when it waits
    /// for people, and writes into the ledger what it read of the incident and what it may conclude.
    [[nodiscard]] Result<bool> mayConclude(IncidentFile& file);
    /// Runs and asks until nothing moves by itself any more.
    [[nodiscard]] Result<void> advance(IncidentFile& file, const std::stop_token& stop);

    /// A signed reply to a request. The answer says why when it was refused; an accepted one is in the ledger.
    [[nodiscard]] Result<govern::DeskAnswer> takeReply(IncidentFile& file, const std::string& reply);
    /// A person, or an ended lease, takes a verified step back.
    [[nodiscard]] Result<void> undo(IncidentFile& file, Step& step, const Actor& actor, bool overwritesDrift,
                                    const std::stop_token& stop);
    /// A person did it outside; Cordon looks whether the effect is there.
    [[nodiscard]] Result<void> recordDoneElsewhere(IncidentFile& file, Step& step, const std::string& person,
                                                   const std::string& note, const std::stop_token& stop);
    [[nodiscard]] Result<void> skip(IncidentFile& file, Step& step, const std::string& person, const std::string& why);
    [[nodiscard]] Result<void> keepContained(IncidentFile& file, Step& step, Timestamp until, const std::string& person);

    /// Ends requests that ran out and decides leases that ended. Frozen while the agent is halted.
    [[nodiscard]] Result<void> tick(IncidentFile& file, const std::stop_token& stop);
    /// After a crash: an action that was begun and has no outcome is looked at, never repeated.
    [[nodiscard]] Result<void> settleUnknown(IncidentFile& file, Step& step, const OpenAct& open,
                                             const std::stop_token& stop);
    /// Looks what became of a step whose outcome nobody knew. Nothing is done again; no answer changes nothing.
    [[nodiscard]] Result<void> settle(IncidentFile& file, Step& step, const std::stop_token& stop);
    /// Whether nobody knows how it ended, or whether it was taken back.
    [[nodiscard]] bool isToBeLookedAt(const Step& step) const;
    /// How long to wait before the next look: longer after each that told nothing.
    [[nodiscard]] Duration patience(const Step& step) const;
    /// A loop of its playbook may go on: the incident's work is not over.
    [[nodiscard]] bool hasOpenLoop(const IncidentFile& file) const;
    /// The next round of one is due, if its condition still holds.
    [[nodiscard]] bool waitsForRound(const IncidentFile& file) const;

private:
    [[nodiscard]] Result<void> settleUndo(IncidentFile& file, Step& step, const std::string& type, Value data, const Outcome& seen);
    [[nodiscard]] Result<void> settleLostUndo(IncidentFile& file, Step& step, const std::stop_token& stop);
    /// The bodies of loops whose condition still holds, once more.
    [[nodiscard]] Result<void> beginRounds(IncidentFile& file, const std::stop_token& stop);
    [[nodiscard]] Result<void> beginRound(IncidentFile& file, const StepCondition& loop);
    [[nodiscard]] bool isReady(const IncidentFile& file, const Step& step) const;
    [[nodiscard]] Result<bool> advanceStep(IncidentFile& file, Step& step, const std::stop_token& stop);
    [[nodiscard]] bool waitsForMandate(IncidentFile& file, Step& step);
    /// Its playbook wants it only under a condition that does not hold.
    [[nodiscard]] Result<void> leaveOut(IncidentFile& file, Step& step);
    [[nodiscard]] Result<void> writeDecision(IncidentFile& file, Step& step, const Decision& decision,
                                             const Judgement& judgement, const std::map<std::string, bool>& policyChecks);
    [[nodiscard]] Result<bool> ask(IncidentFile& file, Step& step, const Judgement& judgement);
    /// Whether what the approvers saw of the targets is what is known of them now.
    [[nodiscard]] static bool isWhatWasShown(const ApprovalRequest& request, const std::vector<TargetFacts>& facts);
    [[nodiscard]] Result<bool> voidOutdated(IncidentFile& file, Step& step, const Judgement& judgement);
    /// @return false when it did not come to the call, and is judged anew later
    [[nodiscard]] Result<bool> run(IncidentFile& file, Step& step, Judgement judgement, const std::stop_token& stop);
    [[nodiscard]] Result<void> preserve(IncidentFile& file, Step& step, const std::vector<TargetFacts>& facts);
    /// Keeps the state of what this step would change and no step of the sequence keeps. @return whether it did
    [[nodiscard]] Result<bool> preserveUnkept(IncidentFile& file, Step& step, const Judgement& judgement);
    [[nodiscard]] Result<void> recheck(const IncidentFile& file, const Step& step, const Action& action,
                                       const std::vector<TargetFacts>& facts, const std::string& serial);
    [[nodiscard]] std::optional<Timestamp> leaseOf(const Step& step, const Outcome& outcome) const;
    void finish(IncidentFile& file, Step& step, Outcome outcome);
    /// Counts answers of the session's connectors: two failures in a row pause it.
    [[nodiscard]] Result<void> countAnswer(IncidentFile& file, const Step& step, bool isGood);
    [[nodiscard]] act::ConnectorLine::MayBegin mayBegin(const std::string& serial, const Actor& actor, Tier tier) const;
    [[nodiscard]] Result<void> decideLease(IncidentFile& file, Step& step, const std::stop_token& stop);
    void leaveExtension(IncidentFile& file) const;
    [[nodiscard]] Result<void> updateStatus(IncidentFile& file);

    AgentDesk& m_desk;
    Judge m_judge;
    govern::Gate m_gate;
    OnChange m_onChange;
};

} // namespace cordon::engine
