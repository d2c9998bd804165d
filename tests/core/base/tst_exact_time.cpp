#include "core/base/exact_time.h"

#include <QtTest>

using namespace cordon;

/// One spelling of a time in what people sign.
class TestExactTime : public QObject
{
    Q_OBJECT

private slots:
    void oneSpellingIsATime_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isTime");
        const auto row = [](const char* text, bool isTime) { QTest::addRow("'%s'", text) << QString(text) << isTime; };
        row("2026-11-22T12:06:42.001500Z", true);
        row("2026-11-22T12:06:42Z", true);
        for (const char* odd : {"", "2026-11-22T12:06:42+00:00", "2026-11-22T12:06:42", "2026-11-22 12:06:42Z", "2026-11-22t12:06:42z",
                                "2026-11-22T12:06:42.001500000Z", "2026-11-22T12:06:42.0Z", "2026-11-22T12:06:42,001500Z", "2026-11-22T12:06Z",
                                "2026-11-22T12:06:60Z", "2026-02-30T12:06:42Z", "0000-01-01T00:00:00Z", "2026-11-22T12:06:42.001500Z "})
            row(odd, false);
    }
    void oneSpellingIsATime()
    {
        QFETCH(QString, text);
        QFETCH(bool, isTime);
        QCOMPARE(exactTime(text.toStdString()).has_value(), isTime);
    }
};

QTEST_GUILESS_MAIN(TestExactTime)
#include "tst_exact_time.moc"
