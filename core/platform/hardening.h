#pragma once

namespace cordon::platform {

/// From now on no core file is written of this process and of what it starts: keys are in its memory. Beyond that only a
/// handler that takes cores without asking for limits gets one.
/// @return whether it could be set
[[nodiscard]] bool forbidCoreFiles();

/// The same, and no debugger of the same user either: for a process that holds a person's key for a moment. What lies
/// below /proc/self belongs to root afterwards.
/// @return whether both could be set
[[nodiscard]] bool closeToOthers();

} // namespace cordon::platform
