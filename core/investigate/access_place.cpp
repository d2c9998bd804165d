#include "core/investigate/access_place.h"

#include "core/domain/plain_name.h"

#include <algorithm>
#include <string_view>

namespace cordon::investigate {
namespace {

/// A service account or a role is a place, too, where a right over it is given or taken.
bool isPlace(const Event& event, const EventTarget& target)
{
    const EntityKind kind = target.entity.kind;
    if ((kind == EntityKind::Account || kind == EntityKind::Role) && target.relation == "updated")
        return std::any_of(event.targets.begin(), event.targets.end(), [&target](const EventTarget& other) {
            return other.entity != target.entity && other.entity.kind != EntityKind::Role &&
                   (other.relation == "granted" || other.relation == "detached");
        });
    const bool canHoldRights = kind == EntityKind::Resource || kind == EntityKind::Secret ||
                               kind == EntityKind::Application || kind == EntityKind::Workload;
    return canHoldRights && (target.relation == "updated" || target.relation == "shared");
}

bool isBinding(const EventTarget& target)
{
    return target.relation == "created" && target.entity.kind == EntityKind::Policy;
}

/// The last part of a path is cut off, with the slash before it.
void dropLast(std::string_view& path)
{
    const std::size_t cut = path.rfind('/');
    path = cut == std::string_view::npos ? std::string_view() : path.substr(0, cut);
}

/// What the id of a binding says that it is in: `PLACE/KIND/NAME`, with `providers/NAMESPACE` before the kind where
/// the provider has extensions. "" for a binding of the whole.
std::string containerOf(const EntityRef& binding)
{
    std::string_view path = binding.id;
    dropLast(path);
    dropLast(path);
    std::string_view above = path;
    dropLast(above);
    if (above == "providers" || above.ends_with("/providers")) {
        path = above;
        dropLast(path);
    }
    return plainText(path);
}

} // namespace

AccessPlace placeOf(const Event& event)
{
    const auto changed = std::find_if(event.targets.begin(), event.targets.end(),
                                      [&event](const EventTarget& target) { return isPlace(event, target); });
    const auto binding = std::find_if(event.targets.begin(), event.targets.end(), isBinding);
    AccessPlace place;
    if (changed != event.targets.end())
        place = {changed->entity.key(), plainName(changed->entity)};
    else if (binding != event.targets.end())
        place = {binding->entity.key(), containerOf(binding->entity)};
    return place;
}

std::vector<std::string> placesIn(const Event& event)
{
    std::vector<std::string> places;
    for (const EventTarget& target : event.targets) {
        if (isPlace(event, target))
            places.push_back(target.entity.key());
    }
    return places;
}

} // namespace cordon::investigate
