#include "core/ingest/record_router.h"

#include "core/ingest/entity_names.h"
#include "core/ingest/json_event_view.h"
#include "core/ingest/recognition.h"

#include <algorithm>
#include <cctype>

namespace cordon::ingest {
namespace {

bool isSameText(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
        return std::tolower(x) == std::tolower(y);
    });
}

/// Whether all texts and numbers at these places are one, the case of letters aside.
bool saySame(const EventView& view, const std::vector<FieldIndex>& places)
{
    const FieldValue* said = nullptr;
    for (const FieldIndex place : places) {
        for (const FieldValue& value : view.values(place)) {
            if (!isScalar(value) || value.text.empty())
                continue;
            if (said && !isSameText(said->text, value.text))
                return false;
            said = &value;
        }
    }
    return true;
}

} // namespace

const FieldMap* RecordRouter::route(JsonEventView& view, std::string_view carrier)
{
    const auto [map, look] = recognise(m_maps, view, carrier);
    if (!map)
        return nullptr;
    const bool agrees = std::all_of(map->agree.begin(), map->agree.end(),
                                    [&view](const std::vector<FieldIndex>& places) { return saySame(view, places); });
    RecordRoute route{map->product, map->service, {}, &m_maps.aliasesOf(*map, *look)};
    if (!agrees) {
        route.product = anyLogSource;
        route.service = anyLogSource;
    }
    view.route(route);
    if (map->routeBy.empty() || !agrees)
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
    m_whole.clear();
    for (const FieldIndex field : map.routeBy) {
        const auto values = view.values(field);
        LogRoute::append(m_whole, values.empty() ? std::string_view() : values.front().text);
    }
    const auto known = m_known.find(m_whole);
    if (known != m_known.end() && known->second.map == &map)
        return known->second.route;
    const LogRoute* route = lookUp(map, view);
    if (m_known.size() < mostKnown)
        m_known[m_whole] = {&map, route};
    return route;
}

const LogRoute* RecordRouter::lookUp(const FieldMap& map, const JsonEventView& view)
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
