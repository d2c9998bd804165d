#include "core/engine/case_state.h"

#include "core/engine/codec.h"
#include "core/record/ledger_reader.h"
#include "core/value/json.h"
#include "core/words/words.h"

#include <algorithm>
#include <set>

namespace cordon::engine {
namespace {

Value sessionValue(const AgentSession& session)
{
    return Value::Object{{"id", session.id},
                         {"open", session.isOpen},
                         {"opened", session.opened.toString()},
                         {"last_active", session.lastActive.toString()},
                         {"actions", session.actionsUsed}};
}

AgentSession sessionFrom(const Value& value)
{
    AgentSession session;
    session.id = value["id"].asString();
    session.isOpen = value["open"].asBool();
    session.opened = codec::timeFrom(value["opened"]).value_or(Timestamp());
    session.lastActive = codec::timeFrom(value["last_active"]).value_or(Timestamp());
    session.actionsUsed = static_cast<int>(value["actions"].asInt());
    return session;
}

Value bodyOf(const IncidentFile& file)
{
    Value body = codec::toValue(file.incident, file.brief, file.plan);
    body.set("session", sessionValue(file.session));
    Value::Array preserved;
    for (const Digest& digest : file.preserved)
        preserved.emplace_back(digest.hex());
    body.set("preserved", std::move(preserved));
    body.set("confirmed_by_person", file.isConfirmedByPerson);
    Value::Array notes;
    for (const auto& [time, text] : file.notes)
        notes.push_back(Value::Object{{"time", time.toString()}, {"text", text}});
    body.set("notes", std::move(notes));
    return body;
}

Result<IncidentFile> fileFrom(const Value& body)
{
    IncidentFile file;
    CORDON_TRY(file.incident, codec::incidentFrom(body));
    CORDON_TRY(file.brief, codec::briefFrom(body));
    CORDON_TRY(file.plan, codec::planFrom(body["plan"]));
    file.session = sessionFrom(body["session"]);
    for (const Value& item : body["preserved"].asArray()) {
        CORDON_TRY(const Digest digest, Digest::fromHex(item.asString()));
        file.preserved.push_back(digest);
    }
    file.isConfirmedByPerson = body["confirmed_by_person"].asBool();
    for (const Value& item : body["notes"].asArray())
        file.notes.emplace_back(codec::timeFrom(item["time"]).value_or(Timestamp()), item["text"].asString());
    return file;
}

IncidentFile* fileOf(IncidentFiles& files, const std::string& incident)
{
    for (auto& [id, file] : files) {
        if (toString(id) == incident)
            return &file;
    }
    return nullptr;
}

Outcome outcomeFrom(const Value& value)
{
    Outcome outcome;
    const std::string& state = value["state"].asString();
    outcome.state = state == "verified" ? OutcomeState::Verified
                    : state == "failed" ? OutcomeState::Failed
                                        : OutcomeState::Unknown;
    outcome.detail = value["detail"].asString();
    outcome.undoRecord = value["undo_record"];
    outcome.finished = codec::timeFrom(value["finished"]).value_or(Timestamp());
    return outcome;
}

void noteDone(AgentDesk& desk, const LedgerEntry& entry)
{
    auto action = Action::fromValue(entry.data["action"]);
    if (!action || entry.data["outcome"]["state"].asString() != "verified")
        return;
    if (entry.data["undo"].asBool())
        desk.done.erase(AgentDesk::actKey(*action));
    else
        desk.done[AgentDesk::actKey(*action)] = outcomeFrom(entry.data["outcome"]);
}

/// An outcome in the ledger decides, whatever the index remembers of the step.
void takeOutcome(IncidentFiles& files, const LedgerEntry& entry)
{
    IncidentFile* file = fileOf(files, entry.incident);
    Step* step = file ? file->step(entry.data["step"].asString()) : nullptr;
    if (!step || entry.data["undo"].asBool())
        return;
    if (step->state != StepState::Executing && step->state != StepState::Proposed &&
        step->state != StepState::AwaitingApproval)
        return;
    Outcome outcome = outcomeFrom(entry.data["outcome"]);
    step->state = outcome.state == OutcomeState::Verified ? StepState::Verified
                  : outcome.state == OutcomeState::Failed ? StepState::Failed
                                                          : StepState::Unknown;
    step->doneBy = "agent";
    step->executedAt = outcome.finished;
    step->outcome = std::move(outcome);
}

} // namespace

Result<void> saveIncident(record::CaseStore& store, const IncidentFile& file)
{
    record::StoredIncident stored;
    stored.id = file.incident.id;
    stored.title = words::english(file.incident.title);
    stored.risk = file.incident.risk;
    stored.severity = file.incident.severity;
    stored.status = file.incident.status;
    stored.firstSeen = file.incident.firstSeen;
    stored.lastSeen = file.incident.lastSeen;
    stored.assignee = file.incident.assignee;
    for (const IncidentMember& member : file.incident.members)
        stored.members.push_back(member.entity);
    stored.alerts = file.incident.alerts;
    stored.body = json::write(bodyOf(file));
    return store.write([&]() -> Result<void> {
        CORDON_TRY([[maybe_unused]] const IncidentId id, store.putIncident(stored));
        return {};
    });
}

Result<IncidentFiles> loadIncidents(record::CaseStore& store)
{
    IncidentFiles files;
    CORDON_TRY(const std::vector<record::StoredIncident> stored, store.queries().incidents());
    for (const record::StoredIncident& item : stored) {
        CORDON_TRY(const Value body, json::parse(item.body));
        CORDON_TRY(IncidentFile file, fileFrom(body));
        files.emplace(file.incident.id, std::move(file));
    }
    return files;
}

Result<LedgerPast> readPast(const std::filesystem::path& caseFolder, AgentDesk& desk, IncidentFiles& files)
{
    LedgerPast past;
    std::map<std::string, OpenAct> begun; ///< by permit
    std::set<std::string> sessions;
    Result<void> applied;
    auto take = [&](const LedgerEntry& entry) -> Result<void> {
        CORDON_CHECK(desk.usage.apply(entry));
        if (desk.approvals)
            CORDON_CHECK(desk.approvals->apply(entry));
        past.lastTime = entry.ts;
        past.lastAt = codec::timeFrom(entry.data["at"]).value_or(past.lastAt);
        if (entry.type == "session.open")
            sessions.insert(entry.session);
        else if (entry.type == "session.close")
            sessions.erase(entry.session);
        else if (entry.type == "mandate.in_force")
            desk.newestSeenRevision = std::max(desk.newestSeenRevision, entry.data["revision"].asInt());
        else if (entry.type == "approval.requested")
            past.requestTexts[entry.data["request"].asString()] = entry.data["text"].asString();
        else if (entry.type == "action.intended")
            begun[entry.data["permit"].asString()] = {entry.incident, entry.data["step"].asString(),
                                                      entry.data["permit"].asString()};
        else if (entry.type.rfind("outcome.", 0) == 0) {
            begun.erase(entry.data["permit"].asString());
            takeOutcome(files, entry);
            noteDone(desk, entry);
        }
        return {};
    };
    CORDON_CHECK(record::eachEntry(caseFolder, 0, [&](const LedgerEntry& entry) {
        applied = take(entry);
        return applied.has_value();
    }));
    CORDON_CHECK(std::move(applied));
    for (auto& [permit, act] : begun)
        past.open.push_back(std::move(act));
    past.openSessions = static_cast<int>(sessions.size());
    return past;
}

} // namespace cordon::engine
