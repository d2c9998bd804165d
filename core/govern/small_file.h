#pragma once

#include "core/base/result.h"

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

namespace cordon::govern {

/// The whole of a small file (at most 1 MiB), no link followed. ErrorCode::NotFound, Io or Invalid.
[[nodiscard]] Result<std::string> readSmallFile(const std::filesystem::path& file);
/// Replaces a file whole and durably: new file 0600 beside it, sync, rename, sync folder.
[[nodiscard]] Result<void> writeSmallFile(const std::filesystem::path& file, std::string_view text);

/// The exclusive lock on a file (made when missing), released when it goes away. Waits for the other holder.
class FileLock
{
public:
    [[nodiscard]] static Result<FileLock> take(const std::filesystem::path& file);
    /// Waits so long at most. ErrorCode::Conflict when another one holds it still.
    [[nodiscard]] static Result<FileLock> takeWithin(const std::filesystem::path& file, std::chrono::milliseconds time);
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock();

private:
    explicit FileLock(int descriptor)
        : m_descriptor(descriptor)
    {}
    int m_descriptor = -1;
};

} // namespace cordon::govern
