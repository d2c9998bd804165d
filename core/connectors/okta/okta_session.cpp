#include "core/connectors/okta/okta_session.h"

#include <algorithm>

namespace cordon::connectors::okta {
namespace {

constexpr std::string_view secrets = "/secrets/";
constexpr std::string_view factors = "/factors";
constexpr std::string_view rolePrefix = "okta/role/";

std::string users(const std::string& id)
{
    return "/api/v1/users/" + net::percentEncoded(id);
}

RestCall once(const char* method, const std::string& path)
{
    return {method, path, {}, Repeat::IfNotBegun};
}

std::string lower(std::string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

std::string userStatus(const std::string& said)
{
    return said == "DEPROVISIONED" ? "deleted" : lower(said);
}

std::optional<Timestamp> timeOf(const Value& text)
{
    const auto time = Timestamp::parse(text.asString());
    return time ? std::optional(*time) : std::nullopt;
}

/// Application and secret in `0oa…/secrets/ocs…`.
std::pair<std::string, std::string> secretOf(const std::string& id)
{
    const auto at = id.find(secrets);
    return at == std::string::npos ? std::pair<std::string, std::string>()
                                   : std::pair(id.substr(0, at), id.substr(at + secrets.size()));
}

std::string secretPath(const std::string& id)
{
    const auto [application, secret] = secretOf(id);
    return "/api/v1/apps/" + net::percentEncoded(application) + "/credentials/secrets" + (secret.empty() ? "" : "/" + net::percentEncoded(secret));
}

bool isApplication(const EntityRef& target)
{
    return target.kind == EntityKind::Account && target.id.starts_with("0oa");
}

/// A pair of calls below `path`, that change `status` and back.
Deed turned(const TargetFacts& facts, const std::string& path, const char* there, const char* back, const char* status)
{
    Deed deed;
    deed.calls.push_back(once("POST", path + "/lifecycle/" + there).step());
    deed.undo.push_back(once("POST", path + "/lifecycle/" + back).step());
    deed.change(facts, "status", status);
    deed.undoCost = std::string("Calls ") + back + '.';
    return deed;
}

Deed ended(const TargetFacts& facts, const RestCall& call)
{
    Deed deed;
    deed.calls.push_back(call.step());
    deed.change(facts, "status", "deleted");
    return deed;
}

/// Where the groups or applications are listed that a role of that type may be limited to, or "".
const char* limitsOf(const std::string& type)
{
    if (type == "APP_ADMIN")
        return "/targets/catalog/apps";
    return type == "USER_ADMIN" || type == "HELP_DESK_ADMIN" || type == "GROUP_MEMBERSHIP_ADMIN" ? "/targets/groups" : "";
}

tl::unexpected<Error> doesNotFit(const Action& action, const TargetFacts& facts)
{
    return fail(ErrorCode::Unsupported, "okta: " + action.type + " does not fit " + facts.target.id);
}

} // namespace

Result<Value> OktaSession::identity()
{
    CORDON_TRY(const Value organisation, client().read("/.well-known/okta-organization"));
    std::string who = "an application with a token of its own";
    if (m_hasUser) {
        CORDON_TRY(const Value me, client().read("/api/v1/users/me"));
        who = me["profile"]["login"].asString();
    }
    return Value(Value::Object{{"identity", who}, {"tenant", organisation["id"]}});
}

Result<TargetFacts> OktaSession::facts(const EntityRef& target)
{
    TargetFacts facts;
    facts.target = target;
    if (isApplication(target))
        CORDON_CHECK(addApplication(facts));
    else if (target.kind == EntityKind::Account)
        CORDON_CHECK(addUser(facts));
    else if (target.kind == EntityKind::Credential && target.id.find(secrets) != std::string::npos)
        CORDON_CHECK(addSecret(facts));
    else if (target.kind == EntityKind::Credential && target.id.ends_with(factors))
        CORDON_CHECK(addFactors(facts));
    else if (target.kind == EntityKind::Credential && target.id.starts_with("00T"))
        CORDON_CHECK(addToken(facts));
    else
        return fail(ErrorCode::Unsupported, "okta: knows no " + std::string(toString(target.kind)) + ' ' + target.id);
    return facts;
}

Result<void> OktaSession::addUser(TargetFacts& facts)
{
    CORDON_TRY(const std::optional<Value> user, client().find(users(facts.target.id)));
    if (!user)
        return {};
    const std::string& id = (*user)["id"].asString();
    facts.exists = true;
    facts.target.name = (*user)["profile"]["login"].asString();
    facts.createdAt = timeOf((*user)["created"]);
    facts.lastUsedAt = timeOf((*user)["lastLogin"]);
    facts.state["status"] = userStatus((*user)["status"].asString());
    facts.state["keys"] = Value();
    facts.state["policies"] = Value();
    CORDON_CHECK(addGrants(facts, id));
    // Okta keeps no "valid from" of sessions; its own log tells when they were last cleared.
    const std::string filter = "eventType eq \"user.session.clear\" and target.id eq \"" + id + '"';
    CORDON_TRY(const Value::Array cleared,
               client().all("/api/v1/logs?filter=" + net::percentEncoded(filter) + "&limit=1&sortOrder=DESCENDING", {}, {}));
    facts.state["sessions_not_before"] = cleared.empty() ? Value() : cleared.front()["published"];
    return {};
}

Result<void> OktaSession::addGrants(TargetFacts& facts, const std::string& user)
{
    const auto list = [this, &user](const char* what) { return client().all(users(user) + what, {}, RestClient::nextByLink()); };
    std::vector<std::string> grants;
    CORDON_TRY(const Value::Array groups, list("/groups"));
    for (const Value& group : groups)
        grants.push_back(group["id"].asString());
    CORDON_TRY(const Value::Array roles, list("/roles"));
    for (const Value& role : roles)
        grants.push_back(std::string(rolePrefix) + role["type"].asString());
    facts.state["grants"] = sortedList(std::move(grants));
    std::vector<std::string> consents;
    CORDON_TRY(const Value::Array given, list("/grants"));
    for (const Value& grant : given)
        consents.push_back(grant["id"].asString());
    CORDON_TRY(const Value::Array clients, list("/clients"));
    for (const Value& one : clients)
        consents.push_back(one["client_id"].asString());
    facts.state["consents"] = sortedList(std::move(consents));
    return {};
}

Result<void> OktaSession::addApplication(TargetFacts& facts)
{
    CORDON_TRY(const std::optional<Value> application, client().find("/api/v1/apps/" + net::percentEncoded(facts.target.id)));
    if (!application)
        return {};
    facts.exists = true;
    facts.target.name = (*application)["label"].asString();
    facts.target.type = "service";
    facts.createdAt = timeOf((*application)["created"]);
    facts.state["status"] = (*application)["status"].asString() == "ACTIVE" ? "active" : "suspended";
    return {};
}

Result<void> OktaSession::addSecret(TargetFacts& facts)
{
    const auto [application, secret] = secretOf(facts.target.id);
    CORDON_TRY(const std::optional<Value> list, client().find(secretPath(application + std::string(secrets))));
    Value::Array siblings;
    const crypto::SecretBytes* next = m_newValues.find(facts.target.id);
    bool hasNext = false;
    for (const Value& one : list ? list->asArray() : Value::Array()) {
        const std::string status = lower(one["status"].asString());
        if (one["id"].asString() != secret) {
            hasNext = hasNext || (next && status == "active" && crypto::equalInConstantTime(next->view(), bytesOf(one["client_secret"].asString())));
            siblings.push_back(Value::Object{{"id", application + std::string(secrets) + one["id"].asString()}, {"status", status}});
            continue;
        }
        facts.exists = true;
        facts.state["status"] = status;
        facts.createdAt = timeOf(one["created"]);
        facts.target.type = "app_secret";
        facts.owner = application;
        facts.ownerEntity = EntityRef{EntityKind::Account, application, "service", {}};
    }
    facts.state["siblings"] = std::move(siblings);
    facts.state["has_next"] = hasNext;
    return {};
}

Result<void> OktaSession::addToken(TargetFacts& facts)
{
    CORDON_TRY(const std::optional<Value> token, client().find("/api/v1/api-tokens/" + net::percentEncoded(facts.target.id)));
    if (!token)
        return {};
    facts.exists = true;
    facts.state["status"] = "active";
    facts.target.type = "token";
    facts.target.name = (*token)["name"].asString();
    facts.createdAt = timeOf((*token)["created"]);
    facts.owner = (*token)["userId"].asString();
    facts.ownerEntity = EntityRef{EntityKind::Account, *facts.owner, {}, {}};
    return {};
}

Result<void> OktaSession::addFactors(TargetFacts& facts)
{
    const std::string user = facts.target.id.substr(0, facts.target.id.size() - factors.size());
    CORDON_TRY(const std::optional<Value> list, client().find(users(user) + "/factors"));
    facts.exists = list && !list->asArray().empty();
    facts.state["status"] = facts.exists ? Value("active") : Value();
    facts.owner = user;
    facts.ownerEntity = EntityRef{EntityKind::Account, user, {}, {}};
    return {};
}

Result<Deed> OktaSession::plan(const Action& action, const TargetFacts& facts)
{
    const std::string& id = facts.target.id;
    const std::string& verb = action.type;
    if (isApplication(facts.target)) {
        const std::string path = "/api/v1/apps/" + net::percentEncoded(id);
        Deed deed = verb == "account.suspend" ? turned(facts, path, "deactivate", "activate", "suspended")
                                              : turned(facts, path, "activate", "deactivate", "active");
        if (verb != "account.suspend" && verb != "account.resume")
            return doesNotFit(action, facts);
        deed.stillOpen.emplace_back("tokens that the application already has stay valid until they expire");
        deed.stillOpen.emplace_back("all users of the application are cut off, and their assignments are gone over again when it comes back");
        return deed;
    }
    if (facts.target.kind == EntityKind::Account)
        return planOfUser(action, facts);
    if (id.find(secrets) != std::string::npos)
        return planOfSecret(action, facts);
    if (id.ends_with(factors) && verb == "credential.delete")
        return ended(facts, once("POST", users(*facts.owner) + "/lifecycle/reset_factors"));
    if (id.starts_with("00T") && verb == "token.destroy")
        return ended(facts, once("DELETE", "/api/v1/api-tokens/" + net::percentEncoded(id)));
    return doesNotFit(action, facts);
}

Result<Deed> OktaSession::planOfSecret(const Action& action, const TargetFacts& facts)
{
    const std::string& id = facts.target.id;
    const std::string& verb = action.type;
    const bool isActive = stateOf(facts, "status").asString() == "active";
    const Value::Array& siblings = stateOf(facts, "siblings").asArray();
    if (verb == "credential.activate")
        return turned(facts, secretPath(id), "activate", "deactivate", "active");
    if (verb == "credential.delete") {
        if (isActive)
            return fail(ErrorCode::Denied, "okta: an active secret is not deleted; deactivate it first");
        return ended(facts, once("DELETE", secretPath(id)));
    }
    if (verb == "credential.replace") {
        const crypto::SecretBytes* value = m_newValues.find(id);
        if (!value || value->text().size() < 14 || value->text().size() > 100)
            return fail(ErrorCode::Denied, "okta: keep the application's next secret, of 14 to 100 characters, in the vault under 'new_values', as " + id);
        const bool isThere = stateOf(facts, "has_next").asBool();
        if (!isThere && !siblings.empty())
            return fail(ErrorCode::Denied, "okta: an application has two secrets at most; delete the other one first");
        Deed deed;
        deed.calls.push_back({Value::Object{{"new_secret_for", id}}, "POST " + secretPath(secretOf(id).first + std::string(secrets)) + " (the next secret, from the vault)"});
        deed.change(facts, "has_next", true);
        deed.stillOpen.emplace_back("the old secret is good until it is deactivated, a step of its own, once every consumer has the new one");
        return deed;
    }
    if (verb != "credential.deactivate")
        return doesNotFit(action, facts);
    const bool hasOther = std::any_of(siblings.begin(), siblings.end(), [](const Value& one) { return one["status"].asString() == "active"; });
    if (isActive && !hasOther)
        return fail(ErrorCode::Denied, "okta: this is the application's only active secret; make a new one first");
    Deed deed = turned(facts, secretPath(id), "deactivate", "activate", "inactive");
    deed.stillOpen.emplace_back("tokens that were had with this secret stay valid until they expire");
    return deed;
}

/// The value goes into the one request that sets it. Okta's answer repeats it, and is dropped.
Result<void> OktaSession::run(const Value& call)
{
    const std::string& id = call["new_secret_for"].asString();
    if (id.empty())
        return RestSession::run(call);
    const crypto::SecretBytes* value = m_newValues.find(id);
    if (!value || secretOf(id).second.empty())
        return fail(ErrorCode::Denied, "okta: the vault holds no next secret of " + id);
    RestCall set = once("POST", secretPath(secretOf(id).first + std::string(secrets)));
    set.body = Value::Object{{"client_secret", value->text()}, {"status", "ACTIVE"}};
    return client().send(set).map([](const Value&) {});
}

Result<Effect> OktaSession::effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since)
{
    if (action.type != "credential.replace")
        return effectIn(action, facts, since);
    if (!m_newValues.find(facts.target.id))
        return Effect::Unclear;
    return stateOf(facts, "has_next").asBool() ? Effect::There : Effect::NotThere;
}

Result<Deed> OktaSession::planOfUser(const Action& action, const TargetFacts& facts)
{
    const std::string& verb = action.type;
    const std::string path = users(facts.target.id);
    const std::string& status = stateOf(facts, "status").asString();
    if (verb == "account.suspend" || verb == "account.resume") {
        if (status != "active" && status != "suspended")
            return fail(ErrorCode::Denied, "okta: only an active user is suspended, and a suspended one resumed; this one is " + status);
        Deed deed = verb == "account.suspend" ? turned(facts, path, "suspend", "unsuspend", "suspended")
                                              : turned(facts, path, "unsuspend", "suspend", "active");
        if (verb == "account.suspend")
            deed.stillOpen.emplace_back("sessions in applications and tokens already issued are not ended by this: revoke sessions, too");
        return deed;
    }
    if (verb == "session.revoke") {
        Deed deed;
        deed.calls.push_back(once("DELETE", path + "/sessions?oauthTokens=true").step());
        deed.change(facts, "sessions_not_before", client().context().now.toString());
        deed.stillOpen.emplace_back("sessions that applications keep themselves are not cleared");
        deed.stillOpen.emplace_back("whoever holds the password and a factor signs in again: suspend the user, too");
        return deed;
    }
    if (verb == "account.delete")
        return ended(facts, once("POST", path + "/lifecycle/deactivate"));
    if (verb == "grant.remove")
        return leave(action, facts, path);
    if (verb != "consent.revoke")
        return doesNotFit(action, facts);
    const std::string& application = action.params["application"].asString();
    const std::string& consent = application.empty() ? action.params["grant"].asString() : application;
    if (!holds(stateOf(facts, "consents"), consent))
        return fail(ErrorCode::NotFound, "okta: " + facts.target.id + " gave no consent '" + consent + "'");
    Deed deed;
    if (application.empty()) {
        deed.calls.push_back(once("DELETE", path + "/grants/" + net::percentEncoded(consent)).step());
    } else {
        deed.calls.push_back(once("DELETE", path + "/clients/" + net::percentEncoded(consent) + "/grants").step());
        deed.calls.push_back(once("DELETE", path + "/clients/" + net::percentEncoded(consent) + "/tokens").step());
    }
    deed.change(facts, "consents", without(stateOf(facts, "consents"), consent));
    deed.stillOpen.emplace_back("access tokens that are checked without asking Okta are good until they expire");
    return deed;
}

Result<Deed> OktaSession::leave(const Action& action, const TargetFacts& facts, const std::string& user)
{
    const std::string grant = grantOf(action);
    if (!holds(stateOf(facts, "grants"), grant))
        return fail(ErrorCode::NotFound, "okta: " + facts.target.id + " has no '" + grant + "'");
    Deed deed;
    deed.change(facts, "grants", without(stateOf(facts, "grants"), grant));
    if (!grant.starts_with(rolePrefix)) {
        CORDON_TRY(const Value person, client().read(user));
        const std::string path = "/api/v1/groups/" + net::percentEncoded(grant) + "/users/" + net::percentEncoded(person["id"].asString());
        deed.calls.push_back(once("DELETE", path).step());
        deed.undo.push_back(RestCall{"PUT", path}.step());
        deed.undoCost = "Adds the user to the group again.";
        return deed;
    }
    CORDON_TRY(const Value::Array roles, client().all(user + "/roles", {}, RestClient::nextByLink()));
    for (const Value& role : roles) {
        if (std::string(rolePrefix) + role["type"].asString() != grant)
            continue;
        const std::string path = user + "/roles/" + net::percentEncoded(role["id"].asString());
        deed.calls.push_back(once("DELETE", path).step());
        const char* limits = limitsOf(role["type"].asString());
        CORDON_TRY(const Value::Array limited, *limits == 0 ? Result<Value::Array>(Value::Array()) : client().all(path + limits, {}, RestClient::nextByLink()));
        if (!limited.empty())
            return deed; // what it was limited to would not come back: no way back
        deed.undo.push_back(RestCall{"POST", user + "/roles", Value::Object{{"type", role["type"]}}, Repeat::IfNotBegun}.step());
    }
    deed.undoCost = "Gives the role again.";
    return deed;
}

} // namespace cordon::connectors::okta
