#include "core/connectors/entra/certificates.h"

#include "core/base/digest.h"
#include "core/crypto/sha256.h"

#include <algorithm>

namespace cordon::connectors::entra {
namespace {

constexpr std::string_view pemBegin = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view pemEnd = "-----END CERTIFICATE-----";
constexpr const char* applications = "/applications/";
constexpr const char* adding = "add certificate";
constexpr const char* removing = "remove certificate";

Step step(const char* what, const std::string& application, const std::string& keyId, const std::string& valueOf)
{
    return {Value::Object{{"do", what}, {"application", application}, {"key_id", keyId}, {"value_of", valueOf}},
            "PATCH " + application + " keyCredentials: " + what + ' ' + keyId};
}

/// What the list is written back with.
Value kept(const Value& one)
{
    Value::Object all;
    for (const char* name : {"customKeyIdentifier", "displayName", "endDateTime", "key", "keyId", "startDateTime", "type", "usage"}) {
        if (!one[name].isNull())
            all.emplace(name, one[name]);
    }
    return all;
}

} // namespace

std::optional<std::string> certificateIn(std::string_view pem)
{
    const auto from = pem.find(pemBegin);
    const auto to = pem.find(pemEnd);
    if (from == std::string_view::npos || to == std::string_view::npos || to < from || pem.find("PRIVATE") != std::string_view::npos)
        return std::nullopt;
    std::string text(pem.substr(from + pemBegin.size(), to - from - pemBegin.size()));
    std::erase_if(text, [](char c) { return c == '\n' || c == '\r' || c == ' '; });
    const auto der = fromBase64(text);
    // A certificate is a sequence (X.690): 0x30, and its length.
    return der && der->size() > 100 && (*der)[0] == '\x30' ? std::optional(text) : std::nullopt;
}

std::string keyIdOf(const Action& action)
{
    const std::string hash = crypto::sha256(action.canonical().value_or(std::string())).hex();
    return hash.substr(0, 8) + '-' + hash.substr(8, 4) + "-4" + hash.substr(13, 3) + "-8" + hash.substr(17, 3) + '-' + hash.substr(20, 12);
}

Step addCertificate(const std::string& application, const std::string& keyId, const std::string& valueOf)
{
    return step(adding, application, keyId, valueOf);
}

Step removeCertificate(const std::string& application, const std::string& keyId)
{
    return step(removing, application, keyId, {});
}

bool isCertificateCall(const Value& call)
{
    return call["do"].asString() == adding || call["do"].asString() == removing;
}

bool isApplicationPath(const std::string& path)
{
    const std::size_t begin = std::string_view(applications).size();
    return path.starts_with(applications) && path.size() > begin && path.find_first_of("/?#", begin) == std::string::npos;
}

Result<void> changeCertificates(RestClient& client, const Value& call, const NewValues& newValues)
{
    const std::string& application = call["application"].asString();
    const std::string& keyId = call["key_id"].asString();
    const bool adds = call["do"].asString() == adding;
    if (!isApplicationPath(application) || keyId.empty())
        return fail(ErrorCode::Invalid, "entra: a call that is none");
    CORDON_TRY(const Value said, client.read(application + "?$select=keyCredentials"));
    Value::Array list;
    for (const Value& one : said["keyCredentials"].asArray()) {
        if (one["keyId"].asString() == keyId)
            continue;
        if (one["key"].asString().empty())
            return fail(ErrorCode::Denied, "entra: Graph does not give the application's certificate " + one["keyId"].asString() + "; written back, it would be lost");
        list.push_back(kept(one));
    }
    if (adds) {
        const crypto::SecretBytes* value = newValues.find(call["value_of"].asString());
        const auto certificate = certificateIn(value ? value->text() : std::string_view());
        if (!certificate)
            return fail(ErrorCode::Denied, "entra: the vault holds no next certificate for " + call["value_of"].asString());
        list.push_back(Value::Object{{"keyId", keyId}, {"type", "AsymmetricX509Cert"}, {"usage", "Verify"}, {"key", *certificate}, {"displayName", "added by Cordon"}});
    }
    return client.send({"PATCH", application, Value::Object{{"keyCredentials", std::move(list)}}}).map([](const Value&) {});
}

} // namespace cordon::connectors::entra
