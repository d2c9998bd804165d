#include "core/detect/gram_filter.h"

#include <QTest>
#include <random>

using namespace cordon::detect;

namespace {

/// Few letters, so that wanted texts are often there.
std::string word(std::mt19937_64& random, std::size_t size)
{
    static const std::string_view letters("ab:.\\\"1<", 8);
    std::string text;
    while (text.size() < size)
        text += letters[random() % letters.size()];
    return text;
}

/// As a writer of JSON may write it, in letters of either case.
std::string written(std::mt19937_64& random, const std::string& text)
{
    std::string out;
    for (char c : text) {
        if (c >= 'a' && c <= 'z' && random() % 2 == 0)
            c = static_cast<char>(c - 0x20);
        if (random() % 64 == 0 || (c == '<' && random() % 2 == 0)) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), random() % 2 == 0 ? "\\u%04x" : "\\u%04X", static_cast<unsigned>(c));
            out += escape.data();
            continue;
        }
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out;
}

} // namespace

class TestGramFilter : public QObject
{
    Q_OBJECT

private slots:
    void whatIsThereIsNeverPassedOver()
    {
        std::mt19937_64 random(7);
        int held = 0;
        int passed = 0;
        for (const GramFilter::Kernel* kernel : GramFilter::kernels()) {
            for (int round = 0; round < 20000; ++round) {
                GramFilter filter(kernel);
                const std::string wanted = word(random, 4 + random() % 6);
                if (!filter.add(wanted))
                    continue;
                const std::string text = word(random, random() % 200);
                const std::string both = random() % 2 == 0 ? text : text + wanted + word(random, random() % 200);
                const bool mayHold = filter.mayHold(written(random, both));
                const bool isThere = both.find(wanted) != std::string::npos;
                QVERIFY2(mayHold || !isThere, (wanted + " in " + both).c_str());
                held += isThere ? 1 : 0;
                passed += mayHold ? 0 : 1;
            }
        }
        QVERIFY(held > 1000);
        QVERIFY(passed > 1000);
    }

    void ordinaryTextIsPassedOverAtAnyLength()
    {
        for (const GramFilter::Kernel* kernel : GramFilter::kernels()) {
            GramFilter filter(kernel);
            QVERIFY(filter.add("sekurlsa::"));
            QVERIFY(filter.add("lsadump::"));
            for (std::size_t size = 0; size < 300; ++size) {
                const std::string text(size, 'x');
                QVERIFY(!filter.mayHold(text));
                QVERIFY(filter.mayHold(text + "LsaDump::Sam"));
                QVERIFY(!filter.mayHold(text + "\\u003cC:\\\\users\\u00e9"));
                QVERIFY(filter.mayHold(text + "\\u006csadump::sam"));
            }
        }
    }

    void whatCouldBeWrittenOtherwiseIsNoUse()
    {
        GramFilter filter;
        QVERIFY(!filter.add("a\\b\\c\\d\\e"));
        QVERIFY(!filter.add("4624"));
        QVERIFY(!filter.add("<a><b>"));
        QVERIFY(!filter.add("\u00e9\u00e9\u00e9\u00e9"));
        QVERIFY(filter.add("\\cmd.exe"));
    }
};

QTEST_GUILESS_MAIN(TestGramFilter)
#include "tst_gram_filter.moc"
