#pragma once

#include "core/domain/followed_file.h"
#include "core/ingest/follow_scan.h"
#include "core/ingest/log_reader.h"

#include <optional>

namespace cordon::ingest {

/// As many bytes of a followed file's start, and of those before its position, tell it from others.
constexpr std::size_t markLength = 512;

/// The bytes `offset`… of an open file, at most `length`; fewer at its end.
[[nodiscard]] Result<std::string> bytesAt(const platform::File& file, std::uint64_t offset, std::size_t length);
/// Whether the first `length` bytes of two files are the same. Reads both.
[[nodiscard]] Result<bool> startAlike(const platform::File& a, const platform::File& b, std::uint64_t length);
/// Whether the file still has the bytes that were read out of it, by its marks. @param size  as it was seen
[[nodiscard]] Result<bool> isStill(const FollowedFile& known, const platform::File& file, std::uint64_t size);
/// `.gz` or `.zst` by its first bytes.
[[nodiscard]] bool isPacked(std::string_view start);

/// A file as `look` saw it, opened; nothing when another one stands there by now.
[[nodiscard]] Result<std::optional<platform::File>> openSeen(const SeenFile& seen);

/// What a packed file holds, told by one pass over it.
struct PackedLook
{
    std::string head;           ///< unpacked
    std::string tail;           ///< last bytes, unpacked
    std::uint64_t size = 0;     ///< unpacked
    std::vector<std::string> before; ///< bytes before each of the places that were asked for; "" when it is shorter
    std::optional<Error> damage;     ///< it ends early or is damaged behind what was counted
};
/// @param places  unpacked positions before which at most `markLength` bytes are wanted
[[nodiscard]] Result<PackedLook> lookInto(const platform::Path& path, const std::vector<std::uint64_t>& places);

/// Opens bytes at hand instead of the file.
[[nodiscard]] ReadOptions::Open openBytes(std::string bytes);
/// Opens the plain file's bytes [from, to). Fewer are there when it was cut short meanwhile: ErrorCode::Incomplete at the end.
[[nodiscard]] ReadOptions::Open openRange(std::uint64_t from, std::uint64_t to);
/// Opens a packed file behind its first `from` unpacked bytes.
[[nodiscard]] ReadOptions::Open openPackedFrom(std::uint64_t from);

} // namespace cordon::ingest
