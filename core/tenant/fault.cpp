#include "core/tenant/fault.h"

#include <array>
#include <cstddef>

namespace cordon::tenant {
namespace {

constexpr std::array<std::string_view, 9> names{"refuse",    "throttle", "unreachable",  "timeout",   "lie",
                                                "half_done", "hang",     "server_error", "broken_off"};

} // namespace

std::string_view toString(Fault fault)
{
    return names[static_cast<std::size_t>(fault)];
}

std::optional<Fault> faultFrom(std::string_view text)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == text)
            return static_cast<Fault>(i);
    }
    return std::nullopt;
}

} // namespace cordon::tenant
