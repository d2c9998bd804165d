#include "core/detect/quiet_watch.h"

#include <QTest>

using namespace cordon;
using namespace cordon::detect;
using namespace std::chrono_literals;

namespace {

const Timestamp start = *Timestamp::parse("2026-11-22T00:00:00Z");

/// Speaks every `gap` from the start, so many times; records arrive as they are made.
Timestamp speak(QuietWatch& watch, const std::string& source, Duration gap, int times, Timestamp from = start)
{
    for (int i = 0; i < times; ++i) {
        from = from + gap;
        watch.heard(source, from, EventId{i + 1});
        watch.arrived(from);
    }
    return from;
}

} // namespace

class TestQuietWatch : public QObject
{
    Q_OBJECT

private slots:
    void tooLittlePastTellsNothing()
    {
        QuietWatch watch;
        const Timestamp last = speak(watch, "a", 1s, QuietWatch::fewestGaps); // one gap less than speeches
        QVERIFY(!watch.allowed("a"));
        QVERIFY(watch.check(last + 1000h).empty());
    }

    void aBusySourceIsQuietAfterAQuarterOfAnHour()
    {
        QuietWatch watch;
        const Timestamp last = speak(watch, "a", 1s, 100);
        QVERIFY(watch.check(last + 15min).empty());
        const auto silences = watch.check(last + 15min + 1s);
        QCOMPARE(silences.size(), std::size_t{1});
        QCOMPARE(silences[0].source, std::string("a"));
        QVERIFY(silences[0].since == last && silences[0].at == last + 15min);
        QVERIFY(silences[0].last == EventId{100});
        QVERIFY(watch.stateOf("a")["told"].asBool());
    }

    void itIsToldOnceUntilItSpeaksAgain()
    {
        QuietWatch watch;
        Timestamp last = speak(watch, "a", 1s, 100);
        QCOMPARE(watch.check(last + 1h).size(), std::size_t{1});
        QVERIFY(watch.check(last + 2h).empty());
        last = speak(watch, "a", 1s, 200, last + 3h);
        QVERIFY(!watch.stateOf("a")["told"].asBool());
        QVERIFY(watch.check(last + 1h).empty()); // it was quiet for three hours once: now that is nothing unusual
        QCOMPARE(watch.check(last + 4h).size(), std::size_t{1});
    }

    void aSlowSourceIsGivenFourOfItsUsualGaps()
    {
        QuietWatch watch;
        const Timestamp last = speak(watch, "a", 1h, 50);
        const Duration allowed = *watch.allowed("a");
        QVERIFY2(allowed >= 4h && allowed < 5h, std::to_string(allowed.count()).c_str()); // the steps are a fifth apart
        QVERIFY(watch.check(last + 4h).empty());
        QCOMPARE(watch.check(last + 5h).size(), std::size_t{1});
    }

    void whatIsDeliveredInBatchesIsMeasuredByItsDeliveries()
    {
        QuietWatch watch;
        Timestamp now = start;
        for (int batch = 0; batch < 30; ++batch) { // events a second apart, delivered every ten minutes
            for (int i = 0; i < 60; ++i)
                watch.heard("a", now + std::chrono::seconds(i), EventId{1});
            now = now + 10min;
            watch.arrived(now);
        }
        QVERIFY(watch.check(now + 39min).empty());
        QCOMPARE(watch.check(now + 48min).size(), std::size_t{1});
    }

    void aNightInThePastIsNoSilence()
    {
        QuietWatch watch;
        Timestamp last = speak(watch, "a", 1s, 1000);
        last = speak(watch, "a", 1s, 1000, last + 8h);
        QVERIFY(watch.check(last + 9h).empty());
        QCOMPARE(watch.check(last + 10h + 1min).size(), std::size_t{1}); // a quarter more than ever
    }

    void aSilenceThatEndedIsToldByTheLogsOwnTime()
    {
        QuietWatch watch;
        speak(watch, "a", 1s, 50);
        const auto silence = watch.heard("a", start + 50s + 2h, EventId{99});
        QVERIFY(silence);
        QVERIFY(silence->since == start + 50s && silence->last == EventId{50});
        QVERIFY(!watch.heard("a", start + 50s + 2h + 1s, EventId{100}));
    }

    void lateRecordsTeachNothingAndEndASilence()
    {
        QuietWatch watch;
        const Timestamp last = speak(watch, "a", 1s, 50);
        const Duration allowed = *watch.allowed("a");
        QCOMPARE(watch.check(last + 1h).size(), std::size_t{1});
        QVERIFY(!watch.heard("a", start, EventId{51}));
        QVERIFY(!watch.stateOf("a")["told"].asBool());
        QVERIFY(*watch.allowed("a") == allowed);
    }

    void sourcesAreApart()
    {
        QuietWatch watch;
        const Timestamp last = speak(watch, "a", 1s, 50);
        speak(watch, "b", 1s, 5000);
        const auto silences = watch.check(last + 30min);
        QCOMPARE(silences.size(), std::size_t{1});
        QCOMPARE(silences[0].source, std::string("a"));
    }

    void whatIsKnownSurvivesARestart()
    {
        QuietWatch before;
        const Timestamp last = speak(before, "a", 7s, 500);
        QVERIFY(before.takeChanged() == std::set<std::string>{"a"});
        QVERIFY(before.takeChanged().empty());
        QuietWatch after;
        after.restore("a", before.stateOf("a"));
        QVERIFY(after.allowed("a") == before.allowed("a"));
        QVERIFY(after.check(last + 15min).empty());
        QCOMPARE(after.check(last + 16min).size(), std::size_t{1});
        QuietWatch later;
        later.restore("a", after.stateOf("a"));
        QVERIFY(later.check(last + 17min).empty()); // told before the restart
    }
};

QTEST_GUILESS_MAIN(TestQuietWatch)
#include "tst_quiet_watch.moc"
