// How people are asked: what is frozen into a request, and when it is asked anew.
#include "core/engine/codec.h"
#include "core/engine/responder.h"
#include "core/govern/approval_text.h"
#include "core/words/words.h"

namespace cordon::engine {
namespace {

/// Why the agent asks, short enough to be read before a signature: the incident and what it rests on.
std::vector<std::string> becauseOf(const IncidentFile& file)
{
    const std::string alerts = std::to_string(file.incident.alerts.size());
    const std::string changes = std::to_string(file.brief.identityChanges.size());
    return {words::english(file.incident.title),
            words::english({"approval.because", {{"alerts", alerts}, {"changes", changes}}})};
}

} // namespace

bool Responder::isWhatWasShown(const ApprovalRequest& request, const std::vector<TargetFacts>& facts)
{
    govern::FrozenFacts now;
    now.targets = facts;
    return request.facts["targets"] == now.toValue()["targets"];
}

/// What was asked about is not what there is now: the action's own bytes, or what is known of a target. Alerts and ways
/// in that come later void nothing, or an intruder could keep people from ever deciding. Asked before approvals count:
/// a reply may arrive after the change. Source: governance, R7
Result<bool> Responder::voidOutdated(IncidentFile& file, Step& step, const Judgement& judgement)
{
    const govern::DeskRequest* held = m_desk.approvals->find(step.request);
    const bool isOpen = held && (held->state == govern::RequestState::Pending ||
                                 held->state == govern::RequestState::Approved);
    if (!isOpen || (held->request.actionDigest == judgement.ruling.decision.digest &&
                    isWhatWasShown(held->request, judgement.facts)))
        return false;
    CORDON_CHECK(voidRequest(file, step.request, "facts_changed"));
    step.state = StepState::Proposed;
    m_onChange(file);
    return true;
}

Result<bool> Responder::ask(IncidentFile& file, Step& step, const Judgement& judgement)
{
    govern::AskInput input;
    input.action = step.action;
    input.decision = judgement.ruling.decision;
    input.facts.targets = judgement.facts;
    input.facts.preview = judgement.preview;
    input.facts.mandateId = m_desk.mandate->id;
    input.facts.mandateRevision = m_desk.mandate->revision;
    input.facts.because = becauseOf(file);
    CORDON_CHECK(m_desk.journal->signHead()); // approvers cosign it
    input.facts.asOf = m_desk.clock->now();
    input.facts.ledgerEntries = m_desk.context().ledgerSize;
    for (const ResidualAccess& residual : file.brief.residual)
        input.facts.residualAccess.push_back(words::english(residual.text));
    for (const auto& [name, value] : judgement.request.prechecks) {
        if (name == "rollback_dry_run" && step.back == Back::None)
            continue; // nothing was tried: there is no way back
        input.facts.prechecks.emplace(name, std::string(govern::toString(value)));
    }
    input.caseName = m_desk.caseName;
    input.step = step.id;
    CORDON_TRY(const act::ConnectorLine* const line, m_desk.lineOf(step.action));
    input.environment = line->environment();
    input.isExercise = line->isExercise();

    input.excludedApprovers.assign(file.editors.begin(), file.editors.end());
    if (const auto asked = m_desk.askedBy.find(step.id); asked != m_desk.askedBy.end()) { // the last asks; whoever did before counts as much
        input.requester = asked->second.back();
        input.excludedApprovers.insert(input.excludedApprovers.end(), asked->second.begin(), asked->second.end());
    }

    auto asked = m_desk.approvals->ask(input, m_desk.context());
    if (!asked) {
        const std::string& why = asked.error().detail;
        step.note = asked.error().code == ErrorCode::Denied || asked.error().code == ErrorCode::Conflict
                        ? Text{"approval.refused." + why.substr(0, why.find(':')), {}}
                        : Text{"step.said", {{"text", why}}};
        return false;
    }
    CORDON_TRY(const std::string text,
               govern::signRequest(asked->request, m_desk.agentId, *m_desk.agentKey));
    Value data = Value::Object{{"step", step.id},
                               {"title", codec::toValue(step.title)},
                               {"request", asked->request.id},
                               {"text", text},
                               {"desk", asked->event},
                               {"usage", m_desk.usage.dialogOpened(m_desk.clock->now())}};
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_desk.journal->write(m_desk.draft("approval.requested", file, std::move(data))));
    step.state = StepState::AwaitingApproval;
    step.request = asked->request.id;
    step.approveBy = asked->request.approveBy;
    step.executeBy.reset();
    m_onChange(file);
    return true;
}

} // namespace cordon::engine
