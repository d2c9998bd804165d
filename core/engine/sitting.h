#pragma once

#include "core/crypto/signing_key.h"
#include "core/govern/people.h"
#include "core/value/value.h"

#include <filesystem>
#include <optional>
#include <string>

namespace cordon::engine {

/// Who may sit at a console: the installation's people whose acts hold, and an exercise's own.
/// @param exercisePeople  folder of people.json of the exercise; need not exist
[[nodiscard]] Result<govern::PeopleDirectory> peopleAtDesk(const std::filesystem::path& home,
                                                           const std::filesystem::path& exercisePeople);

/// A person at a console, between sign-in and lock: a key of this one sitting, in memory only, and the block with which
/// the person lets it sign what is of no consequence to containment. Source: docs/formats/people.md, "Presence"
class Sitting
{
public:
    /// @param caseFolder  may be made later; nothing is signed for it before
    explicit Sitting(std::filesystem::path caseFolder);

    /// What the step-up program is asked to sign: this sitting's key and the case.
    [[nodiscard]] std::string wish() const;
    /// The block that came back: a known person signed it (govern::readPresence), for this key and case.
    [[nodiscard]] Result<void> begin(const std::string& presence, const govern::PeopleDirectory& people);
    [[nodiscard]] bool hasBegun() const { return !m_presence.empty(); }
    [[nodiscard]] const std::string& person() const { return m_person; }

    /// A command under this sitting's key, as the holder takes it. ErrorCode::Denied before `begin`.
    [[nodiscard]] Result<std::string> sign(const std::string& command, Value args) const;
    /// What the step-up program is asked to sign for a command that takes the person's own factors.
    [[nodiscard]] std::string order(const std::string& command, Value args) const;

private:
    [[nodiscard]] std::string caseOrigin() const;

    std::filesystem::path m_caseFolder;
    crypto::SigningKey m_key;
    std::string m_presence;
    std::string m_person;
};

} // namespace cordon::engine
