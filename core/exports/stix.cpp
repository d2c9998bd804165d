#include "core/exports/stix.h"

#include "core/engine/ledger_words.h"
#include "core/exports/executed_acts.h"
#include "core/exports/export_ids.h"
#include "core/exports/shared_indicators.h"
#include "core/value/json.h"
#include "core/words/attack.h"
#include "core/words/words.h"

#include <set>

namespace cordon::exports {
namespace {

/// Writes objects behind one another, each id once.
class Bundle
{
public:
    Bundle(CaseContents& contents, std::ostream& out) : m_contents(contents), m_out(out)
    {
        m_out << R"({"id":")" << exportId("bundle", contents.origin()) << R"(","objects":[)";
    }
    void end() { m_out << R"(],"type":"bundle"})" << '\n'; }

    [[nodiscard]] std::string idOf(std::string_view type, const std::string& name) const
    {
        return exportId(type, m_contents.origin() + "\n" + name);
    }
    [[nodiscard]] std::string own() const { return idOf("identity", "cordon"); }

    /// @return the id, which stands once however often it is added
    std::string add(const std::string& id, Value object)
    {
        if (!m_known.insert(id).second)
            return id;
        object.set("id", id);
        object.set("type", id.substr(0, id.find("--")));
        object.set("spec_version", "2.1");
        m_out << (m_known.size() > 1 ? ",\n" : "\n") << json::write(object);
        return id;
    }
    /// An object with an author and times.
    std::string addOwn(const std::string& id, const std::string& time, Value object)
    {
        object.set("created", millisOf(time));
        object.set("modified", millisOf(time));
        if (!id.starts_with("identity--"))
            object.set("created_by_ref", own());
        if (m_contents.isExercise())
            object.set("labels", Value::Array{"EXERCISE"});
        return add(id, std::move(object));
    }
    void relate(const std::string& from, std::string_view how, const std::string& to, const std::string& time)
    {
        addOwn(idOf("relationship", from + std::string(how) + to), time,
               Value::Object{{"relationship_type", how}, {"source_ref", from}, {"target_ref", to}});
    }

private:
    CaseContents& m_contents;
    std::ostream& m_out;
    std::set<std::string> m_known;
};

bool isIpv6(const std::string& address)
{
    return address.find(':') != std::string::npos;
}

/// What an entity is in STIX; "" where it has no word for it.
std::string addEntity(Bundle& bundle, const Value& entity)
{
    const std::string& kind = entity["kind"].asString();
    const std::string& id = entity["id"].asString();
    if (kind == "account" || kind == "role" || kind == "credential") {
        Value account = Value::Object{{"user_id", id}, {"display_name", entity["name"]}};
        if (kind != "account")
            account.set("account_type", kind);
        return bundle.add(bundle.idOf("user-account", kind + ":" + id), std::move(account));
    }
    if (kind == "address" && id.find('/') == std::string::npos && id.find_first_not_of("0123456789abcdefABCDEF.:") == std::string::npos)
        return bundle.add(bundle.idOf(isIpv6(id) ? "ipv6-addr" : "ipv4-addr", id), Value::Object{{"value", id}});
    return {};
}

std::string addTechnique(Bundle& bundle, const std::string& technique, const std::string& time)
{
    const std::string id = words::attack().currentId(technique);
    const auto* known = words::attack().find(id);
    std::string path = id;
    if (const auto dot = path.find('.'); dot != std::string::npos)
        path[dot] = '/';
    return bundle.addOwn(
        bundle.idOf("attack-pattern", id), time,
        Value::Object{{"name", known ? known->name : id},
                      {"external_references",
                       Value::Array{Value::Object{{"source_name", "mitre-attack"},
                                                  {"external_id", id},
                                                  {"url", "https://attack.mitre.org/techniques/" + path}}}}});
}

/// What one alert observed, tied to the report.
void addAlert(Bundle& bundle, const Value& alert, Value::Array& refs)
{
    Value::Array objects;
    for (const Value& entity : alert["entities"].asArray()) {
        if (const std::string id = addEntity(bundle, entity); !id.empty())
            objects.emplace_back(id);
    }
    const auto& events = alert["events"].asArray();
    if (objects.empty() || events.empty())
        return;
    Value::Array references;
    for (const Value& event : events)
        references.push_back(Value::Object{{"source_name", "cordon-evidence"},
                                           {"external_id", "sha256:" + event["evidence"].asString() + "+" +
                                                               std::to_string(event["offset"].asInt()) + "+" +
                                                               std::to_string(event["length"].asInt())},
                                           {"description", alert["title"]}});
    refs.emplace_back(bundle.addOwn(bundle.idOf("observed-data", alert["id"].asString()), alert["last"].asString(),
                                    Value::Object{{"first_observed", millisOf(alert["time"].asString())},
                                                  {"last_observed", millisOf(alert["last"].asString())},
                                                  {"number_observed", static_cast<std::int64_t>(events.size())},
                                                  {"object_refs", std::move(objects)},
                                                  {"external_references", std::move(references)}}));
}

/// The levels of the traffic light protocol 2.0 as STIX names them.
std::string markingOf(const std::string& tlp)
{
    if (tlp == "clear")
        return "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";
    if (tlp == "green")
        return "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
    return tlp == "amber+strict" ? "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"
                                 : "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421";
}

/// What others can look for.
Result<void> addIndicators(Bundle& bundle, CaseContents& contents, const Value& incident, Value::Array& refs)
{
    int heldBack = 0;
    CORDON_TRY(const auto all, sharedIndicators(contents, incident, heldBack));
    const std::string& time = incident["last_seen"].asString();
    for (const SharedIndicator& one : all) {
        if (one.pattern.empty())
            continue; // STIX has no word for it
        refs.emplace_back(bundle.addOwn(
            bundle.idOf("indicator", incident["id"].asString() + "\n" + one.pattern), time,
            Value::Object{{"name", one.name},
                          {"pattern", one.pattern},
                          {"pattern_type", "stix"},
                          {"indicator_types", Value::Array{"malicious-activity"}},
                          {"valid_from", millisOf(incident["first_seen"].asString())},
                          {"object_marking_refs", Value::Array{markingOf(one.tlp)}}}));
    }
    return {};
}

Result<void> addIncident(Bundle& bundle, CaseContents& contents, const Value& incident)
{
    const std::string& id = incident["id"].asString();
    const std::string& time = incident["last_seen"].asString();
    Value::Array refs;
    const std::string own = bundle.addOwn(bundle.idOf("incident", id), time,
                                          Value::Object{{"name", id + " " + incident["title"]["text"].asString()}});
    refs.emplace_back(own);
    for (const Value& technique : incident["techniques"].asArray()) {
        const std::string pattern = addTechnique(bundle, technique.asString(), time);
        refs.emplace_back(pattern);
        bundle.relate(own, "related-to", pattern, time);
    }
    CORDON_CHECK(contents.eachAlert(id, [&](const Value& alert) -> Result<void> {
        addAlert(bundle, alert, refs);
        return {};
    }));
    CORDON_CHECK(addIndicators(bundle, contents, incident, refs));
    CORDON_CHECK(eachExecutedAct(contents, id, [&](const ExecutedAct& act) -> Result<void> {
        const std::string at = act.ended.empty() ? act.begun : act.ended;
        const std::string course = bundle.addOwn(
            bundle.idOf("course-of-action", std::to_string(act.intendedSeq)), at,
            Value::Object{{"name", (act.isUndo ? "Undo: " : "") + act.title},
                          {"description", "Outcome " + act.outcome + ": " + act.detail}});
        bundle.relate(course, "related-to", own, at);
        refs.emplace_back(course);
        return {};
    }));
    CORDON_CHECK(contents.eachEntry(id, [&](const record::StoredEntry& entry, const Value&) -> Result<void> {
        if (entry.type != "decision" && !entry.type.starts_with("approval."))
            return {};
        const std::string at = (entry.at == Timestamp() ? entry.ts : entry.at).toString();
        refs.emplace_back(bundle.addOwn(bundle.idOf("note", std::to_string(entry.seq)), at,
                                        Value::Object{{"abstract", entry.type},
                                                      {"content", words::english(engine::ledgerSummary(entry.type, entry.data))},
                                                      {"authors", Value::Array{entry.actor}},
                                                      {"object_refs", Value::Array{own}}}));
        return {};
    }));
    bundle.addOwn(bundle.idOf("report", id), time,
                  Value::Object{{"name", id + " " + incident["title"]["text"].asString()},
                                {"report_types", Value::Array{"threat-report"}},
                                {"published", millisOf(time)},
                                {"object_refs", std::move(refs)}});
    return {};
}

} // namespace

Result<void> writeStix(CaseContents& contents, const std::string& only, std::ostream& out)
{
    Bundle bundle(contents, out);
    CORDON_TRY(const auto span, contents.queries().span());
    bundle.addOwn(bundle.own(), span.first.toString(),
                  Value::Object{{"name", "Cordon, case " + contents.name()}, {"identity_class", "system"}});
    CORDON_CHECK(contents.eachIncident(only, [&](const Value& incident) { return addIncident(bundle, contents, incident); }));
    bundle.end();
    return {};
}

} // namespace cordon::exports
