#include "core/base/digest.h"

#include <algorithm>

namespace cordon {
namespace {

constexpr std::string_view base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

} // namespace

std::string toHex(ByteView bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const unsigned char byte : bytes) {
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 15]);
    }
    return text;
}

Result<std::string> fromHex(std::string_view text)
{
    if (text.size() % 2 != 0)
        return fail(ErrorCode::Invalid, "odd number of hex digits");
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hexValue(text[i]);
        const int low = hexValue(text[i + 1]);
        if (high < 0 || low < 0)
            return fail(ErrorCode::Invalid, "not lower-case hex");
        bytes.push_back(static_cast<char>(high * 16 + low));
    }
    return bytes;
}

std::string Digest::hex() const
{
    return toHex(bytes);
}

Result<Digest> Digest::fromHex(std::string_view text)
{
    CORDON_TRY(const std::string raw, cordon::fromHex(text));
    Digest digest;
    if (raw.size() != digest.bytes.size())
        return fail(ErrorCode::Invalid, "a SHA-256 digest has 64 hex digits");
    std::copy(raw.begin(), raw.end(), digest.bytes.begin());
    return digest;
}

std::string toBase64(ByteView bytes)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t left = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = static_cast<std::uint32_t>(bytes[i]) << 16;
        if (left > 1)
            group |= static_cast<std::uint32_t>(bytes[i + 1]) << 8;
        if (left > 2)
            group |= bytes[i + 2];
        text.push_back(base64Alphabet[group >> 18]);
        text.push_back(base64Alphabet[(group >> 12) & 63]);
        text.push_back(left > 1 ? base64Alphabet[(group >> 6) & 63] : '=');
        text.push_back(left > 2 ? base64Alphabet[group & 63] : '=');
    }
    return text;
}

Result<std::string> fromBase64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return fail(ErrorCode::Invalid, "base64 length is not a multiple of four");
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 4) {
        std::uint32_t group = 0;
        int pads = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            const char c = text[i + k];
            const auto place = base64Alphabet.find(c);
            const bool isPad = c == '=' && i + 4 == text.size() && k >= 2;
            if ((place == std::string_view::npos && !isPad) || (pads > 0 && !isPad))
                return fail(ErrorCode::Invalid, "not base64");
            pads += isPad ? 1 : 0;
            group = group << 6 | (isPad ? 0U : static_cast<std::uint32_t>(place));
        }
        bytes.push_back(static_cast<char>(group >> 16));
        if (pads < 2)
            bytes.push_back(static_cast<char>(group >> 8 & 255));
        if (pads < 1)
            bytes.push_back(static_cast<char>(group & 255));
    }
    // A second spelling of the same bytes would break "one digest, one text".
    if (toBase64(bytesOf(bytes)) != text)
        return fail(ErrorCode::Invalid, "base64 is not canonical");
    return bytes;
}

} // namespace cordon
