#pragma once

#include <cstdint>
#include <string_view>

namespace cordon::ingest {

/// Name of the machine that a SYSCALL record's `arch` means: x86_64, i386, aarch64; "" for any other.
[[nodiscard]] std::string_view auditArchName(std::string_view arch);
/// Name of a system call by the record's `arch` and number; "" when either is not known.
[[nodiscard]] std::string_view auditSyscallName(std::string_view arch, std::string_view syscall);

} // namespace cordon::ingest
