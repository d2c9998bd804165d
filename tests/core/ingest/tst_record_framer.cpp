#include "tests/core/ingest/records.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

namespace {

const std::string first = json("{'n':1,'text':'a } ] \\' \\\\'}");
const std::string second = json("{'n':2,'deep':{'list':[{'x':[]},{'y':'{'}]}}");
const std::string third =
    json("{\n  'n' : 3,\n  'deep' : {\n    'list' : [\n      {\n        'x' : 1\n      }\n    ]\n  }\n}");

} // namespace

class TestRecordFramer : public QObject
{
    Q_OBJECT
private slots:
    void findsTheRecordsOfEveryShape_data();
    void findsTheRecordsOfEveryShape();
    void offsetsPointAtTheRecords();
    void aCutFileGivesEveryRecordBeforeTheCut_data();
    void aCutFileGivesEveryRecordBeforeTheCut();
    void damageCostsOnlyTheRecordItIsIn_data();
    void damageCostsOnlyTheRecordItIsIn();
    void garbageIsRejectedWithItsPlace();
    void anObjectWithMembersOfItsOwnMakesNoRecords_data();
    void anObjectWithMembersOfItsOwnMakesNoRecords();
    void whatStandsBesideTheListsOfALongDeliveryIsTold_data();
    void whatStandsBesideTheListsOfALongDeliveryIsTold();
    void aDamagedEnvelopeIsOpenedInADeliveryOnly();
    void garbageIsNotedWhileARecordIsWaitedFor();
    void aRecordThatIsTooLongIsPassedOver();
    void anEndlessRecordIsNotHeld();
    void aChangedByteNeverLosesMoreThanItsNeighbours();
};

void TestRecordFramer::findsTheRecordsOfEveryShape_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const std::string& text) {
        QTest::newRow(name) << QByteArray(text.data(), static_cast<qsizetype>(text.size()));
    };
    row("delivery file", json("{'Records':[") + first + "," + second + "," + third + "]}");
    row("delivery file with space everywhere",
        json("\n { 'Records' : [ ") + first + " ,\n" + second + ", " + third + " ] } \n");
    row("delivery file with several lists", json("{'Records':[") + first + json("], 'Records' : [] ,'Records':[") + second +
                                                json("],'Records':[") + third + "]}");
    row("a line, then a delivery file", first + json("\n{'Records':[") + second + "," + third + "]}");
    row("bare array", "[" + first + "," + second + "," + third + "]");
    row("bare array over lines", "\xef\xbb\xbf[\n" + first + ",\n" + second + ",\n" + third + "\n]\n");
    row("lines", first + "\n" + second + "\r\n\n" + third + "\n");
    row("lines without a last end", first + "\n" + second + "\n" + third);
    row("lines with commas", first + ",\n" + second + ",\n" + third + ",\n");
    row("documents without a break", first + second + third);
    row("a delivery file and an array", json("{'Records':[") + first + "]}\n[" + second + "]\n" + third);
    row("delivery files as lines",
        json("{'Records':[") + first + json("]}\n{'Records':[]}\n{'Records':[") + second + "," + third + "]}\n");
}

void TestRecordFramer::findsTheRecordsOfEveryShape()
{
    QFETCH(QByteArray, text);
    const std::string_view bytes(text.constData(), static_cast<std::size_t>(text.size()));
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{64}, std::size_t{100000}}) {
        const Framed framed = frameText(bytes, piece);
        QCOMPARE(framed.records, (std::vector<std::string>{first, second, third}));
        QVERIFY(framed.rejected.empty());
        QVERIFY(!framed.isCutShort);
    }
}

void TestRecordFramer::offsetsPointAtTheRecords()
{
    const std::string text = json("garbage\n{'Records':[") + first + "," + second + "]}\n" + third;
    const Framed framed = frameText(text, 5);
    QCOMPARE(framed.records.size(), std::size_t{3});
    for (std::size_t i = 0; i < 3; ++i)
        QCOMPARE(text.substr(framed.offsets[i], framed.records[i].size()), framed.records[i]);
}

void TestRecordFramer::aCutFileGivesEveryRecordBeforeTheCut_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("between");
    QTest::addColumn<QByteArray>("end");
    QTest::newRow("delivery file") << QByteArray("{\"Records\":[") << QByteArray(",") << QByteArray("]}");
    QTest::newRow("bare array") << QByteArray("[ ") << QByteArray(" ,\n ") << QByteArray(" ]");
    QTest::newRow("lines") << QByteArray() << QByteArray("\n") << QByteArray("\n");
}

