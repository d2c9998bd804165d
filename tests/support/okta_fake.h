#pragma once

#include "core/base/time.h"
#include "tests/support/json_fake.h"

#include <algorithm>

namespace cordon::test {

/// An Okta organisation, after its published management API.
class OktaFake final : public JsonFake
{
public:
    struct User
    {
        std::string login;
        std::string status = "ACTIVE";
        std::set<std::string> groups;
        std::map<std::string, std::string> roles;   ///< id and type
        std::map<std::string, std::string> grants;  ///< id and client
        std::set<std::string> clients;              ///< that hold tokens
        int factors = 0;
        std::string cleared;                        ///< when sessions were last cleared
    };
    struct Application
    {
        std::string status = "ACTIVE";
        std::map<std::string, std::string> secrets; ///< id and status
        std::map<std::string, std::string> values;  ///< id and what the secret is
    };
    std::map<std::string, User> users; ///< by id
    std::map<std::string, Application> applications;
    std::map<std::string, std::string> tokens; ///< id and user
    std::set<std::string> limitedRoles;        ///< ids of those limited to a group
    std::string organisation = "00oacme";
    std::string token = "okta-secret-token";

    OktaFake()
    {
        reads();
        lifecycle();
        removals();
    }

private:
    PeerReply refusal(int status, const std::string& words) override
    {
        const char* code = status == 404 ? "E0000007" : status == 405 ? "E0000022" : status == 429 ? "E0000047" : status >= 500 ? "E0000009" : "E0000001";
        return json(Value::Object{{"errorCode", code}, {"errorSummary", words}, {"errorLink", code}, {"errorId", "oae1"}, {"errorCauses", Value::Array{}}}, status);
    }
    std::optional<PeerReply> denied(const PeerRequest& request) override
    {
        if (request.header("authorization") == "SSWS " + token || request.path() == "/.well-known/okta-organization")
            return std::nullopt;
        return json(Value::Object{{"errorCode", "E0000011"}, {"errorSummary", "Invalid token provided"}}, 401);
    }
    PeerReply throttle() override // Okta names the time in a header of its own
    {
        PeerReply reply = refusal(429, "API call exceeded rate limit due to too many requests.");
        reply.headers.emplace_back("X-Rate-Limit-Reset", "1");
        return reply;
    }
    PeerReply missing(const std::string& what) { return refusal(404, "Not found: Resource not found: " + what); }

    User* user(const std::string& name)
    {
        for (auto& [id, one] : users) {
            if (id == name || one.login == name)
                return &one;
        }
        return nullptr;
    }
    std::string idOf(const User& wanted)
    {
        for (const auto& [id, one] : users) {
            if (&one == &wanted)
                return id;
        }
        return {};
    }
    Value shown(const User& one)
    {
        return Value::Object{{"id", idOf(one)}, {"status", one.status}, {"created", "2024-01-02T03:04:05.000Z"}, {"lastLogin", "2026-11-20T10:00:00.000Z"},
                             {"profile", Value::Object{{"login", one.login}, {"email", one.login}}}};
    }
    using OfUser = std::function<PeerReply(User&, const Asked&)>;
    Act of(OfUser act)
    {
        return [this, act = std::move(act)](const Asked& asked) {
            User* one = user(asked.parts.front());
            return one ? act(*one, asked) : missing(asked.parts.front() + " (User)");
        };
    }
    /// In pages of one, as Okta's Link headers lead on.
    PeerReply paged(const Value::Array& items, const Asked& asked)
    {
        const auto after = asked.query.find("after");
        const std::size_t at = after == asked.query.end() ? 0 : std::stoul(after->second);
        Value::Array page;
        if (at < items.size())
            page.push_back(items[at]);
        PeerReply reply = json(page);
        const std::string base = "http://" + asked.request.header("host") + asked.request.path();
        reply.headers.emplace_back("Link", '<' + base + ">; rel=\"self\"");
        if (at + 1 < items.size())
            reply.headers.emplace_back("Link", '<' + base + "?after=" + std::to_string(at + 1) + ">; rel=\"next\"");
        return reply;
    }

