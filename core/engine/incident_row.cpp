#include "core/engine/incident_row.h"

#include "core/engine/codec.h"

#include <algorithm>

namespace cordon::engine {
namespace {

bool isIdentity(const EntityRef& entity)
{
    return entity.kind == EntityKind::Account || entity.kind == EntityKind::Credential || entity.kind == EntityKind::Role;
}

/// Identities first, suspected ones before others, at most three.
void addLeading(IncidentRow& row, const Incident& incident)
{
    constexpr std::size_t most = 3;
    const auto rank = [](const IncidentMember& member) { return (member.isMisused ? 2 : 0) + (isIdentity(member.entity) ? 1 : 0); };
    for (int wanted = 3; wanted >= 0 && row.leading.size() < most; --wanted) {
        for (const IncidentMember& member : incident.members) {
            if (rank(member) == wanted && row.leading.size() < most)
                row.leading.push_back(member.entity);
        }
    }
    row.hidden = static_cast<int>(incident.members.size() - row.leading.size());
}

} // namespace

IncidentRow incidentRowOf(const Incident& incident, const Plan& plan)
{
    IncidentRow row;
    row.id = incident.id;
    row.title = incident.title;
    row.risk = incident.risk;
    row.severity = incident.severity;
    row.status = incident.status;
    row.firstSeen = incident.firstSeen;
    row.lastSeen = incident.lastSeen;
    row.alerts = static_cast<int>(incident.alerts.size());
    row.products = incident.products;
    row.assignee = incident.assignee;
    addLeading(row, incident);
    bool hasTakenBack = false;
    for (const Step& step : plan.steps) {
        const bool isToBeAskedAgain = step.state == StepState::Expired && incident.status != IncidentStatus::Closed;
        row.needsYou = row.needsYou || step.state == StepState::AwaitingApproval || isToBeAskedAgain;
        const bool isContaining = step.floor >= Tier::T1 && step.doneBy == "agent";
        row.isContainedByAgent = row.isContainedByAgent || (step.state == StepState::Verified && isContaining);
        hasTakenBack = hasTakenBack || (step.state == StepState::Reverted && isContaining);
    }
    row.isContainedByAgent = row.isContainedByAgent && !hasTakenBack;
    return row;
}

Value incidentRowValue(const IncidentRow& row)
{
    Value::Array leading;
    for (const EntityRef& entity : row.leading)
        leading.push_back(codec::toValue(entity));
    return Value::Object{{"number", row.id.value},
                         {"title", codec::toValue(row.title)},
                         {"risk", row.risk},
                         {"severity", toString(row.severity)},
                         {"status", toString(row.status)},
                         {"first_seen", row.firstSeen.toString()},
                         {"last_seen", row.lastSeen.toString()},
                         {"alerts", row.alerts},
                         {"products", codec::textList(row.products)},
                         {"leading", std::move(leading)},
                         {"hidden", row.hidden},
                         {"needs_you", row.needsYou},
                         {"contained", row.isContainedByAgent},
                         {"assignee", row.assignee}};
}

Result<IncidentRow> incidentRowFrom(const Value& value)
{
    CORDON_TRY(const Incident incident, codec::incidentFrom(value)); // what it says in the same words
    IncidentRow row = incidentRowOf(incident, {});
    row.alerts = static_cast<int>(value["alerts"].asInt());
    for (const Value& item : value["leading"].asArray()) {
        CORDON_TRY(EntityRef entity, codec::entityFrom(item));
        row.leading.push_back(std::move(entity));
    }
    row.hidden = static_cast<int>(value["hidden"].asInt());
    row.needsYou = value["needs_you"].asBool();
    row.isContainedByAgent = value["contained"].asBool();
    return row;
}

} // namespace cordon::engine
