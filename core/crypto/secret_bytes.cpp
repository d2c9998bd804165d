#include "core/crypto/secret_bytes.h"

#include <openssl/crypto.h>
#include <utility>

namespace cordon::crypto {
namespace {

/// Overwrites all the room the text owns, its unused part too: short texts stay behind there after a move.
template<class Text>
void wipeAll(Text& text)
{
    text.resize(text.capacity());
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

} // namespace

SecretBytes::SecretBytes(std::size_t size)
    : m_bytes(size, 0)
{}

SecretBytes SecretBytes::copyOf(std::string_view text)
{
    SecretBytes secret;
    const ByteView bytes = bytesOf(text);
    secret.m_bytes.assign(bytes.data(), bytes.size());
    return secret;
}

SecretBytes::~SecretBytes()
{
    wipeAll(m_bytes);
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : m_bytes(std::move(other.m_bytes))
{
    wipeAll(other.m_bytes);
}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept
{
    if (this != &other) {
        wipeAll(m_bytes);
        m_bytes = std::move(other.m_bytes);
        wipeAll(other.m_bytes);
    }
    return *this;
}

std::string_view SecretBytes::text() const
{
    return {reinterpret_cast<const char*>(m_bytes.data()), m_bytes.size()};
}

void wipe(std::string& text)
{
    wipeAll(text);
}

bool equalInConstantTime(ByteView a, ByteView b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace cordon::crypto
