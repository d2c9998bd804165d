#pragma once

#include "core/base/digest.h"

#include <cstring>
#include <type_traits>

namespace cordon::ingest {

/// The number that stands at `at`; the caller has made sure that it lies within. Hosts are little-endian like the logs.
template<class Number>
[[nodiscard]] Number numberAt(ByteView bytes, std::size_t at)
{
    static_assert(std::is_arithmetic_v<Number> && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
    Number number{};
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}

} // namespace cordon::ingest