    void reads()
    {
        const std::set<std::string> pages{"after", "limit"};
        route("getOrganisation", "GET", "/.well-known/okta-organization", [this](const Asked&) { return json(Value::Object{{"id", organisation}, {"pipeline", "idx"}}); });
        route("getMe", "GET", "/api/v1/users/me", [](const Asked&) { return json(Value::Object{{"id", "00ume"}, {"profile", Value::Object{{"login", "responder@acme.example"}}}}); });
        route("getUser", "GET", "/api/v1/users/{}", of([this](User& one, const Asked&) { return json(shown(one)); }));
        route("getGroups", "GET", "/api/v1/users/{}/groups", of([this](User& one, const Asked& asked) {
                  Value::Array all;
                  for (const std::string& group : one.groups)
                      all.push_back(Value::Object{{"id", group}, {"type", "OKTA_GROUP"}});
                  return paged(all, asked);
              }), {}, pages);
        route("getRoles", "GET", "/api/v1/users/{}/roles", of([this](User& one, const Asked& asked) {
                  Value::Array all;
                  for (const auto& [id, type] : one.roles)
                      all.push_back(Value::Object{{"id", id}, {"type", type}, {"status", "ACTIVE"}});
                  return paged(all, asked);
              }), {}, pages);
        route("getRoleTargets", "GET", "/api/v1/users/{}/roles/{}/targets/groups", of([this](User&, const Asked& asked) {
                  return paged(limitedRoles.contains(asked.parts[1]) ? Value::Array{Value::Object{{"id", "00gx"}}} : Value::Array{}, asked);
              }), {}, pages);
        route("getGrants", "GET", "/api/v1/users/{}/grants", of([this](User& one, const Asked& asked) {
                  Value::Array all;
                  for (const auto& [id, client] : one.grants)
                      all.push_back(Value::Object{{"id", id}, {"clientId", client}, {"scopeId", "okta.users.read"}});
                  return paged(all, asked);
              }), {}, pages);
        route("getClients", "GET", "/api/v1/users/{}/clients", of([this](User& one, const Asked& asked) {
                  Value::Array all;
                  for (const std::string& client : one.clients)
                      all.push_back(Value::Object{{"client_id", client}});
                  return paged(all, asked);
              }), {}, pages);
        route("getFactors", "GET", "/api/v1/users/{}/factors", of([](User& one, const Asked&) {
                  return json(Value::Array(static_cast<std::size_t>(one.factors), Value(Value::Object{{"id", "f"}, {"status", "ACTIVE"}})));
              }));
        route("getLogs", "GET", "/api/v1/logs", [this](const Asked& asked) {
            const std::string filter = asked.query.at("filter");
            for (const auto& [id, one] : users) {
                if (filter == "eventType eq \"user.session.clear\" and target.id eq \"" + id + '"' && !one.cleared.empty())
                    return json(Value::Array{Value::Object{{"eventType", "user.session.clear"}, {"published", one.cleared}}});
            }
            return json(Value::Array{});
        }, {}, {"filter", "limit", "sortOrder", "since"});
        route("getApplication", "GET", "/api/v1/apps/{}", [this](const Asked& asked) {
            const auto found = applications.find(asked.parts[0]);
            return found == applications.end() ? missing(asked.parts[0] + " (AppInstance)")
                                               : json(Value::Object{{"id", found->first}, {"label", "app"}, {"status", found->second.status}});
        });
        route("getSecrets", "GET", "/api/v1/apps/{}/credentials/secrets", [this](const Asked& asked) {
            const auto found = applications.find(asked.parts[0]);
            if (found == applications.end())
                return missing(asked.parts[0] + " (AppInstance)");
            Value::Array all;
            for (const auto& [id, status] : found->second.secrets) {
                const auto value = found->second.values.find(id);
                all.push_back(Value::Object{{"id", id}, {"status", status}, {"created", "2024-01-02T03:04:05.000Z"}, {"client_secret", value == found->second.values.end() ? "hunter2" : value->second}});
            }
            return json(all);
        });
        route("getToken", "GET", "/api/v1/api-tokens/{}", [this](const Asked& asked) {
            const auto found = tokens.find(asked.parts[0]);
            return found == tokens.end() ? missing(asked.parts[0] + " (ApiToken)") : json(Value::Object{{"id", found->first}, {"name", "ci"}, {"userId", found->second}});
        });
    }

