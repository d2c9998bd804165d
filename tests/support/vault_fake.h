#pragma once

#include "core/base/time.h"
#include "tests/support/json_fake.h"

namespace cordon::test {

/// A Vault cluster, after its published HTTP API.
class VaultFake final : public JsonFake
{
public:
    struct Version
    {
        std::string deleted;
        bool isDestroyed = false;
        std::string created = "2024-01-02T03:04:05Z";
        Value data = {};
    };
    std::map<std::string, bool> entities;          ///< id and whether it is disabled
    std::set<std::string> accessors;
    std::set<std::string> leases;
    std::map<std::string, std::map<int, Version>> secrets; ///< of the mount `kv`
    std::map<std::string, std::string> staticRoles; ///< name and last rotation
    std::string token = "vault-secret-token";
    std::string cluster = "cccccccc-0000-0000-0000-00000000000c";
    int logins = 0;
    int given = 0; ///< tokens given back

    VaultFake()
    {
        route("getHealth", "GET", "/v1/sys/health", [this](const Asked&) { return json(Value::Object{{"cluster_id", cluster}, {"version", "1.15.0"}, {"sealed", false}}); }, {}, {"standbyok", "perfstandbyok"});
        route("getSelf", "GET", "/v1/auth/token/lookup-self", [](const Asked&) { return data(Value::Object{{"display_name", "approle-responder"}}); });
        route("getLogin", "POST", "/v1/auth/approle/login", [this](const Asked& asked) {
            if (asked.body["secret_id"].asString() != "approle-secret")
                return refusal(400, "invalid role or secret ID");
            ++logins;
            return json(Value::Object{{"auth", Value::Object{{"client_token", token}, {"lease_duration", 900}}}});
        }, {"role_id", "secret_id"});
        route("getEndOfSelf", "POST", "/v1/auth/token/revoke-self", [this](const Asked&) {
            ++given;
            return nothing();
        });
        identities();
        tokens();
        values();
    }

private:
    PeerReply refusal(int status, const std::string& words) override { return json(Value::Object{{"errors", status == 404 ? Value::Array{} : Value::Array{words}}}, status); }
    std::optional<PeerReply> denied(const PeerRequest& request) override
    {
        if (request.header("x-vault-token") == token || request.path() == "/v1/auth/approle/login")
            return std::nullopt;
        return json(Value::Object{{"errors", Value::Array{"permission denied"}}}, 403);
    }
    static PeerReply data(Value value) { return json(Value::Object{{"request_id", "r"}, {"data", std::move(value)}}); }

