// Commands about Sigma rules: whether they load, and whether they find what their samples say.
#include "app/ctl/ctl.h"
#include "core/base/display_escape.h"
#include "core/detect/rule_folder.h"
#include "core/detect/rule_samples.h"
#include "core/words/counted.h"

#include <iostream>
#include <memory>

namespace cordon::ctl {
namespace {

using words::counted;

struct RulesWish
{
    std::vector<std::string> paths;
    std::string placeholders;
};

Result<detect::RuleSet> loadRules(const RulesWish& wish)
{
    detect::Placeholders placeholders;
    if (!wish.placeholders.empty()) {
        CORDON_TRY(placeholders, detect::loadPlaceholders(wish.placeholders));
    }
    const std::vector<std::filesystem::path> paths(wish.paths.begin(), wish.paths.end());
    detect::RuleSet rules = detect::RuleSet::load(paths, false, placeholders);
    rules.link();
    return rules;
}

Value::Array listed(const std::vector<detect::RejectedRule>& items)
{
    Value::Array list;
    for (const detect::RejectedRule& item : items)
        list.push_back(Value::Object{{"file", item.file}, {"line", item.line}, {"reason", item.reason}});
    return list;
}

void print(const std::vector<detect::RejectedRule>& items, const char* what)
{
    for (const detect::RejectedRule& item : items)
        std::cout << escapedForDisplay(item.file) << ":" << item.line << ": " << what << escapedForDisplay(item.reason) << '\n';
}

int checkRules(const Context& context, const RulesWish& wish)
{
    const auto rules = loadRules(wish);
    if (!rules)
        return failed(rules.error());
    const std::vector<detect::RejectedRule>& refused = rules->rejected();
    const std::vector<detect::RejectedRule> disabled = rules->disabled();
    const auto loaded = static_cast<std::int64_t>(rules->rules().size());
    const auto off = static_cast<std::int64_t>(disabled.size());
    if (context.wantsJson) {
        printJson(Value::Object{
            {"loaded", loaded}, {"running", loaded - off}, {"rejected", listed(refused)}, {"disabled", listed(disabled)}});
    } else {
        std::cout << counted(loaded, "rule") << " loaded: " << loaded - off << (loaded - off == 1 ? " runs, " : " run, ")
                  << off << " disabled; " << refused.size() << " rejected\n";
        print(refused, "");
        print(disabled, "disabled: ");
    }
    return refused.empty() ? Done : Bad;
}

/// The rules of one file, and whether samples can tell anything about them.
struct FileRules
{
    std::vector<detect::RuleIndex> alerting; ///< those that raise alerts; all of them when none does
    bool asksForPast = false;
    std::string disabled; ///< why none of them runs
};

std::map<std::filesystem::path, FileRules> rulesByFile(const detect::RuleProgram& program)
{
    std::map<std::filesystem::path, FileRules> files;
    const std::vector<detect::Rule>& rules = program.rules().rules();
    for (const bool raisesAlert : {true, false}) {
        for (detect::RuleIndex index = 0; index < rules.size(); ++index) {
            FileRules& file = files[rules[index].info.file];
            if (rules[index].raisesAlert != raisesAlert || (!raisesAlert && !file.alerting.empty() &&
                                                            rules[file.alerting.front()].raisesAlert))
                continue;
            file.alerting.push_back(index);
            file.asksForPast = file.asksForPast || rules[index].usesBaseline;
            file.disabled = rules[index].disabledReason;
        }
    }
    return files;
}

/// What `rules test` found out.
struct Verdict
{
    std::int64_t samples = 0;
    Value::Array failures;
    Value::Array untested;
    Value::Array needPast;
};

/// @return "" when the sample does what it says
std::string reasonAgainst(const detect::RuleSample& sample, const FileRules& file, const detect::RuleProgram& program,
                          FieldPlan& plan)
{
    if (!sample.problem.empty())
        return sample.problem;
    const std::set<detect::RuleIndex> raised = detect::raisedBy(sample, program, plan);
    for (const detect::RuleIndex rule : file.alerting) {
        if (raised.contains(rule))
            return sample.fires ? std::string() : "fires where it must be quiet";
    }
    if (!sample.fires)
        return {};
    return file.disabled.empty() ? "does not fire" : "does not fire: the rule is disabled: " + file.disabled;
}

Verdict testSamples(const detect::RuleProgram& program, FieldPlan& plan)
{
    Verdict verdict;
    for (const auto& [path, file] : rulesByFile(program)) {
        const RuleInfo& rule = program.rule(file.alerting.front()).info;
        if (file.asksForPast) {
            verdict.needPast.push_back(path.string());
            continue;
        }
        const std::vector<detect::RuleSample> samples = detect::readRuleSamples(path);
        if (samples.empty())
            verdict.untested.push_back(path.string());
        for (const detect::RuleSample& sample : samples) {
            ++verdict.samples;
            const std::string reason = reasonAgainst(sample, file, program, plan);
            if (reason.empty())
                continue;
            verdict.failures.push_back(Value::Object{{"file", detect::sampleFileOf(path).string()},
                                                     {"line", sample.line},
                                                     {"rule", rule.id},
                                                     {"title", rule.title},
                                                     {"reason", reason}});
        }
    }
    return verdict;
}

int testRules(const Context& context, const RulesWish& wish)
{
    auto rules = loadRules(wish);
    if (!rules)
        return failed(rules.error());
    FieldPlan plan;
    const auto program = detect::RuleProgram::compile(std::move(*rules), plan);
    const std::vector<detect::RejectedRule>& refused = program.rules().rejected();
    const auto loaded = static_cast<std::int64_t>(program.rules().rules().size());
    const Verdict verdict = testSamples(program, plan);
    const auto bad = static_cast<std::int64_t>(verdict.failures.size());
    if (context.wantsJson) {
        printJson(Value::Object{{"rules", loaded},
                                {"samples", verdict.samples},
                                {"passed", verdict.samples - bad},
                                {"failed", verdict.failures},
                                {"rejected", listed(refused)},
                                {"without_samples", verdict.untested},
                                {"need_a_past", verdict.needPast}});
    } else {
        std::cout << counted(loaded, "rule") << ", " << counted(verdict.samples, "sample") << ": " << verdict.samples - bad
                  << " passed, " << bad << " failed; " << refused.size() << " rejected\n";
        print(refused, "");
        for (const Value& failure : verdict.failures)
            std::cout << escapedForDisplay(failure["file"].asString()) << ":" << failure["line"].asInt() << ": "
                      << escapedForDisplay(failure["title"].asString()) << ": "
                      << escapedForDisplay(failure["reason"].asString()) << '\n';
        for (const Value& path : verdict.untested)
            std::cout << escapedForDisplay(path.asString()) << ": no samples beside it\n";
        if (!verdict.needPast.empty())
            std::cout << counted(static_cast<std::int64_t>(verdict.needPast.size()), "file")
                      << " with rules on an identity's past left out: samples hold no past\n";
    }
    if (verdict.samples == 0)
        std::cerr << "cordonctl: rules test: no samples found\n";
    return bad == 0 && refused.empty() && verdict.samples > 0 ? Done : Bad;
}

} // namespace

void addRuleCommands(CLI::App& app, Context& context, int& status)
{
    CLI::App* rules = app.add_subcommand("rules", "Sigma rules");
    rules->require_subcommand(1);
    const auto add = [&](const char* name, const char* what, int (*command)(const Context&, const RulesWish&)) {
        auto wish = std::make_shared<RulesWish>();
        CLI::App* made = rules->add_subcommand(name, what);
        made->add_option("DIR", wish->paths, "rule files and folders")->required();
        made->add_option("--placeholders", wish->placeholders, "values for placeholders of rules, a YAML file");
        made->callback([&context, &status, wish, command] { status = command(context, *wish); });
    };
    add("check", "loads rules and lists what is rejected", checkRules);
    add("test", "runs the samples beside each rule (x.test.jsonl of x.yml)", testRules);
}

} // namespace cordon::ctl
