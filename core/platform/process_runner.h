#pragma once

#include "core/platform/file.h"

#include <chrono>
#include <stop_token>
#include <utility>

namespace cordon::platform {

struct ProcessRequest
{
    Path program; ///< absolute; never looked up in PATH, never a shell
    std::vector<std::string> arguments;
    std::string input;                      ///< written to its standard input, then closed
    std::vector<int> inheritedDescriptors;  ///< kept open in the child at the same numbers
    bool inheritsTerminal = false;          ///< leave standard error (and the terminal) to the child
    std::chrono::milliseconds timeLimit{0}; ///< 0 = none
};

struct ProcessReply
{
    int exitStatus = -1; ///< -1 when it was ended by a signal or the time limit
    std::string output;  ///< standard output, at most 4 MiB
};

/// Runs a program with an argument list and waits.
[[nodiscard]] Result<ProcessReply> runProcess(const ProcessRequest& request, const std::stop_token& stop = {});

} // namespace cordon::platform
