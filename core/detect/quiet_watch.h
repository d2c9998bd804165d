#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/value/value.h"

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cordon::detect {

/// A source that fell silent.
struct Silence
{
    std::string source;
    Timestamp since; ///< it spoke last
    Timestamp at;    ///< its patience ran out
    Duration usual{}; ///< the gap that it was allowed
    EventId last;    ///< its last event
};

/// Notices sources that are quiet beyond their usual gap, learned from their own past. Has no clock: live, times are the
/// machine's at which records arrive; in a replay they are the log's. Source: docs/formats/following.md, "Quiet sources"
class QuietWatch
{
public:
    static constexpr int fewestGaps = 20;                ///< less past than that tells nothing
    static constexpr double highShare = 0.99;            ///< of the gaps are no longer than the usual one
    static constexpr int usualTimes = 4;                 ///< quiet is longer than so many usual gaps,
    static constexpr double longestTimes = 1.25;         ///< and than the longest gap so far by a quarter,
    static constexpr std::chrono::minutes shortest{15};  ///< and than this: providers deliver in batches
    static constexpr std::size_t mostSources = 4096;

    /// An event of the source, by the log's time. Events from before its newest one teach nothing.
    /// @return the silence that it ends when that was beyond the usual and was not told yet
    std::optional<Silence> heard(const std::string& source, Timestamp time, EventId event);
    /// What was heard since the last call came in now.
    void arrived(Timestamp now);
    /// Who is quiet by then, each told once until it speaks again.
    [[nodiscard]] std::vector<Silence> check(Timestamp now);

    /// Gap that the source is allowed; nothing while too little is known.
    [[nodiscard]] std::optional<Duration> allowed(const std::string& source) const;

    /// Sources that changed since the last call.
    [[nodiscard]] std::set<std::string> takeChanged();
    /// What is known of a source, to be kept and given to `restore`.
    [[nodiscard]] Value stateOf(const std::string& source) const;
    void restore(const std::string& source, const Value& state);

private:
    /// How often a gap of each length was seen: four steps for each doubling from a second on.
    struct Gaps
    {
        static constexpr int steps = 96;
        std::array<std::int64_t, steps> counts{};
        std::int64_t total = 0;
        Duration longest{};

        void add(Duration gap);
        [[nodiscard]] Duration high() const;
    };
    struct Source
    {
        Gaps events;   ///< between events, by their own time
        Gaps arrivals; ///< between arrivals of records
        Timestamp lastEvent;
        Timestamp lastArrival;
        EventId last;
        bool isTold = false;
    };
    [[nodiscard]] static std::optional<Duration> allowedFor(const Source& source);

    std::map<std::string, Source> m_sources;
    std::set<std::string> m_heard;
    std::set<std::string> m_changed;
};

} // namespace cordon::detect
