#pragma once

#include "core/base/time.h"
#include "core/crypto/signing_key.h"
#include "core/domain/security_key.h"
#include "core/value/value.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cordon::govern {

/// A person as everybody may know them. Source: docs/formats/people.md
struct Person
{
    std::string id;                 ///< user:analyst-a
    std::string name;               ///< shown to people
    std::vector<std::string> roles; ///< "analyst", "commander", "owner", "reviewer"
    crypto::PublicKey key;
    std::optional<Timestamp> trainedUntil; ///< absent: not trained
    bool isRevoked = false;
    std::vector<SecurityKey> securityKeys = {};

    [[nodiscard]] const SecurityKey* securityKey(std::string_view credential) const;
    [[nodiscard]] bool hasRole(std::string_view role) const;
    [[nodiscard]] bool isTrainedAt(Timestamp now) const { return trainedUntil && now < *trainedUntil; }
    /// Training runs out within 14 days: time to say so.
    [[nodiscard]] bool isTrainingEnding(Timestamp now) const
    {
        return isTrainedAt(now) && *trainedUntil - now <= std::chrono::hours(14 * 24);
    }
};

/// The people of an installation and their pinned public keys: `people.json` in a folder.
class PeopleDirectory
{
public:
    PeopleDirectory() = default;
    /// ErrorCode::NotFound without the file, Invalid (with the reason) for one that breaks a rule: two persons with one
    /// id or one key, an unknown role, a malformed id.
    [[nodiscard]] static Result<PeopleDirectory> load(const std::filesystem::path& folder);
    [[nodiscard]] static Result<PeopleDirectory> fromValue(const Value& value);
    [[nodiscard]] Value toValue() const;
    [[nodiscard]] Result<void> save(const std::filesystem::path& folder) const;

    /// ErrorCode::Conflict when id or key is taken, Invalid for a malformed person.
    [[nodiscard]] Result<void> add(Person person);
    [[nodiscard]] Result<void> revoke(const std::string& id);
    /// Enrols a security key for a person. ErrorCode::Conflict when anybody has that credential or public key already,
    /// Invalid beyond eight keys.
    [[nodiscard]] Result<void> addSecurityKey(const std::string& id, SecurityKey key);
    /// A lost key. ErrorCode::NotFound when the person has no such credential.
    [[nodiscard]] Result<void> removeSecurityKey(const std::string& id, std::string_view credential);
    /// Puts a person in the place of the one with this id. ErrorCode::NotFound without one, Conflict for a taken key.
    [[nodiscard]] Result<void> replace(Person person);
    [[nodiscard]] const Person* find(std::string_view id) const;
    [[nodiscard]] const std::vector<Person>& all() const { return m_people; }

private:
    std::vector<Person> m_people;
};

/// `user:` and 1 to 63 of a-z 0-9 . - (the first a letter or digit).
[[nodiscard]] bool isPersonId(std::string_view id);
/// "analyst", "commander", "owner" or "reviewer".
[[nodiscard]] bool isKnownRole(std::string_view role);

} // namespace cordon::govern
