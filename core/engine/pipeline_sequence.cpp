// What people change in a proposed sequence: kept in the ledger, then judged and run like what the playbook proposed.
#include "core/engine/person_draft.h"
#include "core/engine/pipeline.h"
#include "core/engine/sequence_change.h"

#include <algorithm>

namespace cordon::engine {

Result<void> Pipeline::applyOne(const ChangeSequence& wish, const std::stop_token& stop)
{
    if (!m_desk.canAct())
        return fail(ErrorCode::Unsupported, "this case has no connector and mandate: nothing can be done in it");
    // A step may have come from an incident that was merged since: its name does not say where it is.
    const std::string name = incidentOfWish(wish);
    const std::string& named = wish.args["step"].asString();
    const auto found = std::find_if(m_files.begin(), m_files.end(), [&](auto& item) {
        return isOfIncident(wish) ? toString(item.first) == name : item.second.step(named) != nullptr;
    });
    if (found == m_files.end())
        return fail(ErrorCode::NotFound, isOfIncident(wish) ? "no incident " + name + " in this case" : "no step " + named + " in this case");
    const auto& may = m_desk.mandate->assistant.may;
    if (wish.act == "sequence-accept" && std::find(may.begin(), may.end(), "propose") == may.end())
        return fail(ErrorCode::Denied, "assistant_may_not: the mandate lets no assistant propose anything");
    const Job change = [this, wish](IncidentFile& file, const std::stop_token& ends) -> Result<void> {
        if (file.incident.status == IncidentStatus::Closed)
            return fail(ErrorCode::Invalid, toString(file.incident.id) + ": the incident is closed; open it again first");
        const Plan before = file.plan;
        CORDON_TRY(SequenceChange done, changeSequence(file, wish, connectorView()));
        LedgerDraft draft = personDraft(done.type, wish.by, std::move(done.data));
        draft.incident = toString(file.incident.id);
        if (const auto entry = m_journal->write(std::move(draft)); !entry) {
            file.plan = before; // what the ledger does not say did not happen
            return fail(entry.error());
        }
        if (done.type == "sequence.accepted")
            file.acceptedBy.insert(wish.by);
        for (const std::string& id : done.steps) {
            if (done.isAuthored())
                m_desk.askedBy[id].push_back(wish.by); // who asks does not approve
            if (!done.isAnotherAct && done.type != "step.changed") // a lease, too, is not what people were asked about
                continue;
            Step& step = *file.step(id);
            if (step.state == StepState::AwaitingApproval) { // people were asked about something else
                CORDON_CHECK(writeDesk(m_desk.approvals->voidRequest(step.request, "facts_changed", m_clock.now()), "approval.void"));
                step.state = StepState::Proposed;
            }
        }
        onChange(file);
        return work(file, false, ends);
    };
    return onIncident(found->first, change, stop);
}

} // namespace cordon::engine
