#pragma once

#include "core/factor/authenticator.h"

namespace cordon::factor {

/// The security key that is plugged in (USB or NFC), through libfido2. With several, the one that is touched last wins
/// nothing: exactly one must be there.
class FidoAuthenticator : public Authenticator
{
public:
    [[nodiscard]] Result<SecurityKey> enrol(const std::string& person, const std::string& name,
                                            const crypto::SecretBytes& keyPin) override;
    [[nodiscard]] Result<KeyAssertion> assertOver(const Digest& digest, const std::vector<SecurityKey>& keys,
                                                  const crypto::SecretBytes& keyPin) override;
};

} // namespace cordon::factor
