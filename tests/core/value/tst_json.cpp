#include "core/value/json.h"

#include <QtTest>
#include <limits>

using namespace cordon;

class TestJson : public QObject
{
    Q_OBJECT

private slots:
    void readsEachKind();
    void keepsTheLineOfEachValue();
    void refuses_data();
    void refuses();
    void quotesNoInputAfterASyntaxError();
    void acceptsNestingUpToTheLimitOnly();
    void acceptsLengthUpToTheLimitOnly();
    void survivesDeepNestingWithoutALimit();
    void writesCompactlyWithSortedKeys();
    void writesIndented();
    void writesTheReplacementCharacterForInvalidUtf8();
    void writesDoublesThatReadBackTheSame_data();
    void writesDoublesThatReadBackTheSame();
    void writesNullForWhatJsonHasNoNumberFor();
};

namespace {

std::string nested(std::size_t depth)
{
    return std::string(depth, '[') + std::string(depth, ']');
}

} // namespace

void TestJson::readsEachKind()
{
    const auto read =
        json::parse(" {\"n\":null,\"t\":true,\"i\":-9223372036854775808,\"d\":1.5e3,\"s\":\"\\u00e9\\ud83d\\ude00\","
                    "\"a\":[1,[]],\"o\":{}} ");
    QVERIFY2(read, read ? "" : read.error().detail.c_str());
    QVERIFY(read->has("n") && (*read)["n"].isNull());
    QCOMPARE((*read)["t"].asBool(), true);
    QCOMPARE((*read)["i"].asInt(), std::numeric_limits<std::int64_t>::min());
    QVERIFY((*read)["d"].kind() == Value::Kind::Double);
    QCOMPARE((*read)["d"].asDouble(), 1500.0);
    QVERIFY((*read)["s"].asString() == "\xC3\xA9\xF0\x9F\x98\x80");
    QCOMPARE((*read)["a"].asArray().size(), std::size_t{2});
    QVERIFY((*read)["a"].asArray()[1].isArray());
    QVERIFY((*read)["o"].isObject());
    QCOMPARE(json::parse("9223372036854775807")->asInt(), std::numeric_limits<std::int64_t>::max());
}

void TestJson::keepsTheLineOfEachValue()
{
    const auto read = json::parse("{\n\"a\": 1\n,\n\"b\": [\n  true,\n  22\n  ], \"c\":\n\n \"x\" }");
    QVERIFY(read);
    QCOMPARE(read->line(), 1);
    QCOMPARE((*read)["a"].line(), 2);
    QCOMPARE((*read)["b"].line(), 4);
    QCOMPARE((*read)["b"].asArray()[0].line(), 5);
    QCOMPARE((*read)["b"].asArray()[1].line(), 6);
    QCOMPARE((*read)["c"].line(), 9);
}

void TestJson::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, const QByteArray& text, const char* place, const char* reason) {
        QTest::newRow(name) << text << QByteArray(place) << QByteArray(reason);
    };
    row("empty", "", "line 1, column 1: ", "syntax error");
    row("duplicate key", "{\"a\":1,\n \"b\":2, \"a\":3}", "line 2, column 11: ", "duplicate key 'a'");
    row("duplicate key spelled with an escape", "{\"a\":1,\"\\u0061\":2}", "line 1, column 15: ", "duplicate key 'a'");
    row("unsigned past int64", "[9223372036854775808]", "line 1, ", "integer out of range");
    row("negative past int64", "-9223372036854775809", "line 1, ", "integer out of range");
    row("integer of 40 digits", "1111111111111111111111111111111111111111", "line 1, ", "integer out of range");
    row("double past the largest", "1e999", "line 1, ", "number out of range");
    row("NaN", "NaN", "line 1, ", "syntax error");
    row("Infinity", "-Infinity", "line 1, ", "syntax error");
    row("comment", "{} // x", "line 1, ", "syntax error");
    row("block comment", "/* x */ {}", "line 1, ", "syntax error");
    row("trailing text", "{}\n\n{}", "line 3, column 1: ", "syntax error");
    row("trailing comma", "[1,]", "line 1, ", "syntax error");
    row("leading zero", "01", "line 1, ", "syntax error");
    row("plus sign", "+1", "line 1, ", "syntax error");
    row("single quotes", "{'a':1}", "line 1, ", "syntax error");
    row("unclosed", "{\"a\":[1", "line 1, ", "syntax error");
    row("raw line break in a string", "\"a\nb\"", "line 1, ", "syntax error");
    row("lone high surrogate", "\"\\ud800\"", "line 1, ", "syntax error");
    row("lone low surrogate", "\"\\udc00x\"", "line 1, ", "syntax error");
    row("high surrogate before another", "\"\\ud800\\ud800\"", "line 1, ", "syntax error");
    row("invalid UTF-8", "\"\xC3(\"", "line 1, ", "syntax error");
    row("overlong UTF-8", "\"\xC0\x80\"", "line 1, ", "syntax error");
    row("encoded surrogate", "\"\xED\xA0\x80\"", "line 1, ", "syntax error");
    row("NUL after the document", QByteArray("{}\0{", 4), "line 1, column 3: ", "NUL byte");
    row("NUL in a string", QByteArray("\"\n\0\"", 4), "line 2, column 1: ", "NUL byte");
}

