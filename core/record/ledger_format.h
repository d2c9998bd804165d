#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// The constants of docs/formats/ledger.md: all that the ledger's writer and its auditor share.
namespace cordon::record::format {

inline constexpr std::string_view segmentMagic = "CORDLOG1";
inline constexpr std::size_t segmentHeaderSize = 256;
inline constexpr std::size_t firstSeqAt = 8;      ///< u64be
inline constexpr std::size_t priorChainAt = 16;   ///< 32 bytes
inline constexpr std::size_t originLengthAt = 48; ///< u16be
inline constexpr std::size_t originAt = 50;       ///< zero-padded
inline constexpr std::size_t headerDigestAt = 224;
inline constexpr std::size_t longestOrigin = headerDigestAt - originAt;

inline constexpr std::size_t longestEntry = 64U << 10U;
inline constexpr std::size_t frameLengthSize = 4; ///< u32be
inline constexpr std::size_t chainSize = 32;

inline constexpr unsigned char leafPrefix = 0;
inline constexpr unsigned char nodePrefix = 1;
inline constexpr unsigned char chainPrefix = 2;

inline constexpr std::string_view ledgerFolder = "ledger";
inline constexpr std::string_view checkpointFolder = "checkpoints";
inline constexpr std::string_view timestampFolder = "timestamps";
inline constexpr std::string_view timestampSuffix = ".tsr";
inline constexpr std::string_view segmentSuffix = ".log";
inline constexpr int numberDigits = 8; ///< of segment and checkpoint names

} // namespace cordon::record::format
