#pragma once

#include "core/base/digest.h"

#include <cstring>

/// How numbers and digests stand in the files of docs/formats/ledger.md and docs/formats/evidence.md.
namespace cordon::record::format {

/// At most 8 bytes, the most significant first.
[[nodiscard]] inline std::uint64_t bigEndian(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (const char byte : bytes)
        number = number << 8U | static_cast<unsigned char>(byte);
    return number;
}

/// @param bytes  at least 32; the first 32 count
[[nodiscard]] inline Digest digestFrom(std::string_view bytes)
{
    Digest digest;
    std::memcpy(digest.bytes.data(), bytes.data(), digest.bytes.size());
    return digest;
}

} // namespace cordon::record::format
