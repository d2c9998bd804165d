// What the agent concludes under the `decide` clauses, and what it read before it did.
#include "core/engine/codec.h"
#include "core/engine/incident_closing.h"
#include "core/engine/responder.h"
#include "core/govern/decide_rules.h"

#include <algorithm>

namespace cordon::engine {
namespace {

bool isOver(const Step& step)
{
    return step.state == StepState::Verified || step.state == StepState::DoneElsewhere;
}

Value conclusionValue(const govern::Conclusion& conclusion)
{
    return Value::Object{{"decision", conclusion.decision},
                         {"clause", conclusion.clause},
                         {"effect", toString(conclusion.effect)},
                         {"approvers", conclusion.approvers}};
}

Value viewData(const IncidentFile& file, const Mandate& mandate)
{
    constexpr std::size_t mostSources = 100;
    Value::Object unseen;
    for (const auto& [source, count] : file.view.unseen) {
        if (unseen.size() < mostSources)
            unseen.emplace(source.substr(0, 120), count);
    }
    Value::Array conclusions;
    for (const char* decision : {"correlate", "set_severity", "extend_scope", "close_incident"})
        conclusions.push_back(
            conclusionValue(govern::conclude(&mandate, decision, static_cast<int>(file.acceptedBy.size()))));
    return Value::Object{{"clauses", codec::textList(file.view.clauses)},
                         {"unseen", file.view.unseenCount()},
                         {"unseen_by_source", std::move(unseen)},
                         {"redacted", file.view.redacted},
                         {"hidden_alerts", static_cast<std::int64_t>(file.view.hiddenAlerts.size())},
                         {"hidden_members", static_cast<std::int64_t>(file.view.hiddenMembers.size())},
                         {"conclusions", std::move(conclusions)}};
}

} // namespace

Result<bool> Responder::mayConclude(IncidentFile& file)
{
    Value data = viewData(file, *m_desk.mandate);
    if (!(data == file.notedView)) {
        CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
                   m_desk.journal->write(m_desk.draft("agent.view", file, data)));
        file.notedView = std::move(data);
    }
    const govern::Conclusion conclusion =
        govern::conclude(m_desk.mandate.get(), "correlate", static_cast<int>(file.acceptedBy.size()));
    if (conclusion.isAllowed())
        return true;
    const Text note = conclusion.effect == Effect::Hold
                          ? Text{"step.waits.people", {{"people", std::to_string(conclusion.approvers)},
                                                       {"clause", conclusion.clause}}}
                          : Text{"step.left_to_people", {{"clause", conclusion.clause}}};
    for (Step& step : file.plan.steps) {
        if (step.state == StepState::Proposed)
            step.note = note;
    }
    return false;
}

/// Members that the agent itself brought in, beyond those that alerts name, count only as far as it may widen the scope.
void Responder::leaveExtension(IncidentFile& file) const
{
    const govern::Conclusion conclusion = govern::conclude(m_desk.mandate.get(), "extend_scope");
    if (conclusion.isAllowed())
        return;
    for (IncidentMember& member : file.incident.members) {
        const bool isExtension = std::any_of(member.why.begin(), member.why.end(), [](const Text& why) {
            return why.code == "member.changed_here" || why.code == "member.changed_before" ||
                   why.code == "member.assumed_here";
        });
        if (!isExtension || !member.isVerified)
            continue;
        member.isVerified = false;
        member.isVerifiedBySimulation = false;
        std::erase_if(member.why, [](const Text& why) { return why.code.starts_with("scope."); });
        member.why.push_back({"scope.extension_waits", {{"clause", conclusion.clause}}});
    }
}

Result<void> Responder::updateStatus(IncidentFile& file)
{
    if (file.incident.status == IncidentStatus::Closed)
        return {};
    const auto& steps = file.plan.steps;
    const bool hasContained = std::any_of(steps.begin(), steps.end(), [](const Step& step) {
        return step.floor >= Tier::T1 && isOver(step);
    });
    const bool isOpen = std::any_of(steps.begin(), steps.end(), [](const Step& step) {
        return step.floor >= Tier::T1 && !isOver(step) && step.state != StepState::Skipped;
    });
    file.incident.status = hasContained && !isOpen ? IncidentStatus::Contained : IncidentStatus::Open;
    if (file.incident.status != IncidentStatus::Contained)
        return {};
    const govern::Conclusion conclusion =
        govern::conclude(m_desk.mandate.get(), "close_incident", static_cast<int>(file.acceptedBy.size()));
    if (!conclusion.isAllowed())
        return {}; // contained, and a person closes it
    Value data = conclusionValue(conclusion);
    data.set("alerts", static_cast<std::int64_t>(file.incident.alerts.size()));
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_desk.journal->write(m_desk.draft("incident.closed", file, data)));
    takeClosing(file, "incident.closed", m_desk.agentId, m_desk.clock->now(), data);
    return {};
}

} // namespace cordon::engine
