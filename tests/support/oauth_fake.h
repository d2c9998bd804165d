#pragma once

#include "core/base/digest.h"
#include "tests/support/json_fake.h"

namespace cordon::test {

/// An authorization server after RFC 7009, 7662 and 8414.
class OauthFake final : public JsonFake
{
public:
    std::map<std::string, bool> tokens; ///< and whether they are good
    std::string secret = "client secret+:"; // with characters that Basic needs encoded
    std::string elsewhere;              ///< named as revocation endpoint in place of its own

    OauthFake()
    {
        route("getMetadata", "GET", "/.well-known/oauth-authorization-server", [this](const Asked& asked) {
            const std::string base = "http://" + asked.request.header("host");
            return json(Value::Object{{"issuer", "https://id.acme.example"}, {"introspection_endpoint", base + "/introspect"},
                                      {"revocation_endpoint", elsewhere.empty() ? base + "/revoke" : elsewhere}});
        });
        route("getToken", "POST", "/introspect", [this](const Asked& asked) {
            const auto form = pairs(asked.request.body);
            if (!form.contains("token"))
                return refusal(400, "invalid_request");
            const auto found = tokens.find(form.at("token"));
            return found != tokens.end() && found->second ? json(Value::Object{{"active", true}, {"client_id", "shop"}, {"exp", 1893456000}}) : json(Value::Object{{"active", false}});
        }, {}, {}, true);
        route("revoke", "POST", "/revoke", [this](const Asked& asked) {
            const auto form = pairs(asked.request.body);
            if (!form.contains("token"))
                return refusal(400, "invalid_request");
            if (const auto found = tokens.find(form.at("token")); found != tokens.end())
                found->second = false;
            return PeerReply{200, "OK", {}, {}}; // also for a token that is none
        }, {}, {}, true);
    }

private:
    PeerReply refusal(int status, const std::string& words) override { return json(Value::Object{{"error", words}, {"error_description", "The request is not right."}}, status); }
    std::optional<PeerReply> denied(const PeerRequest& request) override
    {
        const bool isForm = request.header("content-type") == "application/x-www-form-urlencoded";
        if (request.path().starts_with("/.well-known/"))
            return std::nullopt;
        if (request.header("authorization") == "Basic " + toBase64(bytesOf("responder:client%20secret%2B%3A")) && isForm && secret == "client secret+:")
            return std::nullopt;
        return json(Value::Object{{"error", "invalid_client"}}, 401);
    }
};

} // namespace cordon::test
