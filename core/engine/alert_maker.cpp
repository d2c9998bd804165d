#include "core/engine/alert_maker.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace cordon::engine {
namespace {

auto orderOf(const RuleHit& hit)
{
    const Event& first = hit.events.front();
    return std::tuple(first.time, first.cite.evidence, first.cite.offset, std::string_view(hit.rule));
}

std::string keyOf(const std::optional<EntityRef>& entity)
{
    return entity ? entity->key() : std::string();
}

/// Hits with one key may fold into one alert.
std::string foldKey(const RuleHit& hit)
{
    const Event& first = hit.events.front();
    return hit.rule + '\n' + keyOf(first.actor) + '\n' + keyOf(first.via) + '\n' + first.address + '\n' +
           std::string(first.outcome == EventOutcome::Failure ? "failed" : "");
}

void addEntity(Alert& alert, const EntityRef& entity, const char* part, const std::string& relation)
{
    if (alert.entities.size() >= mostAlertEntities)
        return;
    const bool isThere = std::any_of(alert.entities.begin(), alert.entities.end(), [&](const AlertEntity& other) {
        return other.entity == entity && other.part == part && other.relation == relation;
    });
    if (!isThere)
        alert.entities.push_back({entity, part, relation});
}

void addEvent(Alert& alert, const Event& event)
{
    if (std::find(alert.events.begin(), alert.events.end(), event.id) != alert.events.end())
        return;
    alert.first = alert.events.empty() ? event.time : std::min(alert.first, event.time);
    alert.last = alert.events.empty() ? event.time : std::max(alert.last, event.time);
    alert.events.push_back(event.id);
    alert.cites.push_back(event.cite);
    if (event.outcome != EventOutcome::Failure)
        alert.hasSucceeded = true;
    if (event.actor)
        addEntity(alert, *event.actor, "actor", {});
    if (event.via)
        addEntity(alert, *event.via, "via", {});
    for (const EventTarget& target : event.targets)
        addEntity(alert, target.entity, "target", target.relation);
    if (!event.address.empty())
        addEntity(alert, {EntityKind::Address, event.address, "ip", event.address}, "address", {});
}

} // namespace

std::vector<Alert> makeAlerts(std::vector<RuleHit> hits, const std::map<std::string, RuleInfo>& rules,
                              std::int64_t firstNumber)
{
    std::sort(hits.begin(), hits.end(), [](const RuleHit& a, const RuleHit& b) { return orderOf(a) < orderOf(b); });
    std::vector<Alert> alerts;
    std::map<std::string, std::size_t> open; ///< fold key to alert
    for (const RuleHit& hit : hits) {
        const auto rule = rules.find(hit.rule);
        if (rule == rules.end())
            continue;
        const std::string key = foldKey(hit);
        const Event& first = hit.events.front();
        const auto place = open.find(key);
        const bool folds = place != open.end() && first.time - alerts[place->second].last <= foldGap &&
                           hit.events.back().time - alerts[place->second].first <= foldSpan;
        if (!folds) {
            Alert alert;
            alert.id = AlertId{firstNumber + static_cast<std::int64_t>(alerts.size())};
            alert.rule = rule->second;
            alert.action = first.action;
            alert.hasSucceeded = false;
            open[key] = alerts.size();
            alerts.push_back(std::move(alert));
        }
        Alert& joined = alerts[open[key]];
        for (const Text& text : hit.measured.texts) {
            if (std::find(joined.measured.begin(), joined.measured.end(), text) == joined.measured.end())
                joined.measured.push_back(text);
        }
        if (hit.measured.rarity)
            joined.rarity = std::min(joined.rarity.value_or(1), *hit.measured.rarity);
        for (const Event& event : hit.events)
            addEvent(joined, event);
    }
    return alerts;
}

} // namespace cordon::engine
