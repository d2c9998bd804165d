#include "ui/bridge/case_verifier.h"

#include <chrono>

namespace cordon::ui::bridge {

CaseVerifier::CaseVerifier(std::filesystem::path place, std::filesystem::path home, QObject* parent)
    : QObject(parent)
    , m_place(std::move(place))
    , m_home(std::move(home))
{
}

void CaseVerifier::start()
{
    if (m_isRunning)
        return;
    m_isRunning = true;
    m_thread = std::jthread([this, place = m_place, home = m_home](const std::stop_token& stop) {
        constexpr auto often = std::chrono::milliseconds(100);
        auto last = std::chrono::steady_clock::now() - often;
        const auto told = [&](std::uint64_t done, std::uint64_t total) {
            const auto now = std::chrono::steady_clock::now();
            if (now - last < often && done != total)
                return;
            last = now;
            QMetaObject::invokeMethod(this, [this, done, total] { emit progressed(done, total); }, Qt::QueuedConnection);
        };
        auto verdict = std::make_shared<Result<engine::CaseVerdict>>(engine::verifyCase(place, home, told, stop));
        QMetaObject::invokeMethod(
            this,
            [this, verdict] {
                m_isRunning = false;
                emit ended(*verdict);
            },
            Qt::QueuedConnection);
    });
}

void CaseVerifier::cancel()
{
    m_thread.request_stop();
}

} // namespace cordon::ui::bridge
