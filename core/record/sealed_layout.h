#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::record {

/// One part of a `.cordonz` and where it lies. Source: docs/formats/sealed-case.md
struct SealedPart
{
    std::string name;       ///< `ledger/00000001.log`
    std::uint64_t head = 0; ///< first byte of its local header in the file
    std::uint64_t size = 0; ///< of its content
    std::uint32_t crc = 0;

    /// First byte of its content.
    [[nodiscard]] std::uint64_t at() const;
    [[nodiscard]] std::uint64_t end() const { return at() + size; }
};

/// The one way in which Cordon writes a ZIP file: nothing packed, 64-bit sizes, no gap, no comment, no flag.
/// Anything else is refused, so that no two programs can read two different cases out of one file.
namespace layout {

inline constexpr std::string_view listName = "parts.sha256";
inline constexpr std::string_view manifestName = "manifest.note";
inline constexpr std::size_t localHeadSize = 50; ///< and the name behind its first 30 bytes
inline constexpr std::size_t endSize = 98;       ///< ZIP64 end record, its locator, end record
inline constexpr std::size_t mostParts = 1U << 20U;
inline constexpr std::uint64_t longestDirectory = 256U << 20U;
inline constexpr std::size_t longestName = 200;

[[nodiscard]] std::string localHead(const SealedPart& part);
/// The directory and the end of the file.
[[nodiscard]] std::string directory(const std::vector<SealedPart>& parts);
/// Letters, digits, `.`, `_`, `-` between single slashes, and no step that leads elsewhere.
[[nodiscard]] bool isPartName(std::string_view name);

/// Where the directory begins. ErrorCode::Invalid unless `end` are the last bytes of a file of this layout.
[[nodiscard]] Result<std::uint64_t> directoryAt(std::string_view end, std::uint64_t fileSize);
/// ErrorCode::Invalid unless the parts fill the file up to the directory without a gap, every name is good and stands
/// once, and no name is another one's folder.
/// @param bytes  from the directory's first byte to the file's last
[[nodiscard]] Result<std::vector<SealedPart>> readDirectory(std::string_view bytes, std::uint64_t directoryAt);

} // namespace layout
} // namespace cordon::record
