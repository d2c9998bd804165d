#include "core/domain/security_key.h"

#include "core/base/digest.h"

#include <algorithm>
#include <array>

namespace cordon {
namespace {

constexpr std::size_t longestId = 1024;
constexpr std::size_t longestPart = 4096;
constexpr std::array<std::string_view, 3> attestations{"none", "self", "maker"};

Result<std::string> rawMember(const Value& value, const std::string& name, std::size_t most)
{
    auto raw = fromBase64(value[name].asString());
    if (!raw || raw->empty() || raw->size() > most)
        return fail(ErrorCode::Invalid, "security key: '" + name + "' is missing, too long or no base64");
    return *raw;
}

} // namespace

Value SecurityKey::toValue() const
{
    return Value::Object{{"name", name},
                         {"credential", toBase64(bytesOf(credential))},
                         {"algorithm", algorithm == Algorithm::Es256 ? "es256" : "eddsa"},
                         {"key", toBase64(bytesOf(publicKey))},
                         {"attestation", attestations[static_cast<std::size_t>(attestation)]}};
}

Result<SecurityKey> SecurityKey::fromValue(const Value& value)
{
    SecurityKey key;
    key.name = value["name"].asString();
    const std::string& algorithm = value["algorithm"].asString();
    if (algorithm != "es256" && algorithm != "eddsa")
        return fail(ErrorCode::Invalid, "security key: the algorithm is es256 or eddsa");
    key.algorithm = algorithm == "es256" ? Algorithm::Es256 : Algorithm::EdDsa;
    CORDON_TRY(key.credential, rawMember(value, "credential", longestId));
    CORDON_TRY(key.publicKey, rawMember(value, "key", longestPart));
    if (key.publicKey.size() != (key.algorithm == Algorithm::Es256 ? 64U : 32U))
        return fail(ErrorCode::Invalid, "security key: a key of another length");
    const auto* const said = std::find(attestations.begin(), attestations.end(), value["attestation"].asString());
    if (said == attestations.end())
        return fail(ErrorCode::Invalid, "security key: the attestation is none, self or maker");
    key.attestation = static_cast<Attestation>(said - attestations.begin());
    return key;
}

Value KeyAssertion::toValue() const
{
    return Value::Object{{"credential", toBase64(bytesOf(credential))},
                         {"auth_data", toBase64(bytesOf(authData))},
                         {"signature", toBase64(bytesOf(signature))}};
}

Result<KeyAssertion> KeyAssertion::fromValue(const Value& value)
{
    KeyAssertion assertion;
    CORDON_TRY(assertion.credential, rawMember(value, "credential", longestId));
    CORDON_TRY(assertion.authData, rawMember(value, "auth_data", longestPart));
    CORDON_TRY(assertion.signature, rawMember(value, "signature", longestPart));
    return assertion;
}

} // namespace cordon
