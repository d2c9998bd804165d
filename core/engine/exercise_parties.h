#pragma once

#include "core/crypto/signing_key.h"
#include "core/domain/mandate.h"
#include "core/engine/case_reader.h"
#include "core/govern/people.h"

#include <filesystem>
#include <string>
#include <vector>

namespace cordon::engine {

/// Who takes part in an exercise: its own owners, people, agent and mandate, made for one case and good for nothing
/// else. Kept in the case's `exercise/` folder. Source: docs/formats/case.md, "exercise"
class ExerciseParties
{
public:
    /// What to make.
    struct Wish
    {
        std::string mandateTemplate; ///< text of resources/mandates/exercise.yaml
        Timestamp clockStart;        ///< the mandate is valid from a day before
    };

    /// Makes everything anew. The owners sign the mandate and their keys are then forgotten.
    [[nodiscard]] static Result<ExerciseParties> make(const std::filesystem::path& folder, const Wish& wish);
    /// ErrorCode::NotFound when the case has none yet; Corrupt or Untrusted when what is there does not hold together.
    [[nodiscard]] static Result<ExerciseParties> open(const std::filesystem::path& folder);

    [[nodiscard]] const Mandate& mandate() const { return m_mandate; }
    [[nodiscard]] const std::string& mandateText() const { return m_mandateText; }
    [[nodiscard]] const std::vector<std::string>& signers() const { return m_signers; }
    [[nodiscard]] const crypto::SigningKey& agentKey() const { return m_agentKey; }
    [[nodiscard]] const govern::PeopleDirectory& people() const { return m_people; }

    /// The people with PIN and TOTP secret, for the banner.
    [[nodiscard]] static Result<std::vector<PersonRow>> banner(const std::filesystem::path& folder);
    [[nodiscard]] static std::filesystem::path peopleFolder(const std::filesystem::path& folder);
    [[nodiscard]] static std::filesystem::path agentKeyFile(const std::filesystem::path& folder);

private:
    explicit ExerciseParties(crypto::SigningKey agentKey) : m_agentKey(std::move(agentKey)) {}

    crypto::SigningKey m_agentKey;
    Mandate m_mandate;
    std::string m_mandateText;
    std::vector<std::string> m_signers;
    govern::PeopleDirectory m_people;
};

} // namespace cordon::engine
