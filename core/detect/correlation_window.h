#pragma once

#include "core/detect/group_table.h"
#include "core/detect/pending_entries.h"

namespace cordon::detect {

/// One correlation rule at work: gathers what matched its rules and finds, per group, the times at which the condition
/// holds. Takes events in any order and looks at them in time order. Belongs to one thread.
/// Source: Sigma correlation specification 2.1; docs/formats/sigma.md, "Correlations"
class CorrelationWindow
{
public:
    static constexpr std::size_t mostEvents = 1000;     ///< cited by one match
    static constexpr std::size_t mostInGroup = 100'000; ///< remembered within one group's timespan
    static constexpr std::size_t mostRows = 1000;       ///< carried by one match

    /// @param rule  must outlive this
    /// @param carriedFields  what correlations on this one's matches ask for beyond its own group-by; null when there
    ///                       are no such correlations
    /// @param spool  where entries wait; outlives this
    CorrelationWindow(RuleIndex index, const CorrelationRule& rule, const std::vector<std::string>* carriedFields,
                      CorrelationSpool& spool);

    void add(const CorrelationInput& input);
    /// Works off everything up to and with `upTo`.
    /// @param isLast  nothing more will come: every open match ends
    void process(Timestamp upTo, bool isLast)
    {
        while (processSome(upTo, isLast)) {
        }
    }
    /// Works off a part of it, so that what was found can be taken away. @return whether there is more
    [[nodiscard]] bool processSome(Timestamp upTo, bool isLast);
    /// What waits in memory.
    [[nodiscard]] std::size_t heldBytes() const { return m_pending.heldBytes(); }
    /// Moves what waits in memory out to the spool's file; where that cannot be, works the older half off early.
    void relieve();
    /// Matches that are new or have grown since the last call.
    [[nodiscard]] std::vector<CorrelationMatch> take();
    /// Those that have ended since the last call of this or `take`.
    [[nodiscard]] std::vector<CorrelationMatch> takeEnded() { return std::exchange(m_ready, {}); }
    /// Matches that began since the last call, for chained correlations; again with the new rows when more come.
    [[nodiscard]] std::vector<CorrelationMatch> takeBegun();
    [[nodiscard]] bool hasBegun() const { return !m_begun.empty(); }

    [[nodiscard]] const CorrelationRule& rule() const { return m_rule; }
    [[nodiscard]] RuleIndex index() const { return m_index; }
    [[nodiscard]] const std::vector<std::string>& carriedFields() const { return m_carriedFields; }
    /// Others are chained on this one's matches.
    [[nodiscard]] bool isChainedOn() const { return m_isChainedOn; }
    /// Events that came too late to be counted.
    [[nodiscard]] std::size_t lateCount() const { return m_late + m_pending.lostCount(); }
    /// Groups remembered at the moment.
    [[nodiscard]] std::size_t groupCount() const { return m_groups.size(); }

private:
    using Entry = CorrelationEntry;
    using Group = CorrelationGroup;
    using Index = GroupTable::Index;
    struct Appointment
    {
        Timestamp due;
        Index group = 0;
    };

    void forgetAll();
    void judge(Index index, const Entry& entry);
    void judgeSliding(Group& group, const Entry& entry);
    void judgeWhole(Group& group, const Entry& entry);
    void judgeOrdered(Group& group, const Entry& entry);
    void insert(Group& group, const Entry& entry);
    void leaveFront(Group& group);
    void begin(Group& group, std::span<const Entry> entries);
    void grow(Group& group, const Entry& entry);
    void cite(CorrelationMatch& match, const Entry& entry) const;
    void end(Group& group);
    void endWindow(Group& group);
    void schedule(Group& group, Timestamp time);
    void settle(Timestamp upTo, bool isLast);
    void tidy(Group& group, Timestamp upTo, bool isLast);

    RuleIndex m_index;
    const CorrelationRule& m_rule;
    bool m_isSliding;
    bool m_isSum;
    bool m_isChainedOn;
    std::vector<std::string> m_carriedFields;
    GroupTable m_groups;
    PendingEntries m_pending;
    std::deque<Appointment> m_schedule; ///< groups to look at again when their timespan has passed
    std::vector<Index> m_grown;         ///< groups whose open match has grown since the last `take`
    std::vector<CorrelationMatch> m_ready;
    std::vector<CorrelationMatch> m_begun;
    std::uint64_t m_episodes = 0;
    std::size_t m_late = 0;
    bool m_isTold = false; ///< that nothing can be written to the spool
};

} // namespace cordon::detect
