#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace cordon {

/// A number that names one kind of thing and cannot be mixed up with another kind. Zero means "none yet".
template<class Tag>
struct Id
{
    std::int64_t value = 0;
    constexpr auto operator<=>(const Id&) const = default;
    [[nodiscard]] constexpr bool isSet() const { return value != 0; }
};

using EventId = Id<struct EventTag>;       ///< row of an event in the case's index
using AlertId = Id<struct AlertTag>;       ///< shown as A-0001
using IncidentId = Id<struct IncidentTag>; ///< shown as INC-0001

} // namespace cordon

template<class Tag>
struct std::hash<cordon::Id<Tag>>
{
    std::size_t operator()(const cordon::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>()(id.value); }
};
