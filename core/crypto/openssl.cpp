#include "core/crypto/openssl.h"

#include "core/base/log.h"

#include <cstdlib>
#include <string>

namespace cordon::crypto {

void require(bool hasWorked, std::string_view what)
{
    if (hasWorked)
        return;
    logError("OpenSSL failed: " + std::string(what));
    std::abort();
}

} // namespace cordon::crypto
