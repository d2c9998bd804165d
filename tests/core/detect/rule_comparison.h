#pragma once

#include "core/detect/rule_program.h"
#include "core/value/yaml.h"
#include "tests/core/detect/naive_rule.h"
#include "tests/core/detect/random_rule.h"

#include <functional>
#include <memory>

/// Compiled programs against naive::Rule on random rules and records.
struct RuleComparison
{
    /// How the program sees a record.
    using ViewMaker =
        std::function<std::unique_ptr<cordon::EventView>(const cordon::FieldPlan& plan, const cordon::Value& record)>;

    std::uint64_t pairs = 0;
    std::uint64_t matches = 0;
    std::uint64_t disagreements = 0;
    std::string first; ///< the first disagreement, or the first rule that was refused

    /// Adds `ruleCount` rules, compiled together, on `recordCount` records.
    /// @param endsEarly  at the first disagreement
    void add(std::uint64_t seed, int ruleCount, int recordCount, const ViewMaker& viewOf,
             naive::Mistake mistake = naive::Mistake::None, bool endsEarly = false)
    {
        using namespace cordon;
        RandomRule random(seed);
        std::vector<std::string> texts;
        std::vector<naive::Rule> plain;
        detect::RuleSet set;
        for (int at = 0; at < ruleCount; ++at) {
            texts.push_back("title: rule\nid: rule-" + std::to_string(at) +
                            "\nlogsource:\n    product: aws\ndetection:\n" + random.detection());
            const auto document = yaml::parse(texts.back());
            if (!document)
                return tell(texts.back() + document.error().detail);
            plain.emplace_back((*document)["detection"], RandomRule::placeholders(), mistake);
            set.add(texts.back(), "made.yml", false, placeholders());
        }
        FieldPlan plan;
        const auto program = detect::RuleProgram::compile(std::move(set), plan);
        if (!program.rules().rejected().empty())
            return tell(program.rules().rejected()[0].reason);
        if (!program.rules().disabled().empty())
            return tell(program.rules().disabled()[0].reason);
        detect::MatchScratch scratch;
        std::vector<detect::RuleIndex> found;
        for (int at = 0; at < recordCount; ++at) {
            const Value record = random.record();
            const auto view = viewOf(plan, record);
            if (!view)
                return tell("a record cannot be read: " + json::write(record));
            program.match(*view, scratch, found);
            for (std::size_t rule = 0; rule < plain.size(); ++rule) {
                const bool hasMatched = std::find(found.begin(), found.end(), rule) != found.end();
                ++pairs;
                matches += hasMatched ? 1 : 0;
                if (hasMatched == plain[rule].holds(record))
                    continue;
                tell(texts[rule] + "on " + json::write(record) + "\nthe program says " + (hasMatched ? "yes" : "no"));
                if (endsEarly)
                    return;
            }
        }
    }

private:
    void tell(const std::string& what)
    {
        ++disagreements;
        if (first.empty())
            first = what;
    }

    static const cordon::detect::Placeholders& placeholders()
    {
        static const auto read = [] {
            std::string text;
            for (const auto& [name, values] : RandomRule::placeholders()) {
                text += name + ":\n";
                for (const std::string& value : values)
                    text += "    - '" + value + "'\n";
            }
            return cordon::detect::Placeholders::read(text, "made.yml");
        }();
        return *read;
    }
};
