#pragma once

#include <memory>
#include <openssl/evp.h>
#include <string_view>

// Inside this room only: no other room's file may include OpenSSL.
namespace cordon::crypto {

template<auto free>
struct Freed
{
    template<class T>
    void operator()(T* handle) const
    {
        free(handle);
    }
};

using PkeyHandle = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using DigestHandle = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using CipherHandle = std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>>;

/// Ends the program when a call that cannot fail on any input has failed (no memory, no provider): to go on
/// without the digest, signature or random bytes asked for would be worse.
void require(bool hasWorked, std::string_view what);

} // namespace cordon::crypto
