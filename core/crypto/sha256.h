#pragma once

#include "core/base/digest.h"

#include <memory>

namespace cordon::crypto {

/// SHA-256 of bytes at hand (FIPS 180-4).
[[nodiscard]] Digest sha256(ByteView bytes);
[[nodiscard]] Digest sha256(std::string_view text);

/// SHA-256 of bytes as they pass.
class Sha256
{
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    Sha256& update(ByteView bytes);
    Sha256& update(std::string_view text) { return update(bytesOf(text)); }
    /// The digest of everything so far; the object can go on taking bytes.
    [[nodiscard]] Digest digest() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace cordon::crypto
