#include "core/act/pending_call.h"

namespace cordon::act {

bool PendingCall::begin()
{
    const std::lock_guard lock(m_mutex);
    if (m_state != State::Waiting)
        return false;
    m_state = State::Running;
    return true;
}

void PendingCall::finish()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_state == State::Running)
            m_state = State::Finished;
    }
    m_hasFinished.notify_all();
}

PendingCall::End PendingCall::leave()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_state == State::Finished)
            return End::Finished;
        if (m_state == State::Waiting) {
            m_state = State::Left;
            return End::NotBegun;
        }
        m_state = State::Left;
    }
    m_stop.request_stop(); // outside the lock: what hears it may ask this call something
    return End::LeftRunning;
}

bool PendingCall::isFinishedWithin(std::chrono::milliseconds time, const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    return m_hasFinished.wait_for(lock, stop, time, [this] { return m_state == State::Finished; });
}

bool PendingCall::isLeft() const
{
    const std::lock_guard lock(m_mutex);
    return m_state == State::Left;
}

bool PendingCall::hasBegun() const
{
    const std::lock_guard lock(m_mutex);
    return m_state != State::Waiting;
}

} // namespace cordon::act
