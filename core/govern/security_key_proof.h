#pragma once

#include "core/factor/authenticator.h"

namespace cordon::govern {

// A security key at work in the step-up programs. Details of errors begin with a stable code: "security_key_missing" (not
// plugged in, or none of these), "security_key_refused" (its PIN or finger), "security_key_failed",
// "security_key_unknown" (it answered with a credential that was not asked for), "assertion_bad".

/// What an authenticator's error means to the person.
[[nodiscard]] Error keyRefusal(const Error& problem);

/// Has one of these keys sign over a digest, its user present and verified, and looks at what it gave.
[[nodiscard]] Result<KeyAssertion> assertWithKey(factor::Authenticator& authenticator,
                                                 const std::vector<SecurityKey>& keys, const Digest& digest,
                                                 const crypto::SecretBytes& keyPin);

} // namespace cordon::govern