void TestRecordFramer::aCutFileGivesEveryRecordBeforeTheCut()
{
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, between);
    QFETCH(QByteArray, end);
    std::string text = start.toStdString();
    std::vector<std::size_t> ends;
    for (const std::string& record : {first, second, third, first}) {
        text += record;
        ends.push_back(text.size());
        text += (ends.size() == 4 ? end : between).toStdString();
    }
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
        const Framed framed = frameText(std::string_view(text).substr(0, cut), 13);
        const auto whole = static_cast<std::size_t>(
            std::count_if(ends.begin(), ends.end(), [cut](std::size_t e) { return e <= cut; }));
        QCOMPARE(framed.records.size(), whole);
        const bool isBetweenLines = start.isEmpty() && (cut == 0 || std::count(ends.begin(), ends.end(), cut) > 0 ||
                                                        std::count(ends.begin(), ends.end(), cut - 1) > 0);
        const bool isNothing = cut == 0;
        QCOMPARE(framed.isCutShort, !isBetweenLines && !isNothing);
        QCOMPARE(framed.rejected.size(), std::size_t{framed.isCutShort ? 1U : 0U});
    }
}

void TestRecordFramer::damageCostsOnlyTheRecordItIsIn_data()
{
    QTest::addColumn<QByteArray>("damaged");
    QTest::newRow("quote lost at the start of a string") << QByteArray("{\"a\":b\",\"c\":{\"d\":\"e\"}}");
    QTest::newRow("quote lost at the end of a string") << QByteArray("{\"a\":\"b,\"c\":{\"d\":\"e\"}}");
    QTest::newRow("quote added") << QByteArray("{\"a\":\"b\"b\",\"c\":{\"d\":\"e\"}}");
    QTest::newRow("closing bracket lost") << QByteArray("{\"a\":\"b\",\"c\":{\"d\":\"e\"}");
    QTest::newRow("closing bracket added") << QByteArray("{\"a\":\"b\",\"c\":{\"d\":\"e\"}}}");
    QTest::newRow("opening bracket lost") << QByteArray("\"a\":\"b\",\"c\":{\"d\":\"e\"}}");
    QTest::newRow("ends in a number") << QByteArray("{\"a\":\"b\",\"c\":12");
    QTest::newRow("ends in a string") << QByteArray("{\"a\":\"b\",\"c");
    QTest::newRow("ends behind a comma") << QByteArray("{\"a\":\"b\",");
    QTest::newRow("a backslash outside a string") << QByteArray("{\"a\":\\\"b\"}");
    QTest::newRow("a NUL in a string") << QByteArray("{\"a\":\"b\0c\"}", 11);
    QTest::newRow("brackets of the wrong kind") << QByteArray("{\"a\":[1,2},\"b\":{\"c\":1]}");
    QTest::newRow("text") << QByteArray("something else");
}

void TestRecordFramer::damageCostsOnlyTheRecordItIsIn()
{
    QFETCH(QByteArray, damaged);
    std::string text;
    for (int i = 0; i < 3; ++i)
        text += first + "\n" + second + "\n" + damaged.toStdString() + "\n" + second + "\n" + first + "\n";
    const Framed framed = frameText(text, 50);
    const auto count = [&framed](const std::string& record) {
        return std::count(framed.records.begin(), framed.records.end(), record);
    };
    QCOMPARE(count(first), 6);
    QCOMPARE(count(second), 6);
    QVERIFY(framed.records.size() > 12 || !framed.rejected.empty());
}

void TestRecordFramer::garbageIsRejectedWithItsPlace()
{
    const Framed framed = frameText(first + "\n  not a record, [at all] \nnor this\n" + second + " 17 \"x\"", 9);
    QCOMPARE(framed.records, (std::vector<std::string>{first, second}));
    QCOMPARE(framed.rejected.size(), std::size_t{2});
    QCOMPARE(framed.rejected[0].offset, std::uint64_t{first.size() + 3});
    QCOMPARE(framed.rejected[0].length, std::uint64_t{32});
    QCOMPARE(framed.rejected[1].length, std::uint64_t{6});
    QVERIFY(!framed.rejected[0].reason.empty());
}

