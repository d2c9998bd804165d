#include "ui/views/incident_timeline.h"

#include "ui/text/names.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"

#include <QCoreApplication>

#include <algorithm>

namespace cordon::ui::views {
namespace {

using Strip = widgets::TimelineStrip;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(IncidentTimeline)
};

std::vector<EntityRef> leading(const Incident& incident, std::size_t most)
{
    std::vector<EntityRef> order;
    const auto add = [&](bool isAttacker) {
        for (const IncidentMember& member : incident.members) {
            const bool isIdentity = member.entity.kind == EntityKind::Account || member.entity.kind == EntityKind::Credential
                                    || member.entity.kind == EntityKind::Role || member.entity.kind == EntityKind::Workload;
            if (order.size() < most && (member.role == EntityRole::Attacker) == isAttacker && (isIdentity || !isAttacker))
                order.push_back(member.entity);
        }
    };
    add(true);
    add(false);
    return order;
}

/// Alerts that overlap or nearly touch become one mark, so that a burst reads as a burst.
void addAlert(Strip::Lane& lane, const Alert& alert, const QString& tone)
{
    constexpr qint64 touching = 5'000'000;
    const qint64 from = alert.first.micros();
    const qint64 to = alert.last.micros();
    if (!lane.marks.empty() && from - lane.marks.back().to < touching && lane.marks.back().tone == tone) {
        lane.marks.back().to = std::max(lane.marks.back().to, to);
        return;
    }
    const QString tip = QStringLiteral("%1\n%2").arg(text::momentMillis(alert.first), text::plainLine(alert.rule.title));
    lane.marks.push_back({from, to, tone, tip, alert.events.empty() ? 0 : alert.events.front().value});
}

Strip::Lane laneOf(const EntityRef& entity, const Incident& incident, const std::vector<const Alert*>& alerts)
{
    Strip::Lane lane;
    lane.label = text::entityName(entity);
    const IncidentMember* member = incident.member(entity);
    const bool isAttacker = member && member->role == EntityRole::Attacker;
    for (const Alert* alert : alerts) {
        const bool isIn = std::any_of(alert->entities.begin(), alert->entities.end(),
                                      [&](const AlertEntity& one) { return one.entity == entity; });
        if (isIn)
            addAlert(lane, *alert, isAttacker ? QStringLiteral("attacker") : QString());
    }
    return lane;
}

} // namespace

IncidentTimeline timelineOf(const engine::IncidentDetail& detail, const std::vector<engine::TimelineMark>& marks,
                            std::size_t mostLanes)
{
    IncidentTimeline timeline;
    std::vector<const Alert*> alerts;
    for (const Alert& alert : detail.alerts)
        alerts.push_back(&alert);
    std::stable_sort(alerts.begin(), alerts.end(), [](const Alert* a, const Alert* b) { return a->first < b->first; });
    for (const EntityRef& entity : leading(detail.incident, mostLanes)) {
        Strip::Lane lane = laneOf(entity, detail.incident, alerts);
        if (!lane.marks.empty())
            timeline.lanes.push_back(std::move(lane));
    }
    Strip::Lane agent{Words::tr("agent"), {}};
    Strip::Lane people{Words::tr("people"), {}};
    qint64 last = detail.incident.lastSeen.micros();
    for (const engine::TimelineMark& mark : marks) {
        const QString tip = QStringLiteral("%1\n%2").arg(text::momentMillis(mark.time), text::sentence(mark.text));
        const qint64 at = mark.time.micros();
        (mark.isPerson ? people : agent)
            .marks.push_back({at, at, mark.isPerson ? QStringLiteral("people") : QStringLiteral("agent"), tip, 0});
        last = std::max(last, at);
    }
    for (const Step& step : detail.plan.steps) {
        const Verb* verb = findVerb(step.action.type);
        if (!step.executedAt || step.state != StepState::Verified || !verb || !verb->changes)
            continue;
        const qint64 at = step.executedAt->micros();
        if (timeline.firstContainment == 0 || at < timeline.firstContainment)
            timeline.firstContainment = at;
        last = std::max(last, at);
    }
    timeline.lanes.push_back(std::move(agent));
    timeline.lanes.push_back(std::move(people));
    const qint64 first = detail.incident.firstSeen.micros();
    const qint64 margin = std::max<qint64>(10'000'000, (last - first) / 8);
    timeline.from = first - margin;
    timeline.to = last + margin;
    if (timeline.firstContainment > 0)
        timeline.milestone = Words::tr("first containment · %1 after the first attacker event")
                                 .arg(text::length(Duration(timeline.firstContainment - first)));
    return timeline;
}

} // namespace cordon::ui::views
