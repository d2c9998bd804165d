#pragma once

#include "core/crypto/random.h"
#include "core/crypto/sha256.h"
#include "core/factor/authenticator.h"

#include <QtGlobal>
#include <algorithm>
#include <memory>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <string>

namespace cordon::test {

/// A security key made of software: keys, flags, counter and signatures as CTAP 2.1 (section 6.1 of WebAuthn level 2
/// for the authenticator's data) has them, and ways to lie in each.
class SoftwareKey : public factor::Authenticator
{
public:
    explicit SoftwareKey(SecurityKey::Algorithm algorithm = SecurityKey::Algorithm::Es256)
        : m_algorithm(algorithm)
    {
        m_key.reset(algorithm == SecurityKey::Algorithm::Es256 ? EVP_EC_gen("P-256")
                                                               : EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
        if (!m_key)
            qFatal("no key");
    }

    std::string party = factor::keyParty;
    std::string pin = "1379";
    bool isUserPresent = true;
    bool isUserVerified = true;
    std::uint32_t counter = 0; ///< of the last assertion
    bool isCounting = true;
    std::string credential = crypto::randomBytes(64);
    Digest* signsInstead = nullptr; ///< another digest than the one asked for
    int touches = 0;

    [[nodiscard]] SecurityKey publicHalf(const std::string& name = "blue key") const
    {
        SecurityKey key;
        key.name = name;
        key.credential = credential;
        key.algorithm = m_algorithm;
        if (m_algorithm == SecurityKey::Algorithm::EdDsa) {
            key.publicKey.resize(32);
            std::size_t size = 32;
            EVP_PKEY_get_raw_public_key(m_key.get(), reinterpret_cast<unsigned char*>(key.publicKey.data()), &size);
            return key;
        }
        unsigned char point[65];
        std::size_t size = 0;
        EVP_PKEY_get_octet_string_param(m_key.get(), OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point, &size);
        key.publicKey.assign(reinterpret_cast<char*>(point) + 1, 64); // behind the 0x04 of an uncompressed point
        return key;
    }

    Result<SecurityKey> enrol(const std::string&, const std::string& name, const crypto::SecretBytes& keyPin) override
    {
        if (keyPin.text() != pin)
            return fail(ErrorCode::Denied, "wrong PIN");
        return publicHalf(name);
    }

    Result<KeyAssertion> assertOver(const Digest& digest, const std::vector<SecurityKey>& keys,
                                    const crypto::SecretBytes& keyPin) override
    {
        const bool isMine = std::any_of(keys.begin(), keys.end(),
                                        [this](const SecurityKey& key) { return key.credential == credential; });
        if (!isMine)
            return fail(ErrorCode::NotFound, "no credential");
        if (keyPin.text() != pin)
            return fail(ErrorCode::Denied, "wrong PIN");
        ++touches;
        counter += isCounting ? 1 : 0;
        return signedOver(signsInstead ? *signsInstead : digest);
    }

    /// Party digest, flags (0x01 present, 0x04 verified), counter; signed with the digest behind it.
    [[nodiscard]] KeyAssertion signedOver(const Digest& digest) const
    {
        KeyAssertion assertion;
        assertion.credential = credential;
        const Digest name = crypto::sha256(party);
        assertion.authData.assign(name.bytes.begin(), name.bytes.end());
        assertion.authData += static_cast<char>((isUserPresent ? 0x01 : 0) | (isUserVerified ? 0x04 : 0));
        for (int shift = 24; shift >= 0; shift -= 8)
            assertion.authData += static_cast<char>(counter >> static_cast<unsigned>(shift) & 0xFFU);
        std::string message = assertion.authData;
        message.append(digest.bytes.begin(), digest.bytes.end());
        assertion.signature = sign(message);
        return assertion;
    }

private:
    struct FreeKey
    {
        void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    };
    struct FreeContext
    {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };

    [[nodiscard]] std::string sign(const std::string& message) const
    {
        const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
        const EVP_MD* hash = m_algorithm == SecurityKey::Algorithm::Es256 ? EVP_sha256() : nullptr;
        std::string signature(128, '\0');
        std::size_t size = signature.size();
        const bool isDone = EVP_DigestSignInit(context.get(), nullptr, hash, nullptr, m_key.get()) == 1 &&
                            EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                                           reinterpret_cast<const unsigned char*>(message.data()), message.size()) == 1;
        signature.resize(isDone ? size : 0);
        return signature;
    }

    SecurityKey::Algorithm m_algorithm;
    std::unique_ptr<EVP_PKEY, FreeKey> m_key;
};

} // namespace cordon::test
