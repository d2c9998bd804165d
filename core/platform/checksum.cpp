#include "core/platform/checksum.h"

#include <zlib.h>

namespace cordon::platform {

std::uint32_t crc32(ByteView first, ByteView second)
{
    const uLong start = crc32_z(0, first.data(), first.size());
    return static_cast<std::uint32_t>(second.empty() ? start : crc32_z(start, second.data(), second.size()));
}

std::uint32_t crc32After(std::uint32_t before, ByteView bytes)
{
    return static_cast<std::uint32_t>(crc32_z(before, bytes.data(), bytes.size()));
}

} // namespace cordon::platform
