#include "app/bench/correlation_run.h"

#include "core/detect/correlation_engine.h"

#include <array>
#include <charconv>

namespace cordon::bench {
namespace {

constexpr std::uint64_t eventCount = 4'000'000;
constexpr std::uint64_t groupCount = 1'000'000;

/// An event with one text in each planned field.
class TextsView final : public EventView
{
public:
    explicit TextsView(std::size_t fields)
        : m_values(fields)
    {}
    void set(FieldIndex field, std::string_view text)
    {
        m_values[field] = {FieldValue{FieldValue::Kind::String, text, 0}};
    }

    [[nodiscard]] std::string_view raw() const override { return "{}"; }
    [[nodiscard]] std::span<const FieldValue> values(FieldIndex field) const override { return m_values[field]; }
    void eachScalar(const std::function<bool(std::string_view)>& /*visit*/) const override {}
    [[nodiscard]] std::string_view product() const override { return "aws"; }
    [[nodiscard]] std::string_view service() const override { return "cloudtrail"; }
    [[nodiscard]] std::span<const std::string> categories() const override { return {}; }

private:
    std::vector<std::array<FieldValue, 1>> m_values;
};

/// A text with a number at its end.
class Numbered
{
public:
    explicit Numbered(std::string_view head)
        : m_head(head.size())
    {
        std::copy(head.begin(), head.end(), m_text.begin());
    }
    std::string_view operator()(std::uint64_t number)
    {
        char* const start = m_text.data() + m_head;
        const auto end = std::to_chars(start, m_text.data() + m_text.size(), number);
        return {m_text.data(), static_cast<std::size_t>(end.ptr - m_text.data())};
    }

private:
    std::array<char, 64> m_text{};
    std::size_t m_head;
};

} // namespace

Result<Measure> valueCount(const std::string& timespan)
{
    detect::RuleSet rules;
    rules.add(
        "title: call\nname: call\nlogsource:\n    product: aws\ndetection:\n    s:\n        eventName: ListUsers\n"
        "    condition: s\n---\ntitle: many\ncorrelation:\n    type: value_count\n    rules: [call]\n"
        "    group-by: [userIdentity.arn]\n    timespan: " +
            timespan + "\n    condition: {field: sourceIPAddress, gte: 50}\n",
        "bench.yml", false);
    FieldPlan plan;
    const detect::RuleProgram program = detect::RuleProgram::compile(std::move(rules), plan);
    detect::CorrelationEngine engine(program, plan);
    TextsView view(plan.size());
    const FieldIndex who = plan.add("userIdentity.arn");
    const FieldIndex from = plan.add("sourceIPAddress");
    view.set(plan.add("eventName"), "ListUsers");
    Numbered arn("arn:aws:iam::123456789012:user/u");
    Numbered address("198.51.100.");
    detect::MatchScratch scratch;
    std::vector<detect::RuleIndex> matches;
    std::vector<detect::CorrelationInput> inputs;
    std::size_t found = 0;

    Measure measure;
    measure.name = "value_count, a million groups, window " + timespan;
    const Stopwatch watch;
    std::uint64_t random = 1;
    for (std::uint64_t at = 0; at < eventCount; ++at) {
        random = random * 6364136223846793005U + 1442695040888963407U;
        // Every group once, then at random.
        view.set(who, arn(at < groupCount ? at : (random >> 33U) % groupCount));
        view.set(from, address((random >> 20U) % 256));
        program.match(view, scratch, matches);
        inputs.clear();
        for (const detect::RuleIndex rule : matches)
            engine.collect(rule, view, Timestamp::fromMicros(static_cast<std::int64_t>(at) * 1000),
                           detect::EventRef{at}, inputs);
        for (const detect::CorrelationInput& input : inputs)
            engine.add(input);
        if (at % 100'000 == 0)
            found += engine.drain(Timestamp::fromMicros(static_cast<std::int64_t>(at) * 1000)).size();
    }
    found += engine.finish().size();
    watch.tell(measure);
    measure.events = eventCount;
    measure.found["correlations"] = found;
    measure.found["late"] = engine.lateCount();
    return measure;
}

} // namespace cordon::bench