/// Whoever writes one line of an application's log, or a part of one, must not make records of a provider.
void TestRecordFramer::anObjectWithMembersOfItsOwnMakesNoRecords_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const std::string& text) {
        QTest::newRow(name) << QByteArray::fromStdString(json(text));
    };
    const std::string list = "'Records':[{'eventName':'StopLogging'},{'eventName':'DeleteTrail'}]";
    row("a text before", "{'level':'info'," + list + "}");
    row("a number before", "{'n':1," + list + "}");
    row("an object before", "{'a':{'b':1}," + list + "}");
    row("a list before", "{'a':[]," + list + "}");
    row("the name before, but no list", "{'Records':7," + list + "}");
    row("a text behind", "{" + list + ",'msg':'x'}");
    row("a null behind", "{" + list + ",'msg':null}");
    row("an object behind", "{" + list + ",'req':{'a':1}}");
    row("a list behind", "{" + list + ",'more':[{'b':1}]}");
    row("between two lists", "{" + list + ",'n':1," + list + "}");
    row("the name behind, but no list", "{" + list + ",'Records':{}}");
    row("the name in disguise", "{'\\u0052ecords':[{'eventName':'StopLogging'}]}");
    row("within an object", "{'body':{" + list + "}}");
    row("much behind", "{" + list + ",'msg':'" + std::string(200'000, 'x') + "'}");
    row("many records and a text behind", "{'Records':[" + std::string("{'eventName':'StopLogging'},") +
                                              [] {
                                                  std::string many;
                                                  for (int i = 0; i < 3000; ++i)
                                                      many += "{'eventName':'StopLogging','n':1},";
                                                  return many;
                                              }() +
                                              "{'n':1}],'level':'info'}");
}

