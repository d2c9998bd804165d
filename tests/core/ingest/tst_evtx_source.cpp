#include "core/platform/byte_stream.h"
#include "tests/core/ingest/evtx_logs.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;
using generate::EvtxElement;
using generate::EvtxValue;
using generate::EvtxWriter;

namespace {

constexpr std::size_t header = 4096;
constexpr std::size_t chunk = 65'536;
constexpr std::size_t firstRecord = header + 512;

/// The number stored in a log, for tests that walk it on their own.
std::uint32_t sizeAt(const std::string& log, std::size_t at)
{
    std::uint32_t size = 0;
    std::memcpy(&size, log.data() + at + 4, sizeof size);
    return size;
}

/// One event whose EventData holds one value of each type told.
std::string logOf(const std::vector<EvtxValue>& values)
{
    EvtxWriter writer;
    EvtxElement data{"EventData", {}, {}, {}};
    for (std::size_t i = 0; i < values.size(); ++i)
        data.children.push_back(
            {"Data", {{"Name", {"v" + std::to_string(i), -1, 0}}}, {{"", static_cast<int>(i), values[i].type}}, {}});
    const int shape = writer.addTemplate({"Event", {}, {}, {data}});
    writer.append(shape, values, 1);
    const std::string chunks = writer.finish();
    return writer.header() + chunks;
}

EvtxValue bytesValue(std::uint8_t type, std::string bytes)
{
    return {type, std::move(bytes), -1, {}};
}

} // namespace

class TestEvtxSource : public QObject
{
    Q_OBJECT
private slots:
    void readsRecordsWithTheirPlacesInPiecesOfAnySize();
    void writesEachValueAsWindowsDoes_data();
    void writesEachValueAsWindowsDoes();
    void writesAttributesTextsAndRepeatedElements();
    void entersFragments();
    void aDamagedRecordCostsOnlyItself();
    void aDamagedChunkHeaderIsToldAndItsRecordsAreRead();
    void aChangedByteIsToldByTheChecksum();
    void olderRecordsInUnusedSpaceAreToldNotRead();
    void aCutLogGivesEveryRecordBeforeTheCut();
    void chunksThatWereNeverWrittenAreNothing();
    void aRecordThatUnfoldsWithoutEndIsRejected();
    void noChangedByteCrashesOrLosesOtherChunks();
};

void TestEvtxSource::readsRecordsWithTheirPlacesInPiecesOfAnySize()
{
    const std::string log = smallLog(2500); // several chunks
    QVERIFY(log.size() > header + 2 * chunk);
    for (const std::size_t piece : {std::size_t{1000}, std::size_t{65'536}, std::size_t{1} << 20U}) {
        const ReadLog read = readPieces(log, piece);
        QCOMPARE(read.records.size(), std::size_t{2500});
        QCOMPARE(read.rejected.size(), std::size_t{0});
        QVERIFY(!read.isCutShort);
        for (unsigned n = 0; n < 2500; ++n) {
            QCOMPARE(read.records[n], smallJson(n, "some text"));
            QCOMPARE(log.substr(read.offsets[n], 4), std::string("**\0\0", 4));
            QCOMPARE(read.raw[n], log.substr(read.offsets[n], sizeAt(log, read.offsets[n])));
        }
    }
}

void TestEvtxSource::writesEachValueAsWindowsDoes_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("json");
    const auto row = [](const char* name, int type, const char* hex, const char* json) {
        QTest::newRow(name) << type << QByteArray::fromHex(hex) << QString(json);
    };
    row("null", 0x00, "", "null");
    row("text, zeros at its end", 0x01, "4100e4002200ac200a0000000000", "\"A\u00e4\\\"\u20ac\\n\"");
    row("text, a pair and a lone surrogate", 0x01, "3dd800de00d84100", "\"\U0001f600\ufffdA\"");
    row("8-bit text", 0x02, "41e400", "\"A\u00e4\"");
    row("int8", 0x03, "ff", "-1");
    row("uint8", 0x04, "ff", "255");
    row("int16", 0x05, "feff", "-2");
    row("uint16", 0x06, "1012", "4624");
    row("int32", 0x07, "ffffffff", "-1");
    row("uint32", 0x08, "ffffffff", "4294967295");
    row("int64", 0x09, "ffffffffffffffff", "-1");
    row("uint64", 0x0a, "ffffffffffffffff", "18446744073709551615");
    row("real32", 0x0b, "0000c03f", "1.5");
    row("real64 that is no number", 0x0c, "000000000000f87f", "\"nan\"");
    row("true", 0x0d, "01000000", "true");
    row("false", 0x0d, "00000000", "false");
    row("binary", 0x0e, "00aBff", "\"00ABFF\"");
    row("guid", 0x0f, "33221100554477668899aabbccddeeff", "\"{00112233-4455-6677-8899-AABBCCDDEEFF}\"");
    row("size of 32 bits", 0x10, "00100000", "\"0x1000\"");
    row("file time", 0x11, "0700cd666b6bda01", "\"2024-02-29T23:59:59.1234567Z\"");
    row("file time before 1970", 0x11, "0000000000000000", "\"1601-01-01T00:00:00.0000000Z\"");
    row("system time", 0x12, "e907020005001c00170039003a00e703", "\"2025-02-28T23:57:58.9990000Z\"");
    row("sid", 0x13, "010500000000000515000000a065cf7e784b9b5fe77c8770f4010000",
        "\"S-1-5-21-2127521184-1604012920-1887927527-500\"");
    row("hexadecimal, 32 bits", 0x14, "10140000", "\"0x1410\"");
    row("hexadecimal, 64 bits", 0x15, "0000000000000080", "\"0x8000000000000000\"");
    row("list of texts", 0x81, "610000006200630000000000", "[\"a\",\"bc\",\"\"]");
    row("list of numbers", 0x88, "0100000002000000", "[1,2]");
    row("empty list", 0x88, "", "[]");
}

void TestEvtxSource::writesEachValueAsWindowsDoes()
{
    QFETCH(int, type);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, json);
    const ReadLog read = readPieces(logOf({bytesValue(static_cast<std::uint8_t>(type), bytes.toStdString())}), chunk);
    QCOMPARE(read.rejected.size(), std::size_t{0});
    QCOMPARE(QString::fromStdString(read.records.at(0)), "{\"Event\":{\"EventData\":{\"v0\":" + json + "}}}");
}

