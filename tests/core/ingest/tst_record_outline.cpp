#include "core/ingest/json_walk.h"
#include "core/ingest/record_source.h"

#include <QTest>
#include <random>
#include <regex>
#include <simdjson.h>

using namespace cordon::ingest;

namespace {

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t bound)
{
    return static_cast<std::size_t>(random() % bound);
}

std::string spaces(Random& random)
{
    static const std::string_view kinds = " \t\n\r";
    std::string text;
    if (below(random, 4) == 0)
        text.assign(1 + below(random, below(random, 6) == 0 ? 150 : 2), kinds[below(random, kinds.size())]);
    return text;
}

std::string string(Random& random)
{
    static const std::vector<std::string> parts{"a",  "Zebra", "\\\"", "\\\\", "\\n",           "\\u00e4", "\\ud83d\\ude00",
                                                "{",  "}",     "[",    "]",    ",",             ":",       "\xc3\xa4",
                                                "\\/", " ",    "x.y",  "true", "\xf0\x9f\x98\x80", "-1e5"};
    std::string text = "\"";
    for (std::size_t count = below(random, 9) == 0 ? below(random, 70) : below(random, 5); count > 0; --count)
        text += parts[below(random, parts.size())];
    return text + '"';
}

std::string value(Random& random, int depth);

std::string object(Random& random, int depth)
{
    std::string text = "{" + spaces(random);
    const std::size_t members = below(random, 5);
    for (std::size_t at = 0; at < members; ++at)
        text += (at == 0 ? "" : "," + spaces(random)) + string(random) + spaces(random) + ":" + spaces(random) +
                value(random, depth - 1) + spaces(random);
    return text + "}";
}

std::string value(Random& random, int depth)
{
    static const std::vector<std::string> scalars{"0", "-1", "12.5", "1e3", "-0.25E-2", "true", "false", "null", "1234567"};
    const std::size_t kind = below(random, depth > 0 ? 8 : 5);
    if (kind < 3)
        return string(random);
    if (kind < 5)
        return scalars[below(random, scalars.size())];
    if (kind < 7)
        return object(random, depth);
    std::string text = "[" + spaces(random);
    const std::size_t items = below(random, 4);
    for (std::size_t at = 0; at < items; ++at)
        text += (at == 0 ? "" : "," + spaces(random)) + value(random, depth - 1) + spaces(random);
    return text + "]";
}

/// The text with a byte or two changed, left out, added or doubled, at places where it hurts.
std::string mutated(Random& random, std::string text)
{
    static const std::string_view bytes("\"\\{}[],:0-te \n\x01\x80\xc3u", 19);
    for (std::size_t changes = 1 + below(random, 2); changes > 0 && !text.empty(); --changes) {
        const std::size_t at = below(random, text.size());
        const char byte = bytes[below(random, bytes.size())];
        switch (below(random, 4)) {
        case 0:
            text[at] = byte;
            break;
        case 1:
            text.erase(at, 1);
            break;
        case 2:
            text.insert(at, 1, byte);
            break;
        default:
            text.insert(at, text.substr(at, 1 + below(random, 3)));
        }
    }
    return text;
}

std::string padded(std::string text)
{
    text.append(RecordSource::padding, ' ');
    return text;
}

/// Whether the whole text is one object, told by the outline.
bool isObject(RecordOutline& outline, const std::string& text, std::size_t size)
{
    outline.forget();
    const std::size_t from = text.find_first_not_of(" \t\r\n");
    return from < size && outline.read(text.data(), size, from) == RecordOutline::State::Whole && text[from] == '{' &&
           text.find_first_not_of(" \t\r\n", outline.end()) >= size;
}

bool isObject(simdjson::dom::parser& parser, const std::string& text, std::size_t size)
{
    simdjson::dom::element document;
    return parser.parse(text.data(), size, false).get(document) == simdjson::SUCCESS && document.is_object();
}

