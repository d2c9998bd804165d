#pragma once

#include "core/value/value.h"

#include <functional>
#include <string>
#include <string_view>

namespace cordon::ingest {

/// Calls `take` with every value at a path of dots below `root` until it returns false. Lists are entered; a key that
/// holds dots itself counts as the path it spells; a key in the exact case wins over one in another. What a hostile
/// record can make it do is bounded: of a list 4,096 elements are looked at, of an object with more than 1,024 members
/// only keys in the exact case.
void eachAt(const Value& root, std::string_view path, const std::function<bool(const Value&)>& take);

/// The text of a string, number or bool; "" for anything else.
[[nodiscard]] std::string scalarText(const Value& value);

} // namespace cordon::ingest
