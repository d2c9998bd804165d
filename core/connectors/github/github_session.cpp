#include "core/connectors/github/github_session.h"

#include "core/connectors/github/sealed_value.h"
#include "core/crypto/sha256.h"
#include "core/value/json.h"

namespace cordon::connectors::github {
namespace {

constexpr std::string_view installations = "github.com/installations/";
constexpr std::string_view tokens = "/personal-access-tokens/";
constexpr std::string_view keys = "/keys/";
constexpr std::string_view secrets = "/actions/secrets/";

RestCall once(const char* method, const std::string& path, Value body = {})
{
    return {method, path, std::move(body), Repeat::IfNotBegun};
}

std::optional<Timestamp> timeOf(const Value& text)
{
    const auto time = Timestamp::parse(text.asString());
    return time ? std::optional(*time) : std::nullopt;
}

/// Besides 429: a refusal that names when to come again, or an allowance that is used up.
bool isThrottle(const net::HttpReply& reply)
{
    return reply.status == 403 && (!reply.header("retry-after").empty() || reply.header("x-ratelimit-remaining") == "0");
}

/// `SHA256:…` of a public key in OpenSSH's form, without padding; "" for what is none.
std::string fingerprintOf(const std::string& key)
{
    const auto from = key.find(' ');
    const auto bytes = from == std::string::npos ? Result<std::string>(fail(ErrorCode::Invalid, "")) : fromBase64(key.substr(from + 1, key.find(' ', from + 1) - from - 1));
    if (!bytes)
        return {};
    std::string text = toBase64(crypto::sha256(*bytes).bytes);
    while (text.ends_with('='))
        text.pop_back();
    return "SHA256:" + text;
}

/// What stands before and behind `mark` in `github.com/BEFORE/mark/BEHIND`.
std::pair<std::string, std::string> around(const std::string& id, std::string_view mark)
{
    const std::string_view prefix = "github.com/";
    const auto at = id.find(mark);
    if (!id.starts_with(prefix) || at == std::string::npos || at < prefix.size())
        return {};
    return {id.substr(prefix.size(), at - prefix.size()), id.substr(at + mark.size())};
}

/// Where a secret of Actions `github.com/OWNER/REPO/actions/secrets/NAME` is, "" for what is none of that organisation.
std::string secretPath(const EntityRef& target, const std::string& organisation)
{
    const auto [repository, name] = around(target.id, secrets);
    if (target.kind != EntityKind::Secret || !repository.starts_with(organisation + '/') || name.empty())
        return {};
    return "/repos/" + net::percentEncoded(repository, true) + std::string(secrets) + net::percentEncoded(name);
}

} // namespace

std::unique_ptr<RestClient> GithubSession::clientWith(const std::string& authorization)
{
    RestClient::Manner manner{"github", m_endpoint, {{"accept", "application/vnd.github+json"}, {"x-github-api-version", "2022-11-28"}}, isThrottle};
    if (!authorization.empty())
        manner.headers.push_back({"authorization", authorization});
    return std::make_unique<RestClient>(m_asker, m_context, std::move(manner));
}

Result<RestClient*> GithubSession::asApp()
{
    if (m_credential.appId.empty())
        return fail(ErrorCode::Denied, "github: this takes the App's own key, and the credential is a token");
    if (!m_app) {
        CORDON_TRY(const std::string token, m_credential.appToken(m_context.now));
        m_app = clientWith("Bearer " + token);
    }
    return m_app.get();
}

Result<RestClient*> GithubSession::asInstallation()
{
    if (m_installation)
        return m_installation.get();
    std::string token = m_credential.token;
    if (token.empty()) {
        CORDON_TRY(RestClient* const app, asApp());
        CORDON_TRY(const Value made, app->send({"POST", "/app/installations/" + net::percentEncoded(m_credential.installation) + "/access_tokens"}));
        token = made["token"].asString();
    }
    m_installation = clientWith("Bearer " + token);
    crypto::wipe(token);
    return m_installation.get();
}

Result<Value> GithubSession::identity()
{
    if (m_credential.appId.empty()) {
        CORDON_TRY(RestClient* const client, asInstallation());
        CORDON_TRY(const Value me, client->read("/user"));
        CORDON_TRY(const Value organisation, client->read("/orgs/" + net::percentEncoded(m_organisation)));
        return Value(Value::Object{{"identity", me["login"]}, {"tenant", organisation["login"]}});
    }
    CORDON_TRY(RestClient* const app, asApp());
    CORDON_TRY(const Value one, app->read("/app/installations/" + net::percentEncoded(m_credential.installation)));
    return Value(Value::Object{{"identity", "App " + one["app_slug"].asString()}, {"tenant", one["account"]["login"]}});
}

Result<TargetFacts> GithubSession::facts(const EntityRef& target)
{
    TargetFacts facts;
    facts.target = target;
    const auto [organisation, token] = around(target.id, tokens);
    const auto [repository, fingerprint] = around(target.id, keys);
    if (const std::string path = secretPath(target, m_organisation); !path.empty()) {
        CORDON_CHECK(addSecret(facts, path));
    } else if (target.kind == EntityKind::Account && target.id.starts_with(installations)) {
        CORDON_CHECK(addInstallation(facts, target.id.substr(installations.size())));
    } else if (target.kind == EntityKind::Credential && organisation == m_organisation) {
        CORDON_CHECK(addToken(facts, token));
    } else if (target.kind == EntityKind::Credential && repository.starts_with(m_organisation + '/')) {
        CORDON_CHECK(addDeployKey(facts, repository, fingerprint));
    } else if (target.kind == EntityKind::Credential && m_credential.exposed.find(target.id)) {
        CORDON_CHECK(addExposed(facts));
    } else {
        return fail(ErrorCode::Unsupported, "github: " + target.id + " is nothing in " + m_organisation + " that can be looked up; a token that leaked is kept under 'exposed' in the vault");
    }
    return facts;
}

Result<void> GithubSession::addInstallation(TargetFacts& facts, const std::string& id)
{
    CORDON_TRY(RestClient* const app, asApp());
    CORDON_TRY(const std::optional<Value> one, app->find("/app/installations/" + net::percentEncoded(id)));
    if (!one)
        return {};
    if ((*one)["account"]["login"].asString() != m_organisation)
        return fail(ErrorCode::Denied, "github: installation " + id + " belongs to " + (*one)["account"]["login"].asString());
    facts.exists = true;
    facts.target.type = "service";
    facts.target.name = (*one)["app_slug"].asString();
    facts.createdAt = timeOf((*one)["created_at"]);
    facts.state["status"] = (*one)["suspended_at"].isString() ? "suspended" : "active";
    return {};
}

Result<void> GithubSession::addToken(TargetFacts& facts, const std::string& id)
{
    CORDON_TRY(RestClient* const client, asInstallation());
    CORDON_TRY(const Value::Array all, client->all("/orgs/" + net::percentEncoded(m_organisation) + "/personal-access-tokens?per_page=100", {}, RestClient::nextByLink()));
    for (const Value& one : all) {
        if (std::to_string(one["id"].asInt()) != id)
            continue;
        facts.exists = true;
        facts.target.type = "token";
        facts.target.name = one["token_name"].asString();
        facts.createdAt = timeOf(one["access_granted_at"]);
        facts.lastUsedAt = timeOf(one["token_last_used_at"]);
        facts.owner = "github.com/" + one["owner"]["login"].asString();
        facts.ownerEntity = EntityRef{EntityKind::Account, *facts.owner, {}, one["owner"]["login"].asString()};
        facts.state["status"] = "active";
    }
    return {};
}

Result<void> GithubSession::addDeployKey(TargetFacts& facts, const std::string& repository, const std::string& fingerprint)
{
    CORDON_TRY(RestClient* const client, asInstallation());
    CORDON_TRY(const Value::Array all, client->all("/repos/" + net::percentEncoded(repository, true) + "/keys?per_page=100", {}, RestClient::nextByLink()));
    for (const Value& one : all) {
        if (fingerprintOf(one["key"].asString()) != fingerprint)
            continue;
        m_key = one;
        facts.exists = true;
        facts.target.name = one["title"].asString();
        facts.createdAt = timeOf(one["created_at"]);
        facts.lastUsedAt = timeOf(one["last_used"]);
        facts.owner = "github.com/" + repository;
        facts.state["status"] = "active";
    }
    return {};
}

/// Whether a leaked token still opens anything is found out by trying it.
Result<void> GithubSession::addExposed(TargetFacts& facts)
{
    const auto client = clientWith("Bearer " + *m_credential.exposed.find(facts.target.id));
    const RestCall trial{"GET", "/rate_limit"}; // needs no permission and costs no allowance
    CORDON_TRY(const net::HttpReply reply, client->reply(trial));
    if (reply.status != 200 && reply.status != 401)
        return fail(client->errorOf(trial, reply));
    facts.exists = true;
    facts.target.type = "token";
    facts.state["status"] = reply.status == 200 ? "active" : "deleted";
    return {};
}

/// GitHub tells when a secret was set, never what it is.
Result<void> GithubSession::addSecret(TargetFacts& facts, const std::string& path)
{
    CORDON_TRY(RestClient* const client, asInstallation());
    CORDON_TRY(const std::optional<Value> one, client->find(path));
    if (!one)
        return {};
    facts.exists = true;
    facts.target.name = (*one)["name"].asString();
    facts.createdAt = timeOf((*one)["created_at"]);
    facts.state["versions"] = Value::Array{Value::Object{{"id", (*one)["updated_at"]}, {"stage", "AWSCURRENT"}}};
    return {};
}

Result<Deed> GithubSession::planSecret(const Action& action, const TargetFacts& facts, const std::string& path) const
{
    const std::string& id = facts.target.id;
    Deed deed;
    if (action.type == "secret.add_version") {
        if (!m_credential.newValues.find(id))
            return fail(ErrorCode::Denied, "github: keep the next value of " + id + " in the vault under 'new_values'");
        deed.calls.push_back({Value::Object{{"set", id}}, "PUT " + path + " (the value that the vault holds, sealed for the repository)"});
        deed.change(facts, "versions", Value::Array{Value::Object{{"id", "now"}, {"stage", "AWSCURRENT"}}});
        deed.stillOpen.emplace_back("workflows that run go on with the old value; it opens what it opened until it is ended there");
        return deed;
    }
    if (action.type != "secret.delete_version" || action.params.has("version"))
        return fail(ErrorCode::Unsupported, "github: " + action.type + " does not fit " + id + "; it keeps one value, without versions");
    deed.calls.push_back(once("DELETE", path).step());
    deed.change(facts, "versions", Value::Array{});
    deed.stillOpen.emplace_back("every workflow that uses it fails; the value opens what it opened until it is ended there");
    return deed;
}

Result<void> GithubSession::setSecret(const std::string& id, const std::string& path)
{
    const crypto::SecretBytes* value = m_credential.newValues.find(id);
    if (!value || path.empty())
        return fail(ErrorCode::Denied, "github: the vault holds no next value of " + id);
    CORDON_TRY(RestClient* const client, asInstallation());
    CORDON_TRY(const Value key, client->read(path.substr(0, path.rfind('/')) + "/public-key"));
    CORDON_TRY(const std::string sealed, sealedFor(key["key"].asString(), value->text()));
    return client->send({"PUT", path, Value::Object{{"encrypted_value", sealed}, {"key_id", key["key_id"]}}}).map([](const Value&) {});
}

/// Set since then: GitHub tells the second.
Result<Effect> GithubSession::effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since)
{
    if (facts.target.kind != EntityKind::Secret)
        return effectIn(action, facts, since);
    if (action.type == "secret.delete_version")
        return facts.exists ? Effect::NotThere : Effect::There;
    const auto& versions = stateOf(facts, "versions").asArray();
    const auto set = versions.empty() ? std::nullopt : timeOf(versions.front()["id"]);
    return !set ? Effect::NotThere : !since ? Effect::Unclear : *set >= *since ? Effect::There : Effect::NotThere;
}

