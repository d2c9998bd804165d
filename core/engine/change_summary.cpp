#include "core/engine/change_summary.h"

#include <map>
#include <set>

namespace cordon::engine {

std::string changeSummary(const IncidentFile& file, const Step& own, const govern::ApprovalDesk& approvals)
{
    constexpr std::size_t most = 900;
    std::map<std::string, std::string> byState;
    std::set<std::string> signers;
    for (const Step& step : file.plan.steps) {
        if (step.id == own.id)
            continue;
        const bool isDone = step.state == StepState::Verified || step.state == StepState::DoneElsewhere;
        std::string& list = byState[isDone ? "done" : std::string(toString(step.state))];
        list += (list.empty() ? "" : " ") + step.id.substr(step.id.find('/') + 1);
        const govern::DeskRequest* asked = step.request.empty() ? nullptr : approvals.find(step.request);
        if (!asked)
            continue;
        for (const govern::AcceptedApproval& given : asked->accepted) {
            if (given.isApproved)
                signers.insert(given.approver);
        }
    }
    std::string text;
    for (const auto& [state, list] : byState)
        text += state + ": " + list + "; ";
    text += "signed by:";
    for (const std::string& person : signers)
        text += ' ' + person;
    return text.substr(0, most);
}

} // namespace cordon::engine
