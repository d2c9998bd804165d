#pragma once

#include "core/base/clock.h"
#include "core/factor/authenticator.h"
#include "core/govern/person_vault.h"
#include "core/govern/presence.h"
#include "core/govern/signed_command.h"

namespace cordon::govern {

/// Whose vault is to be opened, and with what. Only the step-up programs make one.
struct PersonFactors
{
    std::filesystem::path folder; ///< of the people
    std::string person;
    crypto::SecretBytes pin;
    std::string totp; ///< "" when none is asked for
};

// What a person signs with their factors beside approvals. Details of errors begin with the codes of step_up.h
// ("pin_wrong", "locked: until …"); a try is counted before it is looked at.

/// Lets a sitting's key sign for the person. @param wish  its session key and case
[[nodiscard]] Result<std::string> signIn(const PersonFactors& factors, const Value& wish, const MachineClock& clock);
/// True for a command that takes the authenticator code beside the PIN: `resume` lets the agent act again.
[[nodiscard]] bool takesCode(std::string_view command);
/// A command for the process that holds a case; "totp_missing" when it takes a code and none is given. A code that is
/// given is checked whatever the command. @param wish  its command, args and case; person, time and nonce are filled in
[[nodiscard]] Result<std::string> signOrder(const PersonFactors& factors, const Value& wish, const MachineClock& clock);
/// One signature more on an act about people; takes the authenticator code too ("totp_missing").
[[nodiscard]] Result<std::string> countersign(const PersonFactors& factors, std::string_view block,
                                              const MachineClock& clock);
/// Another PIN, and the act that says so, for the ledger. "pin_short", "pin_weak", "pin_differs" before any try counts.
[[nodiscard]] Result<std::string> changePin(const PersonFactors& factors, const crypto::SecretBytes& newPin,
                                            const crypto::SecretBytes& newPinAgain, const std::string& installation,
                                            const MachineClock& clock, const crypto::ScryptCost& cost = crypto::tunedCost());
/// A new security key of the person, and the act that says so. PIN and authenticator code come first; then the key makes
/// a credential and signs once with it over the act, so that a key which cannot approve is not taken in: two touches.
/// Codes also as in security_key_proof.h.
/// @param wish  `basis`, `name` (what the person calls the key), `why`
[[nodiscard]] Result<std::string> addSecurityKey(const PersonFactors& factors, const Value& wish,
                                                 factor::Authenticator& authenticator,
                                                 const crypto::SecretBytes& keyPin, const MachineClock& clock);

} // namespace cordon::govern
