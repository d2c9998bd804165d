#pragma once

#include "core/platform/scratch_file.h"

#include <optional>
#include <string>
#include <string_view>

namespace cordon::platform {

/// Bytes that are written once and looked at later: the newest in memory, the others in a scratch file. Where no file can
/// be written, all stay in memory. Belongs to one thread.
class SpooledBytes
{
public:
    /// @param most  kept in memory before they are moved out
    explicit SpooledBytes(std::size_t most = 1U << 20U)
        : m_most(most)
    {}

    /// @return where they begin
    std::uint64_t add(std::string_view bytes);
    /// ErrorCode::Io when they cannot be read, or were not added.
    [[nodiscard]] Result<std::string> read(std::uint64_t offset, std::size_t size) const;
    /// Moved out so far.
    [[nodiscard]] std::uint64_t onDisk() const { return m_onDisk; }

private:
    void moveOut();

    std::size_t m_most;
    std::optional<ScratchFile> m_file;
    std::uint64_t m_onDisk = 0;
    std::string m_newest; ///< behind those on disk
    bool m_isStuck = false;
};

} // namespace cordon::platform
