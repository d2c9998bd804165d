#include "canonical_comparison.h"

#include <QTest>

using namespace cordon;
using namespace cordon::govern;

class TestCanonicalDifferential : public QObject
{
    Q_OBJECT

private slots:
    // AP-05
    void ap05TwoImplementationsReadEveryTextTheSame()
    {
        const CanonicalTally tally = compareCanonical(100'000, 20261123);
        QVERIFY2(tally.problem.empty(), tally.problem.c_str());
        QVERIFY(tally.accepted > 5000 && tally.sameSpelledTwice > 5000 && tally.actions > 50);
    }

    // AP-05
    void ap05SpellingsThatReadersTakeForTheSameAreRefusedOrOne()
    {
        const auto digestOf = [](const std::string& params) {
            const std::string action = "{\"connector\":\"aws\",\"expected_state\":\"" + std::string(64, 'a') +
                                       "\",\"incident\":\"INC-0001\",\"mandate\":\"" + std::string(64, 'b') +
                                       "\",\"params\":" + params +
                                       ",\"rollback\":null,\"session\":\"s-1\",\"targets\":[{\"id\":\"AKIA\",\"kind\":"
                                       "\"credential\"}],\"tenant\":\"t\",\"type\":\"credential.delete\",\"v\":1}";
            const auto digest = actionDigest(std::string_view(action));
            return digest ? digest->hex() : std::string("refused");
        };
        QVERIFY(digestOf("{\"a\":1,\"b\":2}") != "refused");
        for (const char* other : {"{\"b\":2,\"a\":1}", "{\"a\":1.0,\"b\":2}", "{\"a\":1,\"a\":1,\"b\":2}", "{\"\\u0061\":1,\"b\":2}",
                                  "{\"a\": 1,\"b\":2}", "{\"a\":1e0,\"b\":2}", "{\"a\":01,\"b\":2}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\xED\xA0\x80\"}"})
            QCOMPARE(digestOf(other), std::string("refused"));
        const std::string composed = digestOf("{\"a\":\"\xC3\xA9\"}");
        const std::string decomposed = digestOf("{\"a\":\"e\xCC\x81\"}");
        QVERIFY(composed != decomposed || composed == "refused");
    }
};

QTEST_GUILESS_MAIN(TestCanonicalDifferential)
#include "tst_canonical_differential.moc"
