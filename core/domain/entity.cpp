#include "core/domain/entity.h"

#include <array>
#include <utility>

namespace cordon {
namespace {

constexpr std::array<std::pair<EntityKind, std::string_view>, 11> names{{
    {EntityKind::Account, "account"},
    {EntityKind::Credential, "credential"},
    {EntityKind::Role, "role"},
    {EntityKind::Group, "group"},
    {EntityKind::Policy, "policy"},
    {EntityKind::Workload, "workload"},
    {EntityKind::Host, "host"},
    {EntityKind::Address, "address"},
    {EntityKind::Secret, "secret"},
    {EntityKind::Resource, "resource"},
    {EntityKind::Application, "application"},
}};

} // namespace

std::string_view toString(EntityKind kind)
{
    return names[static_cast<std::size_t>(kind)].second;
}

std::optional<EntityKind> entityKindFrom(std::string_view text)
{
    for (const auto& [kind, name] : names) {
        if (name == text)
            return kind;
    }
    return std::nullopt;
}

} // namespace cordon
