#pragma once

#include "core/base/time.h"
#include "tests/support/json_fake.h"

namespace cordon::test {

/// A Microsoft Entra tenant behind Microsoft Graph, after its published description, and the server that gives tokens.
class EntraFake final : public JsonFake
{
public:
    struct Principal
    {
        bool isUser = true;
        std::string name; ///< user principal name
        bool isEnabled = true;
        std::string sessionsFrom = "2024-01-02T03:04:05Z";
        std::set<std::string> groups;
    };
    using Rows = std::map<std::string, Value>; ///< by id
    std::map<std::string, Principal> principals; ///< by object id
    Rows assignments;
    Rows roles;
    Rows consents;
    std::map<std::string, std::set<std::string>> applications; ///< object id and secrets
    std::map<std::string, std::map<std::string, std::string>> certificates; ///< object id to key id to the certificate's Base64
    std::map<std::string, std::string> secretNames;  ///< of secrets that have one, by key id
    std::map<std::string, std::string> secretValues; ///< of those that were made here
    bool givesKeys = true; ///< with the certificates of one application
    std::string tenant = "11111111-1111-1111-1111-111111111111";
    std::string secret = "entra-client-secret";

    EntraFake()
    {
        route("getToken", "POST", "/{}/oauth2/v2.0/token", [this](const Asked& asked) { return token(asked); }, {}, {}, true);
        route("getOrganisation", "GET", "/v1.0/organization", [this](const Asked&) {
            return json(Value::Object{{"value", Value::Array{Value::Object{{"id", tenant}, {"displayName", "Acme"}}}}});
        }, {}, {"$select"});
        objects();
        grants();
    }

private:
    PeerReply refusal(int status, const std::string& words) override
    {
        const char* code = status == 404 ? "Request_ResourceNotFound" : status == 429 ? "TooManyRequests" : status >= 500 ? "ServiceUnavailable" : "Request_BadRequest";
        return json(Value::Object{{"error", Value::Object{{"code", code}, {"message", words}, {"innerError", Value::Object{{"request-id", "r"}}}}}}, status);
    }
    std::optional<PeerReply> denied(const PeerRequest& request) override
    {
        if (request.header("authorization") == "Bearer graph-token" || request.path().ends_with("/oauth2/v2.0/token"))
            return std::nullopt;
        return json(Value::Object{{"error", Value::Object{{"code", "InvalidAuthenticationToken"}, {"message", "Access token is empty."}}}}, 401);
    }
    PeerReply token(const Asked& asked)
    {
        auto form = pairs(asked.request.body);
        if (asked.parts[0] != tenant)
            return json(Value::Object{{"error", "invalid_request"}, {"error_description", "AADSTS90002: Tenant not found."}}, 400);
        if (form["client_secret"] != secret || form["grant_type"] != "client_credentials" || form["scope"] != "https://graph.microsoft.com/.default")
            return json(Value::Object{{"error", "invalid_client"}, {"error_description", "AADSTS7000215: Invalid client secret provided."}}, 401);
        return json(Value::Object{{"token_type", "Bearer"}, {"expires_in", 3599}, {"access_token", "graph-token"}});
    }
    PeerReply missing(const std::string& id) { return refusal(404, "Resource '" + id + "' does not exist or one of its queried reference-property objects are not present."); }

