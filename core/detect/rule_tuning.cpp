#include "core/detect/rule_tuning.h"

#include "core/value/yaml.h"

#include <algorithm>

namespace cordon::detect {
namespace {

Error problem(const std::string& file, const Value& at, const std::string& what)
{
    return {ErrorCode::Invalid, file + ":" + std::to_string(at.line()) + ": " + what};
}

} // namespace

Result<RuleTuning> RuleTuning::parse(std::string_view text, const std::string& file)
{
    const auto document = yaml::parse(text);
    if (!document)
        return fail(ErrorCode::Invalid, file + ": " + document.error().detail);
    if ((*document)["format"].asString() != "cordon-rule-tuning/1")
        return fail(problem(file, *document, "expected format: cordon-rule-tuning/1"));
    std::map<std::string, Severity, std::less<>> classes;
    for (const auto& [name, about] : (*document)["classes"].asObject()) {
        const auto level = severityFrom(about["level"].asString());
        if (!level || about["why"].asString().empty())
            return fail(problem(file, about, "the class '" + name + "' needs a level and a reason"));
        classes[name] = *level;
    }
    RuleTuning tuning;
    for (const auto& [name, ids] : (*document)["rules"].asObject()) {
        const auto found = classes.find(name);
        if (found == classes.end())
            return fail(problem(file, ids, "'" + name + "' is no class"));
        for (const Value& id : ids.asArray()) {
            if (id.asString().empty())
                return fail(problem(file, id, "expected the id of a rule"));
            if (!tuning.m_levels.emplace(id.asString(), found->second).second)
                return fail(problem(file, id, "the rule " + id.asString() + " is listed twice"));
        }
    }
    return tuning;
}

void RuleTuning::apply(std::span<Rule> rules) const
{
    for (Rule& rule : rules) {
        if (rule.info.isBuiltin)
            continue;
        if (const auto found = m_levels.find(rule.info.id); found != m_levels.end())
            rule.info.level = std::min(rule.info.level, found->second);
        if (rule.info.level == Severity::Informational)
            rule.raisesAlert = false;
    }
}

} // namespace cordon::detect
