#pragma once

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <memory>

// Inside this room only: libfido2's handles, freed where they go out of scope.
namespace cordon::factor {

template<auto free>
struct FreedThroughPointer
{
    template<class T>
    void operator()(T* handle) const
    {
        free(&handle);
    }
};

using AssertHandle = std::unique_ptr<fido_assert_t, FreedThroughPointer<fido_assert_free>>;
using CredHandle = std::unique_ptr<fido_cred_t, FreedThroughPointer<fido_cred_free>>;
using Es256Handle = std::unique_ptr<es256_pk_t, FreedThroughPointer<es256_pk_free>>;
using EddsaHandle = std::unique_ptr<eddsa_pk_t, FreedThroughPointer<eddsa_pk_free>>;

[[nodiscard]] inline const unsigned char* raw(const std::string& bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

} // namespace cordon::factor
