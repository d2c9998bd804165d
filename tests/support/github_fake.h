#pragma once

#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/crypto/sha256.h"
#include "tests/support/json_fake.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

namespace cordon::test {

/// A GitHub organisation with one App, after GitHub's published description. App tokens are verified with the App's public key.
class GithubFake final : public JsonFake
{
public:
    struct DeployKey
    {
        std::string title;
        std::string key;
        bool isReadOnly = true;
    };
    std::string organisation = "acme";
    std::map<std::string, std::string> installations; ///< id and when it was suspended, or ""
    std::map<std::int64_t, std::string> tokens;       ///< fine-grained: id and owner
    std::map<std::int64_t, DeployKey> keys;           ///< of acme/app
    std::set<std::string> leaked;                     ///< tokens that still work
    struct Secret
    {
        std::string sealed; ///< Base64
        std::string updated = "2024-01-02T03:04:05Z";
    };
    std::map<std::string, Secret> secrets; ///< of Actions in acme/app, by name
    std::string publicKey;                 ///< of acme/app, Base64

    /// @param key  which of the keys that are made once; another one is another App's
    explicit GithubFake(int key = 0)
        : m_key(shared(key))
    {
        ofApp();
        ofOrganisation();
        route("getRateLimit", "GET", "/rate_limit", [](const Asked&) { return json(Value::Object{{"resources", Value::Object{}}}); });
        route("revokeCredentials", "POST", "/credentials/revoke", [this](const Asked& asked) {
            if (!asked.request.header("authorization").empty() || asked.body["credentials"].asArray().empty())
                return refusal(422, "Validation Failed");
            for (const Value& one : asked.body["credentials"].asArray())
                leaked.erase(one.asString());
            return json(Value::Object{}, 202);
        }, {"credentials"});
    }

    /// The App's private key as PEM.
    [[nodiscard]] std::string pem() const
    {
        const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
        PEM_write_bio_PrivateKey(out.get(), m_key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        char* text = nullptr;
        const long size = BIO_get_mem_data(out.get(), &text);
        return {text, static_cast<std::size_t>(size)};
    }

private:
    using Key = std::shared_ptr<EVP_PKEY>; // shared by all tests: making one takes long

    static Key shared(int which)
    {
        static std::map<int, Key> made;
        Key& key = made[which];
        if (!key)
            key = Key(EVP_RSA_gen(2048), EVP_PKEY_free);
        return key;
    }
    PeerReply refusal(int status, const std::string& words) override
    {
        return json(Value::Object{{"message", status == 404 ? "Not Found" : words}, {"documentation_url", "https://docs.github.com/rest"}, {"status", std::to_string(status)}}, status);
    }
    PeerReply throttle() override // GitHub's secondary limit
    {
        PeerReply reply = refusal(403, "You have exceeded a secondary rate limit.");
        reply.headers.emplace_back("Retry-After", "1");
        return reply;
    }
    std::optional<PeerReply> denied(const PeerRequest& request) override
    {
        const std::string authorization = request.header("authorization");
        const std::string token = authorization.starts_with("Bearer ") ? authorization.substr(7) : std::string();
        bool isGood = token == "installation-token";
        if (request.path() == "/credentials/revoke")
            isGood = true;
        else if (request.path() == "/rate_limit")
            isGood = leaked.contains(token);
        else if (request.path().starts_with("/app/"))
            isGood = isSigned(token);
        else if (request.header("x-github-api-version").empty())
            isGood = false;
        return isGood ? std::nullopt : std::optional(json(Value::Object{{"message", "Bad credentials"}, {"status", "401"}}, 401));
    }
    static std::string unpadded(std::string text)
    {
        for (char& c : text)
            c = c == '-' ? '+' : c == '_' ? '/' : c;
        text.append((4 - text.size() % 4) % 4, '=');
        return fromBase64(text).value_or(std::string());
    }
    bool isSigned(const std::string& token) const
    {
        const auto first = token.find('.');
        const auto last = token.rfind('.');
        if (first == std::string::npos || first == last)
            return false;
        const std::string signature = unpadded(token.substr(last + 1));
        const std::string text = token.substr(0, last);
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        if (EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) != 1 ||
            EVP_DigestVerify(digest.get(), reinterpret_cast<const unsigned char*>(signature.data()), signature.size(),
                             reinterpret_cast<const unsigned char*>(text.data()), text.size()) != 1)
            return false;
        const auto claims = cordon::json::parse(unpadded(token.substr(first + 1, last - first - 1)));
        const std::int64_t now = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
        return claims && (*claims)["iss"].asString() == "4711" && (*claims)["iat"].asInt() <= now && (*claims)["exp"].asInt() > now && (*claims)["exp"].asInt() <= now + 600;
    }
    /// In pages of one, as Link headers lead on.
    PeerReply paged(const Value::Array& items, const Asked& asked)
    {
        const auto page = asked.query.find("page");
        const std::size_t at = page == asked.query.end() ? 0 : std::stoul(page->second) - 1;
        Value::Array one;
        if (at < items.size())
            one.push_back(items[at]);
        PeerReply reply = json(one);
        if (at + 1 < items.size())
            reply.headers.emplace_back("Link", "<http://" + asked.request.header("host") + asked.request.path() + "?per_page=100&page=" + std::to_string(at + 2) +
                                                   ">; rel=\"next\", <http://x/>; rel=\"last\"");
        return reply;
    }

