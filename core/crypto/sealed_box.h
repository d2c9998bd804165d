#pragma once

#include "core/base/time.h"
#include "core/crypto/secret_bytes.h"

#include <functional>

namespace cordon::crypto {

/// Cost of turning a passphrase or PIN into a key (RFC 7914 scrypt). The defaults take 64 MiB; `tunedCost` makes them slow enough.
struct ScryptCost
{
    std::uint64_t n = 1U << 16U;
    std::uint64_t r = 8;
    std::uint64_t p = 1;
};

/// What a new box should cost on this machine: at least 64 MiB, and at least `atLeast` of processor time for each try.
/// Measured once per process.
[[nodiscard]] ScryptCost tunedCost();
/// The same for a given target and a given way to measure one try.
[[nodiscard]] ScryptCost tunedCost(Duration atLeast, const std::function<Duration(const ScryptCost&)>& measure);

/// Encrypts `plain` under a passphrase: scrypt, then AES-256-GCM; `context` is authenticated, not encrypted.
/// @return canonical JSON text {v, kdf, n, r, p, salt, iv, cipher, tag} with base64 members: one line, keys sorted,
/// salt 16 bytes, iv 12, tag 16. ErrorCode::Invalid for an empty passphrase, more than 1 MiB, or a bad cost.
/// Source: docs/formats/people.md
[[nodiscard]] Result<std::string> sealUnderPassphrase(const SecretBytes& plain, const SecretBytes& passphrase,
                                                      std::string_view context, const ScryptCost& cost = {});
/// The plain bytes again. ErrorCode::Denied for a wrong passphrase or context, Invalid for a malformed box
/// (also for costs above 1 GiB, so that a hostile file cannot eat the machine).
[[nodiscard]] Result<SecretBytes> openWithPassphrase(std::string_view box, const SecretBytes& passphrase,
                                                     std::string_view context);

/// RFC 6238 time-based one-time code, HMAC-SHA-1, 6 digits, 30 s steps, for the given step number.
[[nodiscard]] std::string totpCode(const SecretBytes& secret, std::int64_t step);
/// RFC 4648 base32 without padding, for showing a TOTP secret.
[[nodiscard]] std::string toBase32(ByteView bytes);
/// Strict: upper case, no padding, no white space. ErrorCode::Invalid otherwise.
[[nodiscard]] Result<std::string> fromBase32(std::string_view text);

} // namespace cordon::crypto