Result<Deed> GithubSession::plan(const Action& action, const TargetFacts& facts)
{
    if (const std::string path = secretPath(facts.target, m_organisation); !path.empty())
        return planSecret(action, facts, path);
    const std::string& id = facts.target.id;
    Deed deed;
    if (facts.target.kind == EntityKind::Account && (action.type == "account.suspend" || action.type == "account.resume")) {
        const bool suspends = action.type == "account.suspend";
        const std::string path = "/app/installations/" + net::percentEncoded(id.substr(installations.size())) + "/suspended";
        deed.calls.push_back(RestCall{suspends ? "PUT" : "DELETE", path}.step());
        deed.undo.push_back(RestCall{suspends ? "DELETE" : "PUT", path}.step());
        deed.change(facts, "status", suspends ? "suspended" : "active");
        deed.undoCost = suspends ? "Lets the installation go on; only the same App can." : "Suspends the installation again.";
        if (suspends)
            deed.stillOpen.emplace_back("every repository of the installation loses the App, also what it did well");
        return deed;
    }
    if (action.type == "token.destroy" && m_credential.exposed.find(id)) {
        deed.calls.push_back({Value::Object{{"exposed", id}}, "POST /credentials/revoke (one token, by its hash " + id + ")"});
        deed.change(facts, "status", "deleted");
        deed.stillOpen.emplace_back("SSH keys that were made with the token go on working");
        return deed;
    }
    if (const auto [organisation, token] = around(id, tokens); action.type == "token.destroy" && !token.empty()) {
        deed.calls.push_back(once("POST", "/orgs/" + net::percentEncoded(organisation) + std::string(tokens) + net::percentEncoded(token), Value::Object{{"action", "revoke"}}).step());
        deed.change(facts, "status", "deleted");
        deed.stillOpen.emplace_back("the token loses this organisation; in its owner's own repositories it goes on, and so do SSH keys made with it");
        return deed;
    }
    if (const auto [repository, fingerprint] = around(id, keys); action.type == "credential.delete" && !repository.empty()) {
        const std::string path = "/repos/" + net::percentEncoded(repository, true) + "/keys";
        deed.calls.push_back(once("DELETE", path + '/' + std::to_string(m_key["id"].asInt())).step());
        deed.undo.push_back(once("POST", path, Value::Object{{"title", m_key["title"]}, {"key", m_key["key"]}, {"read_only", m_key["read_only"]}}).step());
        deed.change(facts, "status", "deleted");
        deed.removes = true;
        deed.undoCost = "Adds the same public key again: whoever holds the private key gets in again.";
        return deed;
    }
    return fail(ErrorCode::Unsupported, "github: " + action.type + " does not fit " + id);
}

Result<void> GithubSession::run(const Value& call)
{
    const auto ignored = [](const Value&) {};
    if (const std::string& id = call["set"].asString(); !id.empty())
        return setSecret(id, secretPath({EntityKind::Secret, id, {}, {}}, m_organisation));
    if (const std::string& hash = call["exposed"].asString(); !hash.empty()) {
        const std::string* token = m_credential.exposed.find(hash);
        if (!token)
            return fail(ErrorCode::NotFound, "github: the token is not kept under 'exposed'");
        return clientWith({})->send(once("POST", "/credentials/revoke", Value::Object{{"credentials", Value::Array{*token}}})).map(ignored);
    }
    CORDON_TRY(const RestCall rest, RestCall::fromValue(call));
    CORDON_TRY(RestClient* const client, rest.path.starts_with("/app/") ? asApp() : asInstallation());
    return client->send(rest).map(ignored);
}

} // namespace cordon::connectors::github
