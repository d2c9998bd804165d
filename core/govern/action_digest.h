#pragma once

#include "core/base/digest.h"
#include "core/domain/action.h"

namespace cordon::govern {

/// SHA-256("cordon.action.v1\n" ‖ JCS(action)). Source: docs/formats/action.md
[[nodiscard]] Result<Digest> actionDigest(const Action& action);
/// The same over bytes at hand, which must be canonical and hold an action: what is digested is what is read.
/// ErrorCode::Invalid when reading and writing the bytes again does not give the same bytes.
[[nodiscard]] Result<Digest> actionDigest(std::string_view canonicalBytes);
/// The action that exactly these canonical bytes hold.
[[nodiscard]] Result<Action> actionFromBytes(std::string_view canonicalBytes);

/// What people compare and type for a digest, such as `K7-QX-31`: the first 30 bits of SHA-256("cordon.code.v1\n" ‖ hex
/// digest) in Crockford's base 32, which has no I, L, O or U.
[[nodiscard]] std::string shortCode(std::string_view digestHex);
/// True when a person typed that code; case, spaces and dashes do not matter, O counts as 0, I and L as 1.
[[nodiscard]] bool isShortCode(std::string_view typed, std::string_view digestHex);

} // namespace cordon::govern
