#include "core/connectors/vault/vault_session.h"

#include "core/value/json.h"

#include <algorithm>

namespace cordon::connectors::vault {
namespace {

constexpr std::string_view entities = "vault/entity/";
constexpr std::string_view accessors = "vault/accessor/";
constexpr std::string_view lease = "vault/lease/";
constexpr std::string_view leases = "vault/leases/";
constexpr std::string_view roots = "vault/database/config/";
constexpr std::string_view accounts = "vault/database/";
constexpr std::string_view prefix = "vault/";

std::string rest(const std::string& id, std::string_view of)
{
    return id.starts_with(of) ? id.substr(of.size()) : std::string();
}

RestCall once(const std::string& path, Value body = {})
{
    return {"POST", path, std::move(body), Repeat::IfNotBegun};
}

/// Where something about a secret `vault/MOUNT/PATH` of a version 2 key-value store is.
std::string secretPath(const std::string& id, const char* what)
{
    const std::string path = rest(id, prefix);
    const auto slash = path.find('/');
    if (slash == std::string::npos || slash + 1 == path.size())
        return {};
    return "/v1/" + net::percentEncoded(path.substr(0, slash)) + '/' + what + '/' + net::percentEncoded(path.substr(slash + 1), true);
}

RestCall versionCall(const std::string& id, const char* what, std::int64_t version)
{
    return {std::string_view(what) == "destroy" ? "PUT" : "POST", secretPath(id, what), Value::Object{{"versions", Value::Array{version}}}};
}

std::optional<Timestamp> timeOf(const Value& text)
{
    const auto time = Timestamp::parse(text.asString());
    return time ? std::optional(*time) : std::nullopt;
}

} // namespace

VaultSession::~VaultSession()
{
    // It would expire by itself; this is sooner. Nobody could do anything about a failure.
    if (m_isOwn)
        [[maybe_unused]] const auto ended = client().send(once("/v1/auth/token/revoke-self"));
}

Result<Value> VaultSession::identity()
{
    CORDON_TRY(const Value health, client().read("/v1/sys/health?perfstandbyok=true&standbyok=true"));
    CORDON_TRY(const Value me, client().read("/v1/auth/token/lookup-self"));
    return Value(Value::Object{{"identity", me["data"]["display_name"]}, {"tenant", health["cluster_id"]}, {"version", health["version"]}});
}

Result<TargetFacts> VaultSession::facts(const EntityRef& target)
{
    TargetFacts facts;
    facts.target = target;
    const std::string& id = target.id;
    const bool isCredential = target.kind == EntityKind::Credential;
    if (target.kind == EntityKind::Account && !rest(id, entities).empty())
        CORDON_CHECK(addEntity(facts, rest(id, entities)));
    else if (isCredential && !rest(id, accessors).empty())
        CORDON_CHECK(addToken(facts, {"POST", "/v1/auth/token/lookup-accessor", Value::Object{{"accessor", rest(id, accessors)}}}));
    else if (isCredential && !rest(id, lease).empty())
        CORDON_CHECK(addToken(facts, {"PUT", "/v1/sys/leases/lookup", Value::Object{{"lease_id", rest(id, lease)}}}));
    else if (isCredential && !rest(id, leases).empty())
        CORDON_CHECK(addLeases(facts, rest(id, leases)));
    else if (isCredential && !rest(id, roots).empty())
        CORDON_CHECK(addAccount(facts, "/v1/database/config/" + net::percentEncoded(rest(id, roots))));
    else if (isCredential && !rest(id, accounts).empty())
        CORDON_CHECK(addAccount(facts, "/v1/database/static-roles/" + net::percentEncoded(rest(id, accounts))));
    else if (target.kind == EntityKind::Secret && !secretPath(id, "metadata").empty())
        CORDON_CHECK(addSecret(facts));
    else
        return fail(ErrorCode::Unsupported, "vault: knows no " + std::string(toString(target.kind)) + ' ' + id);
    return facts;
}

Result<void> VaultSession::addEntity(TargetFacts& facts, const std::string& id)
{
    CORDON_TRY(const std::optional<Value> entity, client().find("/v1/identity/entity/id/" + net::percentEncoded(id)));
    if (!entity)
        return {};
    const Value& shown = (*entity)["data"];
    facts.exists = true;
    facts.target.name = shown["name"].asString();
    facts.createdAt = timeOf(shown["creation_time"]);
    facts.state["status"] = shown["disabled"].asBool() ? "suspended" : "active";
    facts.tags = std::vector<std::string>();
    for (const auto& [key, value] : shown["metadata"].asObject())
        facts.tags->push_back(value.asString() == "true" ? key : key + '=' + value.asString());
    return {};
}

/// A token or a lease: Vault says "invalid" of one that is gone, with one status or another.
Result<void> VaultSession::addToken(TargetFacts& facts, const RestCall& look)
{
    const auto said = client().send(look);
    if (!said) {
        const std::string& words = said.error().detail;
        const bool isGone = said.error().code == ErrorCode::NotFound || words.find("invalid accessor") != std::string::npos ||
                            words.find("invalid lease") != std::string::npos;
        return isGone ? Result<void>() : fail(said.error());
    }
    const Value& shown = (*said)["data"];
    facts.exists = true;
    facts.target.type = "token";
    facts.target.name = shown["display_name"].asString();
    facts.state["status"] = "active";
    facts.createdAt = timeOf(shown["issue_time"]);
    if (shown["expire_time"].isString())
        facts.state["expires"] = shown["expire_time"];
    if (const std::string& entity = shown["entity_id"].asString(); !entity.empty()) {
        facts.owner = std::string(entities) + entity;
        facts.ownerEntity = EntityRef{EntityKind::Account, *facts.owner, {}, {}};
    }
    return {};
}

Result<void> VaultSession::addLeases(TargetFacts& facts, const std::string& path)
{
    CORDON_TRY(const std::optional<Value> list, client().find("/v1/sys/leases/lookup/" + net::percentEncoded(path, true) + "?list=true"));
    const std::size_t count = list ? (*list)["data"]["keys"].asArray().size() : 0;
    facts.exists = count > 0;
    facts.state["status"] = count > 0 ? Value("active") : Value();
    facts.state["leases"] = static_cast<std::int64_t>(count);
    return {};
}

Result<void> VaultSession::addAccount(TargetFacts& facts, const std::string& path)
{
    CORDON_TRY(const std::optional<Value> account, client().find(path));
    if (!account)
        return {};
    facts.exists = true;
    facts.target.type = "password";
    facts.state["status"] = "active";
    facts.state["siblings"] = Value::Array{};
    facts.state["replaced"] = (*account)["data"]["last_vault_rotation"];
    return {};
}

Result<void> VaultSession::addSecret(TargetFacts& facts)
{
    CORDON_TRY(const std::optional<Value> metadata, client().find(secretPath(facts.target.id, "metadata")));
    if (!metadata)
        return {};
    const Value& shown = (*metadata)["data"];
    facts.exists = true;
    facts.createdAt = timeOf(shown["created_time"]);
    m_current = shown["current_version"].asInt();
    facts.tags = std::vector<std::string>();
    for (const auto& [key, value] : shown["custom_metadata"].asObject())
        facts.tags->push_back(value.asString() == "true" ? key : key + '=' + value.asString());
    std::map<std::int64_t, Value> versions;
    for (const auto& [number, version] : shown["versions"].asObject()) {
        if (version["destroyed"].asBool())
            continue;
        const std::string& deleted = version["deletion_time"].asString();
        const auto time = Timestamp::parse(deleted);
        const bool isDeleted = !deleted.empty() && (!time || *time <= client().context().now + std::chrono::minutes(5));
        if (number == std::to_string(shown["current_version"].asInt()))
            m_added = timeOf(version["created_time"]);
        const bool isCurrent = number == std::to_string(shown["current_version"].asInt());
        versions[std::strtoll(number.c_str(), nullptr, 10)] = Value::Object{{"id", number}, {"stage", isDeleted ? "RETIRED" : isCurrent ? "AWSCURRENT" : ""}};
    }
    Value list = Value::Array{};
    for (const auto& [number, version] : versions)
        list.append(version);
    facts.state["versions"] = std::move(list);
    return {};
}

Result<Deed> VaultSession::plan(const Action& action, const TargetFacts& facts)
{
    const std::string& id = facts.target.id;
    const std::string& verb = action.type;
    Deed deed;
    if (const std::string entity = rest(id, entities); !entity.empty() && (verb == "account.suspend" || verb == "account.resume")) {
        const auto call = [&entity](bool isOff) { return RestCall{"POST", "/v1/identity/entity/id/" + net::percentEncoded(entity), Value::Object{{"disabled", isOff}}}.step(); };
        const bool suspends = verb == "account.suspend";
        deed.calls.push_back(call(suspends));
        deed.undo.push_back(call(!suspends));
        deed.change(facts, "status", suspends ? "suspended" : "active");
        deed.undoCost = suspends ? "Lets the entity in again; its tokens work again, too." : "Disables the entity again.";
        if (suspends)
            deed.stillOpen.emplace_back("its tokens are refused but not revoked, and what it leased elsewhere (database accounts, keys) goes on: revoke the leases, too");
        return deed;
    }
    if (verb == "token.destroy") {
        if (!rest(id, accessors).empty())
            deed.calls.push_back(once("/v1/auth/token/revoke-accessor", Value::Object{{"accessor", rest(id, accessors)}}).step());
        else if (!rest(id, lease).empty())
            deed.calls.push_back(once("/v1/sys/leases/revoke", Value::Object{{"lease_id", rest(id, lease)}, {"sync", true}}).step());
        else if (!rest(id, leases).empty())
            deed.calls.push_back(once("/v1/sys/leases/revoke-prefix/" + net::percentEncoded(rest(id, leases), true), Value::Object{{"sync", true}}).step());
        deed.change(facts, "status", "deleted");
        deed.stillOpen.emplace_back(rest(id, leases).empty() ? "tokens and leases that came from it end with it; whoever may log in gets a new one"
                                                             : "everybody with a lease below this path is cut off: " + std::to_string(stateOf(facts, "leases").asInt()) + " entries");
        if (!deed.calls.empty())
            return deed;
    }
    if (verb == "credential.replace" && id.starts_with(accounts)) {
        const bool isRoot = !rest(id, roots).empty();
        deed.calls.push_back(once(isRoot ? "/v1/database/rotate-root/" + net::percentEncoded(rest(id, roots)) : "/v1/database/rotate-role/" + net::percentEncoded(rest(id, accounts))).step());
        deed.change(facts, "replaced", client().context().now.toString());
        deed.stillOpen.emplace_back(isRoot ? "nobody but Vault knows the password afterwards, and Vault does not tell whether it was changed" : "sessions of the account that stand go on until the database ends them");
        return deed;
    }
    if (verb == "secret.add_version" && facts.target.kind == EntityKind::Secret)
        return addVersion(facts);
    if (verb != "secret.retire_version" && verb != "secret.delete_version")
        return fail(ErrorCode::Unsupported, "vault: " + verb + " does not fit " + id);
    const std::string& version = action.params["version"].asString();
    Value after = Value::Array{};
    bool isThere = false;
    for (const Value& one : stateOf(facts, "versions").asArray()) {
        const bool isIt = one["id"].asString() == version;
        isThere = isThere || isIt;
        if (!isIt)
            after.append(one);
        else if (verb == "secret.retire_version")
            after.append(Value::Object{{"id", version}, {"stage", "RETIRED"}});
    }
    if (!isThere)
        return fail(ErrorCode::NotFound, "vault: " + id + " has no version '" + version + "'");
    const std::int64_t number = std::strtoll(version.c_str(), nullptr, 10);
    deed.change(facts, "versions", std::move(after));
    deed.calls.push_back(versionCall(id, verb == "secret.retire_version" ? "delete" : "destroy", number).step());
    deed.stillOpen.emplace_back("who read the value has it: it must be changed where it opens something");
    if (verb == "secret.retire_version") {
        deed.undo.push_back(versionCall(id, "undelete", number).step());
        deed.undoCost = "Makes the version readable again; refused unless a person says so, since it is the one that leaked.";
        deed.exposes = true;
    }
    return deed;
}

/// Beside the versions that are there, and only if nobody added one meanwhile.
Result<Deed> VaultSession::addVersion(const TargetFacts& facts) const
{
    const std::string& id = facts.target.id;
    if (!m_newValues.find(id))
        return fail(ErrorCode::Denied, "vault: keep the next value of " + id + " beside the credential under 'new_values'");
    Value after = Value::Array{};
    for (const Value& one : stateOf(facts, "versions").asArray())
        after.append(Value::Object{{"id", one["id"]}, {"stage", one["stage"].asString() == "AWSCURRENT" ? Value("") : one["stage"]}});
    after.append(Value::Object{{"id", std::to_string(m_current + 1)}, {"stage", "AWSCURRENT"}});
    Deed deed;
    deed.calls.push_back({Value::Object{{"add", id}, {"after", m_current}}, "POST " + secretPath(id, "data") + " (the value that is kept for it, as version " + std::to_string(m_current + 1) + ')'});
    deed.undo.push_back(versionCall(id, "delete", m_current + 1).step());
    deed.change(facts, "versions", std::move(after));
    deed.undoCost = "Takes the new version away; who took it already must take the old one by its number.";
    deed.stillOpen.emplace_back("the old version still opens what it opened, until it is retired and changed there");
    return deed;
}

Result<void> VaultSession::run(const Value& call)
{
    const std::string& id = call["add"].asString();
    if (id.empty())
        return RestSession::run(call);
    const crypto::SecretBytes* value = m_newValues.find(id);
    if (!value || secretPath(id, "data").empty())
        return fail(ErrorCode::Denied, "vault: no next value of " + id + " is kept");
    // Several fields are kept as an object; one text is the field `value`.
    const auto fields = json::parse(value->text());
    const Value data = fields && fields->isObject() ? *fields : Value(Value::Object{{"value", value->text()}});
    return client().send({"POST", secretPath(id, "data"), Value::Object{{"options", Value::Object{{"cas", call["after"]}}}, {"data", data}}, Repeat::IfNotBegun}).map([](const Value&) {});
}

Result<Effect> VaultSession::effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since)
{
    if (action.type != "secret.add_version")
        return effectIn(action, facts, since);
    const auto& versions = stateOf(facts, "versions").asArray();
    if (!facts.exists || versions.empty() || versions.back()["stage"].asString() != "AWSCURRENT" || !m_added)
        return Effect::NotThere;
    return !since ? Effect::Unclear : *m_added >= *since ? Effect::There : Effect::NotThere;
}

} // namespace cordon::connectors::vault
