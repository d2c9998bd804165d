#pragma once

#include <string_view>

namespace cordon::cacao {

// The text forms of CACAO 2.0, as its published schemas have them.

/// `type--uuid`, versions 1 to 5.
[[nodiscard]] bool isIdentifier(std::string_view text);
/// An identifier of this type: `action--…`. The schema of a switch takes it at the end of any text; so `isAtEnd`.
[[nodiscard]] bool isIdentifierOf(std::string_view type, std::string_view text, bool isAtEnd = false);
/// The type before the last `--`, or "".
[[nodiscard]] std::string_view typeOf(std::string_view identifier);
/// `2026-11-23T10:00:00Z`, any number of decimals, 60 for a leap second. The day may be one that the month has not.
[[nodiscard]] bool isTimestamp(std::string_view text);
[[nodiscard]] bool isMacAddress(std::string_view text);
/// The text ends in one.
[[nodiscard]] bool endsInIpv4(std::string_view text);
[[nodiscard]] bool endsInIpv6(std::string_view text);
/// The text holds a name with a dot and a top-level domain of two to six small letters.
[[nodiscard]] bool holdsUrl(std::string_view text);

} // namespace cordon::cacao
