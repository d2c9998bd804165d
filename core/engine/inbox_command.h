#pragma once

#include "core/engine/commands.h"
#include "core/govern/signed_command.h"

namespace cordon::engine {

/// What a signed command asks the holder of the case to do. ErrorCode::Unsupported for a command that the engine does
/// not know, Invalid for missing arguments. Source: docs/formats/approval.md, "inbox commands"
[[nodiscard]] Result<Command> commandFrom(const govern::Command& signedCommand);

} // namespace cordon::engine
