#pragma once

#include "core/detect/correlation_match.h"
#include "core/platform/spooled_bytes.h"

#include <functional>
#include <vector>

namespace cordon::ctl {

/// Matches of correlations until they can be told in the order of their first records. Of each only its place is in
/// memory, however many records it cites. Belongs to one thread.
class FoundCorrelations
{
public:
    struct Found
    {
        detect::RuleIndex rule = 0;
        double count = 0;
        std::vector<detect::EventRef> events;
    };

    /// @param match  final, with at least one event
    void add(const detect::CorrelationMatch& match);
    /// By first event, then by rule, then as they began. What cannot be read back is left out and told in the program's log.
    void each(const std::function<void(const Found&)>& visit);
    [[nodiscard]] std::size_t size() const { return m_places.size(); }

private:
    struct Place
    {
        detect::EventRef first;
        detect::RuleIndex rule = 0;
        std::uint32_t eventCount = 0;
        std::uint64_t episode = 0;
        std::uint64_t at = 0; ///< in m_packed
    };
    platform::SpooledBytes m_packed; ///< measure and events
    std::vector<Place> m_places;
};

} // namespace cordon::ctl
