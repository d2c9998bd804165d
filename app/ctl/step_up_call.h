#pragma once

#include "app/ctl/ctl.h"

#include <string>
#include <vector>

namespace cordon::ctl {

/// File descriptors that give a person's factors; -1 asks on the terminal.
struct FactorWish
{
    int pinFd = -1;
    int totpFd = -1;
    int codeFd = -1;
    int targetFd = -1;
    int keyPinFd = -1;

    /// The options for PIN and authenticator code.
    void addTo(CLI::App& command);
};

/// Runs the separate step-up program: keys and factors never enter this process. ErrorCode::Denied when it gives no
/// signature; its reason went to standard error.
[[nodiscard]] Result<std::string> askStepUp(const Context& context, const FactorWish& factors,
                                            std::vector<std::string> arguments, std::string input);

} // namespace cordon::ctl
