#pragma once

#include "core/cacao/playbook.h"
#include "core/value/json.h"

#include <string>

namespace cordon::tests {

inline std::string stepId(const std::string& type, int number)
{
    return type + "--00000000-0000-4000-8000-0000000000" + (number < 10 ? "0" : "") + std::to_string(number);
}

/// A playbook with a step of every type, to take apart. Paths are JSON pointers without escapes.
class SmallPlaybook
{
public:
    SmallPlaybook()
    {
        const std::string agent = stepId("security-category", 1);
        const auto action = [&](int next) {
            return Value::Object{{"type", "action"},
                                 {"commands", Value::Array{Value::Object{{"type", "manual"}, {"command", "Look at __who__:value."}}}},
                                 {"agent", agent},
                                 {"on_completion", stepId("end", next)}};
        };
        Value workflow = Value::Object{
            {stepId("start", 1), Value::Object{{"type", "start"}, {"on_completion", stepId("parallel", 1)}}},
            {stepId("parallel", 1),
             Value::Object{{"type", "parallel"},
                           {"next_steps", Value::Array{stepId("action", 1), stepId("action", 2)}},
                           {"on_completion", stepId("if-condition", 1)}}},
            {stepId("action", 1), action(1)},
            {stepId("action", 2), action(2)},
            {stepId("end", 1), Value::Object{{"type", "end"}}},
            {stepId("end", 2), Value::Object{{"type", "end"}}},
            {stepId("if-condition", 1),
             Value::Object{{"type", "if-condition"},
                           {"condition", "__count__:value > 3"},
                           {"on_true", stepId("playbook-action", 1)},
                           {"on_false", stepId("while-condition", 1)},
                           {"on_completion", stepId("switch-condition", 1)}}},
            {stepId("playbook-action", 1),
             Value::Object{{"type", "playbook-action"}, {"playbook_id", stepId("playbook", 9)}, {"on_completion", stepId("end", 3)}}},
            {stepId("end", 3), Value::Object{{"type", "end"}}},
            {stepId("while-condition", 1),
             Value::Object{{"type", "while-condition"},
                           {"condition", "__count__:value < 9"},
                           {"on_true", stepId("action", 3)},
                           {"on_completion", stepId("end", 4)}}},
            {stepId("action", 3), action(5)},
            {stepId("end", 4), Value::Object{{"type", "end"}}},
            {stepId("end", 5), Value::Object{{"type", "end"}}},
            {stepId("switch-condition", 1),
             Value::Object{{"type", "switch-condition"},
                           {"switch", "__who__:value"},
                           {"cases", Value::Object{{"a", stepId("action", 4)}, {"default", stepId("end", 6)}}},
                           {"on_success", stepId("end", 7)},
                           {"on_failure", stepId("end", 7)}}},
            {stepId("action", 4), action(6)},
            {stepId("end", 6), Value::Object{{"type", "end"}}},
            {stepId("end", 7), Value::Object{{"type", "end"}}}};
        m_root = Value::Object{
            {"type", "playbook"},
            {"spec_version", "cacao-2.0"},
            {"id", stepId("playbook", 1)},
            {"name", "Every step"},
            {"created_by", stepId("identity", 1)},
            {"created", "2026-01-01T00:00:00.000Z"},
            {"modified", "2026-01-02T00:00:00.000Z"},
            {"playbook_variables",
             Value::Object{{"__who__", Value::Object{{"type", "string"}, {"value", "a"}}},
                           {"__count__", Value::Object{{"type", "integer"}, {"value", "4"}, {"external", true}}}}},
            {"workflow_start", stepId("start", 1)},
            {"workflow", std::move(workflow)},
            {"agent_definitions",
             Value::Object{{agent, Value::Object{{"type", "security-category"}, {"name", "Desk"}, {"category", Value::Array{"siem"}}}}}}};
    }

    /// Puts a value where the path says; members on the way are made.
    SmallPlaybook& set(const std::string& path, Value value)
    {
        m_root = changed(m_root, path, &value);
        return *this;
    }
    SmallPlaybook& without(const std::string& path)
    {
        m_root = changed(m_root, path, nullptr);
        return *this;
    }
    [[nodiscard]] const Value& data() const { return m_root; }
    [[nodiscard]] std::string text() const { return json::writePretty(m_root); }
    [[nodiscard]] cacao::Reading reading() const { return cacao::read(text(), "test.json"); }

private:
    static Value changed(const Value& here, const std::string& path, const Value* value)
    {
        const auto slash = path.find('/', 1);
        const std::string key = path.substr(1, slash == std::string::npos ? slash : slash - 1);
        Value::Object members = here.asObject();
        if (slash != std::string::npos)
            members[key] = changed(here[key], path.substr(slash), value);
        else if (value)
            members[key] = *value;
        else
            members.erase(key);
        return members;
    }
    Value m_root;
};

} // namespace cordon::tests
