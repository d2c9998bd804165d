#include "core/crypto/hmac.h"

#include "core/crypto/openssl.h"

#include <openssl/hmac.h>

namespace cordon::crypto {

Digest hmacSha256(ByteView key, std::string_view text)
{
    Digest mac;
    unsigned size = 0;
    const unsigned char* made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytesOf(text).data(), text.size(),
                                     mac.bytes.data(), &size);
    require(made != nullptr && size == mac.bytes.size(), "HMAC-SHA-256");
    return mac;
}

} // namespace cordon::crypto
