// What rules said about events, and how it becomes the line of alerts.
#include "core/engine/case_documents.h"
#include "core/engine/codec.h"
#include "core/engine/incident_desk.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::engine {
namespace {

Value ruleValue(const RuleInfo& rule)
{
    Alert carrier;
    carrier.rule = rule;
    return codec::toValue(carrier);
}

} // namespace

Result<void> IncidentDesk::keepHit(const RuleInfo& rule, const std::vector<EventId>& events, const Measured& measured,
                                   const std::optional<RuleHit::About>& about)
{
    if (m_keptRules.insert(rule.id).second)
        CORDON_CHECK(m_store.putDocument(documents::ruleKind, rule.id, json::write(ruleValue(rule))));
    Value::Array ids;
    for (const EventId id : events)
        ids.emplace_back(id.value);
    Value hit = Value::Object{{"rule", rule.id}, {"events", std::move(ids)}};
    if (!measured.texts.empty())
        hit.set("measured", codec::texts(measured.texts));
    if (measured.rarity)
        hit.set("rarity", *measured.rarity);
    if (about) {
        hit.set("about", codec::toValue(about->entity));
        hit.set("at", codec::timeValue(about->at));
    }
    if (m_isLinedUp)
        m_rules.emplace(rule.id, rule);
    return keepHitDocument(events.front(), rule.id, std::move(hit));
}

Result<void> IncidentDesk::keepFinding(Alert finding, EventId event)
{
    Value hit = Value::Object{{"rule", finding.rule.id},
                              {"events", Value::Array{Value(event.value)}},
                              {"finding", codec::toValue(finding)}};
    return keepHitDocument(event, finding.rule.id, std::move(hit));
}

Result<void> IncidentDesk::keepHitDocument(EventId event, const std::string& rule, Value hit)
{
    std::string key = std::to_string(event.value);
    key.insert(0, key.size() < 12 ? 12 - key.size() : 0, '0');
    key += "/" + rule;
    CORDON_CHECK(m_store.putDocument(documents::hitKind, key, json::write(hit)));
    if (m_isLinedUp)
        m_newHits[key] = std::move(hit);
    return {};
}

Result<std::vector<RuleHit>> IncidentDesk::readHits(std::map<std::string, RuleInfo>& rules) const
{
    CORDON_TRY(const auto ruleTexts, m_store.queries().documents(documents::ruleKind));
    for (const auto& [id, text] : ruleTexts) {
        CORDON_TRY(const Value value, json::parse(text));
        CORDON_TRY(Alert carrier, codec::alertFrom(value));
        rules.emplace(id, std::move(carrier.rule));
    }
    CORDON_TRY(const auto hitTexts, m_store.queries().documents(documents::hitKind));
    std::vector<RuleHit> hits;
    for (const auto& [key, text] : hitTexts) {
        CORDON_TRY(const Value value, json::parse(text));
        CORDON_TRY(RuleHit hit, hitFrom(value));
        if (!hit.events.empty())
            hits.push_back(std::move(hit));
    }
    return hits;
}

Result<RuleHit> IncidentDesk::hitFrom(const Value& value) const
{
    RuleHit hit;
    hit.rule = value["rule"].asString();
    for (const Value& id : value["events"].asArray()) {
        CORDON_TRY(Event event, m_store.queries().event(EventId{id.asInt()}));
        hit.events.push_back(std::move(event));
    }
    hit.measured.texts = codec::textsFrom(value["measured"]);
    if (!value["rarity"].isNull())
        hit.measured.rarity = value["rarity"].asDouble();
    if (!value["about"].isNull()) {
        CORDON_TRY(EntityRef entity, codec::entityFrom(value["about"]));
        hit.about = RuleHit::About{std::move(entity), codec::timeFrom(value["at"]).value_or(Timestamp())};
    }
    if (!value["finding"].isNull()) {
        CORDON_TRY(hit.finding, codec::alertFrom(value["finding"]));
        if (!hit.finding->external)
            hit.finding.reset();
    }
    return hit;
}

void IncidentDesk::putInLine(std::vector<Alert> alerts)
{
    for (Alert& alert : alerts)
        m_line.push_back(std::move(alert));
    std::stable_sort(m_line.begin(), m_line.end(), [](const Alert& a, const Alert& b) {
        const Timestamp dueA = dueAt(a);
        const Timestamp dueB = dueAt(b);
        return dueA != dueB ? dueA < dueB : a.id < b.id;
    });
}

Result<void> IncidentDesk::lineUpNew()
{
    std::vector<RuleHit> hits;
    for (const auto& [key, value] : m_newHits) {
        CORDON_TRY(RuleHit hit, hitFrom(value));
        hits.push_back(std::move(hit));
    }
    m_newHits.clear();
    std::vector<Alert> alerts = m_folder.add(std::move(hits), m_rules);
    for (const Alert& alert : alerts)
        std::erase_if(m_line, [&](const Alert& waiting) { return waiting.id == alert.id; });
    putInLine(std::move(alerts));
    return {};
}

Result<void> IncidentDesk::lineUp(const std::function<void(const Event&)>& alsoTo)
{
    m_rules.clear();
    CORDON_TRY(std::vector<RuleHit> hits, readHits(m_rules));
    m_newHits.clear();
    m_isLinedUp = true;
    m_folder = AlertFolder();
    std::vector<Alert> alerts = m_folder.add(std::move(hits), m_rules);
    CORDON_CHECK(m_store.removeAlertsAfter(AlertId{static_cast<std::int64_t>(alerts.size())}));
    m_taken.clear();
    m_line.clear();
    putInLine(std::move(alerts));
    CORDON_TRY(const std::int64_t events, m_store.queries().countEvents({}));
    const bool knowsAll = m_builder.alertCount() == 0 && m_observed == events;
    if (knowsAll && !alsoTo)
        return {};
    if (!knowsAll) {
        m_builder = correlate::IncidentBuilder();
        m_observed = 0;
    }
    return m_store.lookup().each([&](const Event& event) {
        if (!knowsAll)
            observe(event);
        if (alsoTo)
            alsoTo(event);
        return true;
    });
}

} // namespace cordon::engine
