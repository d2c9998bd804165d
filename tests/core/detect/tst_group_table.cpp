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
    QTest::addColumn<quint64>("hashes");
    QTest::newRow("well spread") << quint64(0);
    QTest::newRow("hashes that collide") << quint64(7);
    QTest::newRow("one hash for all") << quint64(1);
}

void TestGroupTable::agreesWithAMapWhileGroupsComeAndGo()
{
    QFETCH(quint64, hashes);
    const auto hashOf = [&](unsigned number) {
        return hashes == 0 ? number * 0x9E3779B97F4A7C15U : static_cast<std::uint64_t>(number) % hashes;
    };
    std::mt19937 random(7);
    GroupTable table;
    std::map<std::string, GroupTable::Index> known;
    for (int step = 0; step < 20'000; ++step) {
        const unsigned number = random() % 300;
        const std::string values = "group " + std::to_string(number);
        const auto place = known.find(values);
        if (random() % 2 == 0) {
            const GroupTable::Index index = table.find(values, hashOf(number));
            QCOMPARE(table[index].values, values);
            QCOMPARE(table[index].number, index);
            if (place != known.end())
                QCOMPARE(index, place->second);
            known[values] = index;
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
