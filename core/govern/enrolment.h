#pragma once

#include "core/crypto/sealed_box.h"
#include "core/govern/people_act.h"

#include <filesystem>

namespace cordon::govern {

/// A person makes key and factors for themself, in the step-up program and nowhere else: PIN twice, the authenticator's
/// secret shown once, its code typed back. What comes out is an act that others have to sign; the vault waits in
/// `pending/` until it counts. Error details begin with a stable code: "pin_short", "pin_differs", "pin_weak",
/// "totp_wrong". Source: docs/formats/people.md, "Enrolment"
class Enrolment
{
public:
    /// What somebody wishes for before there is a key: an act's JSON without key and nonce. "act_unreadable".
    [[nodiscard]] static Result<PeopleAct> wishFrom(const Value& value);
    [[nodiscard]] static Value wishOf(PeopleAct act);

    /// @param folder  of the people of this machine
    /// @param wish    Kind::Enrol or Rekey; key and nonce are filled in here
    [[nodiscard]] static Result<Enrolment> begin(std::filesystem::path folder, PeopleAct wish,
                                                 const crypto::SecretBytes& pin, const crypto::SecretBytes& pinAgain,
                                                 const crypto::ScryptCost& cost = crypto::tunedCost());

    /// The secret in base32, in groups of four, for typing it into an authenticator.
    [[nodiscard]] crypto::SecretBytes shownSecret() const;
    /// Raw, for the QR code; never leaves the process otherwise.
    [[nodiscard]] const crypto::SecretBytes& secret() const { return m_secret; }
    /// The person typed the code that the authenticator shows: the vault is kept and the act signed with the new key.
    [[nodiscard]] Result<std::string> finish(std::string_view code, Timestamp wall) const;

    [[nodiscard]] const PeopleAct& act() const { return m_act; }

private:
    Enrolment(std::filesystem::path folder, PeopleAct act, crypto::SecretBytes secret, crypto::SigningKey key)
        : m_folder(std::move(folder))
        , m_act(std::move(act))
        , m_secret(std::move(secret))
        , m_key(std::move(key))
    {}

    std::filesystem::path m_folder;
    PeopleAct m_act;
    crypto::SecretBytes m_secret;
    crypto::SigningKey m_key;
    std::string m_vaultText;
};

/// "" for a PIN that may be chosen, else "pin_short" (below six bytes) or "pin_weak" (one character over and over, a
/// run such as 123456, or the person's own name).
[[nodiscard]] std::string whyNotPin(const crypto::SecretBytes& pin, const std::string& person);

/// Puts a vault that waited for this act into its place. Again after a crash it does what was left to do and takes no
/// later PIN back. @return false when none waits here: it lies elsewhere, or in its place
[[nodiscard]] Result<bool> activateVault(const std::filesystem::path& folder, const PeopleAct& act);

} // namespace cordon::govern
