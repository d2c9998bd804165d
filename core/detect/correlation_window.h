#pragma once

#include "core/detect/correlation_input.h"

#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>

namespace cordon::detect {

/// One correlation rule at work: gathers what matched its rules and finds, per group, the times at which the condition
/// holds. Takes events in any order and looks at them in time order. Belongs to one thread.
/// Source: Sigma correlation specification 2.1; docs/formats/sigma.md, "Correlations"
class CorrelationWindow
{
public:
    static constexpr std::size_t mostEvents = 1000;     ///< cited by one match
    static constexpr std::size_t mostPending = 500'000; ///< waiting; above, the older half is worked off early
    static constexpr std::size_t mostInGroup = 100'000; ///< remembered within one group's timespan

    /// @param rule  must outlive this
    CorrelationWindow(RuleIndex index, const CorrelationRule& rule);

    void add(const CorrelationInput& input);
    /// Works off everything up to and with `upTo`.
    /// @param isLast  nothing more will come: every open match ends
    void process(Timestamp upTo, bool isLast);
    /// Matches that are new or have grown since the last call.
    [[nodiscard]] std::vector<CorrelationMatch> take();
    /// Matches that began since the last call, for chained correlations.
    [[nodiscard]] std::vector<CorrelationMatch> takeBegun();

    [[nodiscard]] const CorrelationRule& rule() const { return m_rule; }
    [[nodiscard]] RuleIndex index() const { return m_index; }
    /// Events that came too late to be counted.
    [[nodiscard]] std::size_t lateCount() const { return m_late; }

private:
    struct Group;
    struct Entry
    {
        Timestamp time;
        EventRef event;
        std::uint64_t value = 0;
        Group* group = nullptr;
        std::uint32_t position = 0;
        std::uint32_t origin = 0; ///< place in m_origins plus one; 0 for none
    };
    /// The beginning of an ordered sequence.
    struct Chain
    {
        Timestamp start;
        std::vector<Entry> entries;
    };
    struct Group
    {
        std::vector<std::string> values;
        std::size_t pending = 0;
        std::deque<Entry> window;                                ///< by time
        std::unordered_map<std::uint64_t, std::uint32_t> counts; ///< of `window`, by value
        std::optional<CorrelationMatch> open;
        bool hasGrown = false;
        std::vector<std::optional<Chain>> chains; ///< by position, for ordered sequences
    };

    void judge(const Entry& entry);
    void judgeSliding(Group& group, const Entry& entry);
    void judgeWhole(Group& group, const Entry& entry);
    void judgeOrdered(Group& group, const Entry& entry);
    void insert(Group& group, const Entry& entry);
    void popFront(Group& group);
    void begin(Group& group);
    void grow(CorrelationMatch& match, const Entry& entry) const;
    void end(Group& group);
    void endWindow(Group& group);
    void settle(Timestamp upTo, bool isLast);

    RuleIndex m_index;
    const CorrelationRule& m_rule;
    std::unordered_map<std::string, std::unique_ptr<Group>> m_groups;
    std::vector<Entry> m_pending;
    std::vector<std::vector<EventRef>> m_origins;
    std::vector<CorrelationMatch> m_ready;
    std::vector<CorrelationMatch> m_begun;
    std::uint64_t m_episodes = 0;
    std::size_t m_late = 0;
};

} // namespace cordon::detect
