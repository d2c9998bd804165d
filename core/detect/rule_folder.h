#pragma once

#include "core/base/result.h"
#include "core/detect/placeholders.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace cordon::detect {

/// Finds rule files and the licence of the folder they stand in.
class RuleFolder
{
public:
    /// The rule files below `path`, or `path` itself, sorted. ErrorCode::Io when it cannot be listed.
    [[nodiscard]] static Result<std::vector<std::filesystem::path>> list(const std::filesystem::path& path);
    /// The whole file. ErrorCode::Io, or Invalid above 1 MiB.
    [[nodiscard]] static Result<std::string> read(const std::filesystem::path& path);
    /// "DRL 1.1" when the nearest LICENSE file in this folder or above names the Detection Rule License 1.1, else
    /// empty.
    [[nodiscard]] const std::string& licenseOf(const std::filesystem::path& folder);

private:
    std::map<std::filesystem::path, std::string> m_licenses;
};

/// Reads a placeholder file, with the same limits as a rule file. Errors name the file.
[[nodiscard]] Result<Placeholders> loadPlaceholders(const std::filesystem::path& path);

} // namespace cordon::detect
