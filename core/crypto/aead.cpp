#include "core/crypto/aead.h"

#include "core/crypto/openssl.h"

namespace cordon::crypto {
namespace {

const unsigned char* bytesIn(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* roomIn(std::string& text)
{
    return reinterpret_cast<unsigned char*>(text.data());
}

void requireSizes(const SecretBytes& key, std::string_view nonce)
{
    require(key.size() == aeadKeySize && nonce.size() == aeadNonceSize, "the sizes of key and nonce");
}

} // namespace

std::string sealBytes(const SecretBytes& key, std::string_view nonce, std::string_view context, ByteView plain)
{
    requireSizes(key, nonce);
    std::string sealed(plain.size() + aeadTagSize, '\0');
    const CipherHandle cipher(EVP_CIPHER_CTX_new());
    int size = 0;
    unsigned char rest[16]; // GCM writes nothing at the end
    require(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.view().data(), bytesIn(nonce)) == 1 &&
                EVP_EncryptUpdate(cipher.get(), nullptr, &size, bytesIn(context), static_cast<int>(context.size())) == 1 &&
                EVP_EncryptUpdate(cipher.get(), roomIn(sealed), &size, plain.data(), static_cast<int>(plain.size())) == 1 &&
                EVP_EncryptFinal_ex(cipher.get(), rest, &size) == 1 &&
                EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, aeadTagSize, roomIn(sealed) + plain.size()) == 1,
            "AES-256-GCM");
    return sealed;
}

Result<std::string> openBytes(const SecretBytes& key, std::string_view nonce, std::string_view context,
                              std::string_view sealed)
{
    requireSizes(key, nonce);
    if (sealed.size() < aeadTagSize)
        return fail(ErrorCode::Corrupt, "encrypted bytes without a tag");
    std::string tag(sealed.substr(sealed.size() - aeadTagSize));
    sealed.remove_suffix(aeadTagSize);
    std::string plain(sealed.size(), '\0');
    const CipherHandle cipher(EVP_CIPHER_CTX_new());
    int size = 0;
    unsigned char rest[16];
    require(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.view().data(), bytesIn(nonce)) == 1 &&
                EVP_DecryptUpdate(cipher.get(), nullptr, &size, bytesIn(context), static_cast<int>(context.size())) == 1 &&
                EVP_DecryptUpdate(cipher.get(), roomIn(plain), &size, bytesIn(sealed), static_cast<int>(sealed.size())) == 1 &&
                EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, aeadTagSize, roomIn(tag)) == 1,
            "AES-256-GCM");
    if (EVP_DecryptFinal_ex(cipher.get(), rest, &size) != 1) {
        wipe(plain);
        return fail(ErrorCode::Corrupt, "encrypted bytes do not verify");
    }
    return plain;
}

} // namespace cordon::crypto
