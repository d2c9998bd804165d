#pragma once

#include "core/govern/people.h"

#include <string>
#include <string_view>

namespace cordon::govern {

/// A person proved with their factors that they sit at a console, and lets the key of that one sitting sign what is of
/// no consequence to containment: notes, who works on what, steps left out, asking again, logs. The console holds that key
/// in memory only and drops it when it locks. Source: docs/formats/people.md, "Presence"
struct Presence
{
    std::string person;
    crypto::PublicKey sessionKey;
    std::string caseOrigin; ///< of the case's ledger
    Timestamp issued;  ///< machine clock of the step-up program
    std::string nonce; ///< 32 hex digits

    [[nodiscard]] Value toValue() const;
    [[nodiscard]] static Result<Presence> fromValue(const Value& value);
};

/// However active somebody is: after this a sitting needs the factors again.
constexpr Duration longestPresence = std::chrono::hours(12);

[[nodiscard]] Result<std::string> signPresence(const Presence& presence, const crypto::SigningKey& personKey);

/// Opens a presence: a known, unrevoked person signed it, for this case. ErrorCode::Untrusted, Denied or Invalid with
/// the reason code first in the detail: "presence_unreadable", "person_unknown", "key_revoked", "signature_bad",
/// "case_other".
[[nodiscard]] Result<Presence> readPresence(std::string_view block, const PeopleDirectory& people,
                                            const std::string& caseOrigin);

/// True for what a sitting's key may sign; everything else takes the person's own.
[[nodiscard]] bool isForPresence(std::string_view command);

} // namespace cordon::govern
