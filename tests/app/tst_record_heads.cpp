#include "app/ctl/record_heads.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ctl;

class TestRecordHeads : public QObject
{
    Q_OBJECT

private slots:
    void givesEveryHeadBackWhicheverIsAskedFor()
    {
        constexpr std::uint64_t count = 20'000; // more than one block
        RecordHeads heads;
        const auto text = [](std::uint64_t record) { return std::string(40 + record % 7, 'e') + std::to_string(record); };
        for (std::uint64_t record = 0; record < count; record += 2)
            heads.add(record, Timestamp::fromMicros(static_cast<std::int64_t>(record) * 1000), text(record));
        for (const std::uint64_t record : {std::uint64_t{0}, count - 2, std::uint64_t{9998}, std::uint64_t{2}, std::uint64_t{9998}}) {
            const auto head = heads.find(record);
            QVERIFY(head);
            QCOMPARE(head->time.micros(), static_cast<std::int64_t>(record) * 1000);
            QCOMPARE(head->entities, text(record));
        }
        QVERIFY(!heads.find(9999));
        QVERIFY(!heads.find(count));
    }

    void aNumberThatComesAgainKeepsItsFirstHead()
    {
        RecordHeads heads;
        heads.add(7, Timestamp::fromMicros(1), "first");
        heads.add(3, Timestamp::fromMicros(2), "lower");
        heads.add(7, Timestamp::fromMicros(3), "again");
        QCOMPARE(heads.find(7)->entities, std::string("first"));
        QCOMPARE(heads.find(3)->entities, std::string("lower"));
    }
};

QTEST_GUILESS_MAIN(TestRecordHeads)
#include "tst_record_heads.moc"
