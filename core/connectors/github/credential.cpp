#include "core/connectors/github/credential.h"

#include "core/crypto/web_token.h"
#include "core/value/json.h"

namespace cordon::connectors::github {

Credential::~Credential()
{
    crypto::wipe(token);
}

Result<Credential> Credential::of(const act::CallContext& context)
{
    CORDON_TRY(const Value said, credentialOf(context, "github", {}, {"token", "app_id", "installation_id", "private_key", "exposed", "new_values"}));
    Credential credential;
    credential.token = said["token"].asString();
    credential.appId = said["app_id"].asString();
    credential.installation = said["installation_id"].asString();
    credential.key = crypto::SecretBytes::copyOf(said["private_key"].asString());
    const bool isApp = !credential.appId.empty() && !credential.installation.empty() && !credential.key.isEmpty();
    if (isApp == !credential.token.empty())
        return fail(ErrorCode::Denied, "github: the credential needs token, or app_id, installation_id and private_key, as texts");
    credential.exposed = ExposedTokens(said["exposed"]);
    credential.newValues = NewValues(said["new_values"]);
    return credential;
}

Result<std::string> Credential::appToken(Timestamp now) const
{
    const std::int64_t second = now.micros() / 1'000'000;
    auto made = crypto::signedWebToken(json::write(Value::Object{{"iat", second - 60}, {"exp", second + 540}, {"iss", appId}}), key.text());
    return made ? made : fail(ErrorCode::Denied, "github: private_key: " + made.error().detail);
}

} // namespace cordon::connectors::github
