#include "core/detect/baseline_rules.h"

#include "core/detect/baseline_condition.h"

#include <algorithm>
#include <deque>
#include <map>

namespace cordon::detect {

/// What an event's standing looks like to a rule.
class BaselineRules::FactsView final : public EventView
{
public:
    explicit FactsView(const FieldPlan& plan) : m_paths(plan.paths()), m_values(plan.size()) {}

    void show(const Event& event, const BaselineFacts& facts)
    {
        m_texts.clear();
        m_named.clear();
        double rarest = 1;
        for (const BaselineFacts::Fresh& fresh : facts.fresh) {
            add("new", toString(fresh.trait));
            add("new_value", fresh.value);
            addNumber("rarity_" + std::string(toString(fresh.trait)), fresh.rarity);
            rarest = std::min(rarest, fresh.rarity);
        }
        addNumber("rarity", rarest);
        addNumber("past_days", facts.pastDays);
        addNumber("past_events", static_cast<double>(facts.pastEvents));
        if (event.actor) {
            add("actor_kind", cordon::toString(event.actor->kind));
            add("actor_type", event.actor->type);
        }
        const std::size_t colon = event.action.find(':');
        add("action", event.action);
        add("service", colon == std::string::npos ? event.source : event.action.substr(0, colon));
        add("source", event.source);
        add("identity_change", event.isIdentityChange ? "true" : "false");
        add("read_only", event.isReadOnly ? "true" : "false");
        add("outcome", cordon::toString(event.outcome));
        for (std::size_t field = 0; field < m_values.size(); ++field) {
            const auto found = m_named.find(m_paths[field]);
            m_values[field] = found == m_named.end() ? std::vector<FieldValue>() : found->second;
        }
    }

    [[nodiscard]] std::string_view raw() const override { return {}; }
    [[nodiscard]] std::span<const FieldValue> values(FieldIndex field) const override { return m_values[field]; }
    void eachScalar(const std::function<bool(std::string_view)>&) const override {}
    [[nodiscard]] std::string_view product() const override { return baselineProduct; }
    [[nodiscard]] std::string_view service() const override { return {}; }
    [[nodiscard]] std::span<const std::string> categories() const override { return {}; }

private:
    std::string_view keep(std::string_view text) { return m_texts.emplace_back(text); }
    std::vector<FieldValue>& named(std::string_view name) { return m_named[std::string(baselinePrefix).append(name)]; }
    void add(std::string_view name, std::string_view text)
    {
        if (!text.empty())
            named(name).push_back({FieldValue::Kind::String, keep(text), 0});
    }
    void addNumber(std::string_view name, double number)
    {
        named(name).push_back({FieldValue::Kind::Number, keep(std::to_string(number)), number});
    }

    const std::vector<std::string>& m_paths;
    std::deque<std::string> m_texts; ///< does not move its elements
    std::map<std::string, std::vector<FieldValue>, std::less<>> m_named;
    std::vector<std::vector<FieldValue>> m_values;
};

BaselineRules::BaselineRules(const RuleSet& rules)
{
    RuleSet halves;
    for (std::size_t at = 0; at < rules.rules().size(); ++at) {
        const Rule& rule = rules.rules()[at];
        if (!rule.usesBaseline || !rule.disabledReason.empty())
            continue;
        m_rules.push_back(static_cast<RuleIndex>(at));
        m_isForEverySource.push_back(rule.logSource.product == baselineProduct);
        Rule half = rule;
        half.condition = std::move(half.baselineCondition);
        half.logSource = {};
        half.usesBaseline = false;
        halves.add(std::move(half));
    }
    m_program = std::make_unique<RuleProgram>(RuleProgram::compile(std::move(halves), m_plan));
    m_view = std::make_unique<FactsView>(m_plan);
}

BaselineRules::~BaselineRules() = default;

std::vector<RuleIndex> BaselineRules::match(const Event& event, const BaselineFacts& facts,
                                            std::span<const RuleIndex> own)
{
    m_view->show(event, facts);
    std::vector<RuleIndex> halves;
    m_program->match(*m_view, m_scratch, halves);
    std::vector<RuleIndex> matches;
    for (const RuleIndex half : halves) {
        if (m_isForEverySource[half] || std::find(own.begin(), own.end(), m_rules[half]) != own.end())
            matches.push_back(m_rules[half]);
    }
    return matches;
}

} // namespace cordon::detect