    Principal* principal(const std::string& id, bool isUser)
    {
        for (auto& [object, one] : principals) {
            if (one.isUser == isUser && (object == id || (isUser && one.name == id)))
                return &one;
        }
        return nullptr;
    }
    std::string idOf(const Principal& wanted)
    {
        for (const auto& [id, one] : principals) {
            if (&one == &wanted)
                return id;
        }
        return {};
    }
    /// In pages of one, as @odata.nextLink leads on.
    PeerReply paged(const std::vector<Value>& items, const Asked& asked)
    {
        const auto skip = asked.query.find("$skiptoken");
        const std::size_t at = skip == asked.query.end() ? 0 : std::stoul(skip->second);
        Value page = Value::Object{{"value", Value::Array(items.begin() + static_cast<long>(std::min(at, items.size())), items.begin() + static_cast<long>(std::min(at + 1, items.size())))}};
        if (at + 1 < items.size()) {
            std::string query = asked.request.query();
            query = query.substr(0, query.find("$skiptoken"));
            page.set("@odata.nextLink", "http://" + asked.request.header("host") + asked.request.path() + '?' + query + (query.empty() || query.ends_with('&') ? "" : "&") + "$skiptoken=" + std::to_string(at + 1));
        }
        return json(page);
    }
    static std::vector<Value> matching(const Rows& rows, const std::string& member, const std::string& id)
    {
        std::vector<Value> all;
        for (const auto& [key, row] : rows) {
            if (row[member].asString() == id)
                all.push_back(row);
        }
        return all;
    }

