#include "ui/approval/reading_delay.h"

#include <QElapsedTimer>

#include <algorithm>

namespace cordon::ui::approval {
namespace {

ReadingDelay::Now machineClock()
{
    QElapsedTimer timer;
    timer.start();
    return [timer] { return std::chrono::milliseconds(timer.elapsed()); };
}

} // namespace

ReadingDelay::ReadingDelay(std::chrono::milliseconds length, Now now)
    : m_length(length)
    , m_now(now ? std::move(now) : machineClock())
    , m_start(m_now())
{}

void ReadingDelay::restart()
{
    m_start = m_now();
}

std::chrono::milliseconds ReadingDelay::left() const
{
    return std::max(std::chrono::milliseconds::zero(), m_length - (m_now() - m_start));
}

std::chrono::milliseconds ReadingDelay::lengthFor(Tier tier)
{
    return tier >= Tier::T3 ? std::chrono::milliseconds(3000) : std::chrono::milliseconds(1500);
}

} // namespace cordon::ui::approval
