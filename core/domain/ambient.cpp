#include "core/domain/ambient.h"

#include <algorithm>

namespace cordon {
namespace {

/// Longer than any provider's id; such text is not taken for an identity.
constexpr std::size_t longestId = 2048;

bool isAccountNumber(std::string_view text)
{
    return text.size() == 12 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The provider's own services, and the names under which it logs nobody in particular.
bool isProviderName(std::string_view id)
{
    for (const std::string_view nobody : {"ANONYMOUS_PRINCIPAL", "anonymous", "HIDDEN_DUE_TO_SECURITY_REASONS"}) {
        if (id == nobody || id.ends_with("/HIDDEN_DUE_TO_SECURITY_REASONS"))
            return true;
    }
    return id.ends_with(".amazonaws.com") || id == "AWS Internal" || id == "AWSService" ||
           id.find("/AWSServiceRoleFor") != std::string_view::npos ||
           id.find("/aws-service-role/") != std::string_view::npos;
}

} // namespace

bool isAmbient(const EntityRef& entity)
{
    const std::string_view id = entity.id;
    if (id.empty() || id == "*" || id.size() > longestId || isAccountNumber(id))
        return true;
    if (entity.kind != EntityKind::Resource && isProviderName(id))
        return true;
    if (entity.type == "region" || entity.type == "tenant")
        return true;
    return entity.kind == EntityKind::Policy && id.starts_with("arn:aws:iam::aws:policy/");
}

} // namespace cordon
