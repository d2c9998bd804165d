#include "core/engine/case_state.h"

#include "core/engine/case_documents.h"
#include "core/engine/codec.h"
#include "core/engine/incident_closing.h"
#include "core/engine/incident_row.h"
#include "core/engine/index_check.h"
#include "core/ingest/page_reader.h"
#include "core/record/index_audit.h"
#include "core/record/log_keys.h"
#include "core/record/sealed_case.h"
#include "core/value/json.h"
#include "core/words/words.h"

#include <algorithm>

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

Value viewValue(const AgentView& view)
{
    Value::Object unseen;
    for (const auto& [source, count] : view.unseen)
        unseen.emplace(source, count);
    Value::Array alerts;
    for (const AlertId id : view.hiddenAlerts)
        alerts.emplace_back(id.value);
    Value::Array members;
    for (const EntityRef& entity : view.hiddenMembers)
        members.push_back(codec::toValue(entity));
    Value::Array proof;
    for (const auto& [entity, cites] : view.proof) {
        Value::Array places;
        for (const Citation& cite : cites)
            places.push_back(codec::toValue(cite));
        proof.push_back(Value::Object{{"entity", codec::toValue(entity)}, {"cites", std::move(places)}});
    }
    Value::Array signs;
    for (const auto& [entity, own] : view.signs)
        signs.push_back(Value::Object{{"entity", codec::toValue(entity)}, {"techniques", own.techniques}, {"rarity", own.hasRarity}});
    return Value::Object{{"proof", std::move(proof)},
                         {"clauses", codec::textList(view.clauses)},
                         {"unseen", std::move(unseen)},
                         {"redacted", view.redacted},
                         {"hidden_alerts", std::move(alerts)},
                         {"hidden_members", std::move(members)},
                         {"signs", std::move(signs)},
                         {"newest", view.newest.toString()}};
}

/// Of a case that was written before there was a view nothing was read: no technique, no rarity, nothing fresh.
AgentView viewFrom(const Value& value)
{
    AgentView view;
    view.clauses = codec::textListFrom(value["clauses"]);
    for (const auto& [source, count] : value["unseen"].asObject())
        view.unseen.emplace(source, static_cast<int>(count.asInt()));
    view.redacted = static_cast<int>(value["redacted"].asInt());
    for (const Value& id : value["hidden_alerts"].asArray())
        view.hiddenAlerts.insert(AlertId{id.asInt()});
    for (const Value& item : value["hidden_members"].asArray()) {
        if (auto entity = codec::entityFrom(item))
            view.hiddenMembers.insert(std::move(*entity));
    }
    for (const Value& item : value["proof"].asArray()) {
        const auto entity = codec::entityFrom(item["entity"]);
        for (const Value& place : item["cites"].asArray()) {
            const auto digest = Digest::fromHex(place["evidence"].asString());
            if (entity && digest)
                view.proof[*entity].push_back({*digest, static_cast<std::uint64_t>(place["offset"].asInt()),
                                               static_cast<std::uint32_t>(place["length"].asInt())});
        }
    }
    for (const Value& item : value["signs"].asArray()) {
        if (const auto entity = codec::entityFrom(item["entity"]))
            view.signs[*entity] = {static_cast<int>(item["techniques"].asInt()), item["rarity"].asBool()};
    }
    view.newest = codec::timeFrom(value["newest"]).value_or(Timestamp());
    return view;
}

Value bodyOf(const IncidentFile& file)
{
    Value body = codec::toValue(file.incident, file.brief, file.plan);
    body.set("agent_view", viewValue(file.view));
    body.set("session", sessionValue(file.session));
    Value::Array preserved;
    Value::Array targets;
    for (const IncidentFile::Preserved& kept : file.preserved) {
        preserved.emplace_back(kept.digest.hex());
        targets.emplace_back(kept.target);
    }
    body.set("preserved", std::move(preserved));
    body.set("preserved_targets", std::move(targets)); // of each, whose state it is
    body.set("confirmed_by_person", file.isConfirmedByPerson);
    Value::Array notes;
    for (const auto& [time, text] : file.notes)
        notes.push_back(Value::Object{{"time", time.toString()}, {"text", text}});
    body.set("notes", std::move(notes));
    if (file.closing)
        body.set("closing", closingValue(file.closing));
    return body;
}

