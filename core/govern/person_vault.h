#pragma once

#include "core/crypto/sealed_box.h"
#include "core/crypto/signing_key.h"
#include "core/govern/people.h"

#include <filesystem>
#include <optional>
#include <string>

namespace cordon::govern {

/// A PIN opened the vault: the private half of a person, for one act.
struct UnlockedPerson
{
    crypto::SigningKey key;
    bool isTotpVerified = false;
};

/// Why a factor was refused; codes are stable: "pin_wrong", "totp_wrong", "totp_reused", "locked", "console_locked",
/// "factor_disabled", "vault_unreadable".
struct UnlockRefusal
{
    std::string reason;
    std::optional<Timestamp> lockedUntil; ///< also where this very try was the last
    int triesLeft = 0;                    ///< before the person or the console is locked; 0 where that is not the question

    /// For the person, after the code: `until 2026-11-21T12:10:00Z`, `2 more tries`; "" when there is nothing to add.
    [[nodiscard]] std::string detail() const;
};

/// Makes a person: appends to people.json, seals a new key and the TOTP secret under the PIN in `NAME.vault.json`, and
/// starts `NAME.state.json`. The folder is made when missing (0700), files are 0600.
/// @param pin         at least 4 bytes; wiped by the caller
/// @param totpSecret  raw bytes, at least 16; crypto::toBase32 shows it to the person
/// @return the public person. ErrorCode::Conflict when the id exists.
[[nodiscard]] Result<Person> createPerson(const std::filesystem::path& folder, const std::string& id,
                                          const std::string& name, const std::vector<std::string>& roles,
                                          const crypto::SecretBytes& pin, const crypto::SecretBytes& totpSecret,
                                          std::optional<Timestamp> trainedUntil, const crypto::ScryptCost& cost = crypto::tunedCost());

/// A key and its factors, sealed and not yet in place: what `NAME.vault.json` will hold.
struct NewVault
{
    crypto::SigningKey key;
    std::string vaultText;
};
/// The state of factors that nobody has failed yet.
/// @param lastStep  of the authenticator code that counted last, -1 for none
[[nodiscard]] std::string newFactorState(std::int64_t lastStep = -1);
/// Makes a key for a person and seals it with the TOTP secret under the PIN. ErrorCode::Invalid as `createPerson`.
[[nodiscard]] Result<NewVault> makeVault(const std::string& id, const crypto::SecretBytes& pin,
                                         const crypto::SecretBytes& totpSecret, const crypto::ScryptCost& cost = crypto::tunedCost());

/// Opens the vault of a person with the PIN and, when given, checks an authenticator code (RFC 6238, one step of drift,
/// each step accepted once). Every try is counted before it is looked at: 5 failures lock for 15 minutes, each further
/// one doubles up to 24 hours, 20 in a row disable the factors for good. Failures count for the console too, whoever's
/// name was typed (ConsoleLock). A code that was right clears them; the PIN alone leaves the count as it was before the
/// try. One process at a time per person.
/// @param wall  machine time; a clock set back unlocks nothing
class PersonVault
{
public:
    PersonVault(std::filesystem::path folder, std::string person);

    [[nodiscard]] tl::expected<UnlockedPerson, UnlockRefusal>
    unlock(const crypto::SecretBytes& pin, std::optional<std::string_view> totp, Timestamp wall);
    /// Seals what the vault holds under another PIN, once PIN and code opened it: key and authenticator stay.
    [[nodiscard]] tl::expected<UnlockedPerson, UnlockRefusal> changePin(const crypto::SecretBytes& pin,
                                                                        std::optional<std::string_view> totp,
                                                                        const crypto::SecretBytes& newPin,
                                                                        Timestamp wall,
                                                                        const crypto::ScryptCost& cost = crypto::tunedCost());
    /// Puts what `makeVault` made, and an act of that number made count, into its place.
    /// @return false when it lies there already, whatever PIN it was sealed under since
    [[nodiscard]] Result<bool> put(const std::string& vaultText, const std::string& stateText, const std::string& act);
    struct WrongTries
    {
        int failures = 0; ///< in a row
        Timestamp lockedUntil;
    };
    /// As they stand. ErrorCode::NotFound without a vault here, Conflict while somebody is at it: a try counts before it
    /// is looked at.
    [[nodiscard]] Result<WrongTries> wrongTries() const;
    /// Two owners decided that a person may try again, or a security key verified its user: failures and lock are cleared, the last TOTP step stays.
    [[nodiscard]] Result<void> clearLock();

    [[nodiscard]] std::filesystem::path vaultFile() const;
    [[nodiscard]] std::filesystem::path stateFile() const;

private:
    [[nodiscard]] std::filesystem::path lockFile() const;

    std::filesystem::path m_folder;
    std::string m_person;
};

} // namespace cordon::govern