void TestJson::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, place);
    QFETCH(QByteArray, reason);
    const auto read = json::parse(text.toStdString());
    QVERIFY(!read);
    QVERIFY(read.error().code == ErrorCode::Invalid);
    const QByteArray detail = QByteArray::fromStdString(read.error().detail);
    QVERIFY2(detail.startsWith(place), detail);
    QVERIFY2(detail.contains(reason), detail);
}

void TestJson::quotesNoInputAfterASyntaxError()
{
    const auto read = json::parse("\"" + std::string(100000, 'S') + "\n\"");
    QVERIFY(!read);
    QVERIFY(read.error().detail.size() < 200);
    QVERIFY(read.error().detail.find("SSS") == std::string::npos);
}

void TestJson::acceptsNestingUpToTheLimitOnly()
{
    QVERIFY(json::parse(nested(64)));
    const auto deeper = json::parse(nested(65));
    QVERIFY(!deeper);
    QVERIFY(deeper.error().detail.find("nested deeper than 64") != std::string::npos);
    QVERIFY(json::parse("{\"a\":[1]}", {.depth = 2}));
    QVERIFY(!json::parse("{\"a\":[1]}", {.depth = 1}));
    QVERIFY(json::parse("1", {.depth = 0}));
}

void TestJson::acceptsLengthUpToTheLimitOnly()
{
    QVERIFY(json::parse("[10]", {.bytes = 4}));
    QVERIFY(!json::parse("[10]", {.bytes = 3}));
}

void TestJson::survivesDeepNestingWithoutALimit()
{
    QVERIFY(!json::parse(std::string(1000000, '[')));
}

void TestJson::writesCompactlyWithSortedKeys()
{
    const Value value = Value()
                            .set("b", Value().append(1).append(nullptr).append(true))
                            .set("a", "x\"\\\n\x01\x7F/")
                            .set("c", Value::Object());
    QCOMPARE(QByteArray::fromStdString(json::write(value)),
             QByteArray("{\"a\":\"x\\\"\\\\\\n\\u0001\x7F/\",\"b\":[1,null,true],\"c\":{}}"));
    QVERIFY(*json::parse(json::write(value)) == value);
}

void TestJson::writesIndented()
{
    const Value value = Value().set("a", Value().append(1).append(2)).set("b", Value::Array());
    QCOMPARE(QByteArray::fromStdString(json::writePretty(value)),
             QByteArray("{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": []\n}\n"));
}

void TestJson::writesTheReplacementCharacterForInvalidUtf8()
{
    QCOMPARE(QByteArray::fromStdString(json::write(Value("a\xFFz\xED\xA0\x80"))),
             QByteArray("\"a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""));
    QCOMPARE(QByteArray::fromStdString(json::write(Value("\xE2\x82"))), QByteArray("\"\xEF\xBF\xBD\xEF\xBF\xBD\""));
}

void TestJson::writesDoublesThatReadBackTheSame_data()
{
    QTest::addColumn<double>("number");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("whole") << 3.0 << QByteArray("3.0");
    QTest::newRow("tenth") << 0.1 << QByteArray("0.1");
    QTest::newRow("negative zero") << -0.0 << QByteArray("-0.0");
    QTest::newRow("sum of tenths") << 0.1 + 0.2 << QByteArray("0.30000000000000004");
    QTest::newRow("large") << 1e300 << QByteArray("1e+300");
    QTest::newRow("smallest") << 5e-324 << QByteArray("5e-324");
}

void TestJson::writesDoublesThatReadBackTheSame()
{
    QFETCH(double, number);
    QFETCH(QByteArray, text);
    const std::string written = json::write(Value(number));
    QCOMPARE(QByteArray::fromStdString(written), text);
    QVERIFY(json::parse(written) && *json::parse(written) == Value(number));
}

void TestJson::writesNullForWhatJsonHasNoNumberFor()
{
    QVERIFY(json::write(Value(std::numeric_limits<double>::infinity())) == "null");
    QVERIFY(json::write(Value(std::numeric_limits<double>::quiet_NaN())) == "null");
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
