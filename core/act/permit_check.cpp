#include "core/act/permit_check.h"

#include "core/crypto/sha256.h"

namespace cordon::act {

Digest actionDigest(std::string_view canonicalBytes)
{
    crypto::Sha256 hash;
    hash.update(std::string_view("cordon.action.v1\n")).update(canonicalBytes);
    return hash.digest();
}

Result<Digest> actionDigest(const Action& action)
{
    CORDON_TRY(const std::string bytes, action.canonical());
    return actionDigest(bytes);
}

Result<void> checkPermit(const Permit& permit, const Action& action, const std::string& connector, Timestamp now)
{
    if (!permit.isUsable())
        return fail(ErrorCode::Denied, "permit: already given away");
    if (action.connector != connector)
        return fail(ErrorCode::Denied,
                    "permit: the action names connector '" + action.connector + "', not '" + connector + "'");
    CORDON_TRY(const Digest digest, actionDigest(action));
    if (permit.fits(digest, connector, now))
        return {};
    if (permit.actionDigest() != digest)
        return fail(ErrorCode::Denied, "permit: was given for another action");
    if (permit.connector() != connector)
        return fail(ErrorCode::Denied, "permit: was given for another connector");
    return fail(ErrorCode::Denied, "permit: has expired");
}

} // namespace cordon::act
