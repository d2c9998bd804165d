#pragma once

#include "core/base/clock.h"
#include "core/govern/mandate_shelf.h"
#include "core/govern/people_roll.h"

#include <filesystem>
#include <map>
#include <optional>

namespace cordon::engine {

/// The people of an installation, `$CORDON_HOME/people`: a ledger of signed acts is the authority, `people.json` a copy
/// of what follows from it for the step-up programs. Belongs to one thread; several processes may have one.
/// Source: docs/formats/people.md
class PeopleOffice
{
public:
    using Kind = govern::PeopleAct::Kind;

    /// Reads and checks every act, and does what a crash left undone of what follows from them. An installation without
    /// people is one with an empty roll.
    /// ErrorCode::Untrusted when the ledger is gone, shorter than it was seen, or holds an act that does not count.
    [[nodiscard]] static Result<PeopleOffice> open(const std::filesystem::path& home, const MachineClock& clock);
    /// Only what stands in the ledger now; for those who ask and change nothing.
    [[nodiscard]] static Result<govern::PeopleRoll> roll(const std::filesystem::path& home);
    [[nodiscard]] static std::filesystem::path folder(const std::filesystem::path& home) { return home / "people"; }

    [[nodiscard]] const govern::PeopleRoll& roll() const { return m_roll; }

    /// What became of an act that was handed in.
    struct Answer
    {
        govern::PeopleAct act;
        govern::ActStanding standing;
        bool isTaken = false; ///< in the ledger, and in force
    };
    /// What the step-up program is asked to sign, or for a new key to make an act of. ErrorCode::Invalid as
    /// `PeopleAct::fromValue`, Denied "security_key_unknown".
    /// @param name  the person's, or what the person calls the security key
    [[nodiscard]] Result<std::string> draft(Kind kind, const std::string& person, const std::string& name,
                                            const std::vector<std::string>& roles, const std::string& why = {},
                                            std::optional<Timestamp> trainedUntil = std::nullopt) const;
    /// An act that waits here for owners.
    struct Pending
    {
        std::string name; ///< its nonce
        std::string what; ///< English, one line
        std::string block;
        govern::ActStanding standing;
    };
    /// Those that can still count.
    [[nodiscard]] std::vector<Pending> pending() const;
    [[nodiscard]] static std::filesystem::path pendingFile(const std::filesystem::path& home, const std::string& nonce);

    /// Takes a complete act in, durably, and does what follows from it here: the new vault is put in its place, the lock
    /// of a freed person is lifted. An incomplete one is kept in `pending/`, with what was signed there before.
    /// Signatures that do not hold are dropped. Errors as `PeopleRoll::judge`, "signature_missing" when none is left,
    /// "too_old" for one drawn up more than seven days ago or ahead of the clock.
    [[nodiscard]] Result<Answer> submit(const std::string& block);

    /// Newest revisions of mandates that came in force here, by id: what nobody takes back with a file.
    [[nodiscard]] static Result<std::map<std::string, govern::SeenRevision>> mandates(const std::filesystem::path& home);
    /// Writes down that a mandate comes in force, before it does. ErrorCode::NotFound while nobody is enrolled, Conflict
    /// when a revision as new or newer came in force meanwhile.
    [[nodiscard]] Result<void> noteMandate(const Mandate& mandate, const std::vector<std::string>& signers);

    /// The acts that travel, one block after the other.
    [[nodiscard]] Result<std::string> exported() const;
    /// Takes in what another machine of the installation has more. The first time `founder` has to be the fingerprint of
    /// the first owner's key, told by another way. ErrorCode::Untrusted "founder_other", "act_local" with an act that does not travel, Conflict "roll_other" when the
    /// two do not begin alike, or when the text has less than this machine.
    /// @return how many acts were new
    [[nodiscard]] Result<int> import(const std::string& text, const std::string& founder);

private:
    PeopleOffice(std::filesystem::path home, const MachineClock& clock)
        : m_home(std::move(home))
        , m_clock(&clock)
    {}
    [[nodiscard]] Result<void> joinPending(const std::filesystem::path& file, govern::SignedPeopleAct& read) const;
    [[nodiscard]] Result<void> take(const std::vector<std::string>& blocks);
    [[nodiscard]] Result<void> follow(const govern::PeopleAct& act) const;
    [[nodiscard]] Result<void> catchUp() const;
    [[nodiscard]] Result<void> catchUpVaults() const;
    [[nodiscard]] Result<std::vector<std::string>> shared() const;

    std::filesystem::path m_home;
    const MachineClock* m_clock;
    govern::PeopleRoll m_roll;
};

} // namespace cordon::engine
