#include "core/detect/correlation_engine.h"

#include "core/detect/text_fold.h"

#include <algorithm>
#include <iterator>

namespace cordon::detect {
namespace {

using Kind = CorrelationRule::Kind;

/// Correlations ordered so that each comes after those that it names. The rule set has no cycles.
std::vector<RuleIndex> inOrder(const std::vector<Rule>& rules)
{
    std::vector<RuleIndex> order;
    std::vector<bool> isPlaced(rules.size());
    for (bool hasMore = true; hasMore;) {
        hasMore = false;
        for (std::size_t at = 0; at < rules.size(); ++at) {
            if (!rules[at].correlation || isPlaced[at] || !rules[at].disabledReason.empty())
                continue;
            const auto& named = rules[at].correlation->ruleIndices;
            const bool isReady = std::all_of(named.begin(), named.end(), [&](RuleIndex index) {
                return !rules[index].correlation || isPlaced[index] || !rules[index].disabledReason.empty();
            });
            if (!isReady)
                continue;
            order.push_back(static_cast<RuleIndex>(at));
            isPlaced[at] = true;
            hasMore = true;
        }
    }
    return order;
}

/// A number that stands for the texts. Two lists of texts with the same number are taken for equal.
std::uint64_t hashOf(const std::vector<std::string>& texts)
{
    std::uint64_t hash = texts.size();
    for (const std::string& text : texts)
        hash = hash * 0x9E3779B97F4A7C15U + std::hash<std::string>()(text);
    return hash;
}

/// Every way to take one value of each field; nothing when a field has none. Bounded for hostile records.
std::vector<std::uint64_t> countedValues(const EventView& view, const std::vector<FieldIndex>& fields)
{
    constexpr std::size_t most = 1000;
    std::vector<std::vector<std::string>> rows{{}};
    for (const FieldIndex field : fields) {
        std::vector<std::vector<std::string>> longer;
        for (const std::vector<std::string>& row : rows) {
            for (const FieldValue& value : view.values(field)) {
                if (value.kind == FieldValue::Kind::Null || longer.size() >= most)
                    continue;
                longer.push_back(row);
                longer.back().push_back(folded(value.text));
            }
        }
        rows = std::move(longer);
    }
    std::vector<std::uint64_t> hashes;
    std::transform(rows.begin(), rows.end(), std::back_inserter(hashes), hashOf);
    return hashes;
}

/// The value that a chained correlation's match has for a field or alias.
const std::string* groupValue(const CorrelationMatch& match, const std::string& name, const std::string& field)
{
    for (const auto& [key, value] : match.group) {
        if (key == name || key == field)
            return &value;
    }
    return nullptr;
}

} // namespace

CorrelationEngine::CorrelationEngine(const RuleProgram& program, FieldPlan& plan)
    : m_program(program)
    , m_feeds(program.rules().rules().size())
{
    for (const RuleIndex index : inOrder(program.rules().rules())) {
        const CorrelationRule& rule = *program.rule(index).correlation;
        const auto window = static_cast<std::uint32_t>(m_windows.size());
        m_windows.emplace_back(index, rule);
        for (std::uint32_t position = 0; position < rule.ruleIndices.size(); ++position) {
            Feed feed{window, position, {}, {}};
            for (const std::string& name : rule.groupBy)
                feed.group.push_back(plan.add(rule.fieldFor(name, position)));
            for (const std::string& name : rule.valueFields)
                feed.values.push_back(plan.add(rule.fieldFor(name, position)));
            m_feeds[rule.ruleIndices[position]].push_back(std::move(feed));
        }
    }
}

void CorrelationEngine::collect(RuleIndex rule, const EventView& view, Timestamp time, EventRef event,
                                std::vector<CorrelationInput>& inputs) const
{
    for (const Feed& feed : m_feeds[rule]) {
        CorrelationInput input{feed.window, feed.position, time, event, {}, {}, {}};
        for (const FieldIndex field : feed.group) {
            const auto values = view.values(field);
            const auto value = std::find_if(values.begin(), values.end(),
                                            [](const FieldValue& v) { return v.kind != FieldValue::Kind::Null; });
            if (value != values.end())
                input.group.emplace_back(value->text);
        }
        if (input.group.size() < feed.group.size())
            continue;
        const Kind kind = m_windows[feed.window].rule().kind;
        if (kind == Kind::ValueCount)
            input.values = countedValues(view, feed.values);
        else
            input.values = {kind == Kind::EventCount ? event.value : feed.position};
        inputs.push_back(std::move(input));
    }
}

void CorrelationEngine::add(const CorrelationInput& input)
{
    m_windows[input.window].add(input);
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
    return process(upTo, false);
}

std::vector<CorrelationMatch> CorrelationEngine::finish()
{
    return process(Timestamp(), true);
}

std::vector<CorrelationMatch> CorrelationEngine::process(Timestamp upTo, bool isLast)
{
    std::vector<CorrelationMatch> matches;
    for (CorrelationWindow& window : m_windows) {
        window.process(upTo, isLast);
        for (const CorrelationMatch& begun : window.takeBegun())
            passOn(begun);
        std::vector<CorrelationMatch> found = window.take();
        if (m_program.rule(window.index()).raisesAlert)
            std::move(found.begin(), found.end(), std::back_inserter(matches));
    }
    return matches;
}

void CorrelationEngine::passOn(const CorrelationMatch& match)
{
    for (const Feed& feed : m_feeds[match.rule]) {
        CorrelationWindow& window = m_windows[feed.window];
        const CorrelationRule& rule = window.rule();
        // The match counts as one event at the time at which its condition came true.
        CorrelationInput input{feed.window, feed.position, match.last, {match.episode}, {}, {}, match.events};
        for (const std::string& name : rule.groupBy) {
            if (const std::string* value = groupValue(match, name, rule.fieldFor(name, feed.position)))
                input.group.push_back(*value);
        }
        std::vector<std::string> counted;
        for (const std::string& name : rule.valueFields) {
            if (const std::string* value = groupValue(match, name, rule.fieldFor(name, feed.position)))
                counted.push_back(*value);
        }
        if (input.group.size() < rule.groupBy.size() || counted.size() < rule.valueFields.size())
            continue;
        if (rule.kind == Kind::ValueCount)
            input.values = {hashOf(counted)};
        else
            input.values = {rule.kind == Kind::EventCount ? match.episode : feed.position};
        window.add(input);
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
