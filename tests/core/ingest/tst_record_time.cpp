#include "core/ingest/record_time.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

class TestRecordTime : public QObject
{
    Q_OBJECT
private slots:
    void readsWhatSourcesWrite_data();
    void readsWhatSourcesWrite();
    void refusesWhatIsNoTime_data();
    void refusesWhatIsNoTime();
    void saysWhetherAZoneIsNamed();
};

void TestRecordTime::readsWhatSourcesWrite_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("moment");
    QTest::newRow("seconds") << "1621305118"
                             << "2021-05-18T02:31:58.000000Z";
    QTest::newRow("broken seconds") << "1621305118.25"
                                    << "2021-05-18T02:31:58.250000Z";
    QTest::newRow("milliseconds") << "1621305118553"
                                  << "2021-05-18T02:31:58.553000Z";
    QTest::newRow("broken milliseconds") << "1621305118553.5"
                                         << "2021-05-18T02:31:58.553500Z";
    QTest::newRow("microseconds") << "1621305118553001"
                                  << "2021-05-18T02:31:58.553001Z";
    QTest::newRow("nanoseconds") << "1621305118553001999"
                                 << "2021-05-18T02:31:58.553001Z";
    QTest::newRow("more digits than a microsecond has") << "1621305118.12345678999"
                                                        << "2021-05-18T02:31:58.123456Z";
    QTest::newRow("text") << "2021-05-18T02:31:58Z"
                          << "2021-05-18T02:31:58.000000Z";
    QTest::newRow("a space before the offset") << "2024-01-15 10:30:45 +0100"
                                               << "2024-01-15T09:30:45.000000Z";
}

void TestRecordTime::readsWhatSourcesWrite()
{
    QFETCH(QString, text);
    QFETCH(QString, moment);
    const auto time = parseRecordTime(text.toStdString());
    QVERIFY(time);
    QCOMPARE(QString::fromStdString(time->moment.toString()), moment);
}

void TestRecordTime::refusesWhatIsNoTime_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"", "redacted", "1.2.3", "99999999999999999999", "12:30", "-5", ".5", "2024-01-15 ", "1e9"})
        QTest::newRow(text) << text;
}

void TestRecordTime::refusesWhatIsNoTime()
{
    QFETCH(QString, text);
    QVERIFY(!parseRecordTime(text.toStdString()));
}

void TestRecordTime::saysWhetherAZoneIsNamed()
{
    for (const char* text : {"1621305118", "2024-01-15T09:30:45Z", "2024-01-15 09:30:45 +0100", "2024-01-15T09:30:45-05:00"})
        QVERIFY2(parseRecordTime(text)->namesZone, text);
    for (const char* text : {"2024-01-15T09:30:45", "2024-01-15 09:30:45.123"})
        QVERIFY2(!parseRecordTime(text)->namesZone, text);
}

QTEST_GUILESS_MAIN(TestRecordTime)
#include "tst_record_time.moc"
