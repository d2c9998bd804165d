#include "ui/text/times.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <array>

namespace cordon::ui::text {
namespace {

class Times
{
    Q_DECLARE_TR_FUNCTIONS(Times)
};

QDateTime utc(Timestamp time)
{
    const std::int64_t micros = time.micros();
    const std::int64_t millis = micros >= 0 ? micros / 1000 : (micros - 999) / 1000;
    return QDateTime::fromMSecsSinceEpoch(millis, Qt::UTC);
}

} // namespace

QString clockMinutes(Timestamp time)
{
    return utc(time).toString(QStringLiteral("HH:mm"));
}

QString clockSeconds(Timestamp time)
{
    return utc(time).toString(QStringLiteral("HH:mm:ss"));
}

QString clockMillis(Timestamp time)
{
    return utc(time).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString day(Timestamp time)
{
    return QLocale().toString(utc(time).date(), QStringLiteral("d MMM yyyy"));
}

QString dayAndClock(Timestamp time)
{
    return utc(time).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString dayAndMillis(Timestamp time)
{
    return utc(time).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
}

QString shortDay(Timestamp time)
{
    const QDate date = utc(time).date();
    const bool isThisYear = date.year() == QDateTime::currentDateTimeUtc().date().year();
    return isThisYear ? QLocale().toString(date, QStringLiteral("d MMM")) : day(time);
}

bool needsDay(Timestamp from, Timestamp to)
{
    const QDate today = QDateTime::currentDateTimeUtc().date();
    return utc(from).date() != today || utc(to).date() != today;
}

QString momentMinutes(Timestamp time)
{
    return needsDay(time, time) ? Times::tr("%1 %2", "day, time").arg(shortDay(time), clockMinutes(time)) : clockMinutes(time);
}

QString momentMillis(Timestamp time)
{
    return needsDay(time, time) ? dayAndMillis(time) : clockMillis(time);
}

QString span(Timestamp from, Timestamp to)
{
    if (!needsDay(from, to))
        return Times::tr("%1 – %2 UTC", "from and to").arg(clockSeconds(from), clockSeconds(to));
    if (utc(from).date() == utc(to).date())
        return Times::tr("%1 %2 – %3 UTC", "day, from and to").arg(shortDay(from), clockSeconds(from), clockSeconds(to));
    return Times::tr("%1 %2 – %3 %4 UTC", "day and time, twice")
        .arg(shortDay(from), clockMinutes(from), shortDay(to), clockMinutes(to));
}

QString localTooltip(Timestamp time)
{
    const QDateTime moment = utc(time);
    const QDateTime here = moment.toLocalTime();
    return Times::tr("%1 %2 UTC · %3 %4 here", "day, time, local time, zone")
        .arg(day(time), clockMillis(time), here.toString(QStringLiteral("HH:mm:ss")),
             here.timeZone().abbreviation(here));
}

QString length(Duration duration)
{
    const std::int64_t millis = duration.count() / 1000;
    const std::int64_t seconds = millis / 1000;
    if (millis < 10'000)
        return Times::tr("%1 s", "seconds").arg(QString::number(static_cast<double>(millis) / 1000.0, 'f', 1));
    if (seconds < 60)
        return Times::tr("%1 s", "seconds").arg(seconds);
    if (seconds < 600 && seconds % 60 != 0)
        return Times::tr("%1 min %2 s", "minutes, seconds").arg(seconds / 60).arg(seconds % 60);
    if (seconds < 3600)
        return Times::tr("%1 min", "minutes").arg(seconds / 60);
    if (seconds < 86'400)
        return seconds % 3600 < 60 ? Times::tr("%1 h", "hours").arg(seconds / 3600)
                                   : Times::tr("%1 h %2 min", "hours, minutes").arg(seconds / 3600).arg(seconds % 3600 / 60);
    return Times::tr("%1 d", "days").arg(seconds / 86'400);
}

QString countdown(Duration left)
{
    const std::int64_t seconds = std::max<std::int64_t>(0, left.count() / 1'000'000);
    const auto two = [](std::int64_t n) { return QStringLiteral("%1").arg(n, 2, 10, QLatin1Char('0')); };
    if (seconds >= 3600)
        return QStringLiteral("%1:%2:%3").arg(QString::number(seconds / 3600), two(seconds / 60 % 60), two(seconds % 60));
    return QStringLiteral("%1:%2").arg(two(seconds / 60), two(seconds % 60));
}

QString bytes(double count)
{
    static const std::array<const char*, 5> units{"B", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    while (count >= 1000 && unit + 1 < units.size()) {
        count /= 1000;
        ++unit;
    }
    const int places = unit == 0 || count >= 100 ? 0 : 1;
    return QStringLiteral("%1 %2").arg(QString::number(count, 'f', places), QLatin1String(units[unit]));
}

QString count(std::int64_t number)
{
    QString digits = QString::number(number);
    for (qsizetype i = digits.size() - 3; i > (number < 0 ? 1 : 0); i -= 3)
        digits.insert(i, QChar(0x202f));
    return digits;
}

} // namespace cordon::ui::text
