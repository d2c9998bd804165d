#include "core/platform/spooled_bytes.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::platform;

class TestSpooledBytes : public QObject
{
    Q_OBJECT

private slots:
    void givesBackWhatIsInMemoryAndWhatIsNot();
    void keepsAllWhereNothingCanBeWritten();
};

static bool holdsAll(SpooledBytes& spooled)
{
    std::vector<std::uint64_t> places;
    const auto text = [](std::size_t number) { return "text " + std::to_string(number); };
    for (std::size_t at = 0; at < 1000; ++at)
        places.push_back(spooled.add(text(at)));
    for (std::size_t at = 0; at < 1000; ++at) {
        const auto read = spooled.read(places[at], text(at).size());
        if (!read || *read != text(at))
            return false;
    }
    return true;
}

void TestSpooledBytes::givesBackWhatIsInMemoryAndWhatIsNot()
{
    SpooledBytes spooled(100);
    QVERIFY(holdsAll(spooled));
    QVERIFY(spooled.onDisk() > 7000);
    QVERIFY(!spooled.read(1'000'000, 1));
    QVERIFY(!spooled.read(spooled.onDisk() - 1, 3)); // what is half on disk was never added
}

void TestSpooledBytes::keepsAllWhereNothingCanBeWritten()
{
    qputenv("TMPDIR", "/nowhere/at/all");
    SpooledBytes spooled(100);
    const bool isWell = holdsAll(spooled);
    qunsetenv("TMPDIR");
    QVERIFY(isWell);
    QCOMPARE(spooled.onDisk(), std::uint64_t(0));
}

QTEST_GUILESS_MAIN(TestSpooledBytes)
#include "tst_spooled_bytes.moc"
