#include "core/base/clock.h"

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

Duration CaseClock::offset() const
{
    return now() - m_base.now();
}

} // namespace cordon