Result<IncidentFile> fileFrom(const Value& body)
{
    IncidentFile file;
    CORDON_TRY(file.incident, codec::incidentFrom(body));
    CORDON_TRY(file.brief, codec::briefFrom(body));
    CORDON_TRY(file.plan, codec::planFrom(body["plan"]));
    file.view = viewFrom(body["agent_view"]);
    file.session = sessionFrom(body["session"]);
    const auto& targets = body["preserved_targets"].asArray(); // early pages did not say; the ledger does
    for (const Value& item : body["preserved"].asArray()) {
        CORDON_TRY(const Digest digest, Digest::fromHex(item.asString()));
        const std::size_t at = file.preserved.size();
        file.preserved.push_back({at < targets.size() ? targets[at].asString() : std::string(), digest});
    }
    file.isConfirmedByPerson = body["confirmed_by_person"].asBool();
    for (const Value& item : body["notes"].asArray())
        file.notes.emplace_back(codec::timeFrom(item["time"]).value_or(Timestamp()), item["text"].asString());
    file.closing = closingFrom(body["closing"]);
    return file;
}

constexpr const char* sealKind = "incident_seal";
constexpr const char* absorbedKind = "absorbed";
constexpr const char* absorbedSealKind = "absorbed_seal";

std::string changedByHand(IncidentId id)
{
    return "case.db: " + toString(id) + " was changed by another hand; move case.db away and read the logs again";
}

std::string sealed(const std::string& body)
{
    return "cordon.index.v1\n" + body;
}

bool isSealed(record::CaseQueries& index, const char* kind, const std::string& id, const std::string& body,
              const crypto::PublicKey& key)
{
    const auto text = index.document(kind, id);
    const auto bytes = text ? fromHex(*text) : Result<std::string>(std::string());
    crypto::Signature signature{};
    if (!bytes || bytes->size() != signature.size())
        return false;
    std::copy(bytes->begin(), bytes->end(), signature.begin());
    return key.verifies(bytesOf(sealed(body)), signature);
}

} // namespace

Result<void> saveIncident(record::CaseStore& store, const IncidentFile& file, const crypto::SigningKey& key)
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
    const Value row = incidentRowValue(incidentRowOf(file.incident, file.plan));
    Value body = bodyOf(file);
    body.set("row", row); // under the page's signature
    stored.body = json::write(body);
    return store.write([&]() -> Result<void> {
        CORDON_TRY([[maybe_unused]] const IncidentId id, store.putIncident(stored));
        CORDON_CHECK(store.putDocument(documents::incidentRowKind, toString(file.incident.id), json::write(row)));
        return store.putDocument(sealKind, toString(file.incident.id), toHex(key.sign(sealed(stored.body))));
    });
}

Result<IncidentFiles> loadIncidents(record::CaseStore& store, const crypto::PublicKey& key)
{
    IncidentFiles files;
    CORDON_TRY(const std::vector<record::StoredIncident> stored, store.queries().incidents());
    CORDON_TRY(const auto kept, store.queries().documents(documents::incidentRowKind));
    const std::map<std::string, std::string> rows(kept.begin(), kept.end());
    for (const record::StoredIncident& item : stored) {
        if (!isSealed(store.queries(), sealKind, toString(item.id), item.body, key))
            return fail(ErrorCode::Untrusted, changedByHand(item.id));
        CORDON_TRY(const Value body, ingest::parsePage(item.body));
        const auto row = rows.find(toString(item.id));
        if (row != rows.end() && body.has("row") && json::write(body["row"]) != row->second)
            return fail(ErrorCode::Untrusted, changedByHand(item.id));
        CORDON_TRY(IncidentFile file, fileFrom(body));
        files.emplace(file.incident.id, std::move(file));
    }
    return files;
}

Result<IncidentFiles> loadSignedIncidents(record::CaseQueries& index, const crypto::PublicKey& key)
{
    IncidentFiles files;
    CORDON_TRY(const std::vector<record::StoredIncident> stored, index.incidents());
    for (const record::StoredIncident& item : stored) {
        if (!isSealed(index, sealKind, toString(item.id), item.body, key))
            continue;
        const auto body = json::parse(item.body);
        auto file = body ? fileFrom(*body) : fail(body.error());
        if (file && file->incident.id == item.id)
            files.emplace(item.id, std::move(*file));
    }
    return files;
}

