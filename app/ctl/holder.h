#pragma once

#include "app/ctl/ctl.h"
#include "core/engine/pipeline.h"

#include <memory>
#include <string>

namespace cordon::ctl {

/// Closes the case, also after a refusal: what was opened and left looks like a crash to the verifier.
struct CloseHeld
{
    void operator()(engine::Pipeline* held) const;
};
using HeldCase = std::unique_ptr<engine::Pipeline, CloseHeld>;

/// The case as its holder, or null when another process holds it.
/// @param acts  the command wants the agent: null too for a case of real systems, which only `run --connect` can act on
[[nodiscard]] Result<HeldCase> hold(const Context& context, const std::string& folder, const MachineClock& clock,
                                    bool acts = false);
/// Has a lost or damaged index made anew before a case is only read. Nothing happens where it is sound.
[[nodiscard]] Result<void> mendIndex(const Context& context, const std::string& folder);
/// Puts a file into the holder's inbox and waits for what becomes of it.
/// @param extension  ".reply" or ".command"
[[nodiscard]] Result<void> leaveInInbox(const std::string& caseFolder, const std::string& extension,
                                        const std::string& text);

} // namespace cordon::ctl
