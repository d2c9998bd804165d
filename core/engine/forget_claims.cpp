#include "core/engine/forget_claims.h"

namespace cordon::engine {

void forgetClaims(IncidentFile& file)
{
    file.session = {};
    file.isConfirmedByPerson = false;
    file.preserved.clear();
    file.acceptedBy.clear();
    for (IncidentMember& member : file.incident.members) {
        member.isVerified = false;
        member.isVerifiedBySimulation = false;
        member.isConfirmedByPerson = false;
    }
    file.plan.order.clear();
    std::erase_if(file.plan.steps, [](const Step& step) { return !step.editedBy.empty() && step.replaces.empty(); });
    for (Step& step : file.plan.steps) {
        step.editedBy.clear();
        const bool isAsking = step.state == StepState::AwaitingApproval || step.state == StepState::Expired;
        step.state = isAsking ? step.state : StepState::Proposed;
        step.outcome.reset();
        step.executedAt.reset();
        step.leaseUntil.reset();
        step.isLeaseOverdue = false;
    }
}

} // namespace cordon::engine
