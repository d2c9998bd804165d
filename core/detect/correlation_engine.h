#pragma once

#include "core/detect/correlation_window.h"
#include "core/detect/rule_program.h"

#include <deque>
#include <functional>

namespace cordon::detect {

/// Runs the correlation rules of a program over the matches of its other rules. What waits is bounded in memory, the rest
/// of it on disk; what else is remembered is bounded by the rules' timespans and the limits of CorrelationWindow. Belongs
/// to one thread, but for `collect`.
class CorrelationEngine
{
public:
    using Taker = std::function<void(CorrelationMatch&&)>;

    /// Adds the fields that group-by and counted values need to `plan`.
    /// @param program  must outlive this
    /// @param budget  bytes of what waits in memory, of all rules together
    CorrelationEngine(const RuleProgram& program, FieldPlan& plan,
                      std::size_t budget = CorrelationSpool::usualBudget);

    /// Puts what the correlations need of a record that matched `rule` into `inputs` (behind what is there). Reads
    /// only: safe from any thread while the view is valid.
    void collect(RuleIndex rule, const EventView& view, Timestamp time, EventRef event,
                 std::vector<CorrelationInput>& inputs) const;
    void add(const CorrelationInput& input);
    /// `collect` and `add` in one. Events may come in any order.
    void onMatch(RuleIndex rule, const EventView& view, Timestamp time, EventRef event);

    /// Matches among the events up to `upTo`, of which the caller says that nothing earlier will come; one that comes
    /// all the same still counts within its group's timespan.
    [[nodiscard]] std::vector<CorrelationMatch> drain(Timestamp upTo);
    /// Matches among all events. The engine is then empty and can start again.
    [[nodiscard]] std::vector<CorrelationMatch> finish();
    /// The same one by one, so that they need not be held all at once; each is final, and given once.
    void finish(const Taker& take);

    /// Events that came too late to be counted, or were lost with the file for what waits.
    [[nodiscard]] std::size_t lateCount() const;
    [[nodiscard]] const CorrelationSpool& spool() const { return m_spool; }

private:
    /// One rule's part in one correlation, with the fields to read.
    struct Feed
    {
        std::uint32_t window = 0;
        std::uint32_t position = 0;
        std::vector<FieldIndex> group;
        std::vector<FieldIndex> values;
        std::vector<FieldIndex> carried;
    };

    void relieve();
    void passOn(CorrelationWindow& from);
    void passOn(const CorrelationWindow& from, const CorrelationMatch& match, const Feed& feed);

    const RuleProgram& m_program;
    CorrelationSpool m_spool;
    std::deque<CorrelationWindow> m_windows; ///< chained ones after those that they name
    std::vector<Duration> m_delays;          ///< by window: how long after an event it may still be told of a match
    std::vector<std::vector<Feed>> m_feeds;  ///< by rule
};

} // namespace cordon::detect