    void turn(const std::string& verb, const std::string& from, const std::string& to)
    {
        route(verb, "POST", "/api/v1/users/{}/lifecycle/" + verb, of([this, verb, from, to](User& one, const Asked&) {
                  if (one.status != from)
                      return refusal(400, "Cannot " + verb + " a user that is not " + from);
                  one.status = to;
                  return json(Value::Object{});
              }));
    }
    void lifecycle()
    {
        turn("suspend", "ACTIVE", "SUSPENDED");
        turn("unsuspend", "SUSPENDED", "ACTIVE");
        route("deactivate", "POST", "/api/v1/users/{}/lifecycle/deactivate", of([](User& one, const Asked&) {
                  one.status = "DEPROVISIONED";
                  return json(Value::Object{});
              }), {}, {"sendEmail"});
        route("resetFactors", "POST", "/api/v1/users/{}/lifecycle/reset_factors", of([](User& one, const Asked&) {
                  one.factors = 0;
                  return json(Value::Object{});
              }));
        for (const std::string verb : {"deactivate", "activate"}) {
            const std::string to = verb == "activate" ? "ACTIVE" : "INACTIVE";
            route(verb + "Application", "POST", "/api/v1/apps/{}/lifecycle/" + verb, [this, to](const Asked& asked) {
                applications[asked.parts[0]].status = to;
                return json(Value::Object{});
            });
            route(verb + "Secret", "POST", "/api/v1/apps/{}/credentials/secrets/{}/lifecycle/" + verb, [this, to](const Asked& asked) {
                auto& secrets = applications[asked.parts[0]].secrets;
                if (!secrets.contains(asked.parts[1]))
                    return missing(asked.parts[1]);
                if (to == "INACTIVE" && std::count_if(secrets.begin(), secrets.end(), [](const auto& one) { return one.second == "ACTIVE"; }) < 2)
                    return refusal(400, "Api validation failed: you can't deactivate the only active secret");
                secrets[asked.parts[1]] = to;
                return json(Value::Object{{"id", asked.parts[1]}, {"status", to}});
            });
        }
    }

    void removals()
    {
        route("clearSessions", "DELETE", "/api/v1/users/{}/sessions", of([](User& one, const Asked& asked) {
                  one.cleared = cordon::Timestamp::fromMicros(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count()).toString();
                  if (asked.query.contains("oauthTokens") && asked.query.at("oauthTokens") == "true")
                      one.clients.clear();
                  return nothing();
              }), {}, {"oauthTokens"});
        route("addSecret", "POST", "/api/v1/apps/{}/credentials/secrets", [this](const Asked& asked) {
            const auto found = applications.find(asked.parts[0]);
            if (found == applications.end())
                return missing(asked.parts[0] + " (AppInstance)");
            const std::string& value = asked.body["client_secret"].asString();
            if (value.size() < 14 || value.size() > 100 || found->second.secrets.size() >= 2)
                return refusal(400, "Api validation failed: client_secret");
            found->second.secrets["ocsmade"] = asked.body["status"].asString();
            found->second.values["ocsmade"] = value;
            return json(Value::Object{{"id", "ocsmade"}, {"status", "ACTIVE"}, {"client_secret", value}}, 201);
        }, {"client_secret", "status"});
        route("deleteSecret", "DELETE", "/api/v1/apps/{}/credentials/secrets/{}", [this](const Asked& asked) {
            auto& secrets = applications[asked.parts[0]].secrets;
            if (secrets[asked.parts[1]] == "ACTIVE")
                return refusal(400, "Api validation failed: an active secret can't be deleted");
            secrets.erase(asked.parts[1]);
            return nothing();
        });
        route("revokeToken", "DELETE", "/api/v1/api-tokens/{}", [this](const Asked& asked) { return tokens.erase(asked.parts[0]) == 1 ? nothing() : missing(asked.parts[0]); });
        route("leaveGroup", "DELETE", "/api/v1/groups/{}/users/{}", [this](const Asked& asked) {
            return users.contains(asked.parts[1]) && users[asked.parts[1]].groups.erase(asked.parts[0]) == 1 ? nothing() : missing(asked.parts[1]);
        });
        route("joinGroup", "PUT", "/api/v1/groups/{}/users/{}", [this](const Asked& asked) {
            if (!users.contains(asked.parts[1]))
                return missing(asked.parts[1]);
            users[asked.parts[1]].groups.insert(asked.parts[0]);
            return nothing();
        });
        route("takeRole", "DELETE", "/api/v1/users/{}/roles/{}", of([this](User& one, const Asked& asked) {
                  return one.roles.erase(asked.parts[1]) == 1 ? nothing() : missing(asked.parts[1]);
              }));
        route("giveRole", "POST", "/api/v1/users/{}/roles", of([](User& one, const Asked& asked) {
                  one.roles["again"] = asked.body["type"].asString();
                  return json(Value::Object{{"id", "again"}, {"type", asked.body["type"]}}, 201);
              }), {"type"});
        route("revokeGrant", "DELETE", "/api/v1/users/{}/grants/{}", of([this](User& one, const Asked& asked) {
                  return one.grants.erase(asked.parts[1]) == 1 ? nothing() : missing(asked.parts[1]);
              }));
        route("revokeGrants", "DELETE", "/api/v1/users/{}/clients/{}/grants", of([](User& one, const Asked& asked) {
                  std::erase_if(one.grants, [&asked](const auto& grant) { return grant.second == asked.parts[1]; });
                  return nothing();
              }));
        route("revokeTokens", "DELETE", "/api/v1/users/{}/clients/{}/tokens", of([](User& one, const Asked& asked) {
                  one.clients.erase(asked.parts[1]);
                  return nothing();
              }));
    }
};

} // namespace cordon::test
