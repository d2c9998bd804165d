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

bool isRecognisedBy(const FieldMap& map, const EventView& view)
{
    return std::any_of(map.recognise.begin(), map.recognise.end(),
                       [&view](const Recognition& look) { return isLike(look, view); });
}

const FieldMap* recognise(const FieldMaps& maps, const EventView& view, const FieldMap* likely)
{
    if (likely && isRecognisedBy(*likely, view))
        return likely;
    for (const auto& map : maps.maps()) {
        if (map.get() != likely && isRecognisedBy(*map, view))
            return map.get();
    }
    return nullptr;
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
