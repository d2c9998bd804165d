#include "core/base/time.h"

#include <QTest>

using namespace cordon;

class TestTime : public QObject
{
    Q_OBJECT
private slots:
    void readsAndWritesUtc_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("utc"); // "" = refused
        QTest::newRow("RFC 3339") << "2026-11-22T12:06:42Z" << "2026-11-22T12:06:42.000000Z";
        QTest::newRow("fraction cut after microseconds") << "2026-11-22T12:06:42.1234567Z" << "2026-11-22T12:06:42.123456Z";
        QTest::newRow("offset") << "2026-11-22T01:00:00+02:00" << "2026-11-21T23:00:00.000000Z";
        QTest::newRow("offset without colon") << "2026-11-22T01:00:00-0130" << "2026-11-22T02:30:00.000000Z";
        QTest::newRow("blank instead of T, no zone") << "2021-01-08 21:28:34.875" << "2021-01-08T21:28:34.875000Z";
        QTest::newRow("leap day") << "2024-02-29T00:00:00Z" << "2024-02-29T00:00:00.000000Z";
        QTest::newRow("day that does not exist") << "2023-02-29T00:00:00Z" << "";
        QTest::newRow("hour 24") << "2023-02-28T24:00:00Z" << "";
        QTest::newRow("text after it") << "2023-02-28T23:00:00Zx" << "";
        QTest::newRow("no fraction digits") << "2023-02-28T23:00:00.Z" << "";
        QTest::newRow("empty") << "" << "";
        QTest::newRow("before 1970") << "1969-12-31T23:59:59.5Z" << "1969-12-31T23:59:59.500000Z";
    }
    void readsAndWritesUtc()
    {
        QFETCH(QString, text);
        QFETCH(QString, utc);
        const auto time = Timestamp::parse(text.toStdString());
        QCOMPARE(time.has_value(), !utc.isEmpty());
        if (time)
            QCOMPARE(QString::fromStdString(time->toString()), utc);
    }

    void readsDurations()
    {
        QCOMPARE(parseDuration("90d")->count(), 90LL * 86'400'000'000);
        QCOMPARE(parseDuration("45s")->count(), 45'000'000LL);
        for (const char* wrong : {"", "4", "h", "-1h", "0m", "1.5h", "4 h", "4hh", "99999999999d"})
            QVERIFY2(!parseDuration(wrong).has_value(), wrong);
    }
};

QTEST_GUILESS_MAIN(TestTime)
#include "tst_time.moc"
