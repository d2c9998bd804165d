#pragma once

#include "core/base/result.h"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace cordon {

using Bytes = std::basic_string<unsigned char>;
using ByteView = std::span<const unsigned char>;

/// The bytes of a text, borrowed.
[[nodiscard]] inline ByteView bytesOf(std::string_view text)
{
    return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

/// A SHA-256 value (32 bytes). Made by crypto; compared and shown anywhere.
struct Digest
{
    std::array<unsigned char, 32> bytes{};

    auto operator<=>(const Digest&) const = default;
    /// 64 lower-case hex digits, no prefix.
    [[nodiscard]] std::string hex() const;
    /// Reads exactly 64 lower-case hex digits. ErrorCode::Invalid otherwise.
    [[nodiscard]] static Result<Digest> fromHex(std::string_view text);
};

[[nodiscard]] std::string toHex(ByteView bytes);
/// Lower-case hex only; ErrorCode::Invalid otherwise.
[[nodiscard]] Result<std::string> fromHex(std::string_view text);
/// RFC 4648 section 4 base64 with padding.
[[nodiscard]] std::string toBase64(ByteView bytes);
/// Strict: canonical padding, no white space. ErrorCode::Invalid otherwise.
[[nodiscard]] Result<std::string> fromBase64(std::string_view text);

} // namespace cordon
