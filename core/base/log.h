#pragma once

#include <string_view>

namespace cordon {

/// Writes one line to standard error at the given level. Never pass secrets or raw log text.
/// Set CORDON_LOG to trace, debug, info, warn, error or off; `warn` is the default. Safe from any thread.
void logDebug(std::string_view message);
void logInfo(std::string_view message);
void logWarning(std::string_view message);
void logError(std::string_view message);

} // namespace cordon
