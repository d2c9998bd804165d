#pragma once

#include "core/connectors/exposed_tokens.h"
#include "core/connectors/new_values.h"
#include "core/connectors/http_options.h"

namespace cordon::connectors::github {

/// What acts: an App with its key and the installation that it acts through, or a token; and tokens that leaked, to be told to GitHub.
struct Credential
{
    std::string token;
    std::string appId;
    std::string installation;
    crypto::SecretBytes key; ///< of the App, PEM
    ExposedTokens exposed;
    NewValues newValues;

    Credential() = default;
    Credential(Credential&&) = default;
    Credential& operator=(Credential&&) = default;
    Credential(const Credential&) = delete;
    Credential& operator=(const Credential&) = delete;
    ~Credential();

    /// ErrorCode::Denied says what is wanted, never what is there.
    [[nodiscard]] static Result<Credential> of(const act::CallContext& context);
    /// A token that says who the App is, good for nine minutes.
    [[nodiscard]] Result<std::string> appToken(Timestamp now) const;
};

} // namespace cordon::connectors::github
