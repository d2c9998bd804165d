#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// The system calls that this program's own code makes (the linker wraps them): counted, made to fail, or noted down.
/// One thread.
namespace cordon::record::soak {

enum class Fault { None, Io, NoSpace, Interrupted, ShortWrite, SyncFails };

struct ShimState
{
    bool isCounting = false;
    std::uint64_t calls = 0;  ///< since counting began
    std::uint64_t failAt = 0; ///< the first call that fails, 1 and up
    Fault fault = Fault::None;
    bool failsOn = false; ///< all calls from then on, not one alone
    std::uint64_t failed = 0;
};
ShimState& shim();

/// What was done to files, in order, while noting.
struct FileOperation
{
    enum class Kind { Write, Truncate, Sync, Rename };
    Kind kind = Kind::Write;
    std::string path; ///< of a rename: the new name
    std::string from; ///< of a rename
    std::string bytes;
    std::uint64_t offset = 0; ///< of a write; of a truncation the size
};
/// Begins to note operations; null ends it.
void noteOperations(std::vector<FileOperation>* into);

} // namespace cordon::record::soak
