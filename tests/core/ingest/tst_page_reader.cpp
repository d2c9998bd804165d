#include "core/ingest/page_reader.h"

#include <QTest>

using namespace cordon;

/// Pages of the program's own are read as the strict parser reads them.
class TestPageReader : public QObject
{
    Q_OBJECT

private slots:
    void givesWhatTheStrictParserGives()
    {
        for (const char* text : {"{}", "[]", "null", "true", "-7", "9223372036854775807", "0.5", "1e3", "\"a\"",
                                 "{\"a\":[1,2.5,{\"b\":null}],\"z\":\"\xc3\xa4 \\\"\\\\ \\t\",\"k\":false}",
                                 "{\"z\":1,\"a\":2}", "\"\\u00e4\"", "[1,\n2]"}) {
            const auto page = ingest::parsePage(text);
            const auto strict = json::parse(text);
            QVERIFY2(page && strict && *page == *strict, text);
            QCOMPARE(page->line(), strict->line());
            QCOMPARE(json::write(*page), json::write(*strict));
        }
    }

    void refusesWhatTheStrictParserRefuses()
    {
        const std::string deep = std::string(65, '[') + std::string(65, ']');
        for (const std::string& text :
             {std::string(), std::string("{\"a\":1,\"a\":2}"), std::string("[1] x"), std::string("9223372036854775808"),
              std::string("[1e999]"), std::string("\"\\ud800\""), std::string("{\"a\":01}"), std::string("[NaN]"),
              std::string("\"\xff\""), std::string("\"a\0b\"", 5), std::string("[1,]"), std::string("\"a\tb\""), deep}) {
            const auto page = ingest::parsePage(text);
            const auto strict = json::parse(text);
            QVERIFY2(!page && !strict, text.c_str());
            QCOMPARE(page.error().detail, strict.error().detail);
        }
        QVERIFY(ingest::parsePage(deep.substr(1, 128)));
        QVERIFY(!ingest::parsePage("[10]", {.bytes = 3}));
        QVERIFY(!ingest::parsePage("{\"a\":[1]}", {.depth = 1}));
    }
};

QTEST_GUILESS_MAIN(TestPageReader)
#include "tst_page_reader.moc"
