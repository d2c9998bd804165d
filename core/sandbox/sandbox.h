#pragma once

#include "core/base/result.h"

#include <cstddef>

namespace cordon::sandbox {

/// What a confined process may still use up.
struct Bounds
{
    std::size_t memory = std::size_t(1) << 30U; ///< bytes of address space
    unsigned openFiles = 64;
};

/// Takes from this process, for good, what asking a server over the network does not need: starting programs and processes, writing
/// and removing files, listening, signals to others, looking into other processes, gaining privileges, core files.
/// What remains: reading files that its user may read, connecting sockets, threads, time, memory up to `bounds`.
/// It ends with the process that started it. A forbidden call fails with EPERM; starting a program or looking into another
/// process ends this one at once.
/// Call it in the first thread before there are others. Errors: ErrorCode::Unsupported this kernel has no seccomp filters,
/// Internal one of the steps failed: the process must then not go on.
[[nodiscard]] Result<void> confine(const Bounds& bounds = {});

} // namespace cordon::sandbox
