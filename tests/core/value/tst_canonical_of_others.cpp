#include "core/value/json.h"

#include <QTest>

using namespace cordon;

/// RFC 8785 for documents that others sign.
class TestCanonicalOfOthers : public QObject
{
    Q_OBJECT

private slots:
    void numbersAreWrittenAsEcmaScriptWritesThem_data()
    {
        QTest::addColumn<QString>("read");
        QTest::addColumn<QString>("written");
        const auto row = [](const char* read, const char* written) { QTest::newRow(read) << read << written; };
        row("1.0", "1");
        row("-0.0", "0");
        row("4.50", "4.5");
        row("2e-3", "0.002");
        row("1E30", "1e+30");
        row("0.000001", "0.000001");
        row("1e-7", "1e-7");
        row("1.5e-7", "1.5e-7");
        row("-12.25e1", "-122.5");
        row("1e20", "100000000000000000000");
        row("1e21", "1e+21");
        row("333333333.33333329", "333333333.3333333");
        row("295147905179352830000.0", "295147905179352830000");
        row("9007199254740992.0", "9007199254740992");
        row("5e-324", "5e-324");
        row("1.7976931348623157e308", "1.7976931348623157e+308");
        row("123456789", "123456789");
    }
    void numbersAreWrittenAsEcmaScriptWritesThem()
    {
        QFETCH(QString, read);
        QFETCH(QString, written);
        const auto value = json::parse(read.toStdString());
        QVERIFY(value);
        QCOMPARE(*json::canonicalOfOthers(*value), written.toStdString());
    }

    void theRestIsAsInTheStricterProfile()
    {
        const auto value = json::parse("{\"b\":[1,2.5],\"a\":\"\\u20ac\\n\",\"\\ud83d\\ude00\":null,\"\\ufb33\":true}");
        QVERIFY(value);
        QCOMPARE(*json::canonicalOfOthers(*value),
                 std::string("{\"a\":\"\xE2\x82\xAC\\n\",\"b\":[1,2.5],\"\xF0\x9F\x98\x80\":null,\"\xEF\xAC\xB3\":true}"));
        QVERIFY(!json::canonical(*value)); // the fraction
        QVERIFY(!json::canonicalOfOthers(Value(std::int64_t(9007199254740993)))); // it would be another number there
    }
};

QTEST_GUILESS_MAIN(TestCanonicalOfOthers)
#include "tst_canonical_of_others.moc"
