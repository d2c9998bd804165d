#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace cordon::engine {

/// What a first look at a log tells, and what only a person can say of it.
struct LogLook
{
    std::filesystem::path file;
    std::string source; ///< of its first record, such as `aws.cloudtrail`; "" when nothing was recognised
    bool needsZone = false;
    bool lacksYear = false; ///< times are of no year; without one told, the file's date tells it
    bool needsMap = false;  ///< no record of it could be read
    std::string reason;     ///< English, for `needsMap`
};

struct LogLooks
{
    std::vector<LogLook> files;
    std::size_t notLookedAt = 0;    ///< files beyond the first few hundred
    std::vector<std::string> zones; ///< names of time zones that this machine knows, `UTC` first
};

/// Reads the first bytes of the logs below `paths`, as an import would, and keeps nothing of it.
/// @param resources  folder that holds field_maps/
/// @param maps  field maps that a person wrote
/// @return a failure when the maps cannot be read
[[nodiscard]] Result<LogLooks> lookAtLogs(const std::vector<std::filesystem::path>& paths,
                                          const std::filesystem::path& resources,
                                          const std::vector<std::filesystem::path>& maps, const std::stop_token& stop);

} // namespace cordon::engine
