#pragma once

#include <map>
#include <mutex>
#include <string>

namespace cordon::engine {

/// Permits that were given and not used yet. Whoever is about to use one asks here last: the end of a session and a
/// halt take back what is still on its way. Safe from any thread.
class LivePermits
{
public:
    void add(const std::string& serial, const std::string& session)
    {
        const std::lock_guard lock(m_mutex);
        m_sessions[serial] = session;
    }
    /// @return whether it was still good; it is used up now
    [[nodiscard]] bool use(const std::string& serial)
    {
        const std::lock_guard lock(m_mutex);
        return m_sessions.erase(serial) == 1;
    }
    /// @return how many
    int revokeSession(const std::string& session)
    {
        const std::lock_guard lock(m_mutex);
        return static_cast<int>(std::erase_if(m_sessions, [&](const auto& item) { return item.second == session; }));
    }
    /// Of every session. A person's own permit (one without a session) stays: people may undo while the agent is halted.
    /// @return how many
    int revokeAgents()
    {
        const std::lock_guard lock(m_mutex);
        return static_cast<int>(std::erase_if(m_sessions, [](const auto& item) { return !item.second.empty(); }));
    }

private:
    std::mutex m_mutex;
    std::map<std::string, std::string> m_sessions; ///< by serial; guarded
};

} // namespace cordon::engine