void TestEvtxSource::writesAttributesTextsAndRepeatedElements()
{
    EvtxWriter writer;
    const EvtxElement both{"EventID", {{"Qualifiers", {"", 0, 0x06}}}, {{"", 1, 0x06}}, {}};
    const EvtxElement none{"Correlation", {{"ActivityID", {"", 2, 0x0f}}}, {}, {}};
    const EvtxElement data{"Data", {}, {{"", 3, 0x01}}, {}};
    const EvtxElement mixed{"Text", {}, {{"a & b = ", -1, 0}, {"", 1, 0x06}}, {}};
    const int shape = writer.addTemplate({"Event",
                                          {{"xmlns", {"http://example.org", -1, 0}}},
                                          {},
                                          {{"System", {}, {}, {both, none}}, {"EventData", {}, {}, {data, data, mixed}}}});
    writer.append(shape,
                  {EvtxValue::number(0x06, std::uint16_t{16384}), EvtxValue::number(0x06, std::uint16_t{7045}),
                   bytesValue(0x00, {}), EvtxValue::text("said")},
                  1);
    const std::string chunks = writer.finish();
    const ReadLog read = readPieces(writer.header() + chunks, chunk);
    QCOMPARE(QString::fromStdString(read.records.at(0)),
             "{\"Event\":{\"System\":{\"EventID\":{\"#attributes\":{\"Qualifiers\":16384},\"#text\":7045},"
             "\"Correlation\":null},\"EventData\":{\"Data\":[\"said\",\"said\"],\"Text\":\"a & b = 7045\"}}}");
}

void TestEvtxSource::entersFragments()
{
    EvtxWriter writer;
    const int inner = writer.addTemplate({"EventData", {}, {}, {{"Data", {{"Name", {"", 0, 0x01}}}, {{"", 1, 0x08}}, {}}}});
    const int outer = writer.addTemplate({"Event", {}, {{"", 0, 0x21}}, {}});
    for (unsigned n = 0; n < 2; ++n)
        writer.append(outer,
                      {EvtxValue::fragment(inner, {EvtxValue::text("called"), EvtxValue::number(0x08, n)})}, 1);
    const std::string chunks = writer.finish();
    const ReadLog read = readPieces(writer.header() + chunks, chunk);
    QCOMPARE(read.records, (std::vector<std::string>{"{\"Event\":{\"EventData\":{\"called\":0}}}",
                                                     "{\"Event\":{\"EventData\":{\"called\":1}}}"}));
}

void TestEvtxSource::aDamagedRecordCostsOnlyItself()
{
    std::string log = smallLog(20);
    const std::size_t second = firstRecord + sizeAt(log, firstRecord);
    const std::size_t third = second + sizeAt(log, second);
    const std::size_t fourth = third + sizeAt(log, third);
    log[second + 24 + 6] = '\x7f'; // its template's place
    log[second + 24 + 7] = '\x7f';
    log[second + 24 + 10] = '\x7f';
    log[third] = 'x'; // its signature
    const ReadLog read = readPieces(log, chunk);
    QCOMPARE(read.records.size(), std::size_t{18});
    QCOMPARE(read.rejected.size(), std::size_t{3}); // and the checksum
    QCOMPARE(read.rejected[0].offset, std::uint64_t{header});
    QCOMPARE(read.rejected[1].offset, static_cast<std::uint64_t>(second));
    QCOMPARE(read.rejected[1].length, static_cast<std::uint64_t>(third - second));
    QVERIFY(QString::fromStdString(read.rejected[1].reason).startsWith("event record cannot be read: a template"));
    QCOMPARE(read.rejected[2].offset, static_cast<std::uint64_t>(third));
    QCOMPARE(read.rejected[2].length, static_cast<std::uint64_t>(fourth - third));
    QCOMPARE(read.rejected[2].reason, std::string("no event record where one belongs"));
}

