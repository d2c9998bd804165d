#include "core/crypto/sha256.h"

#include "core/crypto/openssl.h"

namespace cordon::crypto {
namespace {

/// Looked up once: OpenSSL 3 would search its providers at every digest otherwise.
const EVP_MD* algorithm()
{
    static const std::unique_ptr<EVP_MD, Freed<EVP_MD_free>> found(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    require(found != nullptr, "EVP_MD_fetch");
    return found.get();
}

Digest finished(EVP_MD_CTX* context)
{
    Digest digest;
    require(EVP_DigestFinal_ex(context, digest.bytes.data(), nullptr) == 1, "EVP_DigestFinal_ex");
    return digest;
}

} // namespace

struct Sha256::State
{
    DigestHandle context{EVP_MD_CTX_new()};
};

Sha256::Sha256()
    : m_state(std::make_unique<State>())
{
    require(EVP_DigestInit_ex2(m_state->context.get(), algorithm(), nullptr) == 1, "EVP_DigestInit_ex2");
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Sha256& Sha256::update(ByteView bytes)
{
    require(EVP_DigestUpdate(m_state->context.get(), bytes.data(), bytes.size()) == 1, "EVP_DigestUpdate");
    return *this;
}

Digest Sha256::digest() const
{
    const DigestHandle copy(EVP_MD_CTX_new());
    require(EVP_MD_CTX_copy_ex(copy.get(), m_state->context.get()) == 1, "EVP_MD_CTX_copy_ex");
    return finished(copy.get());
}

Digest sha256(ByteView bytes)
{
    // Ledger and tree hash millions of short texts: one context per thread saves an allocation for each.
    thread_local const DigestHandle context(EVP_MD_CTX_new());
    require(EVP_DigestInit_ex2(context.get(), algorithm(), nullptr) == 1, "EVP_DigestInit_ex2");
    require(EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1, "EVP_DigestUpdate");
    return finished(context.get());
}

Digest sha256(std::string_view text)
{
    return sha256(bytesOf(text));
}

} // namespace cordon::crypto
