#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// The constants of docs/formats/evidence.md.
namespace cordon::record::format {

inline constexpr std::string_view objectMagic = "CORDEVD1";
inline constexpr std::string_view encryptedMagic = "CORDEVE1"; ///< its chunks are encrypted after they were packed
inline constexpr std::string_view objectEndMagic = "CORDEVDZ";
inline constexpr std::size_t objectHeaderSize = 12; ///< magic, u32be plain chunk size
inline constexpr std::uint32_t plainChunkSize = 1U << 20U;
inline constexpr std::size_t tableRowSize = 36; ///< u32be stored length, SHA-256 of the stored chunk
inline constexpr std::size_t objectFooterSize =
    52; ///< u64be plain size, u32be chunks, SHA-256 of header ‖ table ‖ those, magic

} // namespace cordon::record::format
