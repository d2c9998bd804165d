#include "core/value/json.h"

#include <QtTest>

using namespace cordon;

class TestCanonical : public QObject
{
    Q_OBJECT

private slots:
    void matchesTheStandard_data();
    void matchesTheStandard();
    void matchesTheFormatVectors();
    void givesOneTextForOneMeaning();
    void refuses_data();
    void refuses();
    void acceptsNestingUpTo32();
    void acceptsIntegersUpToTwoToThe53Minus1();
};

void TestCanonical::matchesTheStandard_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("canonical");
    // RFC 8785 sections 3.2.2 and 3.2.3, without the members that hold fractions.
    QTest::newRow("strings and literals")
        << QByteArray("{\"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\",\n\"literals\": "
                      "[null, true, false]}")
        << QByteArray("{\"literals\":[null,true,false],\"string\":\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    QTest::newRow("keys in UTF-16 order")
        << QByteArray(
               "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet With Dagesh\","
               "\"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\","
               "\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}")
        << QByteArray(
               "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\","
               "\"\xC3\xB6\":\"Latin Small Letter O With Diaeresis\",\"\xE2\x82\xAC\":\"Euro Sign\","
               "\"\xF0\x9F\x98\x80\":\"Emoji: Grinning Face\",\"\xEF\xAC\xB3\":\"Hebrew Letter Dalet With Dagesh\"}");
    QTest::newRow("a key before the key it starts")
        << QByteArray("{\"ab\":1,\"a\":2,\"\":3}") << QByteArray("{\"\":3,\"a\":2,\"ab\":1}");
    QTest::newRow("U+D7FF before a surrogate pair before U+E000")
        << QByteArray("{\"\\ue000\":1,\"\\ud800\\udc00\":2,\"\\ud7ff\":3}")
        << QByteArray("{\"\xED\x9F\xBF\":3,\"\xF0\x90\x80\x80\":2,\"\xEE\x80\x80\":1}");
    QTest::newRow("short escapes") << QByteArray("\"\\u0008\\u0009\\u000a\\u000c\\u000d\\u000b\\u001F\\u007f\"")
                                   << QByteArray("\"\\b\\t\\n\\f\\r\\u000b\\u001f\x7F\"");
    QTest::newRow("empty containers") << QByteArray(" [ { } , [ ] , \"\" ] ") << QByteArray("[{},[],\"\"]");
    QTest::newRow("minus zero") << QByteArray("-0") << QByteArray("0");
}

void TestCanonical::matchesTheStandard()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, canonical);
    const auto value = json::parse(text.toStdString());
    QVERIFY2(value, value ? "" : value.error().detail.c_str());
    const auto written = json::canonical(*value);
    QVERIFY2(written, written ? "" : written.error().detail.c_str());
    QCOMPARE(QByteArray::fromStdString(*written), canonical);
}

void TestCanonical::matchesTheFormatVectors()
{
    // The action of the design's format vectors, members in the order in which people write them.
    const char* digest = "a7fd228b12c747357e1c76b9704e197f03a8f893f1fb046379ac9a9d5c61bcb3";
    const char* state = "4ed600e3cae923b75e0cf3f23a365207c3e881cbd754a98781a8c3f280571daf";
    const Value target = Value().set("kind", "credential").set("id", "AKIAEXAMPLE000000001");
    const Value action = Value()
                             .set("v", 1)
                             .set("type", "credential.delete")
                             .set("connector", "aws")
                             .set("tenant", "prod")
                             .set("targets", Value().append(target))
                             .set("params", Value().set("user", "svc-deploy-ci"))
                             .set("expected_state", state)
                             .set("incident", "INC-7")
                             .set("session", "s-1")
                             .set("mandate", digest)
                             .set("rollback", nullptr);
    QCOMPARE(
        QByteArray::fromStdString(*json::canonical(action)),
        QByteArray(
            "{\"connector\":\"aws\",\"expected_state\":"
            "\"4ed600e3cae923b75e0cf3f23a365207c3e881cbd754a98781a8c3f280571daf\","
            "\"incident\":\"INC-7\",\"mandate\":\"a7fd228b12c747357e1c76b9704e197f03a8f893f1fb046379ac9a9d5c61bcb3\","
            "\"params\":{\"user\":\"svc-deploy-ci\"},\"rollback\":null,\"session\":\"s-1\","
            "\"targets\":[{\"id\":\"AKIAEXAMPLE000000001\",\"kind\":\"credential\"}],\"tenant\":\"prod\","
            "\"type\":\"credential.delete\",\"v\":1}"));
}

void TestCanonical::givesOneTextForOneMeaning()
{
    const auto a = json::parse("{\"b\":[1,2],\"a\":\"\\u00e9\"}");
    const auto b = json::parse("{ \"a\" : \"\xC3\xA9\", \"b\" : [ 1, 2 ] }");
    QVERIFY(a && b);
    QVERIFY(*json::canonical(*a) == *json::canonical(*b));
    // Unicode is not normalised: e with a combining accent is another text.
    const auto c = json::parse("{\"b\":[1,2],\"a\":\"e\\u0301\"}");
    QVERIFY(*json::canonical(*a) != *json::canonical(*c));
}

void TestCanonical::refuses_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("fraction") << QByteArray("{\"a\":[0,1.5]}") << QByteArray("fraction or exponent at /'a'/1");
    QTest::newRow("whole number written as a fraction") << QByteArray("1.0") << QByteArray("at the top");
    QTest::newRow("exponent") << QByteArray("[1e2]") << QByteArray("at /0");
    QTest::newRow("2^53") << QByteArray("{\"n\":9007199254740992}") << QByteArray("2^53-1 at /'n'");
    QTest::newRow("-2^53") << QByteArray("{\"n\":-9007199254740992}") << QByteArray("2^53-1 at /'n'");
}

void TestCanonical::refuses()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, reason);
    const auto written = json::canonical(*json::parse(json.toStdString()));
    QVERIFY(!written);
    QVERIFY(written.error().code == ErrorCode::Invalid);
    QVERIFY2(QByteArray::fromStdString(written.error().detail).contains(reason), written.error().detail.c_str());
}

void TestCanonical::acceptsNestingUpTo32()
{
    Value value(1);
    for (int depth = 1; depth <= 33; ++depth) {
        value = depth % 2 ? Value().append(value) : Value().set("a", value);
        QCOMPARE(json::canonical(value).has_value(), depth <= 32);
    }
}

void TestCanonical::acceptsIntegersUpToTwoToThe53Minus1()
{
    QVERIFY(*json::canonical(Value(std::int64_t{9007199254740991})) == "9007199254740991");
    QVERIFY(*json::canonical(Value(std::int64_t{-9007199254740991})) == "-9007199254740991");
    QVERIFY(!json::canonical(Value("\xED\xA0\x80")));
    QVERIFY(!json::canonical(Value().set("\xFF", 1)));
}

QTEST_GUILESS_MAIN(TestCanonical)
#include "tst_canonical.moc"
