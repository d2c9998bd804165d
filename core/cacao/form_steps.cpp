#include "core/cacao/form_tables.h"

#include "core/cacao/condition.h"
#include "core/cacao/text_forms.h"

#include <algorithm>

namespace cordon::cacao::form {
namespace {

using Words = std::string_view;

constexpr Member variableMembers[] = {
    {"type", text, true}, {"description", text}, {"value", textOrNull}, {"constant", flag}, {"external", flag}};

/// Whatever the command's type says: the schemas check a command as such, not as one of its type.
constexpr Member commandMembers[] = {{"type", text, true},
                                     {"description", text},
                                     {"version", text},
                                     {"playbook_activity", text},
                                     {"external_references", list<reference>}};

constexpr Words stepTypes[] = {"start", "end", "action", "playbook-action",
                               "parallel", "if-condition", "while-condition", "switch-condition"};
constexpr Member stepMembers[] = {{"type", word<stepTypes>, true},
                                  {"name", text},
                                  {"description", text},
                                  {"external_references", list<reference, 1>},
                                  {"delay", positive},
                                  {"timeout", integer},
                                  {"step_variables", variables},
                                  {"owner", identifier},
                                  {"on_completion", identifier},
                                  {"on_success", identifier},
                                  {"on_failure", identifier},
                                  {"step_extensions", extensions}};

template<const auto& own>
void step(const Spot& spot, const Value& value)
{
    members(spot, value, stepMembers);
    if (value.isObject())
        members(spot, value, own);
}

void without(const Spot& spot, const Value& value, std::span<const Words> names)
{
    for (const Words name : names) {
        if (value.has(name))
            spot.at(name).form(value[name], "does not belong to a step of this type");
    }
}

void cases(const Spot& spot, const Value& value)
{
    static constexpr Words ends[] = {"action", "end", "if-condition", "parallel", "playbook", "start", "switch-condition", "while-condition"};
    if (!value.isObject())
        return spot.form(value, "must be an object");
    for (const auto& branch : value.asObject()) {
        const std::string& id = branch.second.asString(); // "" for what is no text
        const bool isStep = std::any_of(std::begin(ends), std::end(ends), [&](Words type) { return isIdentifierOf(type, id, true); });
        if (!isStep)
            spot.at(branch.first).form(branch.second, "must be the identifier of a step");
    }
}

constexpr Words startType[] = {"start"};
constexpr Words endType[] = {"end"};
constexpr Words actionType[] = {"action"};
constexpr Words playbookActionType[] = {"playbook-action"};
constexpr Words parallelType[] = {"parallel"};
constexpr Words ifType[] = {"if-condition"};
constexpr Words whileType[] = {"while-condition"};
constexpr Words switchType[] = {"switch-condition"};

constexpr Member startMembers[] = {{"type", word<startType>}};
constexpr Member endMembers[] = {{"type", word<endType>}};
constexpr Member actionMembers[] = {{"type", word<actionType>},
                                    {"commands", list<object<commandMembers>, 1>, true},
                                    {"agent", identifier, true},
                                    {"targets", list<identifier, 1>},
                                    {"in_args", list<text, 1>},
                                    {"out_args", list<text, 1>}};
constexpr Member playbookActionMembers[] = {{"type", word<playbookActionType>},
                                            {"playbook_id", identifier, true},
                                            {"playbook_version", timestamp},
                                            {"in_args", list<text, 1>},
                                            {"out_args", list<text, 1>}};
constexpr Member parallelMembers[] = {{"type", word<parallelType>}, {"next_steps", list<identifier, 2>, true}};
constexpr Member ifMembers[] = {
    {"type", word<ifType>}, {"condition", text, true}, {"on_true", identifier, true}, {"on_false", identifier}};
constexpr Member whileMembers[] = {{"type", word<whileType>}, {"condition", text, true}, {"on_true", identifier, true}};
constexpr Member switchMembers[] = {{"type", word<switchType>}, {"switch", text, true}, {"cases", cases, true}};

void startStep(const Spot& spot, const Value& value)
{
    step<startMembers>(spot, value);
    constexpr Words names[] = {"on_success", "on_failure"};
    without(spot, value, names);
}

void endStep(const Spot& spot, const Value& value)
{
    step<endMembers>(spot, value);
    constexpr Words names[] = {"on_completion", "on_success", "on_failure"};
    without(spot, value, names);
}

constexpr Entry stepEntries[] = {{"start", startStep},
                                 {"end", endStep},
                                 {"action", step<actionMembers>},
                                 {"playbook-action", step<playbookActionMembers>},
                                 {"parallel", step<parallelMembers>},
                                 {"if-condition", step<ifMembers>},
                                 {"while-condition", step<whileMembers>},
                                 {"switch-condition", step<switchMembers>}};

} // namespace

void reference(const Spot& spot, const Value& value)
{
    static constexpr Member table[] = {{"name", text, true}, {"description", text}, {"source", text},
                                       {"url", text},        {"external_id", text}, {"reference_id", text}};
    members(spot, value, table);
}

void extensions(const Spot& spot, const Value& value)
{
    static constexpr Entry table[] = {{"extension-definition", anyObject}};
    dictionary(spot, value, table, 1);
}

void variables(const Spot& spot, const Value& value)
{
    if (!value.isObject())
        return spot.form(value, "must be an object");
    for (const auto& [name, variable] : value.asObject()) {
        if (isVariableName(name))
            members(spot.at(name), variable, variableMembers);
    }
}

void steps(const Spot& spot, const Value& value)
{
    dictionary(spot, value, stepEntries, 0);
}

} // namespace cordon::cacao::form
