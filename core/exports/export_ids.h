#pragma once

#include <string>
#include <string_view>

namespace cordon::exports {

/// `incident--` and a UUID that is always the same for the same name: of version 4 in form, which every schema takes,
/// made of SHA-256.
[[nodiscard]] std::string exportId(std::string_view type, std::string_view name);
/// `2026-11-21T12:09:50.000Z` of a time with microseconds; as it is when it is no such time.
[[nodiscard]] std::string millisOf(const std::string& time);

} // namespace cordon::exports
