#include "core/ingest/json_event_view.h"

#include "core/ingest/field_aliases.h"

namespace cordon::ingest {

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
    if (!m_route.aliases || (!own.empty() && !m_route.aliases->isOrdered(field)))
        return own;
    for (const FieldIndex other : m_route.aliases->of(field)) {
        if (const std::span<const FieldValue> values = m_values.values(other); !values.empty())
            return values;
    }
    return m_route.aliases->constant(field);
}

void JsonEventView::eachScalar(const std::function<bool(std::string_view)>& visit) const
{
    m_values.eachScalar(visit);
}

} // namespace cordon::ingest
