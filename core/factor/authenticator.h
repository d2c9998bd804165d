#pragma once

#include "core/base/digest.h"
#include "core/crypto/secret_bytes.h"
#include "core/domain/security_key.h"

#include <vector>

namespace cordon::factor {

/// The name under which security keys know Cordon (CTAP2's relying party).
inline constexpr const char* keyParty = "cordon.approval";

/// A security key at this machine: FidoAuthenticator in the programs, one made of software in tests. Both calls wait
/// for a touch, so never on a GUI thread. Errors: ErrorCode::NotFound no key is plugged in or none knows the
/// credential, Denied wrong or missing PIN, Unsupported the key cannot verify its user, Io anything else of the device.
class Authenticator
{
public:
    virtual ~Authenticator() = default;
    /// Makes a new credential for a person; the key verifies its user.
    /// @param name    what the person calls the key
    [[nodiscard]] virtual Result<SecurityKey> enrol(const std::string& person, const std::string& name,
                                                    const crypto::SecretBytes& keyPin) = 0;
    /// Signs over a digest with one of these credentials, after touch and user verification.
    [[nodiscard]] virtual Result<KeyAssertion> assertOver(const Digest& digest, const std::vector<SecurityKey>& keys,
                                                          const crypto::SecretBytes& keyPin) = 0;
};

} // namespace cordon::factor
