#include "core/tenant/deed.h"
#include "core/tenant/deed_verbs.h"
#include "core/value/json.h"

#include <algorithm>
#include <map>

namespace cordon::tenant {
namespace {

using store::Statement;

struct Reading
{
    Tenant& tenant;
    const Action& action;
    const EntityRef& target;
    const std::optional<DeedRow>& deed;
};

/// True when the effect is there; what was read goes into `seen`.
using Check = Result<bool> (*)(const Reading&, Value& seen);

/// The attribute as a listing of the provider shows it; nothing when the thing is not listed any more.
Result<std::optional<Value>> listed(Tenant& tenant, const EntityRef& entity, const char* attribute)
{
    CORDON_TRY(Statement list,
               tenant.database().prepare("SELECT s.value FROM entity e CROSS JOIN current_state s ON s.entity = e.id"
                                         " WHERE e.kind = ?1 AND e.ref = ?2 AND e.gone_at IS NULL"
                                         " AND s.attribute = ?3"));
    list.bind(1, toString(entity.kind)).bind(2, entity.id).bind(3, attribute);
    CORDON_TRY(const bool hasRow, list.step());
    if (!hasRow)
        return std::optional<Value>();
    return json::parse(list.text(0)).map([](Value value) { return std::optional(std::move(value)); });
}

/// Reads the attribute and keeps it in `seen`.
Result<std::optional<Value>> look(const Reading& reading, const char* attribute, Value& seen)
{
    CORDON_TRY(auto value, listed(reading.tenant, reading.target, attribute));
    seen.set(attribute, value ? *value : Value());
    return value;
}

template<class Expected>
Result<bool> isNow(const Reading& reading, const char* attribute, const Expected& expected, Value& seen)
{
    CORDON_TRY(const auto value, look(reading, attribute, seen));
    return value && *value == Value(expected);
}

Result<bool> isGone(const Reading& reading, Value& seen)
{
    CORDON_TRY(const std::vector<EntityRef> all, reading.tenant.entities(reading.target.kind));
    const bool isListed = std::find(all.begin(), all.end(), reading.target) != all.end();
    seen.set("exists", isListed);
    return !isListed;
}

/// Which of the tenant's holders still have `item` in their list: asked from the item's side.
Result<bool> isNotHeld(const Reading& reading, const char* attribute, const std::string& item, Value& seen)
{
    CORDON_TRY(Statement holders,
               reading.tenant.database().prepare(
                   "SELECT e.kind, e.ref FROM current_state s JOIN entity e ON e.id = s.entity, json_each(s.value) held"
                   " WHERE s.attribute = ?1 AND held.value = ?2 AND e.gone_at IS NULL ORDER BY e.kind, e.ref"));
    holders.bind(1, attribute).bind(2, item);
    bool isHeld = false;
    Value names = Value::Array{};
    for (;;) {
        CORDON_TRY(const bool hasRow, holders.step());
        if (!hasRow)
            break;
        names.append(holders.text(1));
        isHeld = isHeld || (holders.text(0) == toString(reading.target.kind) && holders.text(1) == reading.target.id);
    }
    seen.set("held_by", std::move(names));
    return !isHeld;
}

Result<bool> isSuccessorThere(const Reading& reading, Value& seen)
{
    CORDON_TRY(Statement keys,
               reading.tenant.database().prepare(
                   "SELECT e.ref FROM entity e CROSS JOIN current_state s ON s.entity = e.id"
                   " WHERE e.kind = 'credential' AND e.gone_at IS NULL AND s.attribute = 'replaces'"
                   " AND json_extract(s.value, '$') = ?1"));
    keys.bind(1, reading.target.id);
    CORDON_TRY(const bool hasRow, keys.step());
    seen.set("replaced_by", hasRow ? Value(keys.text(0)) : Value());
    return hasRow;
}

/// No live session of the role or account is left that was issued before the deny.
Result<bool> areSessionsRevoked(const Reading& reading, Value& seen)
{
    if (reading.target.kind == EntityKind::Credential)
        return isNow(reading, "status", "revoked", seen);
    CORDON_TRY(const auto notBefore, look(reading, "sessions_not_before", seen));
    if (!notBefore || !notBefore->isString())
        return false;
    CORDON_TRY(const auto sessions,
               reading.tenant.linked(reading.target, reading.target.kind == EntityKind::Role ? Tenant::Link::SessionsOf
                                                                                             : Tenant::Link::OwnedBy));
    Value alive = Value::Array{};
    for (const TargetFacts& session : sessions) {
        const std::string issued = session.createdAt ? session.createdAt->toString() : std::string();
        const std::string expires = stateOf(session, "expires").asString();
        const bool isOver = !expires.empty() && expires <= reading.tenant.now().toString();
        if (session.target.type == "session" && !isOver && issued >= notBefore->asString())
            alive.append(session.target.id);
    }
    const bool isNoneAlive = alive.asArray().empty();
    seen.set("sessions_alive", std::move(alive));
    return isNoneAlive;
}

Result<bool> isTrustRestored(const Reading& reading, Value& seen)
{
    CORDON_CHECK(look(reading, "trust", seen).map([](const auto&) {}));
    CORDON_TRY(const StateRow newest, reading.tenant.state(reading.target, "trust"));
    return newest.hand.rfind("cordon:", 0) == 0 && reading.deed && !reading.deed->isUndone;
}

Result<std::string> stageOf(const Reading& reading, const std::string& version, Value& seen)
{
    CORDON_CHECK(look(reading, "versions", seen).map([](const auto&) {}));
    for (const Value& one : seen["versions"].asArray()) {
        if (one["id"].asString() == version)
            return one["stage"].asString();
    }
    return std::string("absent");
}

Result<bool> isVersion(const Reading& reading, const char* noted, const std::string& stage, Value& seen)
{
    const std::string version = reading.deed ? reading.deed->detail[noted + (':' + reading.target.id)].asString()
                                             : reading.action.params["version"].asString();
    CORDON_TRY(const std::string found, stageOf(reading, version, seen));
    return !version.empty() && found == stage && (reading.deed || stage != "absent");
}

Result<bool> isDependentUpdated(const Reading& reading, Value& seen)
{
    CORDON_TRY(const auto configuration, look(reading, "configuration", seen));
    if (!configuration)
        return false;
    if (!reading.action.params.has("credential"))
        return (*configuration)["secret"] == reading.action.params["secret"] && reading.deed && !reading.deed->isUndone;
    const EntityRef used{EntityKind::Credential, (*configuration)["credential"].asString(), {}, {}};
    CORDON_TRY(const TargetFacts facts, reading.tenant.facts(used));
    const auto& users = *facts.dependents;
    return !stateOf(facts, "replaces").isNull() && std::find(users.begin(), users.end(), reading.target) != users.end();
}

Result<bool> isIsolated(const Reading& reading, Value& seen)
{
    CORDON_TRY(const bool isCutOff, isNow(reading, "network", "isolated", seen));
    CORDON_CHECK(look(reading, "security_groups", seen).map([](const auto&) {}));
    return isCutOff && seen["security_groups"].asArray().size() == 1;
}

/// The groups that were there before are back, not only the word.
Result<bool> isReleased(const Reading& reading, Value& seen)
{
    CORDON_TRY(const bool isOpen, isNow(reading, "network", "normal", seen));
    CORDON_CHECK(look(reading, "security_groups", seen).map([](const auto&) {}));
    CORDON_TRY(const StateRow saved, reading.tenant.state(reading.target, "saved_groups"));
    return isOpen && (!saved.value.isArray() || seen["security_groups"] == saved.value);
}

Result<bool> isGrantRemoved(const Reading& reading, Value& seen)
{
    for (const char* name : {"grant", "group", "role", "policy", "resource"}) {
        if (reading.action.params.has(name))
            return isNotHeld(reading, "grants", reading.action.params[name].asString(), seen);
    }
    return false;
}

Result<bool> isConsentRevoked(const Reading& reading, Value& seen)
{
    const char* name = reading.action.params.has("application") ? "application" : "grant";
    return isNotHeld(reading, "consents", reading.action.params[name].asString(), seen);
}

Result<bool> isRead(const Reading& reading, Value& seen)
{
    CORDON_TRY(const TargetFacts facts, reading.tenant.facts(reading.target));
    seen = toValue(facts);
    return true;
}

Result<bool> isSnapshotTaken(const Reading& reading, Value& seen)
{
    CORDON_CHECK(isRead(reading, seen).map([](bool) {}));
    if (reading.target.kind != EntityKind::Workload && reading.target.kind != EntityKind::Host)
        return reading.deed.has_value();
    const Value snapshot = reading.deed ? reading.deed->detail[reading.target.id] : Value();
    seen.set("snapshot", snapshot);
    return snapshot.isString();
}

Result<bool> isNoted(const Reading& reading, Value& seen)
{
    seen = reading.deed ? reading.deed->detail : Value(Value::Object{});
    return reading.deed.has_value();
}

const std::map<std::string_view, Check>& checks()
{
    static const std::map<std::string_view, Check> table{
        {"credential.deactivate", [](const Reading& r, Value& seen) { return isNow(r, "status", "inactive", seen); }},
        {"credential.activate", [](const Reading& r, Value& seen) { return isNow(r, "status", "active", seen); }},
        {"credential.delete", isGone},
        {"credential.replace", isSuccessorThere},
        {"token.destroy", isGone},
        {"session.revoke", areSessionsRevoked},
        {"account.suspend", [](const Reading& r, Value& seen) { return isNow(r, "status", "suspended", seen); }},
        {"account.resume", [](const Reading& r, Value& seen) { return isNow(r, "status", "active", seen); }},
        {"account.delete", isGone},
        {"policy.detach",
         [](const Reading& r, Value& seen) {
             return isNotHeld(r, "policies", r.action.params["policy"].asString(), seen);
         }},
        {"grant.remove", isGrantRemoved},
        {"consent.revoke", isConsentRevoked},
        {"trust.restore", isTrustRestored},
        {"workload.isolate", isIsolated},
        {"workload.release", isReleased},
        {"workload.terminate", isGone},
        {"address.block", [](const Reading& r, Value& seen) { return isNow(r, "blocked", true, seen); }},
        {"address.unblock", [](const Reading& r, Value& seen) { return isNow(r, "blocked", false, seen); }},
        {"secret.add_version", [](const Reading& r, Value& seen) { return isVersion(r, "made", "AWSCURRENT", seen); }},
        {"secret.retire_version",
         [](const Reading& r, Value& seen) { return isVersion(r, "version", "RETIRED", seen); }},
        {"secret.delete_version",
         [](const Reading& r, Value& seen) { return isVersion(r, "version", "absent", seen); }},
        {"dependent.update", isDependentUpdated},
        {"evidence.collect", isRead},
        {"evidence.snapshot", isSnapshotTaken},
        {"inventory.read", isRead},
        {"activity.watch", isNoted},
        {"change.open", isNoted},
        {"change.note", isNoted},
    };
    return table;
}

/// When the newest change of the target is not yet seen by uses: until when.
Result<std::optional<Timestamp>> settlesAt(Tenant& tenant, const EntityRef& target)
{
    CORDON_TRY(Statement newest,
               tenant.database().prepare("SELECT max(s.visible_at) FROM state s JOIN entity e ON e.id = s.entity"
                                         " WHERE e.kind = ?1 AND e.ref = ?2 AND s.visible_at > ?3"));
    newest.bind(1, toString(target.kind)).bind(2, target.id).bind(3, tenant.now().micros());
    CORDON_CHECK(newest.step().map([](bool) {}));
    if (newest.isNull(0))
        return std::optional<Timestamp>();
    return std::optional(Timestamp::fromMicros(newest.integer(0)));
}

} // namespace

Result<Outcome> checkEffect(Tenant& tenant, const Action& action, const std::string& digest)
{
    const auto check = checks().find(action.type);
    if (check == checks().end())
        return fail(ErrorCode::Unsupported, "the exercise tenant cannot verify " + action.type);
    CORDON_TRY(const std::optional<DeedRow> deed, tenant.deedFor(digest));
    Outcome outcome;
    outcome.state = OutcomeState::Verified;
    outcome.finished = tenant.now();
    for (const EntityRef& target : action.targets) {
        Value seen = Value::Object{};
        CORDON_TRY(const bool holds, check->second({tenant, action, target, deed}, seen));
        outcome.detail +=
            (outcome.detail.empty() ? "" : "; ") + nameOf(target) + (holds ? ": as intended" : ": not as intended");
        outcome.seen.set(target.key(), std::move(seen));
        if (!holds)
            outcome.state = OutcomeState::Failed;
        CORDON_TRY(const auto settles, settlesAt(tenant, target));
        if (settles)
            outcome.detail += ", in force everywhere from " + settles->toString();
    }
    return outcome;
}

} // namespace cordon::tenant
