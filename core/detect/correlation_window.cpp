#include "core/detect/correlation_window.h"

#include "core/detect/text_fold.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <unordered_set>

namespace cordon::detect {
namespace {

std::string keyOf(const std::vector<std::string>& values)
{
    std::string key;
    for (const std::string& value : values)
        key += std::to_string(value.size()) + ':' + folded(value);
    return key;
}

void keepEachOnce(std::vector<EventRef>& events)
{
    std::unordered_set<std::uint64_t> seen;
    std::erase_if(events, [&](const EventRef& event) { return !seen.insert(event.value).second; });
}

} // namespace

CorrelationWindow::CorrelationWindow(RuleIndex index, const CorrelationRule& rule)
    : m_index(index)
    , m_rule(rule)
{}

void CorrelationWindow::add(const CorrelationInput& input)
{
    std::unique_ptr<Group>& group = m_groups[keyOf(input.group)];
    if (!group) {
        group = std::make_unique<Group>();
        group->values = input.group;
        if (m_rule.kind == CorrelationRule::Kind::TemporalOrdered)
            group->chains.resize(m_rule.ruleNames.size());
    }
    std::uint32_t origin = 0;
    if (!input.origin.empty()) {
        m_origins.push_back(input.origin);
        origin = static_cast<std::uint32_t>(m_origins.size());
    }
    for (const std::uint64_t value : input.values) {
        m_pending.push_back({input.time, input.event, value, group.get(), input.position, origin});
        ++group->pending;
    }
    if (m_pending.size() <= mostPending)
        return;
    const auto middle = m_pending.begin() + static_cast<std::ptrdiff_t>(m_pending.size() / 2);
    std::nth_element(m_pending.begin(), middle, m_pending.end(),
                     [](const Entry& a, const Entry& b) { return a.time < b.time; });
    process(middle->time, false);
}

void CorrelationWindow::process(Timestamp upTo, bool isLast)
{
    const auto due = isLast ? m_pending.end()
                            : std::partition(m_pending.begin(), m_pending.end(),
                                             [upTo](const Entry& entry) { return entry.time <= upTo; });
    std::sort(m_pending.begin(), due, [](const Entry& a, const Entry& b) {
        return std::tie(a.time, a.position, a.event, a.value) < std::tie(b.time, b.position, b.event, b.value);
    });
    for (auto entry = m_pending.begin(); entry != due; ++entry) {
        --entry->group->pending;
        judge(*entry);
    }
    m_pending.erase(m_pending.begin(), due);
    settle(upTo, isLast);
}

void CorrelationWindow::judge(const Entry& entry)
{
    Group& group = *entry.group;
    if (m_rule.kind == CorrelationRule::Kind::TemporalOrdered)
        judgeOrdered(group, entry);
    else if (m_rule.onlyGrows())
        judgeSliding(group, entry);
    else
        judgeWhole(group, entry);
}

void CorrelationWindow::judgeSliding(Group& group, const Entry& entry)
{
    if (!group.window.empty() && entry.time < group.window.back().time - m_rule.timespan) {
        ++m_late;
        return;
    }
    insert(group, entry);
    const Timestamp oldest = group.window.back().time - m_rule.timespan;
    while (group.window.front().time < oldest || group.window.size() > mostInGroup)
        popFront(group);
    const auto count = static_cast<std::int64_t>(group.counts.size());
    if (!m_rule.holds(count)) {
        end(group);
        return;
    }
    if (group.open) {
        grow(*group.open, entry);
        group.hasGrown = true;
    } else {
        begin(group);
    }
    group.open->count = std::max(group.open->count, count);
}

/// A condition that more events can break, such as `eq: 3`, is judged over a whole timespan that starts with an event.
void CorrelationWindow::judgeWhole(Group& group, const Entry& entry)
{
    if (!group.window.empty() && entry.time > group.window.front().time + m_rule.timespan)
        endWindow(group);
    insert(group, entry);
    if (group.window.size() > mostInGroup)
        popFront(group);
}

void CorrelationWindow::judgeOrdered(Group& group, const Entry& entry)
{
    auto& chains = group.chains;
    const std::size_t at = entry.position;
    if (at == 0) {
        chains[0] = Chain{entry.time, {entry}};
    } else {
        const std::optional<Chain>& before = chains[at - 1];
        const bool isNext = before && entry.time - before->start <= m_rule.timespan &&
                            before->entries.back().event != entry.event && entry.time >= before->entries.back().time;
        if (!isNext)
            return;
        Chain longer = *before;
        longer.entries.push_back(entry);
        chains[at] = std::move(longer);
    }
    if (at + 1 < chains.size())
        return;
    group.window.assign(chains[at]->entries.begin(), chains[at]->entries.end());
    begin(group);
    group.open->count = static_cast<std::int64_t>(chains.size());
    end(group);
    group.window.clear();
    std::fill(chains.begin(), chains.end(), std::nullopt);
}

void CorrelationWindow::insert(Group& group, const Entry& entry)
{
    const auto place = std::upper_bound(group.window.begin(), group.window.end(), entry,
                                        [](const Entry& a, const Entry& b) { return a.time < b.time; });
    group.window.insert(place, entry);
    ++group.counts[entry.value];
}

void CorrelationWindow::popFront(Group& group)
{
    const auto count = group.counts.find(group.window.front().value);
    if (--count->second == 0)
        group.counts.erase(count);
    group.window.pop_front();
}

void CorrelationWindow::begin(Group& group)
{
    CorrelationMatch match;
    match.rule = m_index;
    match.episode = (static_cast<std::uint64_t>(m_index) << 32U) | ++m_episodes;
    match.first = group.window.front().time;
    for (std::size_t at = 0; at < group.values.size(); ++at)
        match.group.emplace_back(m_rule.groupBy[at], group.values[at]);
    for (const Entry& entry : group.window)
        grow(match, entry);
    keepEachOnce(match.events);
    m_begun.push_back(match);
    group.open = std::move(match);
    group.hasGrown = true;
}

void CorrelationWindow::grow(CorrelationMatch& match, const Entry& entry) const
{
    match.last = std::max(match.last, entry.time);
    match.first = std::min(match.first, entry.time);
    if (match.events.size() >= mostEvents)
        return;
    if (entry.origin == 0) {
        match.events.push_back(entry.event);
        return;
    }
    const std::vector<EventRef>& origin = m_origins[entry.origin - 1];
    match.events.insert(match.events.end(), origin.begin(), origin.end());
}

void CorrelationWindow::end(Group& group)
{
    if (!group.open)
        return;
    keepEachOnce(group.open->events);
    group.open->isFinal = true;
    m_ready.push_back(std::move(*group.open));
    group.open.reset();
    group.hasGrown = false;
}

void CorrelationWindow::endWindow(Group& group)
{
    const auto count = static_cast<std::int64_t>(group.counts.size());
    if (!group.window.empty() && m_rule.holds(count)) {
        begin(group);
        group.open->count = count;
        end(group);
    }
    group.window.clear();
    group.counts.clear();
}

void CorrelationWindow::settle(Timestamp upTo, bool isLast)
{
    const bool isWhole = m_rule.kind != CorrelationRule::Kind::TemporalOrdered && !m_rule.onlyGrows();
    for (auto place = m_groups.begin(); place != m_groups.end();) {
        Group& group = *place->second;
        if (isWhole) {
            if (!group.window.empty() && (isLast || group.window.front().time + m_rule.timespan < upTo))
                endWindow(group);
        } else {
            if (group.open && (isLast || group.open->last + m_rule.timespan < upTo))
                end(group);
            while (!group.window.empty() && (isLast || group.window.front().time + m_rule.timespan < upTo))
                popFront(group);
        }
        for (std::optional<Chain>& chain : group.chains) {
            if (chain && (isLast || chain->start + m_rule.timespan < upTo))
                chain.reset();
        }
        const bool hasChain =
            std::any_of(group.chains.begin(), group.chains.end(), [](const auto& c) { return c.has_value(); });
        const bool isIdle = group.pending == 0 && group.window.empty() && !group.open && !hasChain;
        place = isIdle ? m_groups.erase(place) : std::next(place);
    }
    if (m_groups.empty())
        m_origins.clear();
}

std::vector<CorrelationMatch> CorrelationWindow::take()
{
    std::vector<CorrelationMatch> matches = std::exchange(m_ready, {});
    for (auto& [key, group] : m_groups) {
        if (!group->open || !group->hasGrown)
            continue;
        keepEachOnce(group->open->events);
        matches.push_back(*group->open);
        matches.back().isFinal = false;
        group->hasGrown = false;
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
