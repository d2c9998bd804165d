#include "core/connectors/github/sealed_value.h"

#include "core/base/digest.h"

#include <sodium.h>

namespace cordon::connectors::github {

Result<std::string> sealedFor(const std::string& publicKey, std::string_view value)
{
    const auto key = fromBase64(publicKey);
    if (!key || key->size() != crypto_box_PUBLICKEYBYTES)
        return fail(ErrorCode::Invalid, "github: the repository's public key is none");
    if (sodium_init() < 0)
        return fail(ErrorCode::Internal, "github: libsodium does not start");
    std::string sealed(value.size() + crypto_box_SEALBYTES, '\0');
    const auto bytes = bytesOf(value);
    if (crypto_box_seal(reinterpret_cast<unsigned char*>(sealed.data()), bytes.data(), bytes.size(), bytesOf(*key).data()) != 0)
        return fail(ErrorCode::Invalid, "github: the repository's public key is none");
    return toBase64(bytesOf(sealed));
}

} // namespace cordon::connectors::github
