#include "core/domain/incident.h"

#include <array>
#include <cstdio>

namespace cordon {
namespace {

std::string numbered(const char* prefix, std::int64_t number)
{
    std::array<char, 40> buffer{};
    const int length = std::snprintf(buffer.data(), buffer.size(), "%s-%04lld", prefix, static_cast<long long>(number));
    return {buffer.data(), static_cast<std::size_t>(length)};
}

} // namespace

std::string_view toString(IncidentStatus status)
{
    switch (status) {
    case IncidentStatus::Open: return "open";
    case IncidentStatus::Contained: return "contained";
    case IncidentStatus::Closed: break;
    }
    return "closed";
}

std::string toString(IncidentId id)
{
    return numbered("INC", id.value);
}

std::string toString(AlertId id)
{
    return numbered("A", id.value);
}

} // namespace cordon
