#pragma once

#include "core/base/digest.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace cordon::crypto {

/// Bytes that are wiped when they go away. Move-only; never printed, compared only in constant time.
class SecretBytes
{
public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size);
    /// Copies `text`; the caller wipes its own copy (see `wipe`).
    static SecretBytes copyOf(std::string_view text);
    ~SecretBytes();
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;

    [[nodiscard]] unsigned char* data() { return m_bytes.data(); }
    [[nodiscard]] ByteView view() const { return {m_bytes.data(), m_bytes.size()}; }
    [[nodiscard]] std::string_view text() const;
    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
    [[nodiscard]] bool isEmpty() const { return m_bytes.empty(); }

private:
    Bytes m_bytes;
};

/// Overwrites a text that held a secret, in a way the compiler keeps.
void wipe(std::string& text);
/// True when both are equal; takes the same time wherever they differ. Lengths are not secret.
[[nodiscard]] bool equalInConstantTime(ByteView a, ByteView b);

} // namespace cordon::crypto