    void ofApp()
    {
        route("getInstallation", "GET", "/app/installations/{}", [this](const Asked& asked) {
            const auto found = installations.find(asked.parts[0]);
            if (found == installations.end())
                return refusal(404, {});
            return json(Value::Object{{"id", found->first}, {"app_slug", "deployer"}, {"account", Value::Object{{"login", organisation}}},
                                      {"suspended_at", found->second.empty() ? Value() : Value(found->second)}, {"created_at", "2024-01-02T03:04:05Z"}});
        });
        route("getInstallationToken", "POST", "/app/installations/{}/access_tokens", [](const Asked&) {
            return json(Value::Object{{"token", "installation-token"}, {"expires_at", "2030-01-01T00:00:00Z"}}, 201);
        });
        route("suspend", "PUT", "/app/installations/{}/suspended", [this](const Asked& asked) { return turned(asked.parts[0], "2026-11-20T10:00:00Z"); });
        route("unsuspend", "DELETE", "/app/installations/{}/suspended", [this](const Asked& asked) { return turned(asked.parts[0], {}); });
    }
    PeerReply turned(const std::string& id, const std::string& time)
    {
        if (!installations.contains(id))
            return refusal(404, {});
        installations[id] = time;
        return nothing();
    }
    void ofOrganisation()
    {
        route("getMe", "GET", "/user", [](const Asked&) { return json(Value::Object{{"login", "responder"}}); });
        route("getOrganisation", "GET", "/orgs/{}", [this](const Asked& asked) { return asked.parts[0] == organisation ? json(Value::Object{{"login", organisation}}) : refusal(404, {}); });
        route("getTokens", "GET", "/orgs/{}/personal-access-tokens", [this](const Asked& asked) {
            Value::Array all;
            for (const auto& [id, owner] : tokens)
                all.push_back(Value::Object{{"id", id}, {"owner", Value::Object{{"login", owner}}}, {"token_name", "ci"}, {"token_last_used_at", "2026-11-20T10:00:00Z"}});
            return paged(all, asked);
        }, {}, {"per_page", "page"});
        route("revokeToken", "POST", "/orgs/{}/personal-access-tokens/{}", [this](const Asked& asked) {
            if (asked.body["action"].asString() != "revoke")
                return refusal(422, "Validation Failed");
            return tokens.erase(std::stol(asked.parts[1])) == 1 ? nothing() : refusal(404, {});
        }, {"action"});
        route("getPublicKey", "GET", "/repos/{}/{}/actions/secrets/public-key", [this](const Asked&) { return json(Value::Object{{"key_id", "568250167242549743"}, {"key", publicKey}}); });
        route("getSecret", "GET", "/repos/{}/{}/actions/secrets/{}", [this](const Asked& asked) {
            const auto found = secrets.find(asked.parts[2]);
            return found == secrets.end() ? refusal(404, {}) : json(Value::Object{{"name", found->first}, {"created_at", "2024-01-02T03:04:05Z"}, {"updated_at", found->second.updated}});
        });
        route("setSecret", "PUT", "/repos/{}/{}/actions/secrets/{}", [this](const Asked& asked) {
            if (asked.body["key_id"].asString() != "568250167242549743" || !asked.body["encrypted_value"].isString())
                return refusal(422, "Validation Failed");
            const auto second = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
            secrets[asked.parts[2]] = {asked.body["encrypted_value"].asString(), Timestamp::fromMicros(second.time_since_epoch().count() * 1'000'000).toString()};
            return nothing();
        }, {"encrypted_value", "key_id"});
        route("removeSecret", "DELETE", "/repos/{}/{}/actions/secrets/{}", [this](const Asked& asked) { return secrets.erase(asked.parts[2]) == 1 ? nothing() : refusal(404, {}); });
        route("getKeys", "GET", "/repos/{}/{}/keys", [this](const Asked& asked) {
            Value::Array all;
            for (const auto& [id, key] : keys)
                all.push_back(Value::Object{{"id", id}, {"title", key.title}, {"key", key.key}, {"read_only", key.isReadOnly}, {"created_at", "2024-01-02T03:04:05Z"}});
            return paged(all, asked);
        }, {}, {"per_page", "page"});
        route("addKey", "POST", "/repos/{}/{}/keys", [this](const Asked& asked) {
            keys[99] = {asked.body["title"].asString(), asked.body["key"].asString(), asked.body["read_only"].asBool()};
            return json(Value::Object{{"id", 99}}, 201);
        }, {"title", "key", "read_only"});
        route("removeKey", "DELETE", "/repos/{}/{}/keys/{}", [this](const Asked& asked) { return keys.erase(std::stol(asked.parts[2])) == 1 ? nothing() : refusal(404, {}); });
    }

    Key m_key;
};

} // namespace cordon::test
