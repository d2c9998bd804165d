#include "core/exports/ocsf.h"

#include "core/engine/version.h"
#include "core/exports/countermeasures.h"
#include "core/exports/executed_acts.h"
#include "core/value/json.h"
#include "core/words/attack.h"

#include <algorithm>
#include <array>

namespace cordon::exports {
namespace {

constexpr int detectionFinding = 2004;
constexpr int incidentFinding = 2005;
constexpr int remediationActivity = 7001;
constexpr std::int64_t microsPerMilli = 1000;

/// Everything that all classes have.
Value baseOf(int classUid, int activity, const std::string& time, const std::string& uid, const std::string& version,
             const CaseContents& contents)
{
    Value::Array labels;
    if (contents.isExercise())
        labels.emplace_back("EXERCISE");
    return Value::Object{
        {"category_uid", classUid / 1000},
        {"class_uid", classUid},
        {"activity_id", activity},
        {"type_uid", classUid * 100 + activity},
        {"time", std::int64_t{Timestamp::parse(time).value_or(Timestamp()).micros() / microsPerMilli}},
        {"metadata",
         Value::Object{{"version", version},
                       {"uid", uid},
                       {"labels", std::move(labels)},
                       {"product", Value::Object{{"name", "Cordon"}, {"vendor_name", "Cordon"}, {"version", engine::versionText}}}}},
    };
}

int severityId(const std::string& word)
{
    constexpr std::array<std::string_view, 6> words{"", "informational", "low", "medium", "high", "critical"};
    const auto found = std::find(words.begin(), words.end(), word);
    return found == words.end() ? 0 : static_cast<int>(found - words.begin());
}

Value attacksOf(const Value& techniques)
{
    Value::Array attacks;
    for (const Value& id : techniques.asArray()) {
        const std::string current = words::attack().currentId(id.asString());
        const auto* known = words::attack().find(current);
        const bool isSub = current.find('.') != std::string::npos;
        Value technique = Value::Object{{"uid", current}, {"name", known ? known->name : current}};
        Value attack = Value::Object{{"version", words::attack().version()}};
        attack.set(isSub ? "sub_technique" : "technique", technique);
        if (isSub) { // the technique above it is asked for too
            const std::string above = current.substr(0, current.find('.'));
            const auto* parent = words::attack().find(above);
            attack.set("technique", Value::Object{{"uid", above}, {"name", parent ? parent->name : above}});
        }
        attacks.push_back(std::move(attack));
    }
    return attacks;
}

/// Kinds of observables by number. Source: OCSF, observable type_id
int observableType(const std::string& kind)
{
    if (kind == "account")
        return 4; // user name
    if (kind == "address")
        return 2;
    return kind == "host" || kind == "workload" ? 1 : 10; // host name, resource id
}

Value observablesOf(const Value& entities)
{
    Value::Array observables;
    for (const Value& entity : entities.asArray()) {
        const std::string& kind = entity["kind"].asString();
        observables.push_back(Value::Object{{"name", kind + "." + (kind == "account" ? "name" : "uid")},
                                            {"type_id", observableType(kind)},
                                            {"value", kind == "account" ? entity["name"] : entity["id"]}});
    }
    return observables;
}

Value findingOf(const Value& alert, const std::string& version, const CaseContents& contents)
{
    const std::string uid = contents.origin() + "/" + alert["id"].asString();
    Value out = baseOf(detectionFinding, 1, alert["time"].asString(), uid, version, contents);
    const auto millis = [](const Value& time) {
        return Value(std::int64_t{Timestamp::parse(time.asString()).value_or(Timestamp()).micros() / microsPerMilli});
    };
    Value::Array evidences;
    for (const Value& event : alert["events"].asArray())
        evidences.push_back(Value::Object{{"data", Value::Object{{"evidence_sha256", event["evidence"]},
                                                                 {"offset", event["offset"]},
                                                                 {"length", event["length"]}}}});
    out.set("finding_info", Value::Object{{"uid", uid},
                                          {"title", alert["title"]},
                                          {"desc", alert["description"]},
                                          {"first_seen_time", millis(alert["time"])},
                                          {"last_seen_time", millis(alert["last"])},
                                          {"analytic", Value::Object{{"type_id", 1}, {"uid", alert["rule"]}, {"name", alert["title"]}}},
                                          {"attacks", attacksOf(alert["techniques"])}});
    out.set("severity_id", severityId(alert["level"].asString()));
    out.set("status_id", 1);
    out.set("message", alert["title"]);
    out.set("evidences", std::move(evidences));
    out.set("observables", observablesOf(alert["entities"]));
    return out;
}

Value incidentOf(const Value& incident, const std::string& version, const CaseContents& contents)
{
    const std::string& id = incident["id"].asString();
    Value out = baseOf(incidentFinding, 1, incident["last_seen"].asString(), contents.origin() + "/" + id, version, contents);
    Value::Array findings;
    for (const Value& alert : incident["alerts"].asArray())
        findings.push_back(Value::Object{{"uid", contents.origin() + "/" + alert.asString()}, {"title", alert}});
    const std::string& status = incident["status"].asString();
    out.set("finding_info_list", std::move(findings));
    out.set("severity_id", severityId(incident["severity"].asString()));
    out.set("status_id", status == "closed" ? 5 : status == "contained" ? 2 : 1);
    out.set("desc", incident["title"]["text"]);
    out.set("message", id + " " + incident["title"]["text"].asString());
    out.set("attacks", attacksOf(incident["techniques"]));
    out.set("observables", observablesOf(incident["entities"]));
    if (const std::string& who = incident["assignee"].asString(); !who.empty())
        out.set("assignee", Value::Object{{"uid", who}, {"name", who}, {"type_id", 1}});
    else // the class asks for one of the two
        out.set("assignee_group", Value::Object{{"name", "unassigned"}});
    return out;
}

Value actOf(const ExecutedAct& act, const Countermeasure& measure, const std::string& version, const CaseContents& contents)
{
    const std::string uid = contents.origin() + "/" + std::to_string(act.intendedSeq);
    Value out = baseOf(remediationActivity, measure.ocsfActivity, act.ended.empty() ? act.begun : act.ended, uid, version, contents);
    Value::Array observables;
    for (const Value& target : act.action["targets"].asArray())
        observables.push_back(Value::Object{{"name", target["kind"].asString() + ".uid"},
                                            {"type_id", observableType(target["kind"].asString())},
                                            {"value", target["id"]}});
    out.set("command_uid", act.digest);
    out.set("severity_id", 1);
    out.set("status_id", act.outcome == "verified" ? 1 : act.outcome == "failed" ? 2 : 0);
    out.set("status_detail", act.detail);
    out.set("message", (act.isUndo ? "Undo: " : "") + act.title);
    out.set("countermeasures", Value::Array{Value::Object{
        {"version", "1.2.0"},
        {"d3f_technique", Value::Object{{"uid", measure.d3fend}, {"name", measure.d3fendName}}}}});
    out.set("observables", std::move(observables));
    out.set("unmapped", Value::Object{{"verb", act.action["type"]}, {"tier", act.tier}, {"incident", act.incident},
                                      {"step", act.step}, {"decision_seq", act.decisionSeq}});
    return out;
}

} // namespace

const std::vector<std::string>& ocsfVersions()
{
    static const std::vector<std::string> versions{"1.4.0", "1.1.0", "1.2.0", "1.3.0", "1.5.0", "1.6.0"};
    return versions;
}

Result<void> writeOcsf(CaseContents& contents, const std::string& only, const std::string& version, std::ostream& out)
{
    const auto& known = ocsfVersions();
    if (std::find(known.begin(), known.end(), version) == known.end())
        return fail(ErrorCode::Unsupported, "OCSF " + version + " is not known; from 1.1.0 to 1.6.0 they are");
    const auto write = [&out](const Value& line) -> Result<void> {
        out << json::write(line) << '\n';
        return {};
    };
    CORDON_CHECK(contents.eachAlert(only, [&](const Value& alert) { return write(findingOf(alert, version, contents)); }));
    CORDON_CHECK(contents.eachIncident(only, [&](const Value& incident) { return write(incidentOf(incident, version, contents)); }));
    if (version < "1.3.0") // the class is younger
        return {};
    return eachExecutedAct(contents, only, [&](const ExecutedAct& act) -> Result<void> {
        const Countermeasure* measure = countermeasureOf(act.action["type"].asString());
        return measure ? write(actOf(act, *measure, version, contents)) : Result<void>();
    });
}

} // namespace cordon::exports
