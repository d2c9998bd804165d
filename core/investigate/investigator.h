#pragma once

#include "core/domain/alert.h"
#include "core/domain/event_lookup.h"
#include "core/domain/finding.h"
#include "core/domain/incident.h"
#include "core/investigate/changed_values.h"

#include <chrono>
#include <vector>

namespace cordon::investigate {

/// How far and how much investigation looks.
struct Reach
{
    Duration identityChanges = std::chrono::hours(24 * 30); ///< before the incident's first event
    Duration identityChangesAfter = std::chrono::hours(24 * 30); ///< after its last
    Duration dependents = std::chrono::hours(24 * 90);      ///< before the incident's first event
    Duration leastPast = std::chrono::hours(24); ///< an identity's past must reach back this far to measure rarity by
    int leastPastEvents = 10;                    ///< and hold this many events
    std::size_t mostPerQuery = 5000;
};

/// Finds the facts behind one incident: what its identities were given and by whom, what they did that they never did
/// before, who depends on what they used, what the intruder can still use, and the story, every sentence with the
/// events that prove it. Reads the event index, and records where it is given them; belongs to the engine thread.
class Investigator
{
public:
    /// @param records  for values before and after a change, and when sessions end; without it neither is told
    explicit Investigator(Reach reach = {}, RecordReader records = {})
        : m_reach(reach)
        , m_records(std::move(records))
    {}

    /// @param alerts  at least those of the incident; others are ignored
    /// @return the first error of a look-up; an alert whose events are gone from the index is no error
    [[nodiscard]] Result<Brief> brief(const Incident& incident, const std::vector<Alert>& alerts,
                                      const EventLookup& lookup) const;

private:
    Reach m_reach;
    RecordReader m_records;
};

} // namespace cordon::investigate
