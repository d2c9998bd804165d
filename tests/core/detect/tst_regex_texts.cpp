#include "core/detect/regex_texts.h"
#include "core/detect/text_fold.h"

#include <QTest>
#include <algorithm>
#include <random>
#include <re2/re2.h>

using namespace cordon::detect;

namespace {

QString textsOf(const char* pattern, bool isCased = true)
{
    re2::RE2::Options options;
    options.set_case_sensitive(isCased);
    std::string all;
    for (const std::string& text : textsIn(re2::RE2(pattern, options)))
        all += text + '|';
    return QString::fromStdString(all);
}

} // namespace

class TestRegexTexts : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhatOneOfMustBeThere_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("texts");
        QTest::newRow("one") << "net\\s+config" << "config|";
        QTest::newRow("folded") << "ABC.d" << "abc|";
        QTest::newRow("a choice") << "(?:abc|defg)\\d" << "abc|defg|";
        QTest::newRow("no letter that other signs are taken for") << "(?i)clipboards?\\d" << "clipboard|";
        QTest::newRow("only such letters") << "(?i)kkss" << "";
        QTest::newRow("nothing sure") << "a*b?" << "";
        QTest::newRow("a choice with nothing sure") << "abc|\\d" << "";
        QTest::newRow("beyond ASCII") << "\xd1\x8f\xd1\x8f\xd1\x8f" << "";
    }
    void tellsWhatOneOfMustBeThere()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, texts);
        QCOMPARE(textsOf(pattern.toUtf8().constData()), texts);
    }

    void whatMatchesHoldsOneOfThem()
    {
        const std::vector<std::string> patterns{"(?i)a+bK?cs",   "(?i:kab)c|sab", "[ab]cab(?:k|s)+", "(?s)ab.{0,3}ca",
                                                "(?i)\\bcab\\b", "^(?i)sacb",     "(?:ab|ca|kc){2}a"};
        const std::vector<std::string> letters{"a", "b", "c", "k", "s", "K", "S", "A", "B",
                                               "C", " ", "\n", "\xe2\x84\xaa", "\xc5\xbf"};
        std::mt19937_64 random(3);
        int matched = 0;
        for (const std::string& pattern : patterns) {
            const re2::RE2 regex(pattern);
            QVERIFY(regex.ok());
            const std::vector<std::string> texts = textsIn(regex);
            for (int round = 0; round < 20000; ++round) {
                std::string text;
                for (std::size_t size = 3 + random() % 6; size > 0; --size)
                    text += letters[random() % letters.size()];
                if (!re2::RE2::PartialMatch(text, regex))
                    continue;
                ++matched;
                const std::string low = folded(text);
                const auto isThere = [&low](const std::string& one) { return low.find(one) != std::string::npos; };
                QVERIFY2(texts.empty() || std::any_of(texts.begin(), texts.end(), isThere), (pattern + ": " + text).c_str());
            }
        }
        QVERIFY(matched > 100);
    }
};

QTEST_GUILESS_MAIN(TestRegexTexts)
#include "tst_regex_texts.moc"
