#include "core/detect/baseline_past.h"

#include <algorithm>
#include <cmath>

namespace cordon::detect {
namespace {

std::int64_t floorDivided(std::int64_t value, std::int64_t by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

} // namespace

void BaselinePast::add(Timestamp time)
{
    m_first = m_total == 0 ? time : std::min(m_first, time);
    ++m_total;
    const std::int64_t number = floorDivided(time.micros(), m_width);
    if (!m_steps.empty() && m_steps.back().number == number) {
        ++m_steps.back().count;
        return;
    }
    const auto place = std::lower_bound(m_steps.begin(), m_steps.end(), number,
                                        [](const Step& step, std::int64_t wanted) { return step.number < wanted; });
    if (place != m_steps.end() && place->number == number) {
        ++place->count;
        return;
    }
    m_steps.insert(place, {number, 1});
    while (m_steps.size() > mostSteps)
        widen();
}

void BaselinePast::widen()
{
    m_width *= 2;
    std::vector<Step> wider;
    for (const Step& step : m_steps) {
        const std::int64_t number = floorDivided(step.number, 2);
        if (!wider.empty() && wider.back().number == number)
            wider.back().count += step.count;
        else
            wider.push_back({number, step.count});
    }
    m_steps = std::move(wider);
}

double BaselinePast::countBefore(Timestamp time) const
{
    const std::int64_t number = floorDivided(time.micros(), m_width);
    double count = 0;
    for (const Step& step : m_steps) {
        if (step.number > number)
            break;
        const auto into = static_cast<double>(time.micros() - number * m_width);
        count += step.number < number ? step.count : step.count * into / static_cast<double>(m_width);
    }
    return count;
}

std::uint64_t BaselinePast::count(Timestamp from, Timestamp to) const
{
    return static_cast<std::uint64_t>(std::llround(std::max(0.0, countBefore(to) - countBefore(from))));
}

} // namespace cordon::detect
