#pragma once

#include "core/base/digest.h"
#include "core/domain/security_key.h"

#include <cstdint>

namespace cordon::factor {

/// Checks an assertion with the credential's public key alone: made for Cordon (`keyParty`), over exactly this digest,
/// with the user present and verified.
/// @return the key's counter, which must grow from one assertion to the next (0: the key has none).
/// ErrorCode::Untrusted for anything that does not hold, Invalid for another credential than the key's.
[[nodiscard]] Result<std::uint32_t> checkAssertion(const KeyAssertion& assertion, const SecurityKey& key,
                                                   const Digest& digest);

} // namespace cordon::factor
