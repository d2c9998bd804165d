#pragma once

#include "core/base/digest.h"

#include <cstdint>

namespace cordon::platform {

/// CRC-32 as of IEEE 802.3 over the parts, one behind another. Finds accidents, proves nothing.
[[nodiscard]] std::uint32_t crc32(ByteView first, ByteView second = {});

} // namespace cordon::platform