    void identities()
    {
        route("getEntity", "GET", "/v1/identity/entity/id/{}", [this](const Asked& asked) {
            const auto found = entities.find(asked.parts[0]);
            return found == entities.end() ? refusal(404, {})
                                           : data(Value::Object{{"id", found->first}, {"name", "ci"}, {"disabled", found->second}, {"creation_time", "2024-01-02T03:04:05.123456789Z"},
                                                                {"metadata", Value::Object{{"team", "build"}}}});
        });
        route("updateEntity", "POST", "/v1/identity/entity/id/{}", [this](const Asked& asked) {
            if (!entities.contains(asked.parts[0]))
                return refusal(400, "entity not found from id");
            entities[asked.parts[0]] = asked.body["disabled"].asBool();
            return nothing();
        }, {"name", "metadata", "policies", "disabled"});
        route("getRole", "GET", "/v1/database/static-roles/{}", [this](const Asked& asked) {
            const auto found = staticRoles.find(asked.parts[0]);
            return found == staticRoles.end() ? refusal(404, {}) : data(Value::Object{{"username", found->first}, {"last_vault_rotation", found->second}});
        });
        route("getConfig", "GET", "/v1/database/config/{}", [](const Asked&) { return data(Value::Object{{"plugin_name", "postgresql-database-plugin"}}); });
        route("rotateRole", "POST", "/v1/database/rotate-role/{}", [this](const Asked& asked) {
            staticRoles[asked.parts[0]] = now();
            return nothing();
        });
        route("rotateRoot", "POST", "/v1/database/rotate-root/{}", [](const Asked&) { return nothing(); });
    }
    static std::string now()
    {
        return Timestamp::fromMicros(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count()).toString();
    }
    void tokens()
    {
        route("getAccessor", "POST", "/v1/auth/token/lookup-accessor", [this](const Asked& asked) {
            return accessors.contains(asked.body["accessor"].asString()) ? data(Value::Object{{"display_name", "token-ci"}, {"entity_id", "e1"}, {"expire_time", "2030-01-01T00:00:00Z"}})
                                                                         : refusal(403, "invalid accessor");
        }, {"accessor"});
        route("revokeAccessor", "POST", "/v1/auth/token/revoke-accessor", [this](const Asked& asked) {
            accessors.erase(asked.body["accessor"].asString());
            return nothing();
        }, {"accessor"});
        route("getLease", "PUT", "/v1/sys/leases/lookup", [this](const Asked& asked) {
            return leases.contains(asked.body["lease_id"].asString()) ? data(Value::Object{{"id", asked.body["lease_id"]}, {"issue_time", "2024-01-02T03:04:05Z"}}) : refusal(400, "invalid lease");
        }, {"lease_id"});
        route("getLeases", "GET", "/v1/sys/leases/lookup/{*}", [this](const Asked& asked) {
            Value::Array keys;
            for (const std::string& one : leases) {
                if (one.starts_with(asked.parts[0]))
                    keys.push_back(Value(one.substr(asked.parts[0].size())));
            }
            return keys.empty() ? refusal(404, {}) : data(Value::Object{{"keys", keys}});
        }, {}, {"list"});
        route("revokeLease", "POST", "/v1/sys/leases/revoke", [this](const Asked& asked) {
            return leases.erase(asked.body["lease_id"].asString()) == 1 ? nothing() : refusal(400, "invalid lease");
        }, {"lease_id", "sync"});
        route("revokePrefix", "POST", "/v1/sys/leases/revoke-prefix/{*}", [this](const Asked& asked) {
            std::erase_if(leases, [&asked](const std::string& one) { return one.starts_with(asked.parts[0]); });
            return nothing();
        }, {"sync"});
    }
    void values()
    {
        route("getMetadata", "GET", "/v1/kv/metadata/{*}", [this](const Asked& asked) {
            const auto found = secrets.find(asked.parts[0]);
            if (found == secrets.end())
                return refusal(404, {});
            Value::Object versions;
            for (const auto& [number, version] : found->second)
                versions.emplace(std::to_string(number), Value::Object{{"created_time", version.created}, {"deletion_time", version.deleted}, {"destroyed", version.isDestroyed}});
            return data(Value::Object{{"current_version", found->second.rbegin()->first}, {"versions", versions}, {"created_time", "2024-01-02T03:04:05Z"}});
        });
        route("addVersion", "POST", "/v1/kv/data/{*}", [this](const Asked& asked) {
            auto& versions = secrets[asked.parts[0]];
            const int newest = versions.empty() ? 0 : versions.rbegin()->first;
            if (!asked.body["data"].isObject() || asked.body["options"]["cas"].asInt(-1) != newest)
                return refusal(400, "check-and-set parameter did not match the current version");
            versions[newest + 1] = {{}, false, now(), asked.body["data"]};
            return data(Value::Object{{"version", newest + 1}});
        }, {"options", "data"});
        const auto each = [this](const std::function<void(Version&)>& act) {
            return [this, act](const Asked& asked) {
                const auto found = secrets.find(asked.parts[0]);
                if (found == secrets.end() || asked.body["versions"].asArray().empty())
                    return refusal(400, "No version number provided");
                for (const Value& number : asked.body["versions"].asArray())
                    act(found->second.at(static_cast<int>(number.asInt())));
                return nothing();
            };
        };
        route("deleteVersion", "POST", "/v1/kv/delete/{*}", each([](Version& one) { one.deleted = now(); }), {"versions"});
        route("undeleteVersion", "POST", "/v1/kv/undelete/{*}", each([](Version& one) { one.deleted.clear(); }), {"versions"});
        route("destroyVersion", "PUT", "/v1/kv/destroy/{*}", each([](Version& one) { one.isDestroyed = true; }), {"versions"});
    }
};

} // namespace cordon::test