    void objects()
    {
        route("getObject", "GET", "/v1.0/directoryObjects/{}", [this](const Asked& asked) {
            const auto found = principals.find(asked.parts[0]);
            return found == principals.end() ? missing(asked.parts[0])
                                             : json(Value::Object{{"@odata.type", found->second.isUser ? "#microsoft.graph.user" : "#microsoft.graph.servicePrincipal"}, {"id", found->first}});
        });
        for (const bool isUser : {true, false}) {
            const std::string base = isUser ? "/v1.0/users/{}" : "/v1.0/servicePrincipals/{}";
            const std::string suffix = isUser ? "User" : "ServicePrincipal";
            const auto of = [this, isUser](const std::function<PeerReply(Principal&, const Asked&)>& act) {
                return [this, isUser, act](const Asked& asked) {
                    Principal* one = principal(asked.parts[0], isUser);
                    return one ? act(*one, asked) : missing(asked.parts[0]);
                };
            };
            route("get" + suffix, "GET", base, of([this, isUser](Principal& one, const Asked&) {
                      Value shown = Value::Object{{"id", idOf(one)}, {"displayName", one.name}, {"accountEnabled", one.isEnabled}};
                      if (isUser)
                          shown.set("userPrincipalName", one.name).set("signInSessionsValidFromDateTime", one.sessionsFrom).set("onPremisesSyncEnabled", Value());
                      return json(shown);
                  }), {}, {"$select"});
            route("patch" + suffix, "PATCH", base, of([](Principal& one, const Asked& asked) {
                      one.isEnabled = asked.body["accountEnabled"].asBool();
                      return nothing();
                  }), {"accountEnabled"});
            route("delete" + suffix, "DELETE", base, of([this](Principal& one, const Asked&) {
                      principals.erase(idOf(one));
                      return nothing();
                  }));
            route("getAssignments" + suffix, "GET", base + "/appRoleAssignments", of([this](Principal& one, const Asked& asked) {
                      return paged(matching(assignments, "principalId", idOf(one)), asked);
                  }), {}, {"$skiptoken"});
            route("getGroups" + suffix, "GET", base + "/memberOf/microsoft.graph.group", of([this](Principal& one, const Asked& asked) {
                      std::vector<Value> all;
                      for (const std::string& group : one.groups)
                          all.emplace_back(Value::Object{{"id", group}});
                      return paged(all, asked);
                  }), {}, {"$select", "$skiptoken"});
            route("getConsents" + suffix, "GET", base + "/oauth2PermissionGrants", of([this, isUser](Principal& one, const Asked& asked) {
                      return paged(matching(consents, isUser ? "principalId" : "clientId", idOf(one)), asked);
                  }), {}, {"$skiptoken"});
            route("assign" + suffix, "POST", base + "/appRoleAssignments", [this](const Asked& asked) { return made(assignments, asked); }, {"principalId", "resourceId", "appRoleId"});
            route("unassign" + suffix, "DELETE", base + "/appRoleAssignments/{}", [this](const Asked& asked) {
                return assignments.erase(asked.parts[1]) == 1 ? nothing() : missing(asked.parts[1]);
            });
        }
        route("revokeSessions", "POST", "/v1.0/users/{}/revokeSignInSessions", [this](const Asked& asked) {
            Principal* one = principal(asked.parts[0], true);
            if (!one)
                return missing(asked.parts[0]);
            one->sessionsFrom = Timestamp::fromMicros(std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count() * 1'000'000).toString();
            return json(Value::Object{{"value", true}});
        });
        route("getApplications", "GET", "/v1.0/applications", [this](const Asked& asked) {
            std::vector<Value> all;
            for (const auto& [id, secrets] : applications) {
                Value::Array shown;
                for (const std::string& key : secrets)
                    shown.push_back(secretOf(key));
                all.emplace_back(Value::Object{{"id", id}, {"appId", "app-" + id}, {"displayName", "build"}, {"passwordCredentials", shown}, {"keyCredentials", keysOf(id, false)}});
            }
            return paged(all, asked);
        }, {}, {"$select", "$top", "$skiptoken"});
        route("getApplication", "GET", "/v1.0/applications/{}", [this](const Asked& asked) {
            if (!applications.contains(asked.parts[0]))
                return missing(asked.parts[0]);
            Value::Array secrets;
            for (const std::string& key : applications[asked.parts[0]])
                secrets.push_back(secretOf(key));
            return json(asked.query.at("$select") == "keyCredentials" ? Value(Value::Object{{"keyCredentials", keysOf(asked.parts[0], givesKeys)}}) : Value(Value::Object{{"passwordCredentials", secrets}}));
        }, {}, {"$select"});
        route("addPassword", "POST", "/v1.0/applications/{}/addPassword", [this](const Asked& asked) {
            if (!applications.contains(asked.parts[0]))
                return missing(asked.parts[0]);
            for (const auto& [name, value] : asked.body["passwordCredential"].asObject()) {
                if (name != "displayName" && name != "endDateTime" && name != "startDateTime") // secretText is Microsoft's to make
                    return refusal(400, "Invalid property '" + name + "'.");
            }
            const std::string id = "bbbbbbbb-0000-0000-0000-0000000001" + std::to_string(10 + ++m_made);
            applications[asked.parts[0]].insert(id);
            secretNames[id] = asked.body["passwordCredential"]["displayName"].asString();
            secretValues[id] = "made~by.Microsoft-" + std::to_string(m_made) + "\\\"";
            return json(Value::Object{{"keyId", id}, {"displayName", secretNames[id]}, {"hint", "mad"}, {"secretText", secretValues[id]}});
        }, {"passwordCredential"});
        route("patchApplication", "PATCH", "/v1.0/applications/{}", [this](const Asked& asked) {
            if (!applications.contains(asked.parts[0]))
                return missing(asked.parts[0]);
            std::map<std::string, std::string> now; // the list as a whole takes the place of the one before
            for (const Value& one : asked.body["keyCredentials"].asArray()) {
                static const std::set<std::string> known{"customKeyIdentifier", "displayName", "endDateTime", "key", "keyId", "startDateTime", "type", "usage"};
                for (const auto& [name, value] : one.asObject()) {
                    if (!known.contains(name))
                        return refusal(400, "Invalid property '" + name + "'.");
                }
                if (one["type"].asString() != "AsymmetricX509Cert" || one["usage"].asString() != "Verify" || one["key"].asString().empty() || one["keyId"].asString().size() != 36)
                    return refusal(400, "Invalid value specified for property 'keyCredentials' of resource 'Application'.");
                now[one["keyId"].asString()] = one["key"].asString();
            }
            certificates[asked.parts[0]] = now;
            return nothing();
        }, {"keyCredentials"});
        route("removePassword", "POST", "/v1.0/applications/{}/removePassword", [this](const Asked& asked) {
            const auto found = applications.find(asked.parts[0]);
            if (found == applications.end())
                return missing(asked.parts[0]);
            return found->second.erase(asked.body["keyId"].asString()) == 1 ? nothing() : refusal(400, "No password credential found with keyId.");
        }, {"keyId"});
    }

