#include "core/ingest/recognition.h"

#include "core/ingest/entity_names.h"
#include "core/ingest/text_pattern.h"

#include <algorithm>

namespace cordon::ingest {
namespace {

bool isThere(const EventView& view, FieldIndex field)
{
    const auto values = view.values(field);
    return std::any_of(values.begin(), values.end(),
                       [](const FieldValue& value) { return value.kind != FieldValue::Kind::Null; });
}

bool isLike(const Recognition& look, const EventView& view)
{
    const auto there = [&view](FieldIndex field) { return isThere(view, field); };
    for (const std::vector<FieldIndex>& group : look.all) {
        if (std::none_of(group.begin(), group.end(), there))
            return false;
    }
    if (std::any_of(look.none.begin(), look.none.end(), there))
        return false;
    // Those named first are met first, so that few are looked for in most records.
    std::size_t wanted = look.atLeast;
    for (auto field = look.of.begin(); wanted > 0 && field != look.of.end(); ++field)
        wanted -= there(*field) ? 1 : 0;
    return wanted == 0 && std::all_of(look.when.begin(), look.when.end(),
                                      [&view](const FieldCondition& condition) { return holds(condition, view); });
}

bool hasText(const FieldValue& value)
{
    return isScalar(value) && !value.text.empty();
}

bool isOneOf(std::span<const FieldValue> values, std::string_view pattern)
{
    if (pattern.empty())
        return std::none_of(values.begin(), values.end(), hasText);
    return std::any_of(values.begin(), values.end(), [pattern](const FieldValue& value) {
        return hasText(value) && fitsPattern(value.text, pattern);
    });
}

} // namespace

const Recognition* lookOf(const FieldMap& map, const EventView& view, std::string_view carrier)
{
    const auto look = std::find_if(map.recognise.begin(), map.recognise.end(), [&](const Recognition& one) {
        return (one.carriedBy.empty() || one.carriedBy == carrier) && isLike(one, view);
    });
    return look == map.recognise.end() ? nullptr : &*look;
}

Recognised recognise(const FieldMaps& maps, const EventView& view, std::string_view carrier)
{
    for (const FieldMap* map : maps.order()) {
        if (const Recognition* look = lookOf(*map, view, carrier))
            return {map, look};
    }
    return {};
}

bool holds(const FieldCondition& condition, const EventView& view)
{
    const auto values = view.values(condition.field);
    bool asksForSome = false;
    bool isFound = false;
    for (const std::string& is : condition.is) {
        if (is.rfind('!', 0) == 0) {
            if (isOneOf(values, std::string_view(is).substr(1)))
                return false;
            continue;
        }
        asksForSome = true;
        isFound = isFound || isOneOf(values, is);
    }
    return isFound || !asksForSome;
}

} // namespace cordon::ingest
