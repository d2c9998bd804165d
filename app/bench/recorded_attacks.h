#pragma once

#include "core/base/result.h"
#include "core/engine/alert_maker.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace cordon::bench {

/// A recorded attack as the program understands it: its events, and what rules said about them.
struct RecordedAttack
{
    std::string id;
    std::vector<Event> events; ///< numbered from 1
    std::vector<engine::RuleHit> hits;
};

struct RecordedAttacks
{
    std::vector<RecordedAttack> attacks;   ///< only those on which a rule raised an alert
    std::vector<RecordedAttack> recordings; ///< whole ones, with what was no attack too
    std::vector<std::string> silent;       ///< ids of the others
    std::map<std::string, RuleInfo> rules; ///< of all hits
};

/// Reads the recorded cases of `data`/cases.json with the own rules of `resources` and the public ones below
/// `data`/sigma. Names and programs in that file only tell which records belong to which attack.
[[nodiscard]] Result<RecordedAttacks> readRecordedAttacks(const std::filesystem::path& data,
                                                          const std::filesystem::path& resources);

} // namespace cordon::bench
