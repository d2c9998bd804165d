#pragma once

#include "core/platform/file.h"

#include <cstdint>

namespace cordon::platform {

/// A file without a name, for what does not fit into memory: nobody else can open it, and it is gone when it is closed or
/// the program ends, however it ends. Belongs to one thread.
class ScratchFile
{
public:
    /// @param folder  on the disk to use; empty: $TMPDIR, else /var/tmp, else /tmp
    [[nodiscard]] static Result<ScratchFile> open(const Path& folder = {});

    /// Writes behind what is there. ErrorCode::DiskFull when there is no room: what was there before can still be read.
    /// @return where it begins
    [[nodiscard]] Result<std::uint64_t> append(ByteView bytes);
    /// Reads exactly `size` bytes; ErrorCode::Io when they are not there.
    [[nodiscard]] Result<void> readAt(void* into, std::size_t size, std::uint64_t offset) const;
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    /// Gives the room back.
    [[nodiscard]] Result<void> clear();

private:
    explicit ScratchFile(File file)
        : m_file(std::move(file))
    {}

    [[nodiscard]] Result<void> cutTo(std::uint64_t size);

    File m_file;
    std::uint64_t m_size = 0;
};

} // namespace cordon::platform
