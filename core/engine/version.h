#pragma once

namespace cordon::engine {

/// As written into evidence records and genesis entries. Kept equal to CMakeLists.txt's project version by a test.
inline constexpr const char* versionText = "0.1.0";

} // namespace cordon::engine