Result<void> saveAbsorbed(record::CaseStore& store, const Absorbed& absorbed, const crypto::SigningKey& key)
{
    Value body = bodyOf(absorbed.file);
    body.set("into", absorbed.into.value);
    Value::Array confirmed;
    for (const EntityRef& entity : absorbed.given.confirmed)
        confirmed.push_back(codec::toValue(entity));
    body.set("gave", Value::Object{{"assignee", absorbed.given.hasAssignee},
                                   {"confirmed", absorbed.given.isConfirmed},
                                   {"accepted_by", codec::textList(absorbed.given.acceptedBy)},
                                   {"confirmed_members", std::move(confirmed)}});
    const std::string text = json::write(body);
    const std::string id = toString(absorbed.file.incident.id);
    CORDON_CHECK(store.putDocument(absorbedKind, id, text));
    return store.putDocument(absorbedSealKind, id, toHex(key.sign(sealed(text))));
}

Result<void> removeAbsorbed(record::CaseStore& store, IncidentId id)
{
    CORDON_CHECK(store.removeDocument(absorbedKind, toString(id)));
    return store.removeDocument(absorbedSealKind, toString(id));
}

Result<std::map<IncidentId, Absorbed>> loadAbsorbed(record::CaseStore& store, const crypto::PublicKey& key)
{
    std::map<IncidentId, Absorbed> all;
    CORDON_TRY(const auto documents, store.queries().documents(absorbedKind));
    for (const auto& [id, text] : documents) {
        if (!isSealed(store.queries(), absorbedSealKind, id, text, key))
            return fail(ErrorCode::Untrusted, "case.db: " + id +
                                                  " was changed by another hand; move case.db away and read the logs again");
        CORDON_TRY(const Value body, json::parse(text));
        CORDON_TRY(IncidentFile file, fileFrom(body));
        const IncidentId number = file.incident.id;
        const Value& gave = body["gave"];
        std::vector<EntityRef> confirmed;
        for (const Value& item : gave["confirmed_members"].asArray()) {
            if (auto entity = codec::entityFrom(item))
                confirmed.push_back(std::move(*entity));
        }
        all.emplace(number, Absorbed{IncidentId{body["into"].asInt()}, std::move(file),
                                     {gave["assignee"].asBool(), gave["confirmed"].asBool(),
                                      codec::textListFrom(gave["accepted_by"]), std::move(confirmed)}});
    }
    return all;
}

Result<void> checkIndex(const std::filesystem::path& place, const std::filesystem::path& home, const std::stop_token& stop)
{
    const std::filesystem::path database = record::databasePath(place);
    const bool isFolder = !record::isSealedCase(place); // what is sealed was compared by who sealed it, and is by who verifies it
    if (isFolder) {
        CORDON_TRY(const record::IndexFindings found, record::examineIndex(place, database, {}, stop, false));
        if (!found.problems.empty())
            return fail(ErrorCode::Corrupt, "case.db was changed by another hand: " + found.problems.front().second +
                                                "; make it anew with: cordonctl rebuild");
    }
    CORDON_TRY(const std::string origin, record::caseOrigin(place));
    const auto key = record::LogKeys(home).caseKey(origin);
    if (!key || !isFolder) // elsewhere nobody can tell
        return {};
    CORDON_TRY(const auto index, record::CaseIndexReader::open(database));
    CORDON_TRY(const std::vector<record::StoredIncident> stored, index->queries().incidents());
    for (const record::StoredIncident& item : stored) {
        const auto row = index->queries().document(documents::incidentRowKind, toString(item.id));
        const auto body = row ? ingest::parsePage(item.body) : Result<Value>(Value());
        const bool isRowChanged = row && (!body || (body->has("row") && json::write((*body)["row"]) != *row));
        if (isRowChanged || !isSealed(index->queries(), sealKind, toString(item.id), item.body, key->publicKey()))
            return fail(ErrorCode::Corrupt, "case.db: " + toString(item.id) + " was changed by another hand; make it anew with: cordonctl rebuild");
    }
    return {};
}

} // namespace cordon::engine
