#pragma once

#include "core/plan/cacao_parser.h"
#include "core/value/json.h"

#include <string>

namespace cordon::tests {

/// Identifiers with one digit telling them apart.
inline std::string idOf(const std::string& type, int number)
{
    return type + "--00000000-0000-4000-8000-0000000000" + (number < 10 ? "0" : "") + std::to_string(number);
}

/// A small valid playbook to break or to plan with: start, two actions, end.
class PlaybookText
{
public:
    explicit PlaybookText(int number = 1)
    {
        m_root = Value::Object{{"type", "playbook"},
                               {"spec_version", "cacao-2.0"},
                               {"id", idOf("playbook", number)},
                               {"name", "Test playbook"},
                               {"created_by", idOf("identity", 1)},
                               {"created", "2026-01-01T00:00:00.000Z"},
                               {"modified", "2026-01-01T00:00:00.000Z"},
                               {"workflow_start", idOf("start", 1)}};
        applyTo(Value::Object{{"kind", "credential"}});
        set("agent_definitions",
            Value::Object{{idOf("organization", 1), Value::Object{{"type", "organization"}, {"name", "Desk"}}}});
        setStep(idOf("start", 1), Value::Object{{"type", "start"}, {"on_completion", idOf("action", 1)}});
        addAction(1, "evidence.snapshot", Value::Object{{"from", "member"}}, idOf("action", 2));
        addAction(2, "credential.deactivate", Value::Object{{"from", "member"}, {"kinds", Value::Array{"credential"}}},
                  idOf("end", 1), {idOf("action", 1)});
        setStep(idOf("end", 1), Value::Object{{"type", "end"}});
    }

    PlaybookText& set(const std::string& key, Value value)
    {
        m_root.set(key, std::move(value));
        return *this;
    }
    PlaybookText& without(const std::string& key)
    {
        Value::Object members = m_root.asObject();
        members.erase(key);
        m_root = std::move(members);
        return *this;
    }
    PlaybookText& applyTo(Value rule) { return applyToAll({std::move(rule)}); }
    PlaybookText& applyToAll(Value::Array rules)
    {
        return set("playbook_extensions", Value::Object{{std::string(plan::cordonExtension),
                                                         Value::Object{{"applies_to", std::move(rules)}}}});
    }
    PlaybookText& setStep(const std::string& id, Value step)
    {
        Value workflow = m_root["workflow"];
        workflow.set(id, std::move(step));
        return set("workflow", std::move(workflow));
    }
    /// Replaces or adds one member of a step.
    PlaybookText& setInStep(const std::string& id, const std::string& key, Value value)
    {
        Value step = m_root["workflow"][id];
        step.set(key, std::move(value));
        return setStep(id, std::move(step));
    }
    PlaybookText& setInExtension(const std::string& id, const std::string& key, Value value)
    {
        Value extension = m_root["workflow"][id]["step_extensions"][plan::cordonExtension];
        extension.set(key, std::move(value));
        return setInStep(id, "step_extensions",
                         Value::Object{{std::string(plan::cordonExtension), std::move(extension)}});
    }
    PlaybookText& addAction(int number, const std::string& verb, Value select, const std::string& next,
                            const std::vector<std::string>& after = {})
    {
        Value::Array before;
        for (const std::string& id : after)
            before.emplace_back(id);
        Value extension = Value::Object{{"verb", verb},
                                        {"select", std::move(select)},
                                        {"title", "step." + verb},
                                        {"why", "why." + verb},
                                        {"after", std::move(before)}};
        return setStep(
            idOf("action", number),
            Value::Object{
                {"type", "action"},
                {"commands", Value::Array{Value::Object{{"type", "manual"}, {"command", "Do it."}}}},
                {"agent", idOf("organization", 1)},
                {"on_completion", next},
                {"step_extensions", Value::Object{{std::string(plan::cordonExtension), std::move(extension)}}}});
    }

    [[nodiscard]] Value stepOf(const std::string& id) const { return m_root["workflow"][id]; }
    [[nodiscard]] static Value dropped(const Value& object, const std::string& key)
    {
        Value::Object members = object.asObject();
        members.erase(key);
        return members;
    }
    [[nodiscard]] std::string text() const { return json::writePretty(m_root); }
    [[nodiscard]] Result<plan::Playbook> parsed() const { return plan::parseCacao(text(), "test.json"); }

private:
    Value m_root;
};

} // namespace cordon::tests
