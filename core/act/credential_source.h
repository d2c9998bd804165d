#pragma once

#include "core/crypto/secret_bytes.h"

#include <string>

namespace cordon::act {

/// Where a connector's credential comes from, for one call at a time, and where a value goes that a system made. Safe from any thread.
class CredentialSource
{
public:
    CredentialSource() = default;
    CredentialSource(const CredentialSource&) = delete;
    CredentialSource& operator=(const CredentialSource&) = delete;
    virtual ~CredentialSource() = default;

    /// The credential of that connector as JSON text; the caller drops it, and so wipes it, after the call.
    /// ErrorCode::NotFound nothing is kept for it, Denied the vault is closed.
    [[nodiscard]] virtual Result<crypto::SecretBytes> credentialOf(const std::string& connector) = 0;
    /// Keeps a value that a system made up itself and gave back once, under the id of the thing that it is for, in place of the one before.
    /// ErrorCode::Unsupported where nothing is kept.
    [[nodiscard]] virtual Result<void> keepMade(const std::string& id, const crypto::SecretBytes&)
    {
        return fail(ErrorCode::Unsupported, id + ": its value can be kept nowhere");
    }
    /// That value; an empty one when none is kept.
    [[nodiscard]] virtual Result<crypto::SecretBytes> madeFor(const std::string&) { return crypto::SecretBytes(); }
};

} // namespace cordon::act
