#include "core/detect/rule_parser.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::detect;

namespace {

const std::string head = "title: t\nid: i\nlogsource:\n    product: aws\ndetection:\n";

std::string ruleWith(const std::string& item)
{
    return head + "    sel:\n        " + item + "\n    condition: sel\n";
}

} // namespace

class TestRuleParser : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhatARuleTells();
    void saysWhereAndWhyARuleIsRejected_data();
    void saysWhereAndWhyARuleIsRejected();
    void keepsTheOtherDocumentsOfAFile();
    void mergesTheGlobalDocumentOfACollection();
    void disablesARuleWithAnUnresolvedPlaceholder();
    void readsACorrelation();
};

void TestRuleParser::keepsWhatARuleTells()
{
    const ParsedRules parsed = parseRules("title: A title\nid: 1-2\nname: short_name\nstatus: test\nlevel: high\n"
                                          "author: One, Two\nlicense: MIT\ndescription: d\n"
                                          "related:\n    - id: 3-4\n      type: derived\n"
                                          "tags:\n    - attack.t1098.003\n    - attack.privilege_escalation\n"
                                          "    - attack.defense-impairment\n    - attack.g0016\n    - cve.2024-1\n"
                                          "falsepositives:\n    - none\n"
                                          "logsource:\n    product: AWS\n    service: cloudtrail\n"
                                          "detection:\n    sel:\n        a: 1\n    condition: sel\n",
                                          "f.yml");
    QCOMPARE(parsed.rejected.size(), std::size_t(0));
    const Rule& rule = parsed.rules.at(0);
    QCOMPARE(rule.info.title, "A title");
    QCOMPARE(rule.info.id, "1-2");
    QCOMPARE(rule.name, "short_name");
    QCOMPARE(rule.info.author, "One, Two");
    QCOMPARE(rule.info.license, "MIT");
    QVERIFY(rule.info.level == Severity::High);
    QCOMPARE(rule.info.techniques, std::vector<std::string>{"T1098.003"});
    QCOMPARE(rule.info.tactics, (std::vector<std::string>{"privilege-escalation", "defense-impairment"}));
    QCOMPARE(rule.related.at(0).type, "derived");
    QCOMPARE(rule.logSource.product, "aws");
    QCOMPARE(rule.tags.size(), std::size_t(5));
}

void TestRuleParser::saysWhereAndWhyARuleIsRejected_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& text, int line, const char* reason) {
        QTest::newRow(name) << QString::fromStdString(text) << line << QString(reason);
    };
    row("unknown modifier", ruleWith("a|base46: x"), 7, "unknown modifier");
    row("unknown modifier before a list", ruleWith("a|base46:\n            - x"), 7, "unknown modifier");
    row("look-ahead", ruleWith("a|re: '^(?!x)'"), 7, "linear time");
    row("not a network", ruleWith("a|cidr: 10.0.0.0/33"), 7, "not a network");
    row("number needed", ruleWith("a|lt: many"), 7, "needs a number");
    row("null under contains", ruleWith("a|contains: null"), 7, "null does not go");
    row("wildcard under base64", ruleWith("a|base64: 'x*'"), 7, "without wildcards");
    row("a map as value", ruleWith("a:\n            b: c"), 7, "must be a text");
    row("no values", ruleWith("a: []"), 7, "no values");
    row("unknown identifier", head + "    sel:\n        a: 1\n    condition: sel and other\n", 8, "unknown 'other'");
    row("open bracket", head + "    sel:\n        a: 1\n    condition: (sel\n", 8, "missing ')'");
    row("nothing fits", head + "    sel:\n        a: 1\n    condition: 1 of x*\n", 8, "no search identifier");
    row("trailing word", head + "    sel:\n        a: 1\n    condition: sel sel\n", 8, "does not go on");
    row("aggregation", head + "    sel:\n        a: 1\n    condition: sel | count() > 3\n", 8, "does not go on");
    row("no condition", head + "    sel:\n        a: 1\n", 1, "no condition");
    row("no detection", "title: t\n", 1, "no detection");
    row("unknown action of a collection", "action: include\nfilename: x.yml\n", 1, "unknown action 'include'");
    row("no title", "id: i\n", 1, "no title");
    row("unknown level", "title: t\nlevel: extreme\n", 2, "unknown level");
    row("malformed YAML", "title: 'open\n", 2, "");
    row("unknown correlation", "title: t\ncorrelation:\n    type: near\n    rules: [a]\n", 3, "not known");
    row("value_count without field",
        "title: t\ncorrelation:\n    type: value_count\n    rules: [a]\n    timespan: 1m\n"
        "    condition:\n        gte: 2\n",
        3, "needs a field");
    const std::string filter = "title: t\nlogsource:\n    product: aws\nfilter:\n";
    row("filter that keeps a part", filter + "    rules: [a]\n    s:\n        a: 1\n    condition: not s and s\n", 8,
        "left out");
    row("filter without rules", filter + "    s:\n        a: 1\n    condition: s\n", 5, "must name rules");
    row("filter without logsource", "title: t\nfilter:\n    rules: [a]\n    s:\n        a: 1\n    condition: s\n", 3,
        "must have a logsource");
    row("condition of a number", head + "    sel:\n        a: 1\n    condition:\n        - sel\n        - 5\n", 9,
        "list of texts");
}

