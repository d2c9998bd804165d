#pragma once

#include "core/base/time.h"
#include "core/crypto/signed_note.h"
#include "core/value/value.h"

#include <string>
#include <string_view>

namespace cordon::record {

/// What a person ordered under their signature, as an entry keeps it. Read here apart from the engine that took it.
/// Source: docs/formats/approval.md, "Inbox commands"; people.md, "Presence"
struct SignedOrder
{
    std::string command;
    Value args;
    std::string nonce;
    std::string sitting; ///< nonce of the presence whose key signed it, "" when the person did
    Timestamp issued;    ///< wall clock of the signer
    std::string text;    ///< as the entry keeps it
};

/// Opens the order of an entry: exactly one signature under the person's name, by `key`, or by the key of a sitting that
/// `key` let sign such a command; the order names that person and that ledger.
/// ErrorCode::Invalid or Untrusted, the detail says what is wrong in words for the report.
[[nodiscard]] Result<SignedOrder> readOrder(std::string_view text, const std::string& person,
                                            const crypto::PublicKey& key, const std::string& origin);

/// Exactly one signature by that name, of the ordinary kind (Ed25519, type 1), under that key.
[[nodiscard]] bool isSignedOnce(const crypto::SignedNote& note, const std::string& person, const crypto::PublicKey& key);

/// The object that a signed text block carries in base64 below its first line; null when there is none,
/// or it is not in canonical form: what two programs could read in two ways says nothing.
/// Source: docs/formats/approval.md, "Text blocks"
[[nodiscard]] Value blockContent(const crypto::SignedNote& note);

} // namespace cordon::record
