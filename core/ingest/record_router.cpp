#include "core/ingest/record_router.h"

#include "core/ingest/json_event_view.h"
#include "core/ingest/recognition.h"

namespace cordon::ingest {

const FieldMap* RecordRouter::route(JsonEventView& view)
{
    const FieldMap* map = recognise(m_maps, view, m_last);
    if (!map)
        return nullptr;
    m_last = map;
    RecordRoute route{map->product, map->service, {}, &m_maps.aliasesOf(*map)};
    view.route(route);
    if (map->routeBy.empty())
        return map;
    if (const LogRoute* found = chosen(*map, view)) {
        route.product = found->product;
        route.service = found->service;
        route.categories = found->categories;
        view.route(route);
    }
    return map;
}

const LogRoute* RecordRouter::chosen(const FieldMap& map, const JsonEventView& view)
{
    // The most exact case wins: values give way to "*" from the last one on.
    for (std::size_t told = map.routeBy.size();; --told) {
        m_key.clear();
        for (std::size_t at = 0; at < map.routeBy.size(); ++at) {
            const auto values = at < told ? view.values(map.routeBy[at]) : std::span<const FieldValue>();
            LogRoute::append(m_key, at >= told ? "*" : values.empty() ? std::string_view() : values.front().text);
        }
        if (const auto found = map.routes.find(m_key); found != map.routes.end())
            return &found->second;
        if (told == 0)
            return nullptr;
    }
}

} // namespace cordon::ingest
