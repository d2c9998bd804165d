#include "core/detect/text_index.h"

#include <QTest>
#include <random>
#include <set>

using namespace cordon::detect;

namespace {

struct Wanted
{
    TextIndex::Place place = TextIndex::Place::Whole;
    std::string text;
};

/// Few letters, so that much is shared.
std::string word(std::mt19937_64& random, std::size_t shortest, std::size_t longest)
{
    static const std::string_view letters("ab.\\", 4);
    std::string text;
    for (std::size_t size = shortest + random() % (longest - shortest + 1); text.size() < size;)
        text += letters[random() % letters.size()];
    return text;
}

bool fits(const Wanted& wanted, const std::string& text)
{
    switch (wanted.place) {
    case TextIndex::Place::Whole:
        return text == wanted.text;
    case TextIndex::Place::Start:
        return text.starts_with(wanted.text);
    case TextIndex::Place::End:
        return text.ends_with(wanted.text);
    case TextIndex::Place::Inside:
        return text.find(wanted.text) != std::string::npos;
    }
    return false;
}

std::set<RuleIndex> found(const TextIndex& index, const std::string& text)
{
    std::set<RuleIndex> all;
    index.find(text, [&all](const std::vector<RuleIndex>& rules) { all.insert(rules.begin(), rules.end()); });
    return all;
}

} // namespace

class TestTextIndex : public QObject
{
    Q_OBJECT
private slots:
    void findsWhatLookingAtEachFinds();
    void anEmptyIndexFindsNothing();
    void oneTextCallsUpAllItsRules();
};

/// The second way is asking for each wanted text by itself.
void TestTextIndex::findsWhatLookingAtEachFinds()
{
    std::mt19937_64 random(5);
    for (int round = 0; round < 60; ++round) {
        TextIndex index;
        std::vector<Wanted> wanted;
        for (RuleIndex rule = 0; rule < 40; ++rule) {
            const auto place = static_cast<TextIndex::Place>(random() % 4);
            const std::size_t shortest = place == TextIndex::Place::Inside  ? TextIndex::shortestInside
                                         : place == TextIndex::Place::Whole ? 0
                                                                            : 1;
            wanted.push_back({place, word(random, shortest, 12)});
            index.add(place, wanted.back().text, rule);
        }
        index.build();
        for (int look = 0; look < 200; ++look) {
            std::string text = word(random, 0, 30);
            if (look % 3 == 0)
                text = wanted[random() % wanted.size()].text + (look % 2 == 0 ? text : std::string());
            else if (look % 3 == 1)
                text += wanted[random() % wanted.size()].text;
            std::set<RuleIndex> expected;
            for (RuleIndex rule = 0; rule < wanted.size(); ++rule) {
                if (fits(wanted[rule], text))
                    expected.insert(rule);
            }
            QVERIFY2(found(index, text) == expected, text.c_str());
        }
    }
}

void TestTextIndex::anEmptyIndexFindsNothing()
{
    const TextIndex index;
    QVERIFY(found(index, "anything").empty());
}

void TestTextIndex::oneTextCallsUpAllItsRules()
{
    TextIndex index;
    index.add(TextIndex::Place::Inside, "mimikatz", 3);
    index.add(TextIndex::Place::Inside, "mimikatz", 8);
    index.add(TextIndex::Place::End, ".exe", 9);
    index.build();
    QCOMPARE(found(index, "c:\\mimikatz.exe"), (std::set<RuleIndex>{3, 8, 9}));
    QCOMPARE(found(index, "mimikatz"), (std::set<RuleIndex>{3, 8}));
}

QTEST_GUILESS_MAIN(TestTextIndex)
#include "tst_text_index.moc"