void TestRuleParser::saysWhereAndWhyARuleIsRejected()
{
    QFETCH(QString, text);
    QFETCH(int, line);
    QFETCH(QString, reason);
    const ParsedRules parsed = parseRules(text.toStdString(), "file.yml");
    QCOMPARE(parsed.rules.size() + parsed.filters.size(), std::size_t(0));
    QCOMPARE(parsed.rejected.size(), std::size_t(1));
    QCOMPARE(parsed.rejected[0].file, "file.yml");
    QVERIFY2(QString::fromStdString(parsed.rejected[0].reason).contains(reason), parsed.rejected[0].reason.c_str());
    QCOMPARE(parsed.rejected[0].line, line);
}

void TestRuleParser::keepsTheOtherDocumentsOfAFile()
{
    const ParsedRules parsed = parseRules(ruleWith("a: 1") + "---\n" + ruleWith("a|nonsense: 1"), "f.yml");
    QCOMPARE(parsed.rules.size(), std::size_t(1));
    QCOMPARE(parsed.rejected.size(), std::size_t(1));
    QCOMPARE(parsed.rejected[0].line, 16);
}

void TestRuleParser::mergesTheGlobalDocumentOfACollection()
{
    const ParsedRules parsed =
        parseRules("action: global\nlevel: low\nlogsource:\n    product: aws\n---\n"
                   "title: one\nlogsource:\n    service: x\ndetection:\n    s:\n        a: 1\n    condition: s\n---\n"
                   "action: repeat\ntitle: two\nlevel: high\n",
                   "f.yml");
    QCOMPARE(parsed.rejected.size(), std::size_t(0));
    QCOMPARE(parsed.rules.size(), std::size_t(2));
    QVERIFY(parsed.rules[0].info.level == Severity::Low);
    QCOMPARE(parsed.rules[0].logSource.product, "aws");
    QCOMPARE(parsed.rules[0].logSource.service, "x");
    QCOMPARE(parsed.rules[1].info.title, "two");
    QVERIFY(parsed.rules[1].info.level == Severity::High);
    QCOMPARE(parsed.rules[1].tests.size(), std::size_t(1));
}

void TestRuleParser::disablesARuleWithAnUnresolvedPlaceholder()
{
    const ParsedRules parsed = parseRules(ruleWith("a|expand: '%servers%'"), "f.yml");
    QCOMPARE(parsed.rules.size(), std::size_t(1));
    QVERIFY(parsed.rules[0].disabledReason.find("%servers%") != std::string::npos);
    QCOMPARE(parseRules(ruleWith("a|expand: '\\%plain'"), "f.yml").rules.at(0).disabledReason, "");
    QCOMPARE(parseRules(ruleWith("a: '%servers%'"), "f.yml").rules.at(0).disabledReason, "");
}

void TestRuleParser::readsACorrelation()
{
    const ParsedRules parsed =
        parseRules("title: t\nid: c\ncorrelation:\n    type: value_count\n    rules:\n        - r\n"
                   "    group-by:\n        - u\n    aliases:\n        u:\n            r: user.name\n"
                   "    timespan: 90m\n    condition:\n        field: x\n        gt: 3\n        lte: 9\n",
                   "f.yml");
    QCOMPARE(parsed.rejected.size(), std::size_t(0));
    const CorrelationRule& rule = *parsed.rules.at(0).correlation;
    QVERIFY(rule.kind == CorrelationRule::Kind::ValueCount);
    QVERIFY(rule.timespan == std::chrono::minutes(90));
    QCOMPARE(rule.fieldFor("u", 0), "user.name");
    QVERIFY(!rule.holds(3) && rule.holds(4) && rule.holds(9) && !rule.holds(10));
    QVERIFY(!rule.isSliding());
}

QTEST_GUILESS_MAIN(TestRuleParser)
#include "tst_rule_parser.moc"
