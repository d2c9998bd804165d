#include "core/value/canonical_reader.h"

#include "core/value/json.h"

#include <QtTest>

#include <random>

using namespace cordon;

class TestCanonicalReader : public QObject
{
    Q_OBJECT

private slots:
    void takesWhatTheWriterWrites();
    void refuses_data();
    void refuses();
    void agreesWithReadingAndWritingAgain();
};

void TestCanonicalReader::takesWhatTheWriterWrites()
{
    const Value value = Value::Object{{"", Value::Array{}},
                                      {"a", Value::Object{}},
                                      {"b\x01\t\"\\/\x7f", "\b\f\n\r\x1f"},
                                      {"n", -1},
                                      {"big", (std::int64_t{1} << 53) - 1},
                                      {"\xEE\x80\x80", 1},
                                      {"\xF0\x90\x80\x80", Value::Array{true, false, Value(), 0, "\xC3\xA9"}}};
    const std::string text = json::canonical(value).value();
    const auto again = json::readCanonical(text);
    QVERIFY(again);
    QVERIFY(*again == value);
}

void TestCanonicalReader::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    int number = 0;
    for (const char* text : {"", " 1", "1 ", "01", "-0", "1.0", "1e2", "+1", "9007199254740992", "99999999999999999999", "-", "nul", "truex",
                             "[1,]", "[,1]", "[1", "{\"a\":1,}", "{\"a\" :1}", "{\"b\":1,\"a\":1}", "{\"a\":1,\"a\":1}",
                             "{a:1}", "\"\\u0041\"", "\"\\u0009\"", "\"\\u001F\"", "\"\\/\"", "\"\x01\"", "\"\\ud800\"", "\"\xC0\x80\"",
                             "\"\xED\xA0\x80\"", "\"a", "\"\\", "{\"\xEE\x80\x80\":1,\"\xF0\x90\x80\x80\":1}", "1\n", "\xEF\xBB\xBF" "1"})
        QTest::addRow("%d", number++) << QByteArray(text);
    QTest::addRow("deep") << QByteArray(33, '[') + QByteArray(33, ']');
}

void TestCanonicalReader::refuses()
{
    QFETCH(const QByteArray, text);
    QVERIFY(!json::readCanonical(text.toStdString()));
}

/// The slow way is the measure: read by the general reader, written again, the same bytes.
void TestCanonicalReader::agreesWithReadingAndWritingAgain()
{
    const std::string seedText =
        "{\"a\":[1,-2,{\"x\":null}],\"b\":\"t\\u0001\\n\xC3\xA9\",\"c\":{\"d\":true,\"e\":[[[]]]},\"z\":9007199254740991}";
    static const std::string alphabet = "{}[]\",:\\u01nabtrefls-.9 \x01\xC3\xA9\xEF\xF0\x80";
    std::mt19937_64 dice(7);
    int taken = 0;
    for (int run = 0; run < 60000; ++run) {
        std::string text = seedText;
        for (auto left = dice() % 3; left > 0; --left) {
            const std::size_t at = dice() % text.size();
            if (dice() % 3 == 0)
                text.erase(at, 1 + dice() % 3);
            else if (dice() % 2 == 0)
                text.insert(at, 1, alphabet[dice() % alphabet.size()]);
            else
                text[at] = alphabet[dice() % alphabet.size()];
        }
        const auto slow = json::parse(text);
        const auto again = slow ? json::canonical(*slow) : fail(slow.error());
        const bool isCanonical = again && *again == text;
        const auto quick = json::readCanonical(text);
        QVERIFY2(quick.has_value() == isCanonical, text.c_str());
        if (quick)
            QVERIFY2(*quick == *slow, text.c_str());
        taken += quick ? 1 : 0;
    }
    QVERIFY(taken > 1000 && taken < 59000);
}

QTEST_GUILESS_MAIN(TestCanonicalReader)
#include "tst_canonical_reader.moc"