    Value secretOf(const std::string& key)
    {
        const auto name = secretNames.find(key);
        return Value::Object{{"keyId", key}, {"displayName", name == secretNames.end() ? Value() : Value(name->second)}, {"hint", "abc"}, {"secretText", Value()}, {"startDateTime", "2024-01-02T03:04:05Z"}};
    }
    Value keysOf(const std::string& application, bool withKeys)
    {
        Value::Array all;
        for (const auto& [id, key] : certificates[application])
            all.push_back(Value::Object{{"keyId", id}, {"type", "AsymmetricX509Cert"}, {"usage", "Verify"}, {"displayName", "CN=build"}, {"hasExtendedValue", Value()},
                                        {"key", withKeys ? Value(key) : Value()}, {"startDateTime", "2024-01-02T03:04:05Z"}, {"endDateTime", "2027-01-02T03:04:05Z"}});
        return all;
    }

    PeerReply made(Rows& rows, const Asked& asked)
    {
        Value row = asked.body;
        const std::string id = "made" + std::to_string(++m_made);
        rows[id] = row.set("id", id);
        return json(row, 201);
    }
    void grants()
    {
        route("getRoles", "GET", "/v1.0/roleManagement/directory/roleAssignments", [this](const Asked& asked) {
            const std::string filter = asked.query.at("$filter");
            const std::string beginning = "principalId eq '";
            if (!filter.starts_with(beginning))
                return refusal(400, "Invalid filter clause");
            return paged(matching(roles, "principalId", filter.substr(beginning.size(), filter.size() - beginning.size() - 1)), asked);
        }, {}, {"$filter", "$skiptoken"});
        route("giveRole", "POST", "/v1.0/roleManagement/directory/roleAssignments", [this](const Asked& asked) { return made(roles, asked); }, {"principalId", "roleDefinitionId", "directoryScopeId"});
        route("takeRole", "DELETE", "/v1.0/roleManagement/directory/roleAssignments/{}", [this](const Asked& asked) { return roles.erase(asked.parts[0]) == 1 ? nothing() : missing(asked.parts[0]); });
        route("consent", "POST", "/v1.0/oauth2PermissionGrants", [this](const Asked& asked) { return made(consents, asked); }, {"clientId", "consentType", "principalId", "resourceId", "scope"});
        route("withdraw", "DELETE", "/v1.0/oauth2PermissionGrants/{}", [this](const Asked& asked) { return consents.erase(asked.parts[0]) == 1 ? nothing() : missing(asked.parts[0]); });
        route("leaveGroup", "DELETE", "/v1.0/groups/{}/members/{}/$ref", [this](const Asked& asked) {
            return principals.contains(asked.parts[1]) && principals[asked.parts[1]].groups.erase(asked.parts[0]) == 1 ? nothing() : missing(asked.parts[1]);
        });
        route("joinGroup", "POST", "/v1.0/groups/{}/members/$ref", [this](const Asked& asked) {
            const std::string& object = asked.body["@odata.id"].asString();
            const std::string id = object.substr(object.rfind('/') + 1);
            if (!object.starts_with("https://graph.microsoft.com/v1.0/directoryObjects/") || !principals.contains(id))
                return refusal(400, "Invalid object identifier");
            if (!principals[id].groups.insert(asked.parts[0]).second)
                return refusal(400, "One or more added object references already exist for the following modified properties: 'members'.");
            return nothing();
        }, {"@odata.id"});
    }

    int m_made = 0;
};

} // namespace cordon::test
