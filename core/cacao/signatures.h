#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/value/value.h"

#include <optional>
#include <string>
#include <vector>

namespace cordon::crypto {
class SigningKey;
}

namespace cordon::cacao {

enum class SignatureState {
    Valid,      ///< the bytes are those that were signed with this key; whose key it is, a person knows
    Invalid,    ///< they are not, or the signature says so itself: revoked, out of its time, of another playbook
    CannotTell, ///< no key at hand, or an algorithm that is not checked here
};
[[nodiscard]] std::string_view toString(SignatureState state); ///< "valid", "invalid", "cannot_tell"

struct SignatureFinding
{
    SignatureState state = SignatureState::CannotTell;
    std::string pointer;   ///< JSON pointer to the signature
    std::string id;
    std::string signee;    ///< as it says; nobody vouches for it
    std::string algorithm;
    std::string key;       ///< "SHA256:…" of the key it was checked with, or ""
    bool isKeyGiven = false; ///< the key came from the person who asks, and not out of the file
    std::string why;       ///< English; "" for a valid one
};

/// Checks every signature of a playbook, countersignatures too; changes nothing. A signature is over the SHA digest of
/// the playbook's canonical form (RFC 8785) with this one signature in it, without `value` and what came later.
/// @param givenKey  SubjectPublicKeyInfo (DER) that stands for whatever key a signature names; "" = those inside the file
[[nodiscard]] std::vector<SignatureFinding> checkSignatures(const Value& playbook, Timestamp now, const std::string& givenKey = {});

struct SignatureWish
{
    std::string id;     ///< jss--uuid
    std::string signee;
    Timestamp now;
};
/// The playbook with one Ed25519 signature more, beside those that it has. ErrorCode::Invalid when it has no canonical form.
[[nodiscard]] Result<Value> sign(const Value& playbook, const crypto::SigningKey& key, const SignatureWish& wish);

} // namespace cordon::cacao
