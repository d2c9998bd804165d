#include "ui/bridge/long_work.h"

#include <chrono>

namespace cordon::ui::bridge {

LongWork::LongWork(QObject* parent)
    : QObject(parent)
{
}

void LongWork::begin(std::function<Ending(const Told&, const std::stop_token&)> work)
{
    if (m_isRunning)
        return;
    m_isRunning = true;
    m_thread = std::jthread([this, work = std::move(work)](const std::stop_token& stop) {
        constexpr auto often = std::chrono::milliseconds(100);
        auto last = std::chrono::steady_clock::now() - often;
        const auto told = [&](std::uint64_t done, std::uint64_t total) {
            const auto now = std::chrono::steady_clock::now();
            if (now - last < often && done != total)
                return;
            last = now;
            QMetaObject::invokeMethod(this, [this, done, total] { emit progressed(done, total); }, Qt::QueuedConnection);
        };
        const Ending ending = work(told, stop);
        QMetaObject::invokeMethod(
            this,
            [this, ending] {
                m_isRunning = false;
                ending();
            },
            Qt::QueuedConnection);
    });
}

void LongWork::cancel()
{
    m_thread.request_stop();
}

} // namespace cordon::ui::bridge
