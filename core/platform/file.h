#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::platform {

using Path = std::filesystem::path;

/// An open file descriptor; closed when it goes away. Belongs to one thread.
class File
{
public:
    /// For reading; ErrorCode::NotFound, Denied (no permission), Invalid (a folder) or Io.
    [[nodiscard]] static Result<File> openForReading(const Path& path);
    /// For appending; made with `mode` when missing. No other process' links are followed (O_NOFOLLOW).
    [[nodiscard]] static Result<File> openForAppending(const Path& path, unsigned mode = 0600);
    /// Bytes [at, at + size) of an open file, read as a file of its own with a position of its own.
    [[nodiscard]] static Result<File> partOf(const File& whole, std::uint64_t at, std::uint64_t size, Path name);
    /// A new file; ErrorCode::Conflict when something of that name is there (O_EXCL).
    [[nodiscard]] static Result<File> createExclusively(const Path& path, unsigned mode = 0600);
    File(File&& other) noexcept;
    File& operator=(File&& other) noexcept;
    ~File();

    /// Reads up to `size` bytes; 0 at the end. Interrupted calls are repeated.
    [[nodiscard]] Result<std::size_t> read(void* into, std::size_t size);
    [[nodiscard]] Result<std::size_t> readAt(void* into, std::size_t size, std::uint64_t offset) const;
    /// Writes everything or fails; ErrorCode::DiskFull when there is no room.
    [[nodiscard]] Result<void> write(ByteView bytes);
    [[nodiscard]] Result<void> write(std::string_view text) { return write(bytesOf(text)); }
    /// Writes over what is there; the position stays where it was. Not for files opened for appending.
    [[nodiscard]] Result<void> writeAt(std::string_view text, std::uint64_t offset);
    /// fsync. After a failure the file must not be trusted or retried.
    [[nodiscard]] Result<void> sync();
    [[nodiscard]] Result<std::uint64_t> size() const;
    [[nodiscard]] Result<void> truncate(std::uint64_t size);
    /// Takes the exclusive lock without waiting; ErrorCode::Conflict when another process has it.
    [[nodiscard]] Result<void> lock();
    [[nodiscard]] int descriptor() const { return m_descriptor; }

private:
    File(int descriptor, Path path)
        : m_descriptor(descriptor)
        , m_path(std::move(path))
    {}
    int m_descriptor = -1;
    Path m_path;
    struct Part
    {
        std::uint64_t at = 0;
        std::uint64_t size = 0;
        std::uint64_t position = 0;
    };
    std::optional<Part> m_part; ///< set when this is a part of a file
};

/// The whole file as text; ErrorCode::Invalid when it is longer than `most` bytes.
[[nodiscard]] Result<std::string> readFile(const Path& path, std::size_t most = 64U << 20U);
/// Replaces a file so that a crash leaves the old or the new one whole: temporary name, sync, rename, sync folder.
[[nodiscard]] Result<void> writeFileAtomically(const Path& path, std::string_view text, unsigned mode = 0600);
/// Makes the entries of a folder durable.
[[nodiscard]] Result<void> syncFolder(const Path& folder);
[[nodiscard]] Result<void> makeFolders(const Path& folder, unsigned mode = 0700);
/// Renames without replacing (renameat2 RENAME_NOREPLACE); ErrorCode::Conflict when the name is taken.
[[nodiscard]] Result<void> renameWithoutReplacing(const Path& from, const Path& to);
/// Overwrites a file's bytes, syncs, and removes it durably; no error when there is none. What the disk itself may keep of
/// old blocks is beyond a program's reach.
[[nodiscard]] Result<void> eraseFile(const Path& path);
/// Environment variable, or "" when unset.
[[nodiscard]] std::string environment(const char* name);
/// $CORDON_HOME, else $XDG_DATA_HOME/cordon, else $HOME/.local/share/cordon.
[[nodiscard]] Path cordonHome();

} // namespace cordon::platform