/// The text without what JSON's grammar allows but simdjson does not: half surrogate pairs, numbers that no double or
/// 64-bit number holds.
std::string tamed(const std::string& text)
{
    static const std::regex surrogate("\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}");
    static const std::regex exponent("([0-9])[eE][+-]?[0-9]{3,}");
    static const std::regex large("[0-9]{19,}");
    return std::regex_replace(
        std::regex_replace(std::regex_replace(text, surrogate, "\\u0041"), exponent, "$1e1"), large, "1");
}

/// A full parser's tree with strings and numbers spelt one way, for comparing.
std::string spelt(simdjson::dom::element element)
{
    std::string text;
    if (element.is_object()) {
        for (const auto member : element.get_object().value())
            text += "(" + std::string(member.key) + "=" + spelt(member.value) + ")";
        return "{" + text + "}";
    }
    if (element.is_array()) {
        for (const auto item : element.get_array().value())
            text += spelt(item) + ";";
        return "[" + text + "]";
    }
    if (element.is_number())
        return std::to_string(element.get_double().value());
    return simdjson::to_string(element);
}

std::vector<std::string> namesIn(const RecordOutline& outline)
{
    std::vector<std::string> names;
    for (std::size_t at = 0; at < outline.memberCount(); ++at) {
        const RecordOutline::Member member = outline.member(at);
        appendUnescaped(names.emplace_back(), {outline.text() + member.key, member.keyLength});
    }
    return names;
}

} // namespace

class TestRecordOutline : public QObject
{
    Q_OBJECT
private slots:
    void everyWayOfFillingMasksGivesTheSame();
    void agreesWithAFullParser();
    void outlinesRecordsWhereverTheyBegin();
    void halfASurrogatePairIsReplaced();
    void numbersBeyondSixtyFourBitsStayAsWritten();
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();
};

void TestRecordOutline::everyWayOfFillingMasksGivesTheSame()
{
    Random random(7);
    std::string text(64 * 40, ' ');
    for (char& c : text)
        c = static_cast<char>(below(random, 256));
    std::vector<JsonMasks> wanted(40);
    jsonMaskKernels().back().fill(text.data(), wanted.size(), wanted.data());
    QVERIFY(jsonMaskKernels().size() >= 1);
    for (const JsonMaskKernel& kernel : jsonMaskKernels()) {
        std::vector<JsonMasks> got(40);
        kernel.fill(text.data(), got.size(), got.data());
        QVERIFY2(std::memcmp(got.data(), wanted.data(), got.size() * sizeof(JsonMasks)) == 0,
                 std::string(kernel.name).c_str());
    }
}

/// The second way is simdjson's DOM parser: the same verdict, the same names and the same values.
void TestRecordOutline::agreesWithAFullParser()
{
    Random random(20261122);
    RecordOutline outline;
    simdjson::dom::parser parser;
    int whole = 0;
    for (int round = 0; round < 60000; ++round) {
        std::string record = object(random, 4);
        if (round % 3 != 0)
            record = mutated(random, std::move(record));
        const std::size_t size = record.size();
        const std::string text = padded(record);
        const bool isValid = isObject(parser, text, size);
        const bool isOurs = isObject(outline, text, size);
        const std::string told = record + "\n" + std::string(outline.problem());
        if (isOurs && !isValid) {
            const std::string tame = tamed(record);
            QVERIFY2(isObject(parser, padded(tame), tame.size()), told.c_str());
            continue;
        }
        QVERIFY2(isOurs == isValid, told.c_str());
        if (!isValid)
            continue;
        ++whole;
        std::string again;
        appendCompact(again, outline, outline.begin());
        simdjson::dom::element ours;
        simdjson::dom::element theirs;
        simdjson::dom::parser second;
        QVERIFY(parser.parse(text.data(), size, false).get(theirs) == simdjson::SUCCESS);
        QVERIFY2(second.parse(again).get(ours) == simdjson::SUCCESS, again.c_str());
        QCOMPARE(spelt(ours), spelt(theirs));
        std::vector<std::string> names;
        for (const auto member : theirs.get_object().value())
            names.emplace_back(member.key);
        QCOMPARE(namesIn(outline), names);
    }
    QVERIFY(whole > 20000);
}

