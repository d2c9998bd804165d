#pragma once

#include "core/crypto/secret_bytes.h"

#include <string>

namespace cordon::act {

/// Where a connector's credential comes from, for one call at a time. Safe from any thread.
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
};

} // namespace cordon::act
