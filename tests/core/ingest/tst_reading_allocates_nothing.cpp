#include "core/ingest/json_event_view.h"
#include "core/ingest/record_framer.h"
#include "tests/support/counted_allocations.h"

#include <QTest>
#include <algorithm>

using namespace cordon;
using namespace cordon::ingest;
using cordon::test::allocations;

class TestReadingAllocatesNothing : public QObject
{
    Q_OBJECT
private slots:
    void onceTheBuffersHaveGrown();
};

/// Framing, checking and finding values of records like those before them costs no memory of its own.
void TestReadingAllocatesNothing::onceTheBuffersHaveGrown()
{
    std::string chunk;
    for (int at = 0; at < 50; ++at)
        chunk += "{\"eventName\":\"Get\\u0041\",\"id\":" + std::to_string(1000 + at) +
                 ",\"userIdentity\":{\"type\":\"Role\",\"tags\":[{\"key\":\"a name longer than any small string\"},1.50]},"
                 "\"unplanned\":{\"x\":[1,2,{\"y\":null}]}}\n";
    FieldPlan plan;
    const std::vector<FieldIndex> fields{plan.add("eventName"), plan.add("id"), plan.add("userIdentity.type"),
                                         plan.add("userIdentity.tags"), plan.add("userIdentity.tags.key"),
                                         plan.add("absent.field")};
    RecordFramer framer;
    JsonEventView view(plan);
    std::size_t before = 0;
    std::size_t values = 0;
    for (int turn = 0; turn < 12; ++turn) {
        if (turn == 4)
            before = allocations;
        std::copy(chunk.begin(), chunk.end(), framer.space(chunk.size()));
        framer.written(chunk.size());
        while (const auto frame = framer.next()) {
            QVERIFY(frame->outline != nullptr);
            QVERIFY(view.read(frame->bytes, frame->raw, frame->outline));
            for (const FieldIndex field : fields)
                values += view.values(field).size();
        }
    }
    const std::size_t after = allocations;
    QCOMPARE(values, std::size_t{12 * 50 * 6});
    QCOMPARE(after - before, std::size_t{0});
}

QTEST_GUILESS_MAIN(TestReadingAllocatesNothing)
#include "tst_reading_allocates_nothing.moc"
