#pragma once

#include "core/detect/rule_program.h"
#include "core/value/value.h"

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace cordon::detect {

/// One line of the file of samples beside a rule: records on which the rule must, or must not, raise an alert.
/// Source: docs/formats/rules.md, "Samples"
struct RuleSample
{
    std::filesystem::path ruleFile;
    int line = 0;
    bool fires = false;
    Value records;       ///< a list of objects, in order of time
    std::string problem; ///< why the line is no sample; "" when it is one
};

/// `x.test.jsonl` of `x.yml`.
[[nodiscard]] std::filesystem::path sampleFileOf(const std::filesystem::path& ruleFile);
/// The samples beside a rule's file; none when there is no such file.
[[nodiscard]] std::vector<RuleSample> readRuleSamples(const std::filesystem::path& ruleFile);

/// The rules that a sample's records match, or that count them to a match. The records are taken as records of the log
/// source of the first rule in the sample's file that names one (of a correlation: of the rules it counts).
/// @param plan  the one that `program` was compiled with
[[nodiscard]] std::set<RuleIndex> raisedBy(const RuleSample& sample, const RuleProgram& program, FieldPlan& plan);

} // namespace cordon::detect
