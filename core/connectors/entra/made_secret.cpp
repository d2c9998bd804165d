#include "core/connectors/entra/made_secret.h"

#include "core/connectors/entra/certificates.h"
#include "core/crypto/sha256.h"

namespace cordon::connectors::entra {
namespace {

constexpr std::string_view markBegin = "cordon-";
constexpr const char* making = "make secret";
constexpr const char* removing = "remove made secret";

} // namespace

std::string markOf(const Action& action)
{
    return std::string(markBegin) + crypto::sha256(action.canonical().value_or(std::string())).hex().substr(0, 32);
}

bool isMark(const std::string& displayName)
{
    return displayName.starts_with(markBegin) && displayName.size() == markBegin.size() + 32;
}

Step makeSecret(const std::string& application, const std::string& mark, const std::string& valueFor)
{
    return {Value::Object{{"do", making}, {"application", application}, {"mark", mark}, {"value_for", valueFor}},
            "POST " + application + "/addPassword displayName=" + mark + " (its value goes to the vault, as " + valueFor + ')'};
}

Step removeMadeSecret(const std::string& application, const std::string& mark)
{
    return {Value::Object{{"do", removing}, {"application", application}, {"mark", mark}}, "POST " + application + "/removePassword of the secret named " + mark};
}

bool isSecretCall(const Value& call)
{
    return call["do"].asString() == making || call["do"].asString() == removing;
}

Result<std::optional<act::MadeValue>> changeSecrets(RestClient& client, const Value& call)
{
    const std::string& application = call["application"].asString();
    const std::string& mark = call["mark"].asString();
    if (!isApplicationPath(application) || !isMark(mark))
        return fail(ErrorCode::Invalid, "entra: a call that is none");
    if (call["do"].asString() == making) {
        CORDON_TRY(const Value said, client.send({"POST", application + "/addPassword", Value::Object{{"passwordCredential", Value::Object{{"displayName", mark}}}}, Repeat::IfNotBegun}));
        if (said["secretText"].asString().empty())
            return fail(ErrorCode::Io, "entra: a secret was made, and its value did not come");
        return act::MadeValue{call["value_for"].asString(), crypto::SecretBytes::copyOf(said["secretText"].asString())};
    }
    CORDON_TRY(const Value said, client.read(application + "?$select=passwordCredentials"));
    for (const Value& one : said["passwordCredentials"].asArray()) {
        if (one["displayName"].asString() == mark)
            CORDON_CHECK(client.send({"POST", application + "/removePassword", Value::Object{{"keyId", one["keyId"]}}, Repeat::IfNotBegun}).map([](const Value&) {}));
    }
    return std::optional<act::MadeValue>();
}

} // namespace cordon::connectors::entra
