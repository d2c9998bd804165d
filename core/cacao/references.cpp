#include "core/base/time.h"
#include "core/cacao/sense.h"
#include "core/cacao/text_forms.h"

namespace cordon::cacao {
namespace {

void checkTimes(const Value& data, const Spot& spot, const char* earlier, const char* later)
{
    if (!data.has(earlier) || !data.has(later))
        return;
    const auto first = Timestamp::parse(data[earlier].asString());
    const auto second = Timestamp::parse(data[later].asString());
    if (first && second && *second < *first)
        spot.at(later).sense(data[later], std::string("is before '") + earlier + "'");
}

void checkDays(const Value& data, const Spot& spot)
{
    for (const char* key : {"created", "modified", "valid_from", "valid_until"}) {
        const std::string& text = data[key].asString();
        const bool isLeapSecond = text.size() > 19 && text.substr(17, 2) == "60";
        if (data.has(key) && !isLeapSecond && !Timestamp::parse(text))
            spot.at(key).sense(data[key], "is no day of the calendar");
    }
}

class Checker
{
public:
    Checker(const Playbook& playbook, std::vector<Finding>& findings) : m_playbook(playbook), m_root(findings) {}

    void run()
    {
        const Value& data = m_playbook.data;
        checkDays(data, m_root);
        checkTimes(data, m_root, "created", "modified");
        checkTimes(data, m_root, "valid_from", "valid_until");
        if (!isIdentifierOf("playbook", m_playbook.id))
            m_root.at("id").sense(data["id"], "must be playbook--uuid");
        const WorkflowStep* start = m_playbook.step(m_playbook.start);
        if (!start || start->kind != StepKind::Start)
            m_root.at("workflow_start").sense(data["workflow_start"], "must be a start step of this workflow");
        if (!m_playbook.exception.empty())
            step(m_root.at("workflow_exception"), data["workflow_exception"]);
        for (std::size_t i = 0; i < data["markings"].asArray().size(); ++i)
            marking(m_root.at("markings").at(i), data["markings"].asArray()[i]);
        extensions(m_root.at("playbook_extensions"), data["playbook_extensions"]);
        for (const char* key : {"agent_definitions", "target_definitions"})
            logins(m_root.at(key), data[key]);
        for (const auto& [id, one] : m_playbook.steps)
            references(m_root.at("workflow").at(id), one);
    }

private:
    void step(const Spot& spot, const Value& id) const
    {
        if (!m_playbook.step(id.asString()))
            spot.sense(id, "step " + quoted(id.asString()) + " is referenced but missing");
    }

    void references(const Spot& spot, const WorkflowStep& one)
    {
        const Value& data = m_playbook.dataOf(one);
        for (const char* key : {"on_completion", "on_success", "on_failure", "on_true", "on_false"}) {
            if (data.has(key))
                step(spot.at(key), data[key]);
        }
        for (std::size_t i = 0; i < data["next_steps"].asArray().size(); ++i)
            step(spot.at("next_steps").at(i), data["next_steps"].asArray()[i]);
        for (const auto& [key, id] : data["cases"].asObject())
            step(spot.at("cases").at(key), id);
        if (data.has("on_completion") && (data.has("on_success") || data.has("on_failure")))
            spot.sense(data, "'on_completion' excludes 'on_success' and 'on_failure'");
        if (one.timeout && *one.timeout < 0)
            spot.at("timeout").sense(data["timeout"], "must not be negative");
        extensions(spot.at("step_extensions"), data["step_extensions"]);
        if (one.kind != StepKind::Action)
            return;
        party(spot.at("agent"), data["agent"]);
        for (std::size_t i = 0; i < one.targets.size(); ++i)
            party(spot.at("targets").at(i), data["targets"].asArray()[i]);
    }

    void party(const Spot& spot, const Value& id) const
    {
        const Value& data = m_playbook.data;
        if (!data["agent_definitions"].has(id.asString()) && !data["target_definitions"].has(id.asString()))
            spot.sense(id, quoted(id.asString()) + " is in neither 'agent_definitions' nor 'target_definitions'");
    }

    void marking(const Spot& spot, const Value& id) const
    {
        if (!m_playbook.data["data_marking_definitions"].has(id.asString()))
            spot.say(Finding::Kind::Odd, id, quoted(id.asString()) + " is not in 'data_marking_definitions'");
    }

    void extensions(const Spot& spot, const Value& all) const
    {
        for (const auto& [id, data] : all.asObject()) {
            if (!isIdentifierOf("extension-definition", id))
                spot.at(id).sense(data, "must be extension-definition--uuid");
            else if (!m_playbook.data["extension_definitions"].has(id))
                spot.at(id).say(Finding::Kind::Odd, data, "is not in 'extension_definitions'");
        }
    }

    void logins(const Spot& spot, const Value& parties) const
    {
        for (const auto& [id, party] : parties.asObject()) {
            const Value& login = party["authentication_info"];
            if (login.isString() && !m_playbook.data["authentication_info_definitions"].has(login.asString()))
                spot.at(id).at("authentication_info")
                    .sense(login, quoted(login.asString()) + " is not in 'authentication_info_definitions'");
        }
    }

    const Playbook& m_playbook;
    Spot m_root;
};

} // namespace

void checkReferences(const Playbook& playbook, std::vector<Finding>& findings)
{
    Checker(playbook, findings).run();
}

} // namespace cordon::cacao
