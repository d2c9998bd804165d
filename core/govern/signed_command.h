#pragma once

#include "core/base/time.h"
#include "core/crypto/signing_key.h"
#include "core/govern/presence.h"

#include <set>
#include <string>

namespace cordon::govern {

/// What a person wants from the process that holds a case. Source: docs/formats/approval.md, "inbox commands"
struct Command
{
    std::string command; ///< halt, resume, undo, keep, note, assign, skip, ask-again, done-elsewhere, continue,
                         ///< join, present, sign-in, sign-out, close, reopen, add-sources, follow, stop-following,
                         ///< inventory-import, indicators-import, exhibit-add, evidence-hold, evidence-release, evidence-transfer, evidence-receive, evidence-erase,
                         ///< merge, split, move, undo-arrangement
    Value args = Value::Object{};
    std::string person;
    Timestamp issued;  ///< wall clock of the signer
    std::string nonce; ///< 32 hex digits
    std::string caseOrigin; ///< of the case's ledger: a name of a folder is anybody's to give
    std::string presence = {}; ///< nonce of the sitting that signed it, "" when the person did; beside the signed text

    [[nodiscard]] Value toValue() const;
    [[nodiscard]] static Result<Command> fromValue(const Value& value);
};

/// What a case remembers of the commands that were given to it. Its ledger keeps all of it.
struct SeenCommands
{
    std::set<std::string> nonces; ///< of commands that were taken
    std::set<std::string> begun;  ///< sittings that were signed in to; none begins twice
    std::set<std::string> ended;  ///< sittings that were signed out of
};

/// The command as a signed text block under the person's key.
[[nodiscard]] Result<std::string> signCommand(const Command& command, const crypto::SigningKey& key);

/// The command under the key of a sitting, with the presence block that lets it sign.
[[nodiscard]] Result<std::string> signForPresence(const Command& command, const crypto::SigningKey& sessionKey,
                                                  const std::string& presenceBlock);

/// The command that a text claims to be, unchecked, "" when it cannot be read: to choose whom to ask about it.
[[nodiscard]] std::string namedCommand(std::string_view text);

/// Opens a command: a known, unrevoked person signed it, or the key of a sitting of theirs that has not ended, for this
/// case, within `window` of `wall` either way, and its nonce is new; all that is then added to `seen`.
/// ErrorCode::Untrusted, Denied or Invalid with the reason code first in the detail ("person_unknown: …",
/// "signature_bad", "case_other", "too_old", "nonce_used", "role_missing", "factors_needed", "presence_ended",
/// "presence_other", "presence_used").
[[nodiscard]] Result<Command> verifyCommand(std::string_view text, const PeopleDirectory& people,
                                            const std::string& caseOrigin, Timestamp wall, Duration window,
                                            SeenCommands& seen);

/// The command as a ledger keeps it: its block, and that of the sitting where one signed it, each with the one signature
/// that holds. ErrorCode::Invalid or Untrusted, the reason code first in the detail.
[[nodiscard]] Result<std::string> keptCommand(std::string_view text, const Person& person);

} // namespace cordon::govern