void TestRecordFramer::anObjectWithMembersOfItsOwnMakesNoRecords()
{
    QFETCH(QByteArray, text);
    const std::string object = text.toStdString();
    for (const std::size_t piece : {std::size_t{1}, std::size_t{61}, std::size_t{4096}, std::size_t{10'000'000}}) {
        if (piece == 1 && object.size() > 10'000)
            continue;
        Framed framed = frameText(object, piece);
        QCOMPARE(framed.records, std::vector<std::string>{object});
        QVERIFY(framed.rejected.empty());
        framed = frameText(first + "\n" + object + "\n" + second, piece);
        QCOMPARE(framed.records, (std::vector<std::string>{first, object, second}));
        QVERIFY(framed.rejected.empty());
        framed = frameText("[" + first + "," + object + "]\n" + object, piece);
        QCOMPARE(framed.records, (std::vector<std::string>{first, object, object}));
        QVERIFY(framed.rejected.empty());
        framed = frameText("some text " + object + "\n", piece);
        QCOMPARE(framed.records, std::vector<std::string>{object});
    }
}

/// A delivery too long to be looked at as a whole is read as it comes.
void TestRecordFramer::whatStandsBesideTheListsOfALongDeliveryIsTold_data()
{
    QTest::addColumn<QByteArray>("beside");
    QTest::newRow("a text") << QByteArray("\"note\":\"a ] } text\"");
    QTest::newRow("a number") << QByteArray("\"n\" : 17");
    QTest::newRow("an object") << QByteArray("\"o\":{\"Records\":[{\"a\":1}]}");
    QTest::newRow("a list") << QByteArray("\"l\":[{\"a\":1},2]");
    QTest::newRow("several") << QByteArray("\"a\":1,\"b\":[[]],\"c\":null");
    QTest::newRow("longer than what is looked back") << QByteArray("\"t\":\"" + QByteArray(3000, 'x') + "\"");
}

void TestRecordFramer::whatStandsBesideTheListsOfALongDeliveryIsTold()
{
    QFETCH(QByteArray, beside);
    const std::string long1 = json("{'a':'") + std::string(700'000, 'y') + json("'}");
    const std::string long2 = json("{'b':'") + std::string(700'000, 'z') + json("'}");
    const std::string start = json("{'Records':[") + long1 + "," + long2 + "],";
    const std::string text = start + beside.toStdString() + json(" ,'Records':[") + first + "," + second + "],\n" +
                             beside.toStdString() + "}\n" + third;
    for (const std::size_t piece : {std::size_t{13}, std::size_t{100'000}, std::size_t{10'000'000}}) {
        const Framed framed = frameText(text, piece);
        QCOMPARE(framed.records, (std::vector<std::string>{long1, long2, first, second, third}));
        QCOMPARE(framed.rejected.size(), std::size_t{2});
        for (const Frame& rejected : framed.rejected) {
            QCOMPARE(text.substr(rejected.offset, rejected.length), beside.toStdString());
            QVERIFY(rejected.reason.find("beside the records") != std::string::npos);
        }
    }
}

void TestRecordFramer::aDamagedEnvelopeIsOpenedInADeliveryOnly()
{
    const std::string cut = json("{'Records':[") + first + "," + second + json(",{'c");
    for (const std::size_t piece : {std::size_t{1}, std::size_t{100'000}}) {
        QCOMPARE(frameText(cut, piece).records.size(), std::size_t{2});
        QCOMPARE(frameText(json("{'Records':[") + first + "]}\n" + cut, piece).records.size(), std::size_t{3});
        for (const std::string& before : {first + "\n", std::string("text\n")}) {
            const Framed framed = frameText(before + cut, piece);
            QVERIFY(std::count(framed.records.begin(), framed.records.end(), second) == 0);
            QVERIFY(!framed.rejected.empty());
        }
        const Framed lines = frameText(first + "\n" + cut + "\n" + second + "\n", piece);
        QCOMPARE(lines.records, (std::vector<std::string>{first, second}));
        QCOMPARE(lines.rejected.size(), std::size_t{1});
    }
    RecordFramer framer(RecordFramer::longestRecord, false);
    std::copy(cut.begin(), cut.end(), framer.space(cut.size()));
    framer.written(cut.size());
    framer.finish();
    const auto frame = framer.next();
    QVERIFY(frame && !frame->isRecord);
}

void TestRecordFramer::garbageIsNotedWhileARecordIsWaitedFor()
{
    const std::string text = std::string(700, 'g') + "\n" + json("{'Records':[") + first + "," + second + "]}";
    for (const std::size_t piece : {std::size_t{1}, std::size_t{64}, std::size_t{100'000}}) {
        const Framed framed = frameText(text, piece);
        QCOMPARE(framed.records, (std::vector<std::string>{first, second}));
        QCOMPARE(framed.rejected.size(), std::size_t{1});
        QCOMPARE(framed.rejected[0].length, std::uint64_t{700});
    }
}

void TestRecordFramer::aRecordThatIsTooLongIsPassedOver()
{
    const std::string huge = json("{'a':'") + std::string(5000, 'x') + json("'}");
    const std::string text = "[" + first + "," + huge + "," + second + "]";
    for (const std::size_t piece : {std::size_t{11}, std::size_t{100000}}) {
        const Framed framed = frameText(text, piece, 1000);
        QCOMPARE(framed.records, (std::vector<std::string>{first, second}));
        QCOMPARE(framed.rejected.size(), std::size_t{1});
        QCOMPARE(framed.rejected[0].offset, std::uint64_t{first.size() + 2});
        QCOMPARE(framed.rejected[0].length, std::uint64_t{huge.size()});
    }
}

void TestRecordFramer::anEndlessRecordIsNotHeld()
{
    RecordFramer framer(1000);
    const std::string start = json("{'a':'");
    std::copy(start.begin(), start.end(), framer.space(start.size()));
    framer.written(start.size());
    const char* lowest = framer.space(1000);
    std::size_t distinct = 0;
    for (int i = 0; i < 10000; ++i) {
        char* into = framer.space(1000);
        distinct += into == lowest ? 0 : 1;
        lowest = into;
        std::fill_n(into, 1000, 'x');
        framer.written(1000);
        QVERIFY(!framer.next());
    }
    QVERIFY2(distinct < 20, "the buffer kept growing");
    framer.finish();
    const auto frame = framer.next();
    QVERIFY(frame && !frame->isRecord);
    QCOMPARE(frame->length, std::uint64_t{start.size() + 10000000});
}

/// In an array on one line, nothing but brackets and quotes tells records apart.
void TestRecordFramer::aChangedByteNeverLosesMoreThanItsNeighbours()
{
    std::vector<std::string> records;
    for (int i = 0; i < 40; ++i)
        records.push_back(json("{'n':" + std::to_string(i) +
                               ",'who':{'name':'a\\'b','tags':[{'k':'v'},{'k':'w'}]},'note':'plain text'}"));
    std::string text = json("{'Records':[");
    for (const std::string& record : records)
        text += (record == records.front() ? "" : ",") + record;
    text += "]}";
    const std::size_t from = text.find(records[10]);
    for (std::size_t at = from; at < from + records[10].size(); ++at) {
        for (const char changed : {'"', '{', '}', '[', ']', '\\', 'x', '\n'}) {
            std::string damaged = text;
            damaged[at] = changed;
            const Framed framed = frameText(damaged, 1000);
            std::size_t found = 0;
            for (const std::string& record : records)
                found += static_cast<std::size_t>(std::count(framed.records.begin(), framed.records.end(), record));
            QVERIFY2(found >= 37,
                     qPrintable(QString("byte %1 as %2: %3 of 40").arg(at - from).arg(changed).arg(found)));
        }
    }
}

QTEST_GUILESS_MAIN(TestRecordFramer)
#include "tst_record_framer.moc"
