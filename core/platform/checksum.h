#pragma once

#include "core/base/digest.h"

#include <cstdint>

namespace cordon::platform {

/// CRC-32 as of IEEE 802.3 over the parts, one behind another. Finds accidents, proves nothing.
[[nodiscard]] std::uint32_t crc32(ByteView first, ByteView second = {});
/// Goes on from the CRC-32 of what came before, 0 at the beginning.
[[nodiscard]] std::uint32_t crc32After(std::uint32_t before, ByteView bytes);

} // namespace cordon::platform
