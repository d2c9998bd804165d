#include "app/ctl/found_correlations.h"

#include "core/base/log.h"

#include <algorithm>
#include <cstring>
#include <tuple>

namespace cordon::ctl {

void FoundCorrelations::add(const detect::CorrelationMatch& match)
{
    std::string bytes(reinterpret_cast<const char*>(&match.count), sizeof match.count);
    bytes.append(reinterpret_cast<const char*>(match.events.data()), match.events.size() * sizeof(detect::EventRef));
    m_places.push_back({match.events.front(), match.rule, static_cast<std::uint32_t>(match.events.size()), match.episode,
                        m_packed.add(bytes)});
}

void FoundCorrelations::each(const std::function<void(const Found&)>& visit)
{
    std::sort(m_places.begin(), m_places.end(), [](const Place& a, const Place& b) {
        return std::tie(a.first, a.rule, a.episode) < std::tie(b.first, b.rule, b.episode);
    });
    for (const Place& place : m_places) {
        const std::size_t eventBytes = place.eventCount * sizeof(detect::EventRef);
        const auto bytes = m_packed.read(place.at, sizeof(double) + eventBytes);
        if (!bytes) {
            logError("a correlation's match cannot be told: " + bytes.error().detail);
            continue;
        }
        Found found{place.rule, 0, std::vector<detect::EventRef>(place.eventCount)};
        std::memcpy(&found.count, bytes->data(), sizeof(double));
        std::memcpy(found.events.data(), bytes->data() + sizeof(double), eventBytes);
        visit(found);
    }
}

} // namespace cordon::ctl
