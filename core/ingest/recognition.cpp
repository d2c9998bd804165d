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

} // namespace

bool isRecognisedBy(const FieldMap& map, const EventView& view)
{
    const auto there = [&view](FieldIndex field) { return isThere(view, field); };
    for (const std::vector<FieldIndex>& group : map.recogniseAll) {
        if (std::none_of(group.begin(), group.end(), there))
            return false;
    }
    if (std::any_of(map.recogniseNone.begin(), map.recogniseNone.end(), there))
        return false;
    const bool isMeant = std::all_of(map.recogniseWhen.begin(), map.recogniseWhen.end(),
                                     [&view](const FieldCondition& condition) { return holds(condition, view); });
    if (!isMeant)
        return false;
    const auto found = std::count_if(map.recogniseBy.begin(), map.recogniseBy.end(), there);
    return static_cast<std::size_t>(found) >= map.recogniseAtLeast;
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
    const auto hasText = [](const FieldValue& value) { return isScalar(value) && !value.text.empty(); };
    return std::any_of(condition.is.begin(), condition.is.end(), [&](const std::string& is) {
        if (is.empty())
            return std::none_of(values.begin(), values.end(), hasText);
        return std::any_of(values.begin(), values.end(), [&](const FieldValue& value) {
            return hasText(value) && fitsPattern(value.text, is);
        });
    });
}

} // namespace cordon::ingest
