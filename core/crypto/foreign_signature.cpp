#include "core/crypto/foreign_signature.h"

#include "core/crypto/openssl.h"

#include <algorithm>
#include <array>
#include <openssl/bio.h>
#include <openssl/ecdsa.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <optional>

namespace cordon::crypto {
namespace {

using CertificateHandle = std::unique_ptr<X509, Freed<X509_free>>;
using EcdsaHandle = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;
using BioHandle = std::unique_ptr<BIO, Freed<BIO_free>>;

struct Algorithm
{
    std::string_view name;
    int keyType;
    const char* hash;    ///< nullptr: the signature hashes by itself
    bool isPss;
    std::size_t half;    ///< bytes of r and of s
    const char* curve;
};

constexpr std::array<Algorithm, 11> algorithms{{{"RS256", EVP_PKEY_RSA, "SHA256", false, 0, nullptr},
                                                {"RS384", EVP_PKEY_RSA, "SHA384", false, 0, nullptr},
                                                {"RS512", EVP_PKEY_RSA, "SHA512", false, 0, nullptr},
                                                {"PS256", EVP_PKEY_RSA, "SHA256", true, 0, nullptr},
                                                {"PS384", EVP_PKEY_RSA, "SHA384", true, 0, nullptr},
                                                {"PS512", EVP_PKEY_RSA, "SHA512", true, 0, nullptr},
                                                {"ES256", EVP_PKEY_EC, "SHA256", false, 32, "prime256v1"},
                                                {"ES384", EVP_PKEY_EC, "SHA384", false, 48, "secp384r1"},
                                                {"ES512", EVP_PKEY_EC, "SHA512", false, 66, "secp521r1"},
                                                {"Ed25519", EVP_PKEY_ED25519, nullptr, false, 0, nullptr},
                                                {"Ed448", EVP_PKEY_ED448, nullptr, false, 0, nullptr}}};

const unsigned char* bytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string encoded(EVP_PKEY* key)
{
    unsigned char* out = nullptr;
    const int size = i2d_PUBKEY(key, &out);
    if (size <= 0)
        return {};
    std::string der(reinterpret_cast<char*>(out), static_cast<std::size_t>(size));
    OPENSSL_free(out);
    return der;
}

bool fits(EVP_PKEY* key, const Algorithm& algorithm)
{
    if (EVP_PKEY_get_base_id(key) != algorithm.keyType)
        return false;
    if (algorithm.keyType == EVP_PKEY_RSA)
        return EVP_PKEY_get_bits(key) >= 2048 && EVP_PKEY_get_bits(key) <= 16384;
    if (!algorithm.curve)
        return true;
    std::array<char, 64> curve{};
    std::size_t length = 0;
    return EVP_PKEY_get_group_name(key, curve.data(), curve.size(), &length) == 1 && std::string_view(curve.data(), length) == algorithm.curve;
}

/// r and s beside one another (RFC 7518) as OpenSSL wants them.
std::optional<std::string> ecdsaDer(std::string_view signature, std::size_t half)
{
    if (signature.size() != 2 * half)
        return std::nullopt;
    const EcdsaHandle pair(ECDSA_SIG_new());
    BIGNUM* r = BN_bin2bn(bytes(signature), static_cast<int>(half), nullptr);
    BIGNUM* s = BN_bin2bn(bytes(signature.substr(half)), static_cast<int>(half), nullptr);
    require(pair && r && s && ECDSA_SIG_set0(pair.get(), r, s) == 1, "ECDSA signature");
    unsigned char* out = nullptr;
    const int size = i2d_ECDSA_SIG(pair.get(), &out);
    require(size > 0, "ECDSA signature");
    std::string der(reinterpret_cast<char*>(out), static_cast<std::size_t>(size));
    OPENSSL_free(out);
    return der;
}

} // namespace

Result<bool> verifiesForeign(std::string_view algorithm, std::string_view message, std::string_view signature,
                             std::string_view publicKey)
{
    const auto* const found =
        std::find_if(algorithms.begin(), algorithms.end(), [&](const Algorithm& each) { return each.name == algorithm; });
    if (found == algorithms.end())
        return fail(ErrorCode::Unsupported, "signatures by this algorithm are not checked here");
    const unsigned char* at = bytes(publicKey);
    const PkeyHandle key(d2i_PUBKEY(nullptr, &at, static_cast<long>(publicKey.size())));
    if (!key || at != bytes(publicKey) + publicKey.size())
        return fail(ErrorCode::Invalid, "the public key is none (SubjectPublicKeyInfo, DER)");
    if (!fits(key.get(), *found))
        return fail(ErrorCode::Invalid, "the public key is not one of " + std::string(found->name) + ", or too short");
    std::string der(signature);
    if (found->half > 0) {
        auto made = ecdsaDer(signature, found->half);
        if (!made)
            return false;
        der = std::move(*made);
    }
    const DigestHandle context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* options = nullptr; // belongs to the context
    require(context != nullptr, "a verifying context");
    if (EVP_DigestVerifyInit_ex(context.get(), &options, found->hash, nullptr, nullptr, key.get(), nullptr) != 1)
        return fail(ErrorCode::Invalid, "the public key cannot be used");
    if (found->isPss)
        require(EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) == 1 &&
                    EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST) == 1,
                "PSS");
    return EVP_DigestVerify(context.get(), bytes(der), der.size(), bytes(message), message.size()) == 1;
}

Result<std::string> publicKeyOfCertificate(std::string_view certificate)
{
    const unsigned char* at = bytes(certificate);
    const CertificateHandle read(d2i_X509(nullptr, &at, static_cast<long>(certificate.size())));
    EVP_PKEY* key = read ? X509_get0_pubkey(read.get()) : nullptr;
    std::string der = key ? encoded(key) : std::string();
    if (der.empty())
        return fail(ErrorCode::Invalid, "the certificate is none (X.509, DER)");
    return der;
}

Result<std::string> publicKeyOfPem(std::string_view pem)
{
    const BioHandle in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (const PkeyHandle key(in ? PEM_read_bio_PUBKEY(in.get(), nullptr, nullptr, nullptr) : nullptr); key)
        return encoded(key.get());
    const BioHandle again(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const CertificateHandle certificate(again ? PEM_read_bio_X509(again.get(), nullptr, nullptr, nullptr) : nullptr);
    if (EVP_PKEY* key = certificate ? X509_get0_pubkey(certificate.get()) : nullptr)
        return encoded(key);
    return fail(ErrorCode::Invalid, "no public key and no certificate in it (PEM)");
}

Result<std::string> digestByName(std::string_view name, std::string_view input)
{
    const EVP_MD* kind = name == "sha-256"   ? EVP_sha256()
                         : name == "sha-384" ? EVP_sha384()
                         : name == "sha-512" ? EVP_sha512()
                                             : nullptr;
    if (!kind)
        return fail(ErrorCode::Unsupported, "digests by this name are not made here");
    std::string digest(static_cast<std::size_t>(EVP_MD_get_size(kind)), '\0');
    require(EVP_Digest(input.data(), input.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr, kind, nullptr) == 1, "digest");
    return digest;
}

} // namespace cordon::crypto
