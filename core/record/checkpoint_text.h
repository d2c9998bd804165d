#pragma once

#include "core/crypto/signed_note.h"

#include <optional>

namespace cordon::record {

/// A checkpoint as its bytes say; nothing of it is verified.
struct SignedHead
{
    std::string origin;
    std::int64_t size = 0;
    Digest root;
    crypto::SignedNote note;
};

/// Reads a C2SP tlog-checkpoint strictly: a signed note over origin, size and root, and nothing else.
/// ErrorCode::Invalid "not a signed note" or "not a checkpoint".
[[nodiscard]] Result<SignedHead> parseCheckpoint(std::string_view note);
/// A number below 2^63 in decimal digits; nothing for anything else.
[[nodiscard]] std::optional<std::int64_t> countFrom(std::string_view text);
/// The name of the file of a head of that many entries: eight digits, more when it takes more.
[[nodiscard]] std::string checkpointName(std::int64_t size);

} // namespace cordon::record
