// What rules said about events, and how it becomes the line of alerts.
#include "core/engine/case_documents.h"
#include "core/engine/codec.h"
#include "core/engine/incident_desk.h"
#include "core/value/json.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

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

Result<void> IncidentDesk::readRules()
{
    m_rules.clear();
    CORDON_TRY(const auto texts, m_store.queries().documents(documents::ruleKind));
    for (const auto& [id, text] : texts) {
        CORDON_TRY(const Value value, json::parse(text));
        CORDON_TRY(Alert carrier, codec::alertFrom(value));
        m_rules.emplace(id, std::move(carrier.rule));
    }
    return {};
}

/// A correlation's hit cites up to a thousand events: they are put in order by their keys, and looked at one by one.
Result<void> IncidentDesk::foldHits()
{
    struct Place
    {
        Timestamp time;
        Citation cite;
        std::string key; ///< of the document
    };
    record::CaseQueries& queries = m_store.queries();
    CORDON_TRY(std::vector<std::string> keys, queries.documentKeys(documents::hitKind));
    std::vector<Place> places;
    places.reserve(keys.size());
    for (std::string& key : keys) {
        const auto first = queries.event(EventId{std::atoll(key.c_str())});
        if (first)
            places.push_back({first->time, first->cite, std::move(key)});
        else if (first.error().code != ErrorCode::NotFound) // lost with its evidence
            return fail(first.error());
    }
    const auto ruleOf = [](const Place& place) {
        return std::string_view(place.key).substr(std::min(place.key.find('/'), place.key.size()));
    };
    std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
        return std::tuple(a.time, a.cite.evidence, a.cite.offset, ruleOf(a)) <
               std::tuple(b.time, b.cite.evidence, b.cite.offset, ruleOf(b));
    });
    for (const Place& place : places) {
        CORDON_TRY(const std::string text, queries.document(documents::hitKind, place.key));
        CORDON_TRY(const Value value, json::parse(text));
        CORDON_TRY(const RuleHit hit, hitFrom(value));
        if (!hit.events.empty())
            m_folder.fold(hit, m_rules);
    }
    return {};
}

Result<RuleHit> IncidentDesk::hitFrom(const Value& value) const
{
    RuleHit hit;
    hit.rule = value["rule"].asString();
    for (const Value& id : value["events"].asArray()) {
        Result<Event> event = m_store.queries().event(EventId{id.asInt()});
        if (event)
            hit.events.push_back(std::move(*event));
        else if (event.error().code != ErrorCode::NotFound) // lost with its evidence
            return fail(event.error());
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
    CORDON_CHECK(readRules());
    m_folder = AlertFolder();
    CORDON_CHECK(foldHits());
    m_newHits.clear();
    m_isLinedUp = true;
    std::vector<Alert> alerts = m_folder.take();
    m_taken.clear();
    m_placeOf.clear();
    m_line.clear();
    CORDON_CHECK(learnAllNumbers()); // while the index has the alerts that its pages speak of
    CORDON_CHECK(renameAlertsOfAbsorbed(alerts)); // likewise
    CORDON_CHECK(m_store.removeAlertsAfter(AlertId{static_cast<std::int64_t>(alerts.size())}));
    putInLine(std::move(alerts));
    CORDON_TRY(const std::int64_t events, m_store.queries().countEvents({}));
    const bool knowsAll = m_builder.alertCount() == 0 && m_observed == events;
    if (knowsAll && !alsoTo)
        return {};
    if (!knowsAll) {
        m_builder = correlate::IncidentBuilder(m_names);
        m_builder.setOrders(m_orders);
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