void TestEvtxSource::aDamagedChunkHeaderIsToldAndItsRecordsAreRead()
{
    std::string log = smallLog(20);
    log[header] = 'x';
    const ReadLog read = readPieces(log, chunk);
    QCOMPARE(read.records.size(), std::size_t{20});
    QCOMPARE(read.rejected.size(), std::size_t{1});
    QCOMPARE(read.rejected[0].reason, std::string("no chunk header where one belongs"));
    QCOMPARE(read.rejected[0].length, std::uint64_t{512});
}

void TestEvtxSource::aChangedByteIsToldByTheChecksum()
{
    std::string log = smallLog(20);
    const std::size_t at = log.find(EvtxValue::text("some text").bytes);
    log[at] = 'S';
    const ReadLog read = readPieces(log, chunk);
    QCOMPARE(read.records.size(), std::size_t{20});
    QCOMPARE(read.records[0], smallJson(0, "Some text"));
    QCOMPARE(read.rejected.size(), std::size_t{1});
    QVERIFY(QString::fromStdString(read.rejected[0].reason).contains("do not fit their checksum"));
}

void TestEvtxSource::olderRecordsInUnusedSpaceAreToldNotRead()
{
    std::string log = smallLog(20);
    const std::string record = log.substr(firstRecord, sizeAt(log, firstRecord));
    for (const std::size_t at : {header + 40'000, header + 50'000})
        log.replace(at, record.size(), record);
    const ReadLog read = readPieces(log, chunk);
    QCOMPARE(read.records.size(), std::size_t{20});
    QCOMPARE(read.rejected.size(), std::size_t{1});
    QCOMPARE(read.rejected[0].offset, std::uint64_t{header + 40'000});
    QCOMPARE(read.rejected[0].length, std::uint64_t{10'000 + record.size()});
    QVERIFY(QString::fromStdString(read.rejected[0].reason).startsWith("recovered: 2 older records in"));
}

void TestEvtxSource::aCutLogGivesEveryRecordBeforeTheCut()
{
    const std::string whole = smallLog(2500);
    const ReadLog all = readPieces(whole, chunk);
    for (const std::size_t at : {std::size_t{100}, header, header + 300, header + 5000, header + chunk + 20'001}) {
        const ReadLog read = readPieces(std::string_view(whole).substr(0, at), chunk);
        const auto before = static_cast<std::size_t>(
            std::count_if(all.offsets.begin(), all.offsets.end(),
                          [&](std::uint64_t offset) { return offset + sizeAt(whole, offset) <= at; }));
        QCOMPARE(read.records.size(), before);
        QCOMPARE(read.isCutShort, at != header);
    }
}

void TestEvtxSource::chunksThatWereNeverWrittenAreNothing()
{
    const ReadLog read = readPieces(smallLog(3) + std::string(3 * chunk, '\0'), chunk);
    QCOMPARE(read.records.size(), std::size_t{3});
    QCOMPARE(read.rejected.size(), std::size_t{0});
    QVERIFY(!read.isCutShort);
}

void TestEvtxSource::aRecordThatUnfoldsWithoutEndIsRejected()
{
    EvtxWriter writer;
    EvtxElement many{"Event", {}, {}, {}};
    for (int i = 0; i < 200; ++i)
        many.children.push_back({"D", {}, {{"", 0, 0x01}}, {}});
    const int shape = writer.addTemplate(many);
    writer.append(shape, {EvtxValue::text(std::string(20'000, 'a'))}, 1);
    writer.append(shape, {EvtxValue::text("b")}, 1);
    const std::string chunks = writer.finish();
    const ReadLog read = readPieces(writer.header() + chunks, chunk);
    QCOMPARE(read.records.size(), std::size_t{1});
    QVERIFY(QString::fromStdString(read.rejected.at(0).reason).contains("unfolds to more than a megabyte"));
}

void TestEvtxSource::noChangedByteCrashesOrLosesOtherChunks()
{
    const std::string log = smallLog(1200);
    const std::size_t perChunk = readPieces(std::string_view(log).substr(0, header + chunk), chunk).records.size();
    for (std::size_t at = firstRecord; at < firstRecord + 700; ++at) {
        std::string changed = log;
        changed[at] = static_cast<char>(changed[at] ^ 0x55);
        const ReadLog read = readPieces(changed, std::size_t{1} << 20U);
        QVERIFY2(read.records.size() >= 1200 - perChunk, qPrintable(QString::number(at)));
    }
}

QTEST_GUILESS_MAIN(TestEvtxSource)
#include "tst_evtx_source.moc"
