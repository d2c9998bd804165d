#include "core/detect/correlation_engine.h"

#include "core/detect/chain_plan.h"
#include "core/detect/keyed_hash.h"
#include "core/detect/number_text.h"
#include "core/detect/text_fold.h"
#include "core/detect/text_list.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <set>
#include <tuple>

namespace cordon::detect {
namespace {

using Kind = CorrelationRule::Kind;

const FieldValue* firstValue(std::span<const FieldValue> values)
{
    const auto value = std::find_if(values.begin(), values.end(),
                                    [](const FieldValue& v) { return v.kind != FieldValue::Kind::Null; });
    return value == values.end() ? nullptr : &*value;
}

/// Adds a group-by value.
void addToGroup(std::string& group, std::string_view text, std::string& scratch)
{
    foldInto(text, scratch);
    addToTextList(group, scratch);
}

void setValues(CorrelationInput& input, std::vector<std::uint64_t> values)
{
    input.value = values.front();
    values.erase(values.begin());
    input.moreValues = std::move(values);
}

/// Every way to take one value of each field; nothing when a field has none. Bounded for hostile records.
std::vector<std::uint64_t> combinations(const EventView& view, const std::vector<FieldIndex>& fields)
{
    constexpr std::size_t most = 1000;
    std::vector<std::string> rows{{}};
    std::string scratch;
    for (const FieldIndex field : fields) {
        std::vector<std::string> longer;
        for (const std::string& row : rows) {
            for (const FieldValue& value : view.values(field)) {
                if (value.kind == FieldValue::Kind::Null || longer.size() >= most)
                    continue;
                foldInto(value.text, scratch);
                addToTextList(longer.emplace_back(row), scratch);
            }
        }
        rows = std::move(longer);
    }
    std::vector<std::uint64_t> hashes;
    std::transform(rows.begin(), rows.end(), std::back_inserter(hashes), keyedHash);
    return hashes;
}

std::vector<std::uint64_t> numbers(std::span<const FieldValue> values)
{
    std::vector<std::uint64_t> bits;
    for (const FieldValue& value : values) {
        if (const auto number = numberIn(value))
            bits.push_back(std::bit_cast<std::uint64_t>(*number));
    }
    return bits;
}

/// Sets what is measured. @return false when the record has nothing of it
bool takeValues(CorrelationInput& input, const CorrelationRule& rule, const EventView& view,
                const std::vector<FieldIndex>& fields, std::string& scratch)
{
    if (!rule.measuresValues())
        return true;
    // Nearly always one field with one value; that costs no list.
    const auto values = view.values(fields.front());
    if (!rule.measuresNumbers() && fields.size() == 1 && values.size() == 1) {
        foldInto(values.front().text, scratch);
        std::string row;
        addToTextList(row, scratch);
        input.value = keyedHash(row);
        return values.front().kind != FieldValue::Kind::Null;
    }
    std::vector<std::uint64_t> found = rule.measuresNumbers() ? numbers(values) : combinations(view, fields);
    if (found.empty())
        return false;
    setValues(input, std::move(found));
    return true;
}

/// The value that a match has for a field or alias, by its group-by or by one row of what it carries.
const std::string* valueIn(const CorrelationWindow& window, const CorrelationMatch& match,
                           const CorrelationMatch::Row& row, const std::string& name, const std::string& field)
{
    for (const auto& [key, value] : match.group) {
        if (key == name || key == field)
            return &value;
    }
    const auto& carried = window.carriedFields();
    const auto place = std::find(carried.begin(), carried.end(), field);
    const auto at = static_cast<std::size_t>(place - carried.begin());
    return at < row.size() && row[at] ? &*row[at] : nullptr;
}

} // namespace

CorrelationEngine::CorrelationEngine(const RuleProgram& program, FieldPlan& plan, std::size_t budget)
    : m_program(program)
    , m_spool(budget)
    , m_feeds(program.rules().rules().size())
{
    const ChainPlan chains = ChainPlan::of(program.rules().rules());
    std::vector<Duration> ends(program.rules().rules().size());
    for (const RuleIndex index : chains.order) {
        const CorrelationRule& rule = *program.rule(index).correlation;
        const auto carried = chains.carried.find(index);
        const auto window = static_cast<std::uint32_t>(m_windows.size());
        m_windows.emplace_back(index, rule, carried == chains.carried.end() ? nullptr : &carried->second,
                               m_spool);
        Duration& delay = m_delays.emplace_back();
        for (std::uint32_t position = 0; position < rule.ruleIndices.size(); ++position) {
            Feed feed{window, position, {}, {}, {}};
            for (const std::string& name : rule.groupBy)
                feed.group.push_back(plan.add(rule.fieldFor(name, position)));
            for (const std::string& name : rule.valueFields)
                feed.values.push_back(plan.add(rule.fieldFor(name, position)));
            for (const std::string& name : m_windows.back().carriedFields())
                feed.carried.push_back(plan.add(rule.fieldFor(name, position)));
            delay = std::max(delay, ends[rule.ruleIndices[position]]);
            m_feeds[rule.ruleIndices[position]].push_back(std::move(feed));
        }
        ends[index] = rule.isSliding() || rule.kind == Kind::TemporalOrdered ? delay : delay + rule.timespan;
    }
}

void CorrelationEngine::collect(RuleIndex rule, const EventView& view, Timestamp time, EventRef event,
                                std::vector<CorrelationInput>& inputs) const
{
    std::string scratch;
    std::string group;
    for (const Feed& feed : m_feeds[rule]) {
        const CorrelationWindow& window = m_windows[feed.window];
        CorrelationOrigin origin;
        group.clear();
        CorrelationInput input;
        input.window = feed.window;
        input.position = feed.position;
        input.time = time;
        input.event = event;
        const bool hasGroup = std::all_of(feed.group.begin(), feed.group.end(), [&](FieldIndex field) {
            const FieldValue* value = firstValue(view.values(field));
            if (value)
                addToGroup(group, value->text, scratch);
            if (value && window.isChainedOn())
                origin.group.emplace_back(value->text);
            return value != nullptr;
        });
        if (!hasGroup || !takeValues(input, window.rule(), view, feed.values, scratch))
            continue;
        input.group = keyedHash(group);
        for (const FieldIndex field : feed.carried) {
            const FieldValue* value = firstValue(view.values(field));
            origin.carried.push_back(value ? std::optional(std::string(value->text)) : std::nullopt);
        }
        if (window.isChainedOn())
            input.origin = OriginRef(std::move(origin));
        inputs.push_back(std::move(input));
    }
}

void CorrelationEngine::add(const CorrelationInput& input)
{
    CorrelationWindow& window = m_windows[input.window];
    window.add(input);
    if (m_spool.isOverfull())
        relieve();
}

/// Of the rules the one that holds most gives way.
void CorrelationEngine::relieve()
{
    CorrelationWindow& window = *std::max_element(m_windows.begin(), m_windows.end(), [](const auto& a, const auto& b) {
        return a.heldBytes() < b.heldBytes();
    });
    window.relieve();
    if (window.hasBegun())
        passOn(window);
}

void CorrelationEngine::onMatch(RuleIndex rule, const EventView& view, Timestamp time, EventRef event)
{
    std::vector<CorrelationInput> inputs;
    collect(rule, view, time, event, inputs);
    for (const CorrelationInput& input : inputs)
        add(input);
}

std::vector<CorrelationMatch> CorrelationEngine::drain(Timestamp upTo)
{
    std::vector<CorrelationMatch> matches;
    for (std::size_t at = 0; at < m_windows.size(); ++at) {
        CorrelationWindow& window = m_windows[at];
        window.process(upTo - m_delays[at], false);
        passOn(window);
        std::vector<CorrelationMatch> found = window.take();
        if (m_program.rule(window.index()).raisesAlert)
            std::move(found.begin(), found.end(), std::back_inserter(matches));
    }
    return matches;
}

std::vector<CorrelationMatch> CorrelationEngine::finish()
{
    std::vector<CorrelationMatch> matches;
    finish([&matches](CorrelationMatch&& match) { matches.push_back(std::move(match)); });
    // Rule by rule, as they came; of one rule in the order of time.
    for (auto from = matches.begin(); from != matches.end();) {
        const auto to = std::find_if(from, matches.end(), [&](const auto& match) { return match.rule != from->rule; });
        std::sort(from, to, [](const CorrelationMatch& a, const CorrelationMatch& b) {
            return std::tie(a.first, a.episode) < std::tie(b.first, b.episode);
        });
        from = to;
    }
    return matches;
}

void CorrelationEngine::finish(const Taker& take)
{
    for (CorrelationWindow& window : m_windows) {
        const bool raisesAlert = m_program.rule(window.index()).raisesAlert;
        for (bool hasMore = true; hasMore;) {
            hasMore = window.processSome(Timestamp(), true);
            passOn(window);
            for (CorrelationMatch& match : window.takeEnded()) {
                if (raisesAlert)
                    take(std::move(match));
            }
        }
    }
}

void CorrelationEngine::passOn(CorrelationWindow& from)
{
    for (const CorrelationMatch& match : from.takeBegun()) {
        for (const Feed& feed : m_feeds[match.rule])
            passOn(from, match, feed);
    }
}

/// A match counts as one event at the time at which its condition came true, in each group that its events belong to.
void CorrelationEngine::passOn(const CorrelationWindow& from, const CorrelationMatch& match, const Feed& feed)
{
    CorrelationWindow& window = m_windows[feed.window];
    const CorrelationRule& rule = window.rule();
    const std::vector<CorrelationMatch::Row> none{{}};
    std::string scratch;
    std::set<CorrelationMatch::Row> told;
    for (const CorrelationMatch::Row& row : match.carried.empty() ? none : match.carried) {
        std::string group;
        CorrelationOrigin origin;
        CorrelationInput input;
        input.window = feed.window;
        input.position = feed.position;
        input.time = match.last;
        input.event = {match.episode};
        CorrelationMatch::Row asked; // group, measured, carried
        const auto ask = [&](const std::vector<std::string>& names) {
            for (const std::string& name : names) {
                const std::string* value = valueIn(from, match, row, name, rule.fieldFor(name, feed.position));
                asked.push_back(value ? std::optional(*value) : std::nullopt);
            }
        };
        ask(rule.groupBy);
        ask(rule.valueFields);
        const std::size_t needed = asked.size();
        ask(window.carriedFields());
        const auto hasGap = std::any_of(asked.begin(), asked.begin() + static_cast<std::ptrdiff_t>(needed),
                                        [](const auto& value) { return !value; });
        if (hasGap || !told.insert(asked).second)
            continue;
        for (std::size_t at = 0; at < rule.groupBy.size(); ++at) {
            addToGroup(group, *asked[at], scratch);
            origin.group.push_back(*asked[at]);
        }
        input.group = keyedHash(group);
        std::string measured;
        for (std::size_t at = rule.groupBy.size(); at < needed; ++at)
            addToTextList(measured, folded(*asked[at]));
        input.value = keyedHash(measured);
        if (rule.measuresNumbers()) {
            const auto number = numberIn(*asked[rule.groupBy.size()]);
            if (!number)
                continue;
            input.value = std::bit_cast<std::uint64_t>(*number);
        }
        origin.events = match.events;
        origin.carried.assign(asked.begin() + static_cast<std::ptrdiff_t>(needed), asked.end());
        input.origin = OriginRef(std::move(origin));
        add(input);
    }
}

std::size_t CorrelationEngine::lateCount() const
{
    std::size_t late = 0;
    for (const CorrelationWindow& window : m_windows)
        late += window.lateCount();
    return late;
}

} // namespace cordon::detect
