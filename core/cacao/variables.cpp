#include "core/cacao/condition.h"
#include "core/cacao/sense.h"
#include "core/cacao/variable_values.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace cordon::cacao {
namespace {

using Names = std::set<std::string, std::less<>>;

/// Every `__name__:value` inside the texts of a part of the document.
void eachUse(const Spot& spot, const Value& value, const std::function<void(const Spot&, const Value&, std::string)>& use)
{
    if (value.isString()) {
        const std::string_view text = value.asString();
        for (std::size_t end = text.find("__:value"); end != std::string_view::npos; end = text.find("__:value", end + 1)) {
            // the longest name that ends here
            std::size_t start = end;
            while (start > 0 && end - start < 202 && (std::isalnum(static_cast<unsigned char>(text[start - 1])) != 0 || text[start - 1] == '_' || text[start - 1] == '-'))
                --start;
            while (start < end && !isVariableName(text.substr(start, end + 2 - start)))
                ++start;
            if (start < end)
                use(spot, value, std::string(text.substr(start, end + 2 - start)));
        }
    }
    for (std::size_t i = 0; i < value.asArray().size(); ++i)
        eachUse(spot.at(i), value.asArray()[i], use);
    for (const auto& [key, member] : value.asObject())
        eachUse(spot.at(key), member, use);
}

class Checker
{
public:
    Checker(const Playbook& playbook, std::vector<Finding>& findings) : m_playbook(playbook), m_root(findings) {}

    void run()
    {
        const Value& data = m_playbook.data;
        defined(m_root.at("playbook_variables"), data["playbook_variables"], m_playbook.variables);
        for (const Variable& variable : m_playbook.variables)
            m_all.insert(variable.name);
        for (const char* key : {"agent_definitions", "target_definitions", "authentication_info_definitions"})
            used(m_root.at(key), data[key], m_all);
        for (const auto& [id, step] : m_playbook.steps)
            check(m_root.at("workflow").at(id), step);
    }

private:
    static void defined(const Spot& spot, const Value& all, const std::vector<Variable>& variables)
    {
        for (const Variable& variable : variables) {
            const Value& data = all[variable.name];
            const Spot here = spot.at(variable.name);
            if (!isVariableName(variable.name))
                here.sense(data, quoted(variable.name) + " is no variable's name (__name__)");
            if (variable.isConstant && !variable.value && !variable.isExternal)
                here.sense(data, "a constant without a value");
            if (variable.value && variable.value->find("__:value") == std::string::npos && !isOfType(variable.type, *variable.value))
                here.at("value").sense(data["value"], "is no " + variable.type);
        }
    }

    static void used(const Spot& spot, const Value& part, const Names& known)
    {
        eachUse(spot, part, [&](const Spot& where, const Value& value, const std::string& name) {
            if (!known.contains(name))
                where.sense(value, quoted(name) + " is used and never defined");
        });
    }

    void check(const Spot& spot, const WorkflowStep& step) const
    {
        const Value& data = m_playbook.dataOf(step);
        defined(spot.at("step_variables"), data["step_variables"], step.variables);
        Names known = m_all;
        for (const Variable& variable : step.variables)
            known.insert(variable.name);
        for (const char* key : {"commands", "condition", "switch"})
            used(spot.at(key), data[key], known);
        arguments(spot.at("in_args"), data["in_args"], known);
        arguments(spot.at("out_args"), data["out_args"], known);
        for (const std::string& out : step.outArgs)
            keepsConstants(spot.at("out_args"), data["out_args"], step, variableIn(out));
        if (step.kind == StepKind::If || step.kind == StepKind::While) {
            if (const auto condition = Condition::parse(step.condition); !condition) {
                const bool isKnown = condition.error().code == ErrorCode::Unsupported; // fine, but nothing that is run here
                spot.at("condition").say(isKnown ? Finding::Kind::Odd : Finding::Kind::Sense, data["condition"], condition.error().detail);
            }
        }
        if (step.kind == StepKind::Switch && variableIn(step.condition).empty())
            spot.at("switch").sense(data["switch"], "must name a variable (__name__:value)");
    }

    static void arguments(const Spot& spot, const Value& list, const Names& known)
    {
        for (std::size_t i = 0; i < list.asArray().size(); ++i) {
            const Value& item = list.asArray()[i];
            if (!known.contains(variableIn(item.asString())))
                spot.at(i).sense(item, quoted(item.asString()) + " is used and never defined");
        }
    }

    void keepsConstants(const Spot& spot, const Value& here, const WorkflowStep& step, const std::string& name) const
    {
        const auto isIt = [&](const Variable& variable) { return variable.name == name; };
        const auto own = std::find_if(step.variables.begin(), step.variables.end(), isIt);
        const auto shared = std::find_if(m_playbook.variables.begin(), m_playbook.variables.end(), isIt);
        if (own != step.variables.end() ? own->isConstant : shared != m_playbook.variables.end() && shared->isConstant)
            spot.sense(here, quoted(name) + " is constant and cannot be an answer");
    }

    const Playbook& m_playbook;
    Spot m_root;
    Names m_all;
};

} // namespace

void checkVariables(const Playbook& playbook, std::vector<Finding>& findings)
{
    Checker(playbook, findings).run();
}

} // namespace cordon::cacao
