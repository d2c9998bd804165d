#include "core/engine/log_pace.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::engine;
using namespace std::chrono_literals;

class TestLogPace : public QObject
{
    Q_OBJECT
private slots:
    void aDateThatStandsAloneMovesNothing()
    {
        LogPace pace;
        for (int i = 0; i < 10; ++i) {
            QVERIFY(pace.take(m_start + i * 1h, {}) == m_start + i * 1h);
            QVERIFY(pace.take(m_start + std::chrono::hours(100'000 * (i + 1)), {}) == m_start + std::chrono::hours(100'000 * (i + 1)));
        }
        QVERIFY(pace.reached() == m_start + 9h);
    }
    void norWhenItIsTheFirst()
    {
        LogPace pace;
        pace.take(m_start + 100'000h, {});
        QVERIFY(!pace.reached());
        pace.take(m_start, {});
        QVERIFY(!pace.reached());
        pace.take(m_start + 1h, {});
        QVERIFY(pace.reached() == m_start + 1h);
    }
    void aLogThatWasQuietGoesOnWithItsSecondRecord()
    {
        LogPace pace;
        pace.take(m_start, {});
        pace.take(m_start + 1h, {});
        pace.take(m_start + 1000h, {});
        QVERIFY(pace.reached() == m_start + 1h);
        pace.take(m_start + 999h, {});
        QVERIFY(pace.reached() == m_start + 999h);
        pace.take(m_start + 1000h, {});
        QVERIFY(pace.reached() == m_start + 1000h);
    }
    void noRecordIsLaterThanItsArrival()
    {
        LogPace pace;
        const Timestamp now = m_start + 1000h;
        QVERIFY(pace.take(m_start, now) == m_start);
        QVERIFY(pace.take(m_start + 1h, now) == m_start + 1h);
        for (int i = 0; i < 3; ++i)
            QVERIFY(pace.take(now + std::chrono::hours(30'000 + i), now) == now); // however many agree
        QVERIFY(pace.reached() == m_start + 1h);
        QVERIFY(pace.take(now - 1min, now) == now - 1min); // what is of today needs no second
        QVERIFY(pace.reached() == now - 1min);
        QVERIFY(pace.take(now + 5min, now) == now); // a clock that is ahead
        QVERIFY(pace.reached() == now);
    }

private:
    const Timestamp m_start = *Timestamp::parse("2026-03-01T00:00:00Z");
};

QTEST_GUILESS_MAIN(TestLogPace)
#include "tst_log_pace.moc"
