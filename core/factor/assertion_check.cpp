#include "core/factor/assertion_check.h"

#include "core/factor/authenticator.h"
#include "core/factor/fido.h"

namespace cordon::factor {
namespace {

Result<void> verify(const fido_assert_t* assertion, const SecurityKey& key)
{
    int answer = FIDO_ERR_INTERNAL;
    if (key.algorithm == SecurityKey::Algorithm::Es256) {
        const Es256Handle point(es256_pk_new());
        if (point && es256_pk_from_ptr(point.get(), key.publicKey.data(), key.publicKey.size()) == FIDO_OK)
            answer = fido_assert_verify(assertion, 0, COSE_ES256, point.get());
    } else {
        const EddsaHandle point(eddsa_pk_new());
        if (point && eddsa_pk_from_ptr(point.get(), key.publicKey.data(), key.publicKey.size()) == FIDO_OK)
            answer = fido_assert_verify(assertion, 0, COSE_EDDSA, point.get());
    }
    if (answer != FIDO_OK)
        return fail(ErrorCode::Untrusted, std::string("security key: ") + fido_strerr(answer));
    return {};
}

} // namespace

Result<std::uint32_t> checkAssertion(const KeyAssertion& assertion, const SecurityKey& key, const Digest& digest)
{
    if (assertion.credential != key.credential)
        return fail(ErrorCode::Invalid, "security key: another credential");
    const AssertHandle handle(fido_assert_new());
    const bool isTaken =
        handle && fido_assert_set_count(handle.get(), 1) == FIDO_OK &&
        fido_assert_set_rp(handle.get(), keyParty) == FIDO_OK &&
        fido_assert_set_clientdata_hash(handle.get(), digest.bytes.data(), digest.bytes.size()) == FIDO_OK &&
        fido_assert_set_up(handle.get(), FIDO_OPT_TRUE) == FIDO_OK &&
        fido_assert_set_uv(handle.get(), FIDO_OPT_TRUE) == FIDO_OK &&
        fido_assert_set_authdata_raw(handle.get(), 0, raw(assertion.authData), assertion.authData.size()) == FIDO_OK &&
        fido_assert_set_sig(handle.get(), 0, raw(assertion.signature), assertion.signature.size()) == FIDO_OK;
    if (!isTaken)
        return fail(ErrorCode::Untrusted, "security key: the assertion is malformed");
    CORDON_CHECK(verify(handle.get(), key));
    return fido_assert_sigcount(handle.get(), 0);
}

} // namespace cordon::factor
