#include "core/ingest/time_pattern.h"
#include "core/ingest/time_zone.h"
#include "core/platform/file.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

class TestTimeZone : public QObject
{
    Q_OBJECT
private slots:
    void turnsClockReadingsIntoUtc_data();
    void turnsClockReadingsIntoUtc();
    void refusesWhatIsNoZone_data();
    void refusesWhatIsNoZone();
    void damagedZoneFilesAreRefused();
    void patternsAreRead_data();
    void patternsAreRead();
    void patternsThatCannotBeAreRefused();
};

void TestTimeZone::turnsClockReadingsIntoUtc_data()
{
    // Checked with `date -u -d 'TZ="…" …'`.
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("reading");
    QTest::addColumn<QString>("utc");
    QTest::newRow("UTC") << "UTC" << "2024-07-01T12:00:00" << "2024-07-01T12:00:00.000000Z";
    QTest::newRow("offset") << "+05:30" << "2024-07-01T12:00:00" << "2024-07-01T06:30:00.000000Z";
    QTest::newRow("offset west") << "-03:00" << "2024-07-01T23:00:00" << "2024-07-02T02:00:00.000000Z";
    QTest::newRow("summer") << "Europe/Berlin" << "2024-07-01T12:00:00" << "2024-07-01T10:00:00.000000Z";
    QTest::newRow("winter") << "Europe/Berlin" << "2024-12-01T12:00:00" << "2024-12-01T11:00:00.000000Z";
    QTest::newRow("comes twice: the first") << "Europe/Berlin" << "2024-10-27T02:30:00" << "2024-10-27T00:30:00.000000Z";
    QTest::newRow("is skipped") << "Europe/Berlin" << "2024-03-31T02:30:00" << "2024-03-31T01:30:00.000000Z";
    QTest::newRow("just before the change") << "America/New_York" << "2024-03-10T01:59:59" << "2024-03-10T06:59:59.000000Z";
    QTest::newRow("just after the change") << "America/New_York" << "2024-03-10T03:00:00" << "2024-03-10T07:00:00.000000Z";
    QTest::newRow("south of the equator") << "Australia/Sydney" << "2024-01-01T12:00:00" << "2024-01-01T01:00:00.000000Z";
    QTest::newRow("told by rule, summer") << "Europe/Berlin" << "2050-07-01T12:00:00" << "2050-07-01T10:00:00.000000Z";
    QTest::newRow("told by rule, winter") << "Europe/Berlin" << "2050-12-01T12:00:00" << "2050-12-01T11:00:00.000000Z";
    QTest::newRow("told by rule, south") << "Australia/Sydney" << "2050-12-01T12:00:00" << "2050-12-01T01:00:00.000000Z";
    QTest::newRow("no summer time") << "Asia/Tokyo" << "2050-07-01T12:00:00" << "2050-07-01T03:00:00.000000Z";
}

void TestTimeZone::turnsClockReadingsIntoUtc()
{
    QFETCH(QString, zone);
    QFETCH(QString, reading);
    QFETCH(QString, utc);
    const auto found = TimeZone::named(zone.toStdString());
    if (!found && found.error().code == ErrorCode::NotFound)
        QSKIP("no zone files on this machine");
    QVERIFY2(found, found ? "" : found.error().detail.c_str());
    const auto moment = Timestamp::parse(reading.toStdString());
    QVERIFY(moment);
    QCOMPARE(QString::fromStdString(found->utcOf(*moment).toString()), utc);
}

void TestTimeZone::refusesWhatIsNoZone_data()
{
    QTest::addColumn<QString>("zone");
    for (const char* zone : {"", "Mars/Phobos", "../../etc/passwd", "/etc/passwd", "Europe", "+99:00", "+1:2:3:4", "CET;x", "tzdata.zi"})
        QTest::newRow(zone) << zone;
}

void TestTimeZone::refusesWhatIsNoZone()
{
    QFETCH(QString, zone);
    QVERIFY(!TimeZone::named(zone.toStdString()));
}

void TestTimeZone::damagedZoneFilesAreRefused()
{
    const auto bytes = platform::readFile("/usr/share/zoneinfo/Europe/Berlin");
    if (!bytes)
        QSKIP("no zone files on this machine");
    QVERIFY(TimeZone::fromFile(*bytes));
    for (std::size_t size = 0; size + 40 < bytes->size(); size += 7)
        QVERIFY(!TimeZone::fromFile(std::string_view(*bytes).substr(0, size)));
    for (std::size_t at = 0; at < bytes->size(); at += 3) {
        std::string changed = *bytes;
        changed[at] = static_cast<char>(~changed[at]);
        if (const auto zone = TimeZone::fromFile(changed)) // whatever it says, it must say it without harm
            (void)zone->utcOf(Timestamp::fromMicros(1'700'000'000'000'000));
    }
}

void TestTimeZone::patternsAreRead_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("moment");
    QTest::addColumn<bool>("namesZone");
    QTest::newRow("web server") << "%d/%b/%Y:%H:%M:%S %z" << "15/Jan/2024:09:30:45 +0100" << "2024-01-15T08:30:45.000000Z" << true;
    QTest::newRow("German") << "%d.%m.%Y %T" << "15.01.2024 09:30:45" << "2024-01-15T09:30:45.000000Z" << false;
    QTest::newRow("afternoon") << "%m/%d/%y %I:%M %p" << "1/5/24 12:30 pm" << "2024-01-05T12:30:00.000000Z" << false;
    QTest::newRow("midnight") << "%m/%d/%y %I:%M %p" << "1/5/24 12:30 AM" << "2024-01-05T00:30:00.000000Z" << false;
    QTest::newRow("fraction") << "%F %T.%f" << "2024-01-15 09:30:45.25" << "2024-01-15T09:30:45.250000Z" << false;
    QTest::newRow("weekday") << "%a %b %e %T %Y" << "Mon Jan  5 09:30:45 2024" << "2024-01-05T09:30:45.000000Z" << false;
    QTest::newRow("no such day") << "%F" << "2024-02-30" << "" << false;
    QTest::newRow("more behind") << "%F" << "2024-02-20 x" << "" << false;
    QTest::newRow("not so") << "%F" << "20.02.2024" << "" << false;
    QTest::newRow("empty") << "%F" << "" << "" << false;
}

void TestTimeZone::patternsAreRead()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QFETCH(QString, moment);
    QFETCH(bool, namesZone);
    QVERIFY(checkTimePattern(pattern.toStdString()));
    const auto time = parseByPattern(text.toStdString(), pattern.toStdString());
    QCOMPARE(time ? QString::fromStdString(time->moment.toString()) : QString(), moment);
    if (time)
        QCOMPARE(time->namesZone, namesZone);
}

void TestTimeZone::patternsThatCannotBeAreRefused()
{
    for (const char* pattern : {"%Q", "%", "%H:%M", "%Y-%m", "date"})
        QVERIFY2(!checkTimePattern(pattern), pattern);
}

QTEST_GUILESS_MAIN(TestTimeZone)
#include "tst_time_zone.moc"