/// Records one behind the other share blocks of 64 bytes; each must be outlined as if it stood alone.
void TestRecordOutline::outlinesRecordsWhereverTheyBegin()
{
    Random random(11);
    for (const JsonMaskKernel& kernel : jsonMaskKernels()) {
        RecordOutline outline(kernel);
        for (int round = 0; round < 300; ++round) {
            std::string text;
            std::vector<std::string> records;
            for (int count = 0; count < 8; ++count) {
                records.push_back(object(random, 3));
                text += records.back() + (count % 2 == 0 ? "," : "\n");
            }
            const std::size_t size = text.size();
            text = padded(text);
            outline.forget();
            std::size_t at = 0;
            for (const std::string& record : records) {
                QVERIFY(outline.read(text.data(), size, at) == RecordOutline::State::Whole);
                QCOMPARE(text.substr(at, outline.end() - at), record);
                at = outline.end() + 1;
            }
        }
    }
}

void TestRecordOutline::halfASurrogatePairIsReplaced()
{
    std::string text;
    appendUnescaped(text, "a\\ud83db\\ude00c\\ud83d\\ud83d\\ude00");
    QCOMPARE(text, std::string("a\xef\xbf\xbd"
                               "b\xef\xbf\xbd"
                               "c\xef\xbf\xbd\xf0\x9f\x98\x80"));
}

void TestRecordOutline::numbersBeyondSixtyFourBitsStayAsWritten()
{
    const std::string record = "{\"n\":123456789012345678901234567890,\"f\":1e999,\"z\":-0}";
    const std::string text = padded(record);
    RecordOutline outline;
    QVERIFY(isObject(outline, text, record.size()));
    std::string again;
    appendCompact(again, outline, 0);
    QCOMPARE(again, std::string("{\"n\":123456789012345678901234567890,\"f\":1e999,\"z\":0}"));
    QCOMPARE(numberOf("123456789012345678901234567890"), 123456789012345678901234567890.0);
}

void TestRecordOutline::tellsWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<QByteArray>("problem");
    QTest::addColumn<int>("at");
    QTest::newRow("cut off") << QByteArray("{\"a\":1") << QByteArray("it ends too early") << 6;
    QTest::newRow("no value") << QByteArray("{\"a\":}") << QByteArray("something is missing or misplaced") << 5;
    QTest::newRow("no name") << QByteArray("{\"a\":1,2}") << QByteArray("something is missing or misplaced") << 7;
    QTest::newRow("name in a list") << QByteArray("{\"a\":[\"b\":1]}") << QByteArray("something is missing or misplaced")
                                    << 9;
    QTest::newRow("other bracket") << QByteArray("{\"a\":[1}}") << QByteArray("a bracket does not match") << 7;
    QTest::newRow("word") << QByteArray("{\"a\":tru}") << QByteArray("no number and none of true, false, null") << 5;
    QTest::newRow("number") << QByteArray("{\"a\":01}") << QByteArray("no number and none of true, false, null") << 5;
    QTest::newRow("escape") << QByteArray("{\"a\":\"\\x\"}") << QByteArray("an escape that JSON does not know") << 7;
    QTest::newRow("UTF-8") << QByteArray("{\"a\":\"\xc3(\"}") << QByteArray("its text is not UTF-8") << 0;
}

void TestRecordOutline::tellsWhatIsWrong()
{
    QFETCH(QByteArray, record);
    QFETCH(QByteArray, problem);
    QFETCH(int, at);
    RecordOutline outline;
    const std::string text = padded(record.toStdString());
    QVERIFY(outline.read(text.data(), static_cast<std::size_t>(record.size()), 0) != RecordOutline::State::Whole);
    QCOMPARE(QByteArray(outline.problem().data(), static_cast<qsizetype>(outline.problem().size())), problem);
    QCOMPARE(outline.problemAt(), static_cast<std::size_t>(at));
}

QTEST_GUILESS_MAIN(TestRecordOutline)
#include "tst_record_outline.moc"
