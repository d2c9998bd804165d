#pragma once

#include <optional>
#include <string_view>

namespace cordon::tenant {

/// How a tenant misbehaves when it is asked to (`Tenant::failNext`).
enum class Fault {
    Refuse,      ///< says no; nothing happened
    Throttle,    ///< says "too many requests"; nothing happened
    Unreachable, ///< no answer; nothing happened
    Timeout,     ///< no answer; yet it was done
    Lie,         ///< says done; nothing happened
    HalfDone,    ///< says done; only the first half of the changes happened
    Hang,        ///< never comes back by itself; nothing happened
    ServerError, ///< answers 5xx; nothing happened
    BrokenOff,   ///< several calls make one act: the first half went well, the next is answered 5xx
};
[[nodiscard]] std::string_view toString(Fault fault); ///< "refuse", "throttle", …, "half_done"
[[nodiscard]] std::optional<Fault> faultFrom(std::string_view text);

} // namespace cordon::tenant
