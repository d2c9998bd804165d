#include "core/ingest/json_event_view.h"

#include "core/ingest/field_aliases.h"

#include <algorithm>

namespace cordon::ingest {
namespace {

/// A null or "" at one place must not hide what stands at another.
bool saysSomething(std::span<const FieldValue> values)
{
    return std::any_of(values.begin(), values.end(), [](const FieldValue& value) {
        return value.kind != FieldValue::Kind::Null && !(value.kind == FieldValue::Kind::String && value.text.empty());
    });
}

} // namespace

Result<void> JsonEventView::read(std::string_view record, std::string_view raw, const RecordOutline* outline)
{
    m_route = {};
    return m_values.read(record, raw, outline);
}

std::string_view JsonEventView::raw() const
{
    return m_values.raw();
}

std::span<const FieldValue> JsonEventView::values(FieldIndex field) const
{
    const std::span<const FieldValue> own = m_values.values(field);
    if (!m_route.aliases || (saysSomething(own) && !m_route.aliases->isOrdered(field)))
        return own;
    for (const FieldIndex other : m_route.aliases->of(field)) {
        if (const std::span<const FieldValue> values = m_values.values(other); saysSomething(values))
            return values;
    }
    return own.empty() ? m_route.aliases->constant(field) : own;
}

void JsonEventView::eachScalar(const std::function<bool(std::string_view)>& visit) const
{
    m_values.eachScalar(visit);
}

} // namespace cordon::ingest
