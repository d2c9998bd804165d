#include "core/connectors/oauth/oauth_provider.h"

#include "core/connectors/exposed_tokens.h"
#include "core/connectors/http_options.h"
#include "core/connectors/rest_client.h"
#include "core/value/json.h"

namespace cordon::connectors::oauth {
namespace {

constexpr const char* formType = "application/x-www-form-urlencoded";
constexpr const char* discovery = "/.well-known/oauth-authorization-server"; // RFC 8414

/// RFC 6749 section 2.3.1
std::string basic(const Value& credential)
{
    return "Basic " + toBase64(bytesOf(net::percentEncoded(credential["client_id"].asString()) + ':' + net::percentEncoded(credential["client_secret"].asString())));
}

/// What one call says to the server. Where things are, the server's own metadata tell.
class OauthSession final : public Session
{
public:
    OauthSession(Asker& asker, const act::CallContext& context, const HttpOptions& options, const Value& credential)
        : m_client(asker, context, {"oauth", options.text("endpoint"), {{"authorization", basic(credential)}}, {}})
        , m_metadataPath(options.text("metadata", discovery))
        , m_base(options.text("endpoint"))
        , m_clientId(credential["client_id"].asString())
        , m_tokens(credential["tokens"])
    {}

    Result<Value> identity() override
    {
        CORDON_TRY(const Value metadata, m_client.read(m_metadataPath));
        // A token that cannot be: the answer shows that this client may ask.
        CORDON_CHECK(introspect("cordon-trial").map([](const Value&) {}));
        return Value(Value::Object{{"identity", "client " + m_clientId}, {"tenant", metadata["issuer"]}});
    }

    Result<TargetFacts> facts(const EntityRef& target) override
    {
        const std::string* token = target.kind == EntityKind::Credential ? m_tokens.find(target.id) : nullptr;
        if (!token)
            return fail(ErrorCode::Unsupported, "oauth: " + target.id + " is no token that is kept under 'tokens' in the vault, by the Base64 of its SHA-256");
        CORDON_TRY(const Value said, introspect(*token));
        TargetFacts facts;
        facts.target = target;
        facts.exists = true;
        facts.target.type = "token";
        facts.state["status"] = said["active"].asBool() ? "active" : "deleted";
        if (said["exp"].isInt())
            facts.state["expires"] = Timestamp::fromMicros(said["exp"].asInt() * 1'000'000).toString();
        const std::string& owner = said["username"].isString() ? said["username"].asString() : said["client_id"].asString();
        if (!owner.empty()) {
            facts.owner = owner;
            facts.ownerEntity = EntityRef{EntityKind::Account, owner, {}, {}};
        }
        return facts;
    }

    Result<Deed> plan(const Action& action, const TargetFacts& facts) override
    {
        if (action.type != "token.destroy")
            return fail(ErrorCode::Unsupported, "oauth: " + action.type + " does not fit a token");
        Deed deed;
        deed.calls.push_back({Value::Object{{"token", facts.target.id}}, "POST to the revocation endpoint (one token, by its hash " + facts.target.id + ')'});
        deed.change(facts, "status", "deleted");
        deed.stillOpen.emplace_back("servers that check the token by themselves take it until it expires" +
                                    (facts.state.contains("expires") ? " at " + facts.state.at("expires").asString() : std::string()));
        deed.stillOpen.emplace_back("revoking an access token leaves its refresh token alone: revoke that one, too");
        return deed;
    }

    Result<void> run(const Value& call) override
    {
        const std::string* token = m_tokens.find(call["token"].asString());
        if (!token)
            return fail(ErrorCode::NotFound, "oauth: the token is not kept under 'tokens'");
        CORDON_TRY(const std::string path, pathOf("revocation_endpoint"));
        return ask(path, *token).map([](const std::string&) {}); // what it answers besides 200 means nothing (RFC 7009, 2.2)
    }

private:
    Result<Value> introspect(const std::string& token)
    {
        CORDON_TRY(const std::string path, pathOf("introspection_endpoint"));
        CORDON_TRY(const std::string text, ask(path, token));
        auto said = json::parse(text);
        if (!said || !(*said)["active"].isBool())
            return fail(ErrorCode::Io, "oauth: an introspection that says neither active nor not");
        return said;
    }

    /// Both calls do the same when done twice.
    Result<std::string> ask(const std::string& path, const std::string& token)
    {
        CORDON_TRY(const net::HttpReply reply, m_client.reply({"POST", path, "token=" + net::percentEncoded(token), Repeat::Freely, formType}));
        if (reply.status != 200)
            return fail(m_client.errorOf({"POST", path}, reply));
        return reply.body;
    }

    /// INVARIANT: client secret and token go to no other server than the one of the settings.
    Result<std::string> pathOf(const char* which)
    {
        if (m_metadata.isNull()) {
            CORDON_TRY(m_metadata, m_client.read(m_metadataPath));
        }
        const std::string& address = m_metadata[which].asString();
        if (!address.starts_with(m_base + '/'))
            return fail(ErrorCode::Unsupported, std::string("oauth: the server names no ") + which + " of its own");
        return address.substr(m_base.size());
    }

    RestClient m_client;
    std::string m_metadataPath;
    std::string m_base;
    std::string m_clientId;
    ExposedTokens m_tokens;
    Value m_metadata;
};

class OauthProvider final : public PlannedProvider
{
public:
    OauthProvider(const act::ConnectorSettings& settings, HttpOptions options, Asker asker, Asker::Pause pause)
        : PlannedProvider(settings, {{"token.destroy"}}, std::move(pause))
        , m_options(std::move(options))
        , m_asker(std::move(asker))
    {}
    Value privileges() const override
    {
        return Value::Object{{"client", Value::Object{{"token_endpoint_auth_method", "client_secret_basic"}, {"grant_types", Value::Array{}}}},
                             {"may", Value::Array{"introspect tokens of all clients", "revoke tokens of all clients"}}};
    }

private:
    Result<std::unique_ptr<Session>> open(const std::string&, const act::CallContext& context) override
    {
        CORDON_TRY(const Value credential, credentialOf(context, "oauth", {"client_id", "client_secret"}, {"tokens"}));
        return std::make_unique<OauthSession>(m_asker, context, m_options, credential);
    }

    HttpOptions m_options;
    Asker m_asker;
};

} // namespace

Result<std::unique_ptr<act::Provider>> makeOauthProvider(const act::ConnectorSettings& settings, Asker::Pause pause)
{
    CORDON_TRY(HttpOptions options, HttpOptions::of(settings, {"metadata"}, {"endpoint"}));
    CORDON_TRY(Asker asker, options.asker(pause));
    return std::make_unique<OauthProvider>(settings, std::move(options), std::move(asker), std::move(pause));
}

} // namespace cordon::connectors::oauth
