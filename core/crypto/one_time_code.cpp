#include "core/crypto/openssl.h"
#include "core/crypto/sealed_box.h"

#include <array>
#include <openssl/core_names.h>
#include <openssl/params.h>

namespace cordon::crypto {
namespace {

using MacHandle = std::unique_ptr<EVP_MAC, Freed<EVP_MAC_free>>;
using MacContextHandle = std::unique_ptr<EVP_MAC_CTX, Freed<EVP_MAC_CTX_free>>;

constexpr std::string_view base32Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

std::array<unsigned char, 20> hmacSha1(ByteView key, ByteView message)
{
    char digestName[] = "SHA1";
    const std::array<OSSL_PARAM, 2> parameters = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digestName, 0), OSSL_PARAM_construct_end()};
    const MacHandle algorithm(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    const MacContextHandle context(EVP_MAC_CTX_new(algorithm.get()));
    std::array<unsigned char, 20> mac{};
    std::size_t size = 0;
    require(EVP_MAC_init(context.get(), key.data(), key.size(), parameters.data()) == 1 &&
                EVP_MAC_update(context.get(), message.data(), message.size()) == 1 &&
                EVP_MAC_final(context.get(), mac.data(), &size, mac.size()) == 1,
            "HMAC-SHA-1");
    return mac;
}

} // namespace

std::string totpCode(const SecretBytes& secret, std::int64_t step)
{
    std::array<unsigned char, 8> counter{};
    auto left = static_cast<std::uint64_t>(step);
    for (auto byte = counter.rbegin(); byte != counter.rend(); ++byte, left >>= 8U)
        *byte = static_cast<unsigned char>(left & 0xFFU);
    const auto mac = hmacSha1(secret.view(), counter);
    // RFC 4226 section 5.3: the last four bits say where the 31-bit number starts.
    const std::size_t start = mac.back() & 0x0FU;
    const std::uint32_t number = (mac[start] & 0x7FU) << 24U | static_cast<std::uint32_t>(mac[start + 1]) << 16U |
                                 static_cast<std::uint32_t>(mac[start + 2]) << 8U | mac[start + 3];
    const std::string digits = std::to_string(number % 1'000'000U);
    return std::string(6 - digits.size(), '0') + digits;
}

std::string toBase32(ByteView bytes)
{
    std::string text;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const unsigned char byte : bytes) {
        bits = bits << 8U | byte;
        for (count += 8; count >= 5; count -= 5)
            text.push_back(base32Alphabet[bits >> (count - 5) & 31U]);
        bits &= (1U << count) - 1;
    }
    if (count > 0)
        text.push_back(base32Alphabet[bits << (5 - count) & 31U]);
    return text;
}

Result<std::string> fromBase32(std::string_view text)
{
    std::string bytes;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const std::size_t digit = base32Alphabet.find(c);
        if (digit == std::string_view::npos)
            return fail(ErrorCode::Invalid, "not base32");
        bits = bits << 5U | static_cast<std::uint32_t>(digit);
        count += 5;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<char>(bits >> count & 0xFFU));
        }
        bits &= (1U << count) - 1;
    }
    // Left-over bits must be fewer than a digit and zero, or one secret would have several spellings.
    if (count >= 5 || bits != 0)
        return fail(ErrorCode::Invalid, "base32 is not canonical");
    return bytes;
}

} // namespace cordon::crypto
