#include "ui/widgets/time_ticks.h"

#include <QDateTime>

#include <algorithm>
#include <array>

namespace cordon::ui::widgets {

std::vector<TimeTick> timeTicks(qint64 from, qint64 to, int most)
{
    constexpr qint64 second = 1'000'000;
    constexpr qint64 day = 86400 * second;
    static const std::array<qint64, 24> steps{
        second / 10,   second,         2 * second,     5 * second,     10 * second,     15 * second,
        30 * second,   60 * second,    120 * second,   300 * second,   600 * second,    900 * second,
        1800 * second, 3600 * second,  7200 * second,  10800 * second, 21600 * second,  43200 * second,
        86400 * second, 172800 * second, 604800 * second, 2592000 * second, 7776000 * second, 31536000 * second};
    if (to <= from || most < 1)
        return {};
    const auto fits = std::find_if(steps.begin(), steps.end(), [&](qint64 step) { return (to - from) / step <= most; });
    const qint64 step = fits == steps.end() ? steps.back() : *fits;
    const QString shape = step < second           ? QStringLiteral("HH:mm:ss.z")
                          : step < 60 * second    ? QStringLiteral("HH:mm:ss")
                          : step < day          ? QStringLiteral("HH:mm")
                                                  : QStringLiteral("d MMM");
    std::vector<TimeTick> ticks;
    QDate said = QDateTime::currentDateTimeUtc().date(); // of today's times the day goes without saying
    for (qint64 at = (from + step - 1) / step * step; at <= to; at += step) {
        const QDateTime moment = QDateTime::fromMSecsSinceEpoch(at / 1000, Qt::UTC);
        const bool saysDay = step < day && moment.date() != said;
        said = moment.date();
        ticks.push_back({at, moment.toString(saysDay ? QStringLiteral("d MMM ") + shape : shape)});
    }
    return ticks;
}

} // namespace cordon::ui::widgets
