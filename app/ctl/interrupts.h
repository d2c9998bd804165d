#pragma once

#include <csignal>
#include <stop_token>
#include <thread>

namespace cordon::ctl {

/// Turns SIGINT and SIGTERM into a stop request. A thread waits for them: a handler could not take the locks that
/// stopping needs. Made before other threads start, since they inherit what is blocked.
class Interrupts
{
public:
    Interrupts()
    {
        sigemptyset(&m_signals);
        sigaddset(&m_signals, SIGINT);
        sigaddset(&m_signals, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &m_signals, nullptr);
        m_thread = std::jthread([this](const std::stop_token& over) {
            const timespec pause{0, 100'000'000};
            while (!over.stop_requested()) {
                if (sigtimedwait(&m_signals, nullptr, &pause) > 0)
                    m_source.request_stop();
            }
        });
    }
    [[nodiscard]] std::stop_token token() const { return m_source.get_token(); }

private:
    sigset_t m_signals{};
    std::stop_source m_source;
    std::jthread m_thread;
};

} // namespace cordon::ctl
