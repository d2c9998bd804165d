#include "core/detect/correlation_window.h"

#include "core/base/log.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>

namespace cordon::detect {
namespace {

using Kind = CorrelationRule::Kind;

void keepEachOnce(std::vector<EventRef>& events)
{
    std::unordered_set<std::uint64_t> seen;
    std::erase_if(events, [&](const EventRef& event) { return !seen.insert(event.value).second; });
}

std::size_t neededRules(const CorrelationRule& rule)
{
    std::size_t needed = 1;
    while (needed < rule.ruleNames.size() && !rule.holds(static_cast<double>(needed)))
        ++needed;
    return needed;
}

} // namespace

CorrelationWindow::CorrelationWindow(RuleIndex index, const CorrelationRule& rule,
                                     const std::vector<std::string>* carriedFields, CorrelationSpool& spool)
    : m_index(index)
    , m_rule(rule)
    , m_isSliding(rule.isSliding())
    , m_isSum(rule.kind == Kind::ValueSum)
    , m_isChainedOn(carriedFields != nullptr)
    , m_carriedFields(carriedFields ? *carriedFields : std::vector<std::string>())
    , m_pending(spool)
{}

void CorrelationWindow::add(const CorrelationInput& input)
{
    if (m_rule.measuresValues()) {
        m_pending.add(input, input.value);
        for (const std::uint64_t value : input.moreValues)
            m_pending.add(input, value);
    } else {
        m_pending.add(input, m_rule.kind == Kind::EventCount ? input.event.value : input.position);
    }
}

void CorrelationWindow::relieve()
{
    if (auto spilled = m_pending.spill(); !spilled) {
        if (!std::exchange(m_isTold, true))
            logWarning("a correlation works off early what should wait: " + spilled.error().detail);
        process(m_pending.middle(), false);
    }
}

bool CorrelationWindow::processSome(Timestamp upTo, bool isLast)
{
    constexpr std::size_t most = 16'384;
    for (std::size_t count = 0; count < most; ++count) {
        const auto waiting = m_pending.next(upTo, isLast);
        if (!waiting) {
            m_pending.rest();
            settle(upTo, isLast);
            if (isLast)
                forgetAll();
            return false;
        }
        judge(m_groups.find(waiting->group), waiting->entry);
        if (count + 1 == most)
            settle(waiting->entry.time, false); // groups whose timespan has passed must not gather
    }
    return true;
}

/// Every match has ended: what the groups took is given back.
void CorrelationWindow::forgetAll()
{
    m_groups = GroupTable();
    m_grown = {};
    m_schedule = {};
}

void CorrelationWindow::judge(Index index, const Entry& entry)
{
    Group& group = m_groups[index];
    if (m_rule.kind == Kind::TemporalOrdered)
        judgeOrdered(group, entry);
    else if (m_isSliding)
        judgeSliding(group, entry);
    else
        judgeWhole(group, entry);
    if (group.isScheduled)
        return;
    if (group.isBusy())
        schedule(group, entry.time);
    else
        m_groups.remove(index);
}

void CorrelationWindow::judgeSliding(Group& group, const Entry& entry)
{
    if (!group.window().empty() && entry.time < group.window().back().time - m_rule.timespan) {
        ++m_late;
        return;
    }
    if (group.open && entry.time > group.open->match.last + m_rule.timespan)
        end(group);
    insert(group, entry);
    const Timestamp oldest = group.window().back().time - m_rule.timespan;
    while (group.window().front().time < oldest || group.window().size() > mostInGroup)
        leaveFront(group);
    const double measured = group.measure.get(m_isSum);
    if (!m_rule.holds(measured)) {
        end(group);
        return;
    }
    if (group.open)
        grow(group, entry);
    else
        begin(group, group.window());
    group.open->match.count = std::max(group.open->match.count, measured);
}

void CorrelationWindow::judgeWhole(Group& group, const Entry& entry)
{
    const auto window = group.window();
    if (!window.empty() && entry.time > window.front().time + m_rule.timespan) {
        endWindow(group);
    } else if (!window.empty() && entry.time < window.back().time - m_rule.timespan) {
        ++m_late;
        return;
    }
    insert(group, entry);
    if (group.window().size() > mostInGroup)
        leaveFront(group);
}

void CorrelationWindow::judgeOrdered(Group& group, const Entry& entry)
{
    if (!group.sequence)
        group.sequence =
            std::make_unique<OrderedSequence>(m_rule.ruleNames.size(), neededRules(m_rule), m_rule.timespan);
    const std::vector<Entry> whole = group.sequence->add(entry);
    if (whole.empty())
        return;
    begin(group, whole);
    group.open->match.count = static_cast<double>(whole.size());
    end(group);
}

void CorrelationWindow::insert(Group& group, const Entry& entry)
{
    if (m_isSliding)
        group.measure.add(entry, group.window(), m_isSum);
    const bool isNewest = group.window().empty() || group.window().back().time <= entry.time;
    if (isNewest) {
        group.add(entry);
        return;
    }
    const auto place = std::upper_bound(group.entries.begin() + group.first, group.entries.end(), entry,
                                        [](const Entry& a, const Entry& b) { return a.time < b.time; });
    group.entries.insert(place, entry);
}

void CorrelationWindow::leaveFront(Group& group)
{
    const Entry front = group.window().front();
    group.leaveFront();
    if (m_isSliding)
        group.measure.remove(front, group.window(), m_isSum);
}

void CorrelationWindow::begin(Group& group, std::span<const Entry> entries)
{
    group.open = std::make_unique<Group::Open>();
    CorrelationMatch& match = group.open->match;
    match.rule = m_index;
    match.episode = (static_cast<std::uint64_t>(m_index) << 32U) | ++m_episodes;
    match.isFinal = false;
    match.first = match.last = entries.front().time;
    if (const OriginRef& origin = entries.front().origin) {
        for (std::size_t at = 0; at < origin->group.size(); ++at)
            match.group.emplace_back(m_rule.groupBy[at], origin->group[at]);
    }
    for (const Entry& entry : entries) {
        cite(match, entry);
        const bool isNewRow = m_isChainedOn && entry.origin && group.open->carried.size() < mostRows &&
                              group.open->carried.insert(entry.origin->carried).second;
        if (isNewRow)
            match.carried.push_back(entry.origin->carried);
    }
    keepEachOnce(match.events);
    if (m_isChainedOn)
        m_begun.push_back(match);
    group.open->hasGrown = true;
    m_grown.push_back(group.number);
}

void CorrelationWindow::grow(Group& group, const Entry& entry)
{
    Group::Open& open = *group.open;
    cite(open.match, entry);
    if (!open.hasGrown)
        m_grown.push_back(group.number);
    open.hasGrown = true;
    if (!m_isChainedOn || !entry.origin || open.carried.size() >= mostRows ||
        !open.carried.insert(entry.origin->carried).second)
        return;
    m_begun.push_back(open.match);
    m_begun.back().carried = {entry.origin->carried};
}

void CorrelationWindow::cite(CorrelationMatch& match, const Entry& entry) const
{
    match.last = std::max(match.last, entry.time);
    match.first = std::min(match.first, entry.time);
    if (match.events.size() >= mostEvents)
        return;
    if (!entry.origin || entry.origin->events.empty()) {
        match.events.push_back(entry.event);
        return;
    }
    match.events.insert(match.events.end(), entry.origin->events.begin(), entry.origin->events.end());
}

void CorrelationWindow::end(Group& group)
{
    if (!group.open)
        return;
    CorrelationMatch& match = group.open->match;
    keepEachOnce(match.events);
    match.isFinal = true;
    match.carried.clear();
    m_ready.push_back(std::move(match));
    group.open.reset();
}

void CorrelationWindow::endWindow(Group& group)
{
    std::vector<Entry> entries(group.window().begin(), group.window().end());
    group.clearWindow();
    double measured = 0;
    if (m_rule.kind == Kind::ValueShare)
        measured = static_cast<double>(keepShares(m_rule, entries));
    else
        measured = measureWhole(m_rule, entries);
    const bool isMatch = m_rule.kind == Kind::ValueShare ? measured > 0 : m_rule.holds(measured);
    if (!isMatch)
        return;
    begin(group, entries);
    group.open->match.count = measured;
    end(group);
}

void CorrelationWindow::schedule(Group& group, Timestamp time)
{
    group.isScheduled = true;
    m_schedule.push_back({time + m_rule.timespan, group.number});
}

void CorrelationWindow::settle(Timestamp upTo, bool isLast)
{
    while (!m_schedule.empty() && (isLast || m_schedule.front().due < upTo)) {
        const Index index = m_schedule.front().group;
        m_schedule.pop_front();
        tidy(m_groups[index], upTo, isLast);
    }
}

void CorrelationWindow::tidy(Group& group, Timestamp upTo, bool isLast)
{
    const auto hasPassed = [&](Timestamp time) { return isLast || time + m_rule.timespan < upTo; };
    group.isScheduled = false;
    if (m_isSliding) {
        if (group.open && hasPassed(group.open->match.last))
            end(group);
        while (!group.window().empty() && hasPassed(group.window().front().time))
            leaveFront(group);
    } else if (!group.window().empty() && hasPassed(group.window().front().time)) {
        endWindow(group);
    }
    if (group.sequence && (isLast || group.sequence->forgetBefore(upTo - m_rule.timespan)))
        group.sequence.reset();
    if (group.isBusy())
        schedule(group, group.window().empty() ? upTo : group.window().back().time);
    else
        m_groups.remove(group.number);
}

std::vector<CorrelationMatch> CorrelationWindow::take()
{
    std::vector<CorrelationMatch> matches = std::exchange(m_ready, {});
    for (const Index index : std::exchange(m_grown, {})) {
        Group& group = m_groups[index];
        if (!group.open || !group.open->hasGrown)
            continue;
        keepEachOnce(group.open->match.events);
        matches.push_back(group.open->match);
        group.open->hasGrown = false;
    }
    std::sort(matches.begin(), matches.end(),
              [](const auto& a, const auto& b) { return std::tie(a.first, a.episode) < std::tie(b.first, b.episode); });
    return matches;
}

std::vector<CorrelationMatch> CorrelationWindow::takeBegun()
{
    return std::exchange(m_begun, {});
}

} // namespace cordon::detect
