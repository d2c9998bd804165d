#include "core/govern/security_key_proof.h"

#include "core/factor/assertion_check.h"

#include <algorithm>

namespace cordon::govern {

Error keyRefusal(const Error& problem)
{
    const std::string code = problem.code == ErrorCode::NotFound ? "security_key_missing"
                             : problem.code == ErrorCode::Denied ? "security_key_refused"
                                                                 : "security_key_failed";
    return {ErrorCode::Denied, code + ": " + problem.detail};
}

Result<KeyAssertion> assertWithKey(factor::Authenticator& authenticator, const std::vector<SecurityKey>& keys,
                                   const Digest& digest, const crypto::SecretBytes& keyPin)
{
    auto assertion = authenticator.assertOver(digest, keys, keyPin);
    if (!assertion)
        return tl::unexpected(keyRefusal(assertion.error()));
    const auto key = std::find_if(keys.begin(), keys.end(), [&](const SecurityKey& known) {
        return known.credential == assertion->credential;
    });
    if (key == keys.end())
        return fail(ErrorCode::Denied, "security_key_unknown: it is none of this person's");
    if (const auto counter = factor::checkAssertion(*assertion, *key, digest); !counter)
        return fail(ErrorCode::Denied, "assertion_bad: " + counter.error().detail);
    return std::move(*assertion);
}

} // namespace cordon::govern
