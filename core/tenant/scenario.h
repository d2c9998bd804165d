#pragma once

#include "core/tenant/tenant.h"

#include <filesystem>
#include <string>
#include <vector>

namespace cordon::tenant {

/// Somebody who takes part in an exercise. Keys, PIN and TOTP secret are made when the exercise begins.
struct ScenarioPerson
{
    std::string id;                 ///< user:analyst-a
    std::vector<std::string> roles; ///< analyst, commander
};

/// A shipped exercise: who takes part, what is where, and the log that tells the attack. Source:
/// docs/formats/scenario.md
struct Scenario
{
    std::string id;
    std::string title;
    std::string description;
    std::vector<ScenarioPerson> people;
    std::vector<std::string> owners; ///< sign the exercise's mandate
    Timestamp replayFrom;            ///< log time until which a paced replay reads everything at once
    double pace = 1.0;               ///< log seconds per second from there on
    std::string generator;           ///< of the log
    Timestamp from;                  ///< first day of ordinary activity
    Timestamp attack;                ///< first act of the intruder
    std::uint64_t seed = 0;
    bool isTakenOnByPeople = false; ///< the agent begins when a person took the incident on, or a sequence for it
    Value tenant; ///< description, docs/formats/tenant.md

    /// Reads `folder`/scenario.yaml and the tenant description that it names. ErrorCode::Invalid names file and line.
    [[nodiscard]] static Result<Scenario> load(const std::filesystem::path& folder);

    /// Writes the log as one CloudTrail delivery file. The same scenario gives the same bytes.
    [[nodiscard]] Result<void> writeLog(const std::filesystem::path& file) const;
    /// Makes the tenant and gives every credential the uses that the log shows, so that the two agree.
    [[nodiscard]] Result<Tenant> createTenant(const std::filesystem::path& file, const Clock& clock) const;
};

} // namespace cordon::tenant
