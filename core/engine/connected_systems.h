#pragma once

#include "core/act/connector_lines.h"
#include "core/act/connector_settings.h"
#include "core/engine/system_state.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <sys/types.h>
#include <vector>

namespace cordon::engine {

/// The real systems that a case acts on: told by its engine, looked at by whoever shows them. Safe from any thread.
class ConnectedSystems
{
public:
    struct Member
    {
        act::ConnectorSettings settings;
        std::vector<std::string> verbs;
        std::shared_ptr<const std::atomic<pid_t>> process; ///< 0 where none runs
    };
    void connect(std::vector<Member> members);
    void note(const act::ConnectorLines& lines);
    /// Empty until they are connected.
    [[nodiscard]] std::vector<SystemState> look() const;

private:
    mutable std::mutex m_mutex;
    std::vector<Member> m_members;                              ///< guarded
    std::vector<std::pair<std::string, act::ConnectorLine::Look>> m_lines; ///< guarded; by name
};

/// What the settings say of a system, with nothing known of how it answers.
[[nodiscard]] SystemState stateFrom(const act::ConnectorSettings& settings);

} // namespace cordon::engine
