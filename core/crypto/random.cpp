#include "core/crypto/random.h"

#include "core/crypto/openssl.h"

#include <limits>
#include <openssl/rand.h>

namespace cordon::crypto {

std::string randomBytes(std::size_t count)
{
    require(count <= static_cast<std::size_t>(std::numeric_limits<int>::max()), "too many random bytes at once");
    std::string bytes(count, '\0');
    require(RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) == 1, "RAND_bytes");
    return bytes;
}

std::string randomHex(std::size_t count)
{
    return toHex(bytesOf(randomBytes(count)));
}

} // namespace cordon::crypto
