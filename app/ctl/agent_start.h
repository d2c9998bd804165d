#pragma once

#include "core/engine/agent_identity.h"

#include <filesystem>
#include <memory>

namespace cordon::ctl {

/// Where the passphrase of the agent's key comes from.
struct AgentWish
{
    int passphraseFd = -1;  ///< twice the first time; -1: none
    bool isKept = false;    ///< leave it with the desktop's keyring
    bool isFromKeyring = false;

    [[nodiscard]] bool isAny() const { return passphraseFd >= 0 || isFromKeyring; }
};

/// Opens the agent's key of this installation, or makes it. What goes wrong is said on standard error and left with the
/// identity: the case opens all the same, and the agent proposes and does not act.
[[nodiscard]] std::shared_ptr<engine::AgentIdentity> startAgent(const std::filesystem::path& home, const AgentWish& wish);

} // namespace cordon::ctl
