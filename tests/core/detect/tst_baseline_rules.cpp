#include "core/detect/baseline_rules.h"

#include <QTest>

using namespace cordon;
using namespace cordon::detect;

namespace {

std::string ruleText(const std::string& product, const std::string& detection)
{
    return "title: t\nid: 6f3f6a3a-0000-4000-8000-000000000001\nlogsource: {product: " + product + "}\ndetection:\n" + detection;
}

const std::string askAws = "  own: {eventName: AssumeRole}\n"
                           "  past: {cordon.new: network, 'cordon.rarity_network|lt': 0.01}\n"
                           "  condition: own and past\n";

BaselineFacts facts(double rarity)
{
    BaselineFacts made;
    made.fresh = {{BaselineTrait::Network, "198.51.100.0/24", rarity}};
    made.pastDays = 12;
    made.pastEvents = 900;
    return made;
}

Event anEvent(bool isChange)
{
    Event made;
    made.action = "sts:AssumeRole";
    made.actor = EntityRef{EntityKind::Role, "r", {}, "r"};
    made.isIdentityChange = isChange;
    made.outcome = EventOutcome::Success;
    return made;
}

} // namespace

class TestBaselineRules : public QObject
{
    Q_OBJECT
private slots:
    void theOtherHalfMustHaveMatched();
    void aRuleForEverySourceNeedsNone();
    void figuresDecide();
    void mistakesAreRefusedWithTheirReason_data();
    void mistakesAreRefusedWithTheirReason();
    void correlationsCannotCountThem();
    void theShippedRulesAskAboutThePast();
};

void TestBaselineRules::theOtherHalfMustHaveMatched()
{
    RuleSet rules;
    rules.add(ruleText("aws", askAws), "a.yml", true);
    QCOMPARE(rules.rules().size(), std::size_t{1});
    QVERIFY(rules.rules()[0].usesBaseline);
    BaselineRules baseline(rules);
    const std::vector<RuleIndex> own{0};
    QCOMPARE(baseline.match(anEvent(false), facts(0.001), own), own);
    QVERIFY(baseline.match(anEvent(false), facts(0.001), {}).empty());
}

void TestBaselineRules::aRuleForEverySourceNeedsNone()
{
    RuleSet rules;
    rules.add(ruleText("cordon", "  s: {cordon.identity_change: 'true'}\n  condition: s\n"), "a.yml", true);
    BaselineRules baseline(rules);
    QCOMPARE(baseline.match(anEvent(true), facts(1), {}), std::vector<RuleIndex>{0});
    QVERIFY(baseline.match(anEvent(false), facts(1), {}).empty());
}

void TestBaselineRules::figuresDecide()
{
    RuleSet rules;
    rules.add(ruleText("aws", askAws), "a.yml", true);
    BaselineRules baseline(rules);
    const std::vector<RuleIndex> own{0};
    QVERIFY(baseline.match(anEvent(false), facts(0.02), own).empty());
    QCOMPARE(baseline.match(anEvent(false), facts(0.009), own), own);
}

void TestBaselineRules::mistakesAreRefusedWithTheirReason_data()
{
    QTest::addColumn<QString>("product");
    QTest::addColumn<QString>("detection");
    QTest::addColumn<QString>("reason");
    QTest::newRow("or") << "aws"
                        << "  own: {eventName: A}\n  past: {cordon.new: network}\n  condition: own or past\n"
                        << "joined to the others by 'and'";
    QTest::newRow("no such field") << "aws"
                                   << "  s: {cordon.newness: network}\n  condition: s\n"
                                   << "there is no field cordon.newness";
    QTest::newRow("record field for every source") << "cordon"
                                                   << "  s: {cordon.new: network, eventName: A}\n  condition: s\n"
                                                   << "cordon.* fields only";
    QTest::newRow("nothing asked") << "cordon"
                                   << "  s: {eventName: A}\n  condition: s\n"
                                   << "must ask about cordon.* fields";
}

void TestBaselineRules::mistakesAreRefusedWithTheirReason()
{
    QFETCH(QString, product);
    QFETCH(QString, detection);
    QFETCH(QString, reason);
    RuleSet rules;
    rules.add(ruleText(product.toStdString(), detection.toStdString()), "a.yml", true);
    QVERIFY(rules.rules().empty());
    QCOMPARE(rules.rejected().size(), std::size_t{1});
    QVERIFY2(QString::fromStdString(rules.rejected()[0].reason).contains(reason), rules.rejected()[0].reason.c_str());
}

void TestBaselineRules::correlationsCannotCountThem()
{
    RuleSet rules;
    rules.add(ruleText("aws", askAws), "a.yml", true);
    rules.add("title: c\nid: 6f3f6a3a-0000-4000-8000-000000000002\ncorrelation:\n  type: event_count\n"
              "  rules: [6f3f6a3a-0000-4000-8000-000000000001]\n  timespan: 5m\n  condition: {gte: 2}\n",
              "c.yml", true);
    rules.link();
    QCOMPARE(rules.rejected().size(), std::size_t{1});
    QVERIFY(rules.rejected()[0].reason.find("identity's past") != std::string::npos);
}

void TestBaselineRules::theShippedRulesAskAboutThePast()
{
    const std::vector<std::filesystem::path> folder{CORDON_SOURCE_DIR "/resources/rules/baseline"};
    const RuleSet rules = RuleSet::load(folder, true);
    QVERIFY(rules.rejected().empty());
    QVERIFY(rules.rules().size() >= 6);
    for (const Rule& rule : rules.rules())
        QVERIFY2(rule.usesBaseline, rule.info.title.c_str());
}

QTEST_GUILESS_MAIN(TestBaselineRules)
#include "tst_baseline_rules.moc"
