#include "core/engine/alert_folder.h"

#include "core/domain/sign_in.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace cordon::engine {
namespace {

/// Versions kept of one finding: enough for people, bounded against a product that updates without end.
constexpr std::size_t mostVersions = 256;

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
    if (hit.finding) {
        const ExternalOrigin& origin = *hit.finding->external;
        // Without an id of its product's it cannot be told from another.
        return "finding\n" + origin.product + '\n' +
               (origin.id.empty() ? '\n' + std::to_string(hit.events.front().id.value) : origin.id);
    }
    if (hit.about)
        return hit.rule + '\n' + hit.about->entity.key();
    const Event& first = hit.events.front();
    std::string who = keyOf(first.actor) + '\n' + keyOf(first.via) + '\n' + first.address;
    for (const EventTarget& target : first.targets) {
        // What happens on two hosts in nobody's name is two things.
        if (!first.actor && !first.via && target.entity.kind == EntityKind::Host)
            who += '\n' + target.entity.id;
    }
    return hit.rule + '\n' + who + '\n' + std::string(first.outcome == EventOutcome::Failure ? "failed" : "");
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
    // An alert may hold sign-ins that were refused beside one that was not.
    const std::string how(isRefusedSignIn(event) ? refusedRelation : std::string_view());
    if (event.actor)
        addEntity(alert, *event.actor, "actor", how);
    if (event.via)
        addEntity(alert, *event.via, "via", how);
    for (const EventTarget& target : event.targets) {
        if (target.relation == refusedRelation) // stands there as the actor
            continue;
        const bool isMeans = !how.empty() && target.relation == "used" && target.entity.kind == EntityKind::Credential;
        addEntity(alert, target.entity, isMeans ? "via" : "target", isMeans ? how : target.relation);
    }
    if (!event.address.empty())
        addEntity(alert, {EntityKind::Address, event.address, "ip", event.address}, "address", {});
}

bool folds(const RuleHit& hit, const Alert& alert)
{
    if (hit.finding)
        return true;
    if (hit.about) // such a hit stands for itself; the same one again is the same alert
        return alert.events.back() == hit.events.back().id;
    const Timestamp first = hit.events.front().time;
    const Timestamp last = hit.events.back().time;
    return first - alert.last <= foldGap && last - alert.first <= foldSpan && alert.first - last <= foldGap &&
           alert.last - first <= foldSpan;
}

/// The newest version speaks for the finding; the others stay as its history, with their records. Its level is the
/// highest that any version had: nobody vouches for an update, so none may hide the alert.
void addFinding(Alert& alert, const RuleHit& hit)
{
    const Event& event = hit.events.front();
    const ExternalOrigin& said = *hit.finding->external;
    std::vector<ExternalOrigin::Version> history;
    if (alert.external)
        history = std::move(alert.external->history);
    const auto place = std::upper_bound(
        history.begin(), history.end(), said.updated,
        [](Timestamp updated, const ExternalOrigin::Version& version) { return updated < version.updated; });
    const auto index = place - history.begin();
    const bool isNewest = place == history.end();
    history.insert(place, {said.updated, said.severity, said.status, event.id});
    std::vector<EventId> events = std::move(alert.events);
    std::vector<Citation> cites = std::move(alert.cites);
    events.insert(events.begin() + index, event.id);
    cites.insert(cites.begin() + index, event.cite);
    const Severity told = hit.finding->rule.level;
    const Severity level = alert.external ? std::max(alert.rule.level, told) : told;
    if (isNewest) {
        const AlertId id = alert.id;
        alert = *hit.finding;
        alert.id = id;
    }
    alert.rule.level = level;
    if (history.size() > mostVersions) { // the first one and the newest stay
        history.erase(history.begin() + 1);
        events.erase(events.begin() + 1);
        cites.erase(cites.begin() + 1);
    }
    alert.external->history = std::move(history);
    alert.events = std::move(events);
    alert.cites = std::move(cites);
}

void addHit(Alert& alert, const RuleHit& hit)
{
    if (hit.finding)
        return addFinding(alert, hit);
    for (const Text& text : hit.measured.texts) {
        if (std::find(alert.measured.begin(), alert.measured.end(), text) == alert.measured.end())
            alert.measured.push_back(text);
    }
    if (hit.measured.rarity)
        alert.rarity = std::min(alert.rarity.value_or(1), *hit.measured.rarity);
    if (!hit.about) {
        for (const Event& event : hit.events)
            addEvent(alert, event);
        return;
    }
    alert.first = alert.last = hit.about->at;
    alert.hasSucceeded = true;
    alert.events.clear();
    alert.cites.clear();
    for (const Event& event : hit.events) {
        alert.events.push_back(event.id);
        alert.cites.push_back(event.cite);
    }
    addEntity(alert, hit.about->entity, "target", "stopped");
}

} // namespace

std::vector<Alert> AlertFolder::add(std::vector<RuleHit> hits, const std::map<std::string, RuleInfo>& rules)
{
    std::sort(hits.begin(), hits.end(), [](const RuleHit& a, const RuleHit& b) { return orderOf(a) < orderOf(b); });
    for (const RuleHit& hit : hits)
        fold(hit, rules);
    return take();
}

void AlertFolder::fold(const RuleHit& hit, const std::map<std::string, RuleInfo>& rules)
{
    const auto rule = rules.find(hit.rule);
    if (rule == rules.end() && !hit.finding)
        return;
    const std::string key = foldKey(hit);
    auto place = m_open.find(key);
    if (place == m_open.end() || !folds(hit, place->second)) {
        Alert alert;
        alert.id = AlertId{m_next++};
        if (!hit.finding)
            alert.rule = rule->second;
        alert.action = hit.events.front().action;
        alert.hasSucceeded = false;
        if (place != m_open.end() && m_touched.contains(key))
            m_displaced.emplace(place->second.id, std::move(place->second));
        place = m_open.insert_or_assign(key, std::move(alert)).first;
    }
    m_touched.insert(key);
    addHit(place->second, hit);
}

std::vector<Alert> AlertFolder::take()
{
    std::map<AlertId, Alert> changed = std::exchange(m_displaced, {});
    for (const std::string& key : std::exchange(m_touched, {}))
        changed.emplace(m_open.at(key).id, m_open.at(key));
    std::vector<Alert> alerts;
    alerts.reserve(changed.size());
    for (auto& [id, alert] : changed)
        alerts.push_back(std::move(alert));
    return alerts;
}

} // namespace cordon::engine
