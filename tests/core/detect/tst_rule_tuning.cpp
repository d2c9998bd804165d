#include "core/detect/rule_set.h"

#include <QtTest>
#include <fstream>
#include <sstream>

using namespace cordon;
using namespace cordon::detect;

namespace {

std::string ruleText(const std::string& id, const std::string& level)
{
    return "title: Rule " + id + "\nid: " + id + "\nlevel: " + level +
           "\nlogsource: {product: aws}\ndetection:\n    selection: {a: b}\n    condition: selection\n";
}

const std::string tuningText = "format: cordon-rule-tuning/1\n"
                               "classes:\n"
                               "    everyday: {level: informational, why: matches everything}\n"
                               "    form: {level: low, why: guesses}\n"
                               "rules:\n"
                               "    everyday: [everyday-1]\n"
                               "    form: [form-1, quiet-1]\n";

} // namespace

class TestRuleTuning : public QObject
{
    Q_OBJECT

private slots:
    void listedRulesAreLoweredAndOthersKept_data();
    void listedRulesAreLoweredAndOthersKept();
    void informationalRulesRaiseNoAlert();
    void brokenListsAreRefusedWithTheirPlace_data();
    void brokenListsAreRefusedWithTheirPlace();
    void theShippedListNamesPublicRulesOnce();
};

void TestRuleTuning::listedRulesAreLoweredAndOthersKept_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("level");
    QTest::addColumn<bool>("isBuiltin");
    QTest::addColumn<QString>("expected");
    QTest::newRow("lowered") << "form-1" << "high" << false << "low";
    QTest::newRow("never raised") << "quiet-1" << "informational" << false << "informational";
    QTest::newRow("not listed") << "other-1" << "high" << false << "high";
    QTest::newRow("built in") << "form-1" << "high" << true << "high";
}

void TestRuleTuning::listedRulesAreLoweredAndOthersKept()
{
    QFETCH(QString, id);
    QFETCH(QString, level);
    QFETCH(bool, isBuiltin);
    QFETCH(QString, expected);
    RuleSet rules;
    rules.add(ruleText(id.toStdString(), level.toStdString()), "a.yml", isBuiltin);
    const auto tuning = RuleTuning::parse(tuningText, "tuning.yml");
    QVERIFY(tuning);
    rules.tune(*tuning);
    QCOMPARE(QString::fromStdString(std::string(toString(rules.rules()[0].info.level))), expected);
}

void TestRuleTuning::informationalRulesRaiseNoAlert()
{
    RuleSet rules;
    rules.add(ruleText("everyday-1", "high"), "a.yml", false);
    rules.add(ruleText("always-1", "informational"), "b.yml", false);
    rules.add(ruleText("form-1", "high"), "c.yml", false);
    rules.tune(*RuleTuning::parse(tuningText, "tuning.yml"));
    QVERIFY(!rules.rules()[0].raisesAlert);
    QVERIFY(!rules.rules()[1].raisesAlert);
    QVERIFY(rules.rules()[2].raisesAlert);
}

void TestRuleTuning::brokenListsAreRefusedWithTheirPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    QTest::newRow("another format") << "format: x\n" << "tuning.yml:1: expected format";
    QTest::newRow("no reason") << "format: cordon-rule-tuning/1\nclasses:\n    a:\n        level: low\n"
                               << "the class 'a' needs a level and a reason";
    QTest::newRow("no such class") << "format: cordon-rule-tuning/1\nrules:\n    b:\n        - x\n"
                                   << "'b' is no class";
    QTest::newRow("twice") << "format: cordon-rule-tuning/1\nclasses: {a: {level: low, why: y}}\nrules:\n    a: [x, x]\n"
                           << "tuning.yml:4: the rule x is listed twice";
}

void TestRuleTuning::brokenListsAreRefusedWithTheirPlace()
{
    QFETCH(QString, text);
    QFETCH(QString, reason);
    const auto tuning = RuleTuning::parse(text.toStdString(), "tuning.yml");
    QVERIFY(!tuning);
    QVERIFY2(QString::fromStdString(tuning.error().detail).contains(reason), tuning.error().detail.c_str());
}

void TestRuleTuning::theShippedListNamesPublicRulesOnce()
{
    std::ifstream file(CORDON_SOURCE_DIR "/resources/rule_tuning.yml");
    std::stringstream text;
    text << file.rdbuf();
    const auto tuning = RuleTuning::parse(text.str(), "rule_tuning.yml");
    QVERIFY2(tuning, tuning ? "" : tuning.error().detail.c_str());
    QVERIFY(tuning->size() > 100);
}

QTEST_GUILESS_MAIN(TestRuleTuning)
#include "tst_rule_tuning.moc"
