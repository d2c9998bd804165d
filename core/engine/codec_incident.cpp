#include "core/engine/codec.h"

namespace cordon::engine::codec {
namespace {

Value ids(const std::vector<EventId>& events)
{
    Value::Array list;
    list.reserve(events.size());
    for (const EventId id : events)
        list.emplace_back(id.value);
    return list;
}

std::vector<EventId> idsFrom(const Value& value)
{
    std::vector<EventId> events;
    for (const Value& item : value.asArray())
        events.push_back(EventId{item.asInt()});
    return events;
}

Value optionalEntity(const std::optional<EntityRef>& entity)
{
    return entity ? toValue(*entity) : Value();
}

Result<std::optional<EntityRef>> optionalEntityFrom(const Value& value)
{
    if (!value.isObject())
        return std::optional<EntityRef>();
    CORDON_TRY(EntityRef entity, entityFrom(value));
    return std::optional(std::move(entity));
}

EntityRole roleFrom(const std::string& text)
{
    for (const EntityRole role : {EntityRole::Attacker, EntityRole::Victim, EntityRole::Resource}) {
        if (toString(role) == text)
            return role;
    }
    return EntityRole::Other;
}

Value memberValue(const IncidentMember& member)
{
    Value value = toValue(member.entity);
    value.set("role", toString(member.role));
    value.set("in_scope", member.isVerified || member.isConfirmedByPerson);
    value.set("why", texts(member.why));
    value.set("events", ids(member.events));
    value.set("misused", member.isMisused);
    value.set("verified", member.isVerified);
    value.set("simulated", member.isVerifiedBySimulation);
    value.set("confirmed", member.isConfirmedByPerson);
    value.set("made_by_incident", member.isMadeByIncident);
    return value;
}

Result<IncidentMember> memberFrom(const Value& value)
{
    IncidentMember member;
    CORDON_TRY(member.entity, entityFrom(value));
    member.role = roleFrom(value["role"].asString());
    member.why = textsFrom(value["why"]);
    member.events = idsFrom(value["events"]);
    member.isMisused = value["misused"].asBool();
    member.isVerified = value["verified"].asBool();
    member.isVerifiedBySimulation = value["simulated"].asBool();
    member.isConfirmedByPerson = value["confirmed"].asBool();
    member.isMadeByIncident = value["made_by_incident"].asBool();
    return member;
}

Value linkValue(const IncidentLink& link)
{
    Value value = Value::Object{{"weight", link.weight}};
    value.set("from", toValue(link.from));
    value.set("to", toValue(link.to));
    value.set("reason", toValue(link.reason));
    value.set("events", ids(link.events));
    return value;
}

Result<IncidentLink> linkFrom(const Value& value)
{
    IncidentLink link;
    CORDON_TRY(link.from, entityFrom(value["from"]));
    CORDON_TRY(link.to, entityFrom(value["to"]));
    link.reason = textFrom(value["reason"]);
    link.weight = value["weight"].asDouble();
    link.events = idsFrom(value["events"]);
    return link;
}

Value changeValue(const IdentityChange& change)
{
    Value::Array values;
    for (const ChangedValue& value : change.values)
        values.push_back(Value::Object{{"name", value.name},
                                       {"before", value.isBeforeKnown ? Value(value.before) : Value()},
                                       {"after", value.after}});
    Value made = Value::Object{{"event", change.event.value},
                         {"time", change.time.toString()},
                         {"action", change.action},
                         {"actor", optionalEntity(change.actor)},
                         {"subject", optionalEntity(change.subject)},
                         {"object", optionalEntity(change.object)},
                         {"relation", change.relation},
                         {"succeeded", change.hasSucceeded},
                         {"inside_incident", change.isInsideIncident},
                         {"text", toValue(change.text)}};
    made.set("values", std::move(values));
    return made;
}

Result<IdentityChange> changeFrom(const Value& value)
{
    IdentityChange change;
    change.event = EventId{value["event"].asInt()};
    change.time = timeFrom(value["time"]).value_or(Timestamp());
    change.action = value["action"].asString();
    CORDON_TRY(change.actor, optionalEntityFrom(value["actor"]));
    CORDON_TRY(change.subject, optionalEntityFrom(value["subject"]));
    CORDON_TRY(change.object, optionalEntityFrom(value["object"]));
    change.relation = value["relation"].asString();
    change.hasSucceeded = value["succeeded"].asBool();
    change.isInsideIncident = value["inside_incident"].asBool();
    change.text = textFrom(value["text"]);
    for (const Value& item : value["values"].asArray())
        change.values.push_back({item["name"].asString(), item["before"].asString(), item["after"].asString(),
                                 !item["before"].isNull()});
    return change;
}

Value residualValue(const ResidualAccess& residual)
{
    Value value = Value::Object{{"entity", toValue(residual.entity)},
                                {"text", toValue(residual.text)},
                                {"until", timeValue(residual.until)},
                                {"last_used", timeValue(residual.lastUsed)}};
    value.set("cites", ids(residual.cites));
    return value;
}

void addBrief(Value& value, const Brief& brief)
{
    Value::Array story;
    for (const Finding& finding : brief.story)
        story.push_back(Value::Object{{"text", toValue(finding.text)}, {"cites", ids(finding.cites)}});
    Value::Array changes;
    for (const IdentityChange& change : brief.identityChanges)
        changes.push_back(changeValue(change));
    Value::Array residual;
    for (const ResidualAccess& access : brief.residual)
        residual.push_back(residualValue(access));
    Value::Array dependents;
    for (const Brief::Use& use : brief.dependents) {
        dependents.push_back(Value::Object{{"used", toValue(use.used)},
                                           {"by", toValue(use.by)},
                                           {"times", use.times},
                                           {"last", use.last.toString()}});
    }
    Value::Array rarities;
    for (const Brief::Rarity& rarity : brief.rarities) {
        Value::Array more;
        for (const Brief::Rarity::Measure& measure : rarity.more)
            more.push_back(Value::Object{{"what", measure.what},
                                         {"new", measure.fresh},
                                         {"all", measure.all},
                                         {"past", measure.past},
                                         {"events", ids(measure.events)}});
        rarities.push_back(Value::Object{{"identity", toValue(rarity.identity)},
                                         {"new_actions", rarity.newActions},
                                         {"all_actions", rarity.allActions},
                                         {"past_actions", rarity.pastActions},
                                         {"events", ids(rarity.events)},
                                         {"more", std::move(more)}});
    }
    value.set("story", std::move(story));
    value.set("identity_changes", std::move(changes));
    value.set("identity_changes_since", brief.lookedBackTo.toString());
    value.set("residual_access", std::move(residual));
    value.set("dependents", std::move(dependents));
    value.set("rarity", std::move(rarities));
}

/// From the last `rules` folder on: where a rule set is installed is no part of what it says.
std::string shortRuleFile(const std::string& file)
{
    const auto place = file.rfind("/rules/");
    return place == std::string::npos ? file : file.substr(place + 1);
}

} // namespace

Value toValue(const Alert& alert)
{
    Value::Array events;
    for (std::size_t i = 0; i < alert.events.size(); ++i) {
        Value event = i < alert.cites.size() ? toValue(alert.cites[i]) : Value(Value::Object{});
        event.set("id", alert.events[i].value);
        events.push_back(std::move(event));
    }
    Value::Array entities;
    for (const AlertEntity& part : alert.entities) {
        Value entity = toValue(part.entity);
        entity.set("part", part.part);
        entity.set("relation", part.relation);
        entities.push_back(std::move(entity));
    }
    Value value = Value::Object{{"id", toString(alert.id)},
                                {"number", alert.id.value},
                                {"rule", alert.rule.id},
                                {"title", alert.rule.title},
                                {"description", alert.rule.description},
                                {"level", toString(alert.rule.level)},
                                {"author", alert.rule.author},
                                {"license", alert.rule.license},
                                {"rule_file", shortRuleFile(alert.rule.file)},
                                {"builtin", alert.rule.isBuiltin},
                                {"tactics", textList(alert.rule.tactics)},
                                {"techniques", textList(alert.rule.techniques)},
                                {"false_positives", textList(alert.rule.falsePositives)},
                                {"time", alert.first.toString()},
                                {"last", alert.last.toString()},
                                {"action", alert.action},
                                {"succeeded", alert.hasSucceeded},
                                {"rarity", alert.rarity ? Value(*alert.rarity) : Value()},
                                {"measured", texts(alert.measured)}};
    value.set("entities", std::move(entities));
    value.set("events", std::move(events));
    if (alert.external)
        value.set("external", toValue(*alert.external));
    return value;
}

Result<Alert> alertFrom(const Value& value)
{
    Alert alert;
    alert.id = AlertId{value["number"].asInt()};
    alert.rule.id = value["rule"].asString();
    alert.rule.title = value["title"].asString();
    alert.rule.description = value["description"].asString();
    alert.rule.level = severityFrom(value["level"].asString()).value_or(Severity::Medium);
    alert.rule.author = value["author"].asString();
    alert.rule.license = value["license"].asString();
    alert.rule.file = value["rule_file"].asString();
    alert.rule.isBuiltin = value["builtin"].asBool();
    alert.rule.tactics = textListFrom(value["tactics"]);
    alert.rule.techniques = textListFrom(value["techniques"]);
    alert.rule.falsePositives = textListFrom(value["false_positives"]);
    alert.first = timeFrom(value["time"]).value_or(Timestamp());
    alert.last = timeFrom(value["last"]).value_or(Timestamp());
    alert.action = value["action"].asString();
    alert.hasSucceeded = value["succeeded"].asBool();
    if (!value["rarity"].isNull())
        alert.rarity = value["rarity"].asDouble();
    alert.measured = textsFrom(value["measured"]);
    if (value["external"].isObject())
        alert.external = externalFrom(value["external"]);
    for (const Value& item : value["entities"].asArray()) {
        CORDON_TRY(EntityRef entity, entityFrom(item));
        alert.entities.push_back({std::move(entity), item["part"].asString(), item["relation"].asString()});
    }
    for (const Value& item : value["events"].asArray()) {
        alert.events.push_back(EventId{item["id"].asInt()});
        Citation cite;
        CORDON_TRY(cite.evidence, Digest::fromHex(item["evidence"].asString()));
        cite.offset = static_cast<std::uint64_t>(item["offset"].asInt());
        cite.length = static_cast<std::uint32_t>(item["length"].asInt());
        alert.cites.push_back(cite);
    }
    return alert;
}

Value toValue(const Incident& incident, const Brief& brief, const Plan& plan)
{
    Value::Array members;
    for (const IncidentMember& member : incident.members)
        members.push_back(memberValue(member));
    Value::Array alerts;
    for (const AlertId id : incident.alerts)
        alerts.emplace_back(toString(id));
    Value::Array numbers;
    for (const AlertId id : incident.alerts)
        numbers.emplace_back(id.value);
    Value::Array links;
    for (const IncidentLink& link : incident.links)
        links.push_back(linkValue(link));
    Value::Array risk;
    for (const RiskPart& part : incident.riskParts)
        risk.push_back(Value::Object{{"reason", toValue(part.reason)}, {"points", part.points}});

    Value value = Value::Object{{"id", toString(incident.id)},
                                {"number", incident.id.value},
                                {"title", toValue(incident.title)},
                                {"risk", incident.risk},
                                {"risk_parts", std::move(risk)},
                                {"severity", toString(incident.severity)},
                                {"status", toString(incident.status)},
                                {"first_seen", incident.firstSeen.toString()},
                                {"last_seen", incident.lastSeen.toString()},
                                {"techniques", textList(incident.techniques)},
                                {"own_techniques", incident.ownTechniques},
                                {"products", textList(incident.products)},
                                {"tactics", textList(incident.tactics)},
                                {"assignee", incident.assignee}};
    // Not in the list above: what is in a list is copied, and these are long.
    value.set("entities", std::move(members));
    value.set("alerts", std::move(alerts));
    value.set("alert_numbers", std::move(numbers));
    value.set("links", std::move(links));
    addBrief(value, brief);
    value.set("plan", toValue(plan));
    return value;
}

Result<Incident> incidentFrom(const Value& value)
{
    Incident incident;
    incident.id = IncidentId{value["number"].asInt()};
    incident.title = textFrom(value["title"]);
    incident.risk = static_cast<int>(value["risk"].asInt());
    incident.severity = severityFrom(value["severity"].asString()).value_or(Severity::Low);
    const std::string& status = value["status"].asString();
    incident.status = status == "closed"      ? IncidentStatus::Closed
                      : status == "contained" ? IncidentStatus::Contained
                                              : IncidentStatus::Open;
    incident.firstSeen = timeFrom(value["first_seen"]).value_or(Timestamp());
    incident.lastSeen = timeFrom(value["last_seen"]).value_or(Timestamp());
    incident.techniques = textListFrom(value["techniques"]);
    incident.products = textListFrom(value["products"]);
    incident.ownTechniques =
        static_cast<int>(value["own_techniques"].asInt(static_cast<std::int64_t>(incident.techniques.size())));
    incident.tactics = textListFrom(value["tactics"]);
    incident.assignee = value["assignee"].asString();
    for (const Value& number : value["alert_numbers"].asArray())
        incident.alerts.push_back(AlertId{number.asInt()});
    for (const Value& item : value["entities"].asArray()) {
        CORDON_TRY(IncidentMember member, memberFrom(item));
        incident.members.push_back(std::move(member));
    }
    for (const Value& item : value["links"].asArray()) {
        CORDON_TRY(IncidentLink link, linkFrom(item));
        incident.links.push_back(std::move(link));
    }
    for (const Value& item : value["risk_parts"].asArray())
        incident.riskParts.push_back({textFrom(item["reason"]), static_cast<int>(item["points"].asInt())});
    return incident;
}

Result<Brief> briefFrom(const Value& value)
{
    Brief brief;
    for (const Value& item : value["story"].asArray())
        brief.story.push_back({textFrom(item["text"]), idsFrom(item["cites"])});
    for (const Value& item : value["identity_changes"].asArray()) {
        CORDON_TRY(IdentityChange change, changeFrom(item));
        brief.identityChanges.push_back(std::move(change));
    }
    brief.lookedBackTo = timeFrom(value["identity_changes_since"]).value_or(Timestamp());
    for (const Value& item : value["residual_access"].asArray()) {
        CORDON_TRY(EntityRef entity, entityFrom(item["entity"]));
        brief.residual.push_back({std::move(entity), textFrom(item["text"]), timeFrom(item["until"]),
                                  timeFrom(item["last_used"]), idsFrom(item["cites"])});
    }
    for (const Value& item : value["dependents"].asArray()) {
        Brief::Use use;
        CORDON_TRY(use.used, entityFrom(item["used"]));
        CORDON_TRY(use.by, entityFrom(item["by"]));
        use.times = item["times"].asInt();
        use.last = timeFrom(item["last"]).value_or(Timestamp());
        brief.dependents.push_back(std::move(use));
    }
    for (const Value& item : value["rarity"].asArray()) {
        Brief::Rarity rarity;
        CORDON_TRY(rarity.identity, entityFrom(item["identity"]));
        rarity.newActions = static_cast<int>(item["new_actions"].asInt());
        rarity.allActions = static_cast<int>(item["all_actions"].asInt());
        rarity.pastActions = static_cast<int>(item["past_actions"].asInt());
        rarity.events = idsFrom(item["events"]);
        for (const Value& more : item["more"].asArray())
            rarity.more.push_back({more["what"].asString(), static_cast<int>(more["new"].asInt()),
                                   static_cast<int>(more["all"].asInt()), static_cast<int>(more["past"].asInt()),
                                   idsFrom(more["events"])});
        brief.rarities.push_back(std::move(rarity));
    }
    return brief;
}

} // namespace cordon::engine::codec
