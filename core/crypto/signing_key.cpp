#include "core/crypto/signing_key.h"

#include "core/crypto/openssl.h"
#include "core/crypto/random.h"
#include "core/crypto/sha256.h"

#include <algorithm>

namespace cordon::crypto {
namespace {

using Point = std::array<unsigned char, 32>;

constexpr std::string_view keyPrefix = "ed25519:";

/// The group order L = 2^252 + 27742317777372353535851937790883648493, little endian (RFC 8032 section 5.1).
constexpr Point groupOrder = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                              0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                              0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

/// The field prime p = 2^255 - 19, little endian.
constexpr Point fieldPrime = {0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                              0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                              0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f};

/// The y coordinates of the eight points whose order divides 8; each stands for both signs of x.
constexpr std::array<Point, 5> smallOrderY = {{
    {},  // 0: order 4
    {1}, // 1: the neutral point
    {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
     0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05}, // order 8
    {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
     0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a}, // order 8
    {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}, // p-1: order 2
}};

bool isLess(const Point& a, const Point& b)
{
    return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
}

/// True for the one encoding of a point of large order. Whether it lies on the curve is OpenSSL's to find out.
bool isAcceptablePoint(Point y)
{
    y.back() &= 0x7fU; // the top bit is the sign of x
    return isLess(y, fieldPrime) && std::find(smallOrderY.begin(), smallOrderY.end(), y) == smallOrderY.end();
}

PkeyHandle privateKey(ByteView seed)
{
    PkeyHandle key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
    require(key != nullptr, "EVP_PKEY_new_raw_private_key");
    return key;
}

} // namespace

std::string PublicKey::toString() const
{
    return std::string(keyPrefix) + toBase64(bytes);
}

Result<PublicKey> PublicKey::parse(std::string_view text)
{
    if (!text.starts_with(keyPrefix))
        return fail(ErrorCode::Invalid, "a public key starts with ed25519:");
    CORDON_TRY(const std::string raw, fromBase64(text.substr(keyPrefix.size())));
    PublicKey key;
    if (raw.size() != key.bytes.size())
        return fail(ErrorCode::Invalid, "an Ed25519 public key has 32 bytes");
    std::copy(raw.begin(), raw.end(), key.bytes.begin());
    if (!isAcceptablePoint(key.bytes))
        return fail(ErrorCode::Invalid, "public key is a point of small order or not canonical");
    return key;
}

bool PublicKey::verifies(ByteView message, const Signature& signature) const
{
    Point r;
    Point s;
    std::copy_n(signature.begin(), r.size(), r.begin());
    std::copy_n(signature.begin() + r.size(), s.size(), s.begin());
    if (!isAcceptablePoint(bytes) || !isAcceptablePoint(r) || !isLess(s, groupOrder))
        return false;
    const PkeyHandle key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes.data(), bytes.size()));
    require(key != nullptr, "EVP_PKEY_new_raw_public_key");
    const DigestHandle context(EVP_MD_CTX_new());
    require(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1, "EVP_DigestVerifyInit");
    return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

std::string PublicKey::fingerprint() const
{
    std::string digest = toBase64(sha256(ByteView(bytes)).bytes);
    digest.erase(digest.find('='));
    return "SHA256:" + digest;
}

SigningKey SigningKey::generate()
{
    std::string seed = randomBytes(32);
    Result<SigningKey> key = fromSeed(bytesOf(seed));
    wipe(seed);
    require(key.has_value(), "key from a random seed");
    return std::move(*key);
}

Result<SigningKey> SigningKey::fromSeed(ByteView seed)
{
    SigningKey key;
    if (seed.size() != key.m_public.bytes.size())
        return fail(ErrorCode::Invalid, "an Ed25519 seed has 32 bytes");
    key.m_seed = SecretBytes(seed.size());
    std::copy(seed.begin(), seed.end(), key.m_seed.data());
    std::size_t size = key.m_public.bytes.size();
    const PkeyHandle pair = privateKey(seed);
    require(EVP_PKEY_get_raw_public_key(pair.get(), key.m_public.bytes.data(), &size) == 1,
            "EVP_PKEY_get_raw_public_key");
    return key;
}

Signature SigningKey::sign(ByteView message) const
{
    Signature signature;
    std::size_t size = signature.size();
    const PkeyHandle key = privateKey(m_seed.view());
    const DigestHandle context(EVP_MD_CTX_new());
    require(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1, "EVP_DigestSignInit");
    require(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) == 1,
            "EVP_DigestSign");
    return signature;
}

} // namespace cordon::crypto
