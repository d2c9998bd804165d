#include "core/detect/group_table.h"

#include <QtTest>
#include <map>
#include <random>

using namespace cordon::detect;

class TestGroupTable : public QObject
{
    Q_OBJECT

private slots:
    void agreesWithAMapWhileGroupsComeAndGo_data();
    void agreesWithAMapWhileGroupsComeAndGo();
};

void TestGroupTable::agreesWithAMapWhileGroupsComeAndGo_data()
{
    QTest::addColumn<quint64>("places");
    QTest::newRow("well spread") << quint64(0);
    QTest::newRow("few places in the table") << quint64(7);
    QTest::newRow("one place in the table") << quint64(1);
}

void TestGroupTable::agreesWithAMapWhileGroupsComeAndGo()
{
    QFETCH(quint64, places);
    // The place is made of both halves.
    const auto hashOf = [&](unsigned number) {
        const std::uint64_t high = std::uint64_t{number} << 32U;
        return places == 0 ? number * 0x9E3779B97F4A7C15U : high | (number ^ (number % places));
    };
    std::mt19937 random(7);
    GroupTable table;
    std::map<std::uint64_t, GroupTable::Index> known;
    for (int step = 0; step < 20'000; ++step) {
        const unsigned number = random() % 300;
        const std::uint64_t hash = hashOf(number);
        const auto place = known.find(hash);
        if (random() % 2 == 0) {
            const GroupTable::Index index = table.find(hash);
            QCOMPARE(table[index].hash, hash);
            QCOMPARE(table[index].number, index);
            if (place != known.end())
                QCOMPARE(index, place->second);
            known[hash] = index;
        } else if (place != known.end()) {
            table.remove(place->second);
            known.erase(place);
        }
        QCOMPARE(table.size(), known.size());
    }
    QVERIFY(table.end() <= 300); // numbers are used again
}

QTEST_GUILESS_MAIN(TestGroupTable)
#include "tst_group_table.moc"
