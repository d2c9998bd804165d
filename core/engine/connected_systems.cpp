#include "core/engine/connected_systems.h"

#include "core/platform/child_process.h"

namespace cordon::engine {

SystemState stateFrom(const act::ConnectorSettings& settings)
{
    SystemState state;
    state.name = settings.name;
    state.kind = settings.kind;
    state.tenant = settings.tenant;
    state.environment = settings.environment;
    for (const char* option : {"endpoint", "host"}) {
        if (state.address.empty())
            state.address = settings.options[option].asString();
    }
    return state;
}

void ConnectedSystems::connect(std::vector<Member> members)
{
    const std::lock_guard lock(m_mutex);
    m_members = std::move(members);
    m_lines.clear();
}

void ConnectedSystems::note(const act::ConnectorLines& lines)
{
    std::vector<std::pair<std::string, act::ConnectorLine::Look>> looks;
    for (const auto& line : lines.all())
        looks.emplace_back(line->name(), line->look());
    const std::lock_guard lock(m_mutex);
    m_lines = std::move(looks);
}

std::vector<SystemState> ConnectedSystems::look() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<SystemState> states;
    for (const Member& member : m_members) {
        SystemState state = stateFrom(member.settings);
        state.verbs = member.verbs;
        state.isConnected = true;
        state.isProcessAlive = member.process && platform::ChildProcess::runs(member.process->load());
        for (const auto& [name, look] : m_lines) {
            if (name != state.name)
                continue;
            state.waiting = look.waiting;
            state.isAsked = look.isAsked;
            state.isStuck = look.isStuck;
            state.answered = look.answered;
            state.failed = look.failed;
            state.problem = look.problem;
        }
        states.push_back(std::move(state));
    }
    return states;
}

} // namespace cordon::engine
