#pragma once

#include "core/platform/file.h"

namespace cordon::platform {

/// Opens a file of a folder that somebody else may have written into: only a plain file with one name, and no link on the
/// way to it, so that nothing outside the folder is ever read. Named pipes and devices do not hold anybody up.
/// @param name  relative, with single slashes
/// @return ErrorCode::NotFound; Denied for links, further names and anything but a plain file
[[nodiscard]] Result<File> openBeneath(const Path& folder, const std::string& name);
/// The whole of such a file; ErrorCode::Invalid when it is longer than `most` bytes.
[[nodiscard]] Result<std::string> readBeneath(const Path& folder, const std::string& name, std::size_t most);
/// Names in a folder below, sorted; none where it is missing. Links are among them, and links on the way are refused.
[[nodiscard]] Result<std::vector<std::string>> listBeneath(const Path& folder, const std::string& name);

} // namespace cordon::platform
