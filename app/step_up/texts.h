#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cordon::step_up {

constexpr std::size_t mostText = 256U << 10U;
constexpr const char* noPin = "without a terminal, --pin-fd names a descriptor that holds it";

/// A file's text, or standard input's for "" and "-". Nothing beyond 256 KiB.
[[nodiscard]] std::optional<std::string> inputText(const std::string& file);
/// The reason code and its sentence on standard error.
void sayRefused(const std::string& reason, const std::string& detail);

} // namespace cordon::step_up
