#pragma once

#include "app/ctl/ctl.h"
#include "core/engine/pipeline.h"

#include <memory>
#include <string>

namespace cordon::ctl {

/// The case as its holder, or null when another process holds it.
[[nodiscard]] Result<std::unique_ptr<engine::Pipeline>> hold(const Context& context, const std::string& folder,
                                                             const MachineClock& clock);
/// Has a lost or damaged index made anew before a case is only read. Nothing happens where it is sound.
[[nodiscard]] Result<void> mendIndex(const Context& context, const std::string& folder);
/// Puts a file into the holder's inbox and waits for what becomes of it.
/// @param extension  ".reply" or ".command"
[[nodiscard]] Result<void> leaveInInbox(const std::string& caseFolder, const std::string& extension,
                                        const std::string& text);

} // namespace cordon::ctl
