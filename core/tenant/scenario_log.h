#pragma once

#include "core/tenant/entity_record.h"

#include <filesystem>
#include <string>
#include <vector>

namespace cordon::tenant {

/// What a scenario's log is made from.
struct ScenarioLogSettings
{
    std::string generator; ///< "service-account", "workload-theft", "borrowed-key" or "exposure"
    Timestamp from;
    Timestamp attack;
    std::uint64_t seed = 0;
    std::string account; ///< twelve digits
};

/// A made-up CloudTrail log: ordinary activity of a CI service account and three developers, then an attack.
/// Everything in it comes from the settings: the same settings give the same bytes.
class ScenarioLog
{
public:
    struct Record
    {
        Timestamp time;
        Value body; ///< one CloudTrail record
    };

    /// ErrorCode::Unsupported for an unknown generator, Invalid for a span that is empty or longer than 90 days.
    [[nodiscard]] static Result<ScenarioLog> make(const ScenarioLogSettings& settings);

    /// By time.
    [[nodiscard]] const std::vector<Record>& records() const { return m_records; }
    /// Every use of a credential, by time; at most one per credential and moment.
    [[nodiscard]] std::vector<CredentialUse> uses() const;
    /// One delivery file: {"Records":[…]} on a single line.
    [[nodiscard]] Result<void> write(const std::filesystem::path& file) const;

private:
    std::vector<Record> m_records;
};

} // namespace cordon::tenant
