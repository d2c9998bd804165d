#include "core/detect/rule_samples.h"

#include "core/detect/correlation_engine.h"
#include "core/domain/value_event_view.h"
#include "core/value/json.h"

#include <algorithm>
#include <array>
#include <fstream>

namespace cordon::detect {
namespace {

constexpr std::size_t longestLine = 4U << 20U;

/// Times as the sources name them.
constexpr std::array timeNames{"eventTime",    "requestReceivedTimestamp", "timestamp", "time", "published",
                               "CreationTime", "UtcTime",                  "EventTime", "@timestamp"};

/// When a sample's record happened; `before` where it does not say.
Timestamp timeOf(const Value& record, Timestamp before)
{
    for (const char* name : timeNames) {
        const Value& value = record[name];
        if (value.isInt())
            return Timestamp() + std::chrono::milliseconds(value.asInt());
        const std::string& text = value.asString();
        if (const auto time = Timestamp::parse(text))
            return *time;
        if (const auto time = Timestamp::parse(text + "Z"))
            return *time;
    }
    return before;
}

RuleSample sampleOf(const std::string& line)
{
    RuleSample sample;
    if (line.size() > longestLine) {
        sample.problem = "the line is too long";
        return sample;
    }
    const auto value = json::parse(line);
    if (!value || !value->isObject() || value->asObject().size() != 1 || (!value->has("fires") && !value->has("quiet"))) {
        sample.problem = "not {\"fires\":[…]} or {\"quiet\":[…]}" + (value ? std::string() : ": " + value.error().detail);
        return sample;
    }
    sample.fires = value->has("fires");
    sample.records = (*value)[sample.fires ? "fires" : "quiet"];
    const Value::Array& records = sample.records.asArray();
    if (records.empty() || !std::all_of(records.begin(), records.end(), [](const Value& one) { return one.isObject(); }))
        sample.problem = "a sample is a list of at least one record";
    return sample;
}

/// Of what log source the records beside a rule's file are.
LogSource sourceOf(const std::filesystem::path& ruleFile, const RuleProgram& program)
{
    for (const Rule& rule : program.rules().rules()) {
        if (rule.info.file != ruleFile)
            continue;
        const bool counts = rule.correlation && !rule.correlation->ruleIndices.empty();
        const Rule& reads = counts ? program.rule(rule.correlation->ruleIndices.front()) : rule;
        const LogSource& source = reads.logSource;
        if (!source.product.empty() || !source.service.empty() || !source.category.empty())
            return source;
    }
    return {};
}

} // namespace

std::filesystem::path sampleFileOf(const std::filesystem::path& ruleFile)
{
    return std::filesystem::path(ruleFile).replace_extension(".test.jsonl");
}

std::vector<RuleSample> readRuleSamples(const std::filesystem::path& ruleFile)
{
    std::vector<RuleSample> samples;
    std::ifstream file(sampleFileOf(ruleFile));
    int number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos)
            continue;
        RuleSample sample = sampleOf(line);
        sample.ruleFile = ruleFile;
        sample.line = number;
        samples.push_back(std::move(sample));
    }
    return samples;
}

std::set<RuleIndex> raisedBy(const RuleSample& sample, const RuleProgram& program, FieldPlan& plan)
{
    const LogSource source = sourceOf(sample.ruleFile, program);
    const std::vector<std::string> categories =
        source.category.empty() ? std::vector<std::string>() : std::vector<std::string>{source.category};
    CorrelationEngine correlations(program, plan);
    MatchScratch scratch;
    std::vector<RuleIndex> matches;
    std::set<RuleIndex> raised;
    std::uint64_t number = 0;
    Timestamp time;
    for (const Value& record : sample.records.asArray()) {
        time = timeOf(record, time);
        const ValueEventView view(plan, record, source.product, source.service, categories);
        program.match(view, scratch, matches);
        for (const RuleIndex index : matches) {
            correlations.onMatch(index, view, time, EventRef{number});
            raised.insert(index);
        }
        ++number;
    }
    for (const CorrelationMatch& match : correlations.finish())
        raised.insert(match.rule);
    return raised;
}

} // namespace cordon::detect
