#include "core/detect/baseline_past.h"

#include <QTest>

using namespace cordon;
using namespace cordon::detect;

namespace {

Timestamp hour(std::int64_t number)
{
    return *Timestamp::parse("2026-03-01T00:00:00Z") + std::chrono::hours(number);
}

} // namespace

class TestBaselinePast : public QObject
{
    Q_OBJECT
private slots:
    void countsToTheHour();
    void aLongPastStaysBoundedAndNearlyExact();
    void timesBeforeTheEpochCount();
};

void TestBaselinePast::countsToTheHour()
{
    BaselinePast past;
    for (int at = 0; at < 100; ++at) {
        past.add(hour(99 - at));
        past.add(hour(99 - at));
    }
    QCOMPARE(past.first(), hour(0));
    QCOMPARE(past.total(), std::uint64_t{200});
    QCOMPARE(past.count(hour(0), hour(100)), std::uint64_t{200});
    QCOMPARE(past.count(hour(10), hour(20)), std::uint64_t{20});
    QCOMPARE(past.count(hour(20), hour(10)), std::uint64_t{0});
}

void TestBaselinePast::aLongPastStaysBoundedAndNearlyExact()
{
    BaselinePast past;
    constexpr int hours = 24 * 365;
    for (int at = 0; at < hours; ++at)
        past.add(hour(at));
    const auto all = static_cast<double>(past.count(hour(0), hour(hours)));
    QVERIFY2(std::abs(all - hours) < 64, std::to_string(all).c_str());
    const auto half = static_cast<double>(past.count(hour(0), hour(hours / 2)));
    QVERIFY2(std::abs(half - hours / 2.0) < 64, std::to_string(half).c_str());
}

void TestBaselinePast::timesBeforeTheEpochCount()
{
    BaselinePast past;
    past.add(*Timestamp::parse("1969-12-31T23:30:00Z"));
    past.add(*Timestamp::parse("1970-01-01T00:30:00Z"));
    QCOMPARE(past.count(*Timestamp::parse("1969-12-31T00:00:00Z"), *Timestamp::parse("1970-01-01T00:00:00Z")),
             std::uint64_t{1});
}

QTEST_GUILESS_MAIN(TestBaselinePast)
#include "tst_baseline_past.moc"
