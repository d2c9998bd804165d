#pragma once

#include "core/platform/file.h"

#include <functional>
#include <memory>

namespace cordon::platform {

/// How a file's bytes are packed.
enum class Packing { Plain, Gzip, Zstd };

/// Reads a file front to back, unpacking .gz (all members) and .zst (all frames) by content, not by name.
/// Belongs to one thread.
class ByteStream
{
public:
    /// Called with each run of bytes as they stand in the file, before unpacking. It sees the whole file, also when
    /// `read` stops early because the packing is damaged.
    using RawSink = std::function<Result<void>(ByteView)>;
    /// @param raw  may be empty
    [[nodiscard]] static Result<std::unique_ptr<ByteStream>> open(const Path& path, RawSink raw = {});
    virtual ~ByteStream() = default;
    /// Unpacked bytes; 0 at the end. ErrorCode::Incomplete when packed input ends early, Corrupt when it is damaged:
    /// what was returned before is whole.
    [[nodiscard]] virtual Result<std::size_t> read(void* into, std::size_t size) = 0;
    [[nodiscard]] virtual Packing packing() const = 0;
    /// Bytes of the file taken so far and in all, for progress.
    [[nodiscard]] virtual std::uint64_t rawBytesRead() const = 0;
    [[nodiscard]] virtual std::uint64_t rawBytesTotal() const = 0;
};

/// Zstandard of one buffer, for seekable evidence chunks.
[[nodiscard]] Result<std::string> compressChunk(ByteView bytes, int level = 3);
/// @param most  longest result accepted
[[nodiscard]] Result<std::string> decompressChunk(ByteView bytes, std::size_t most);

} // namespace cordon::platform
