#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace cordon::engine {

/// Whose turn it is to use the engine: one thread at a time, in the order in which they asked. The engine's own loop and
/// the work on each incident take turns; whoever waits (for a connector, for commands) gives its turn away meanwhile.
/// Safe from any thread.
class Turn
{
public:
    void take()
    {
        std::unique_lock lock(m_mutex);
        const std::uint64_t mine = m_asked++;
        m_isNext.wait(lock, [&] { return m_served == mine; });
    }
    void give()
    {
        {
            const std::lock_guard lock(m_mutex);
            ++m_served;
        }
        m_isNext.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_isNext;
    std::uint64_t m_asked = 0;
    std::uint64_t m_served = 0;
};

} // namespace cordon::engine
