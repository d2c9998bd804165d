#include "core/base/clock.h"

#include <chrono>
#include <condition_variable>
#include <ctime>
#include <fstream>

namespace cordon {
namespace {

std::int64_t nanosOf(clockid_t clock)
{
    timespec spec{};
    if (clock_gettime(clock, &spec) != 0)
        return 0;
    return static_cast<std::int64_t>(spec.tv_sec) * 1'000'000'000 + spec.tv_nsec;
}

} // namespace

bool Clock::waitUntil(Timestamp time, const std::stop_token& stop) const
{
    // Clocks may stand still or run at a pace of their own, so they are looked at again and again.
    constexpr auto look = std::chrono::milliseconds(2);
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (now() < time && !stop.stop_requested())
        never.wait_for(lock, stop, look, [] { return false; });
    return !stop.stop_requested();
}

Timestamp MachineClock::now() const
{
    return Timestamp::fromMicros(nanosOf(CLOCK_REALTIME) / 1000);
}

std::int64_t MachineClock::monotonicNanos() const
{
    return nanosOf(CLOCK_BOOTTIME);
}

std::string MachineClock::bootId() const
{
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string text;
    file >> text;
    std::erase(text, '-');
    return text.size() == 32 ? text : std::string(32, '0');
}

Timestamp CaseClock::now() const
{
    if (m_isFrozen.load())
        return Timestamp::fromMicros(m_micros.load());
    return m_base.now() + Duration(m_micros.load());
}

void CaseClock::follow(Duration offset)
{
    m_micros.store(offset.count());
    m_isFrozen.store(false);
}

void CaseClock::freeze(Timestamp start)
{
    m_micros.store(start.micros());
    m_isFrozen.store(true);
}

void CaseClock::tick(Duration step)
{
    if (m_isFrozen.load())
        m_micros.fetch_add(step.count());
}

bool CaseClock::waitUntil(Timestamp time, const std::stop_token& stop) const
{
    std::unique_lock lock(m_mutex);
    const auto place = m_waits.insert(time);
    lock.unlock();
    const bool isReached = Clock::waitUntil(time, stop);
    lock.lock();
    m_waits.erase(place);
    return isReached;
}

std::optional<Timestamp> CaseClock::earliestWait() const
{
    const std::lock_guard lock(m_mutex);
    return m_waits.empty() ? std::nullopt : std::optional(*m_waits.begin());
}

Duration CaseClock::offset() const
{
    return now() - m_base.now();
}

} // namespace cordon
