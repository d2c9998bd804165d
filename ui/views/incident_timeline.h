#pragma once

#include "ui/bridge/case_source.h"
#include "ui/widgets/timeline_strip.h"

namespace cordon::ui::views {

/// Attacker, agent and people in one picture, ready for a TimelineStrip.
struct IncidentTimeline
{
    std::vector<widgets::TimelineStrip::Lane> lanes;
    qint64 from = 0;
    qint64 to = 1;
    qint64 firstContainment = 0; ///< 0: none yet
    QString milestone;
};

/// @param mostLanes  entity lanes; agent and people come after them
[[nodiscard]] IncidentTimeline timelineOf(const engine::IncidentDetail& detail,
                                          const std::vector<engine::TimelineMark>& marks, std::size_t mostLanes);

} // namespace cordon::ui::views
