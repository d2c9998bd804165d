#include "core/domain/alert.h"

#include <array>

namespace cordon {
namespace {

constexpr std::array<std::string_view, 5> severityNames{"informational", "low", "medium", "high", "critical"};
constexpr std::array<std::string_view, 4> roleNames{"attacker", "victim", "resource", "other"};

} // namespace

std::string_view toString(Severity severity)
{
    return severityNames[static_cast<std::size_t>(severity)];
}

std::optional<Severity> severityFrom(std::string_view text)
{
    for (std::size_t i = 0; i < severityNames.size(); ++i) {
        if (severityNames[i] == text)
            return static_cast<Severity>(i);
    }
    return std::nullopt;
}

std::string_view toString(EntityRole role)
{
    return roleNames[static_cast<std::size_t>(role)];
}

} // namespace cordon
