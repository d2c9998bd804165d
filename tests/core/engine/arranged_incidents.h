#pragma once

#include "core/engine/ledger_words.h"
#include "tests/core/engine/signed_orders.h"
#include <algorithm>

namespace cordon::tests {

constexpr const char* analyst = "user:analyst-a";
constexpr const char* commander = "user:commander-a";

/// Somebody else, from elsewhere, stops the trail and makes a key.
inline void writeOther(const std::filesystem::path& file, const std::string& name = "dana",
                const std::string& when = "2026-11-21T12:20:00Z")
{
    tenant::CloudtrailWriter log("111122223333", "eu-central-1", 43);
    std::string key = "AKIAEXAMPLE" + name + "0000";
    std::transform(key.begin(), key.end(), key.begin(), [](char sign) { return static_cast<char>(std::toupper(sign)); });
    const tenant::LogCaller caller{tenant::LogCaller::Kind::User, name, key + '1', {}, {},
                                   "192.0.2." + std::to_string(name.size() * 10 + 27), "aws-cli/2.17.40"};
    const Timestamp at = *Timestamp::parse(when);
    log.add(at, caller, "cloudtrail:StopLogging", Value::Object{{"name", log.arn("cloudtrail", "trail/" + name, true)}});
    log.add(at + std::chrono::seconds(60), caller, "iam:CreateAccessKey", Value::Object{{"userName", name}},
            Value::Object{{"accessKey", Value::Object{{"userName", name},
                                                      {"accessKeyId", key + '2'},
                                                      {"status", "Active"},
                                                      {"createDate", at.toString()}}}});
    writeRecords(file, log);
}

/// What waits for people in an incident: act and target, with the request.
inline std::map<std::string, std::string> waitingIn(const engine::Pipeline& held, IncidentId id)
{
    std::map<std::string, std::string> waiting;
    for (const Step& step : held.files().at(id).plan.steps) {
        if (step.state == StepState::AwaitingApproval)
            waiting[step.action.type + " " + step.action.targets.front().id] = step.request;
    }
    return waiting;
}

inline std::vector<std::string> actsIn(const std::map<std::string, std::string>& waiting)
{
    std::vector<std::string> acts;
    for (const auto& [act, request] : waiting)
        acts.push_back(act);
    return acts;
}

inline const Step* stepOn(const engine::Pipeline& held, IncidentId id, const std::string& act)
{
    for (const Step& step : held.files().at(id).plan.steps) {
        if (step.action.type + " " + step.action.targets.front().id == act)
            return &step;
    }
    return nullptr;
}

/// By number: whose key it is about, and how many alerts it has.
inline std::map<IncidentId, std::pair<std::string, std::size_t>> picture(const engine::Pipeline& held)
{
    std::map<IncidentId, std::pair<std::string, std::size_t>> all;
    for (const auto& [id, file] : held.files()) {
        std::string who;
        for (const IncidentMember& member : file.incident.members)
            who += member.entity.kind == EntityKind::Account && member.isMisused ? member.entity.name + " " : "";
        all[id] = {who, file.incident.alerts.size()};
    }
    return all;
}

inline std::vector<IncidentId> numbers(const engine::Pipeline& held)
{
    std::vector<IncidentId> ids;
    for (const auto& [id, file] : held.files())
        ids.push_back(id);
    return ids;
}

inline bool hasNote(const engine::Pipeline& held, IncidentId id, const std::string& text)
{
    const auto& notes = held.files().at(id).notes;
    return std::any_of(notes.begin(), notes.end(), [&](const auto& note) { return note.second == text; });
}

inline engine::Arrange merge(IncidentId into, IncidentId other)
{
    return {"merge", into, {other}, {}, {}, "one campaign", analyst};
}

inline const IncidentId first{1};
inline const IncidentId second{2};

/// A case with two incidents, a note on each.
struct TwoIncidents : CaseFixture
{
    Held held;

    TwoIncidents()
    {
        writeOther(path("other.json"));
        engine::EngineOptions wish = options();
        wish.logs.push_back(path("other.json"));
        held = CaseFixture::run(wish);
        must(obey(*held, *this, engine::AddNote{first, "about the first", analyst}));
        must(obey(*held, *this, engine::AddNote{second, "about the second", commander}));
    }
};

inline const IncidentId third{3};

/// Three incidents, of which the second is the largest by far.
struct ThreeIncidents : CaseFixture
{
    Held held;

    ThreeIncidents()
    {
        writeOther(path("a.json"), "dana", "2026-11-21T08:00:00Z");
        writeOther(path("z.json"), "erika", "2026-11-21T13:00:00Z");
        engine::EngineOptions wish = options();
        wish.logs.push_back(path("a.json"));
        wish.logs.push_back(path("z.json"));
        held = CaseFixture::run(wish);
    }
    void openAgain()
    {
        held.reset();
        held = wake();
    }
};

inline engine::Arrange undo(const std::string& order)
{
    return {"undo-arrangement", {}, {}, {}, order, "no", commander};
}

} // namespace cordon::tests
