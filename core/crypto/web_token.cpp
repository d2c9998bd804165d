#include "core/crypto/web_token.h"

#include "core/base/digest.h"
#include "core/crypto/openssl.h"

#include <openssl/bio.h>
#include <openssl/pem.h>

namespace cordon::crypto {
namespace {

using BioHandle = std::unique_ptr<BIO, Freed<BIO_free>>;

/// A key under a passphrase is no key here: nobody is there to be asked.
int noPassphrase(char*, int, int, void*)
{
    return -1;
}

} // namespace

std::string toUrlBase64(std::string_view bytes)
{
    std::string text = toBase64(bytesOf(bytes));
    while (text.ends_with('='))
        text.pop_back();
    for (char& c : text)
        c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text;
}

Result<std::string> signedWebToken(std::string_view claims, std::string_view pem)
{
    const BioHandle in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const PkeyHandle key(in ? PEM_read_bio_PrivateKey(in.get(), nullptr, noPassphrase, nullptr) : nullptr);
    if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA || EVP_PKEY_get_bits(key.get()) < 2048)
        return fail(ErrorCode::Invalid, "an RSA private key of 2048 bits or more is wanted, as PEM without a passphrase");
    const std::string text = toUrlBase64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + '.' + toUrlBase64(claims);
    const DigestHandle digest(EVP_MD_CTX_new());
    require(digest && EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1, "RS256");
    std::size_t size = 0;
    const ByteView bytes = bytesOf(text);
    require(EVP_DigestSign(digest.get(), nullptr, &size, bytes.data(), bytes.size()) == 1, "RS256");
    std::string signature(size, '\0');
    require(EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes.data(), bytes.size()) == 1, "RS256");
    signature.resize(size);
    return text + '.' + toUrlBase64(signature);
}

} // namespace cordon::crypto
