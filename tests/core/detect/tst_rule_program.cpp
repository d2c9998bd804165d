#include "core/detect/rule_program.h"
#include "core/domain/value_event_view.h"
#include "tests/support/counted_allocations.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::detect;
using cordon::test::allocations;

namespace {

std::string rule(const std::string& id, const std::string& source, const std::string& detection)
{
    return "title: " + id + "\nid: " + id + "\nlogsource: {" + source + "}\ndetection:\n" + detection + "\n---\n";
}

std::string matched(const RuleProgram& program, const EventView& view)
{
    MatchScratch scratch;
    std::vector<RuleIndex> matches;
    program.match(view, scratch, matches);
    std::string names;
    for (const RuleIndex index : matches)
        names += program.rule(index).info.id + ' ';
    return names;
}

} // namespace

class TestRuleProgram : public QObject
{
    Q_OBJECT

private slots:
    void conditionsBindAsTheSpecificationSays_data();
    void conditionsBindAsTheSpecificationSays();
    void routesByLogSource();
    void keywordsAreSearchedInTheWholeRecord();
    void keywordsAreSearchedInTheTextsOfARecordThatIsNoJson();
    void rulesOfShortTextsAndExpressionsAreCalledUp();
    void sharesEqualTestsBetweenRules();
    void allocatesNothingWhenNothingMatches();
    void filtersLeaveOutWhatTheySelect();
    void loadsAllPublicRules();
};

void TestRuleProgram::conditionsBindAsTheSpecificationSays_data()
{
    QTest::addColumn<QString>("condition");
    QTest::addColumn<bool>("isMatch");
    // yes1 and yes2 hold, no1 does not, _hidden does not.
    QTest::newRow("and before or") << "yes1 or no1 and no1" << true;
    QTest::newRow("not before and") << "not no1 and yes1" << true;
    QTest::newRow("not before or") << "not yes1 or yes2" << true;
    QTest::newRow("brackets") << "(yes1 or no1) and no1" << false;
    QTest::newRow("capitals") << "yes1 AND NOT no1" << true;
    QTest::newRow("one of") << "1 of no*" << false;
    QTest::newRow("any of") << "any of yes*" << true;
    QTest::newRow("all of") << "all of yes*" << true;
    QTest::newRow("two of") << "2 of them" << true;
    QTest::newRow("three of") << "3 of them" << false;
    QTest::newRow("them leaves out the underscore") << "not all of them and all of yes*" << true;
    QTest::newRow("asterisk in the middle") << "all of y*1" << true;
    QTest::newRow("double not") << "not not yes1" << true;
    QTest::newRow("a list is or") << "[no1, yes1]" << true;
}

void TestRuleProgram::conditionsBindAsTheSpecificationSays()
{
    QFETCH(QString, condition);
    QFETCH(bool, isMatch);
    RuleSet set;
    set.add(rule("r", "",
                 "    yes1: {a: 1}\n    yes2:\n        - {a: 5}\n        - {b: 2}\n    no1: {a: 1, b: 3}\n"
                 "    _hidden: {a: 9}\n    condition: " +
                     condition.toStdString()),
            "f.yml", false);
    QVERIFY2(set.rejected().empty(), set.rejected().empty() ? "" : set.rejected()[0].reason.c_str());
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(std::move(set), plan);
    QCOMPARE(matched(program, ValueEventView(plan, Value().set("a", 1).set("b", 2))), isMatch ? "r " : "");
}

void TestRuleProgram::routesByLogSource()
{
    const std::string any = "    s: {a: 1}\n    condition: s";
    RuleSet set;
    set.add(rule("all", "", any) + rule("aws", "product: aws", any) +
                rule("trail", "product: aws, service: cloudtrail", any) +
                rule("other", "product: aws, service: guardduty", any) + rule("windows", "product: windows", any) +
                rule("proxy", "category: proxy", any),
            "f.yml", false);
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(std::move(set), plan);
    const Value record = Value().set("a", 1);
    QCOMPARE(matched(program, ValueEventView(plan, record, "aws", "cloudtrail")), "all aws trail ");
    QCOMPARE(matched(program, ValueEventView(plan, record, "AWS", "")), "all aws ");
    QCOMPARE(matched(program, ValueEventView(plan, record, "", "proxy")), "all proxy ");
    QCOMPARE(matched(program, ValueEventView(plan, record, "okta", "okta")), "all ");
}

void TestRuleProgram::keywordsAreSearchedInTheWholeRecord()
{
    RuleSet set;
    set.add(rule("any", "", "    k: ['EVIL', 'x y']\n    condition: k") +
                rule("every", "", "    k:\n        '|all': [deep, 7]\n    condition: k") +
                rule("mixed", "", "    k:\n        - a: 1\n        - 'C:\\dir'\n    condition: k"),
            "f.yml", false);
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(std::move(set), plan);
    QCOMPARE(matched(program, ValueEventView(plan, Value().set("o", Value().append("so evil")))), "any ");
    QCOMPARE(matched(program, ValueEventView(plan, Value().set("o", Value().set("n", 17).set("t", "Deep")))), "every ");
    QCOMPARE(matched(program, ValueEventView(plan, Value().set("p", "c:\\DIR\\file"))), "mixed ");
    QCOMPARE(matched(program, ValueEventView(plan, Value().set("p", "none"))), "");
}

namespace {

/// A record whose bytes in the log are not those of its JSON, as of a Windows event log.
class BinaryView final : public ValueEventView
{
public:
    BinaryView(const FieldPlan& plan, Value record, std::string binary, bool hasJson)
        : ValueEventView(plan, std::move(record)), m_binary(std::move(binary)), m_hasJson(hasJson)
    {}
    [[nodiscard]] std::string_view raw() const override { return m_binary; }
    [[nodiscard]] std::string_view json() const override
    {
        return m_hasJson ? ValueEventView::raw() : std::string_view();
    }

private:
    std::string m_binary;
    bool m_hasJson;
};

} // namespace

void TestRuleProgram::keywordsAreSearchedInTheTextsOfARecordThatIsNoJson()
{
    RuleSet set;
    set.add(rule("any", "", "    k: ['wanted', 'C:\\dir']\n    condition: k"), "f.yml", false);
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(std::move(set), plan);
    for (const bool hasJson : {true, false}) {
        QCOMPARE(matched(program, BinaryView(plan, Value().set("a", "is WANTED"), "**binary", hasJson)), "any ");
        QCOMPARE(matched(program, BinaryView(plan, Value().set("a", "in c:\\DIR"), "**binary", hasJson)), "any ");
        QCOMPARE(matched(program, BinaryView(plan, Value().set("a", "none"), "**wanted in it", hasJson)), "any ");
        QCOMPARE(matched(program, BinaryView(plan, Value().set("a", "none"), "**binary", hasJson)), "");
    }
}

void TestRuleProgram::rulesOfShortTextsAndExpressionsAreCalledUp()
{
    RuleSet set;
    set.add(rule("pair", "", "    s: {a|contains: ['^^', ',;,']}\n    condition: s") +
                rule("sign", "", "    s: {a|contains: '\xe2\x80\xae'}\n    condition: s") +
                rule("expression", "", "    s: {a|re: '(?i)net\\s+(config|view)'}\n    condition: s") +
                rule("cased", "", "    s: {a|contains|cased: 'Ab'}\n    condition: s"),
            "f.yml", false);
    QVERIFY(set.rejected().empty());
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(std::move(set), plan);
    const auto of = [&](const char* text) { return matched(program, ValueEventView(plan, Value().set("a", text))); };
    QCOMPARE(of("c^^md"), "pair ");
    QCOMPARE(of("x,;,"), "pair ");
    QCOMPARE(of("^"), "");
    QCOMPARE(of("gpj\xe2\x80\xae.exe"), "sign ");
    QCOMPARE(of("NET  Config"), "expression ");
    QCOMPARE(of("net group"), "");
    QCOMPARE(of("xAbx"), "cased ");
    QCOMPARE(of("ab"), "");
}

void TestRuleProgram::sharesEqualTestsBetweenRules()
{
    RuleSet set;
    for (int at = 0; at < 50; ++at)
        set.add(
            rule("r" + std::to_string(at), "", "    s: {a: Same, b: " + std::to_string(at % 5) + "}\n    condition: s"),
            "f", false);
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(std::move(set), plan);
    QCOMPARE(program.predicateCount(), std::size_t(6));
    QCOMPARE(plan.size(), std::size_t(2));
}

void TestRuleProgram::allocatesNothingWhenNothingMatches()
{
    RuleSet set;
    set.add(rule("anchored", "product: aws", "    s: {a: never, b|contains: x}\n    condition: s") +
                rule("loose", "", "    s: {b|endswith: never}\n    f: {c: null}\n    condition: s and not f") +
                rule("pattern", "", "    s: {b|re: 'nev.r', a: '?v*r'}\n    condition: s") +
                rule("words", "", "    k: [never-there]\n    condition: k"),
            "f.yml", false);
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(std::move(set), plan);
    const ValueEventView view(plan, Value().set("a", "ever").set("b", "a text longer than any small string is"));
    MatchScratch scratch;
    std::vector<RuleIndex> matches;
    program.match(view, scratch, matches);
    const std::size_t before = allocations;
    for (int turn = 0; turn < 100; ++turn)
        program.match(view, scratch, matches);
    const std::size_t after = allocations;
    QCOMPARE(matches.size(), std::size_t(0));
    QCOMPARE(after - before, std::size_t(0));
}

void TestRuleProgram::filtersLeaveOutWhatTheySelect()
{
    RuleSet set;
    set.add(rule("r", "product: aws", "    s: {a: 1}\n    condition: s"), "f.yml", false);
    set.add("title: f\nlogsource: {product: aws}\nfilter:\n    rules: [r]\n    s: {who|startswith: adm_}\n    "
            "condition: s\n",
            "g.yml", false);
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(std::move(set), plan);
    QCOMPARE(matched(program, ValueEventView(plan, Value().set("a", 1).set("who", "bo"))), "r ");
    QCOMPARE(matched(program, ValueEventView(plan, Value().set("a", 1).set("who", "adm_bo"))), "");
}

void TestRuleProgram::loadsAllPublicRules()
{
    const std::vector<std::filesystem::path> folders{CORDON_SHARED_DATA "/sigma"};
    if (!std::filesystem::exists(folders[0]))
        QSKIP("the public rules are not here (shared data)");
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(RuleSet::load(folders, false), plan);
    for (const RejectedRule& rejected : program.rules().rejected())
        qWarning("%s:%d: %s", rejected.file.c_str(), rejected.line, rejected.reason.c_str());
    QCOMPARE(program.rules().fileCount(), std::size_t(3779));
    // At least 99.5 % must be taken.
    QVERIFY(program.rules().rejected().size() <= 18);
    for (const Rule& rule : program.rules().rules())
        QVERIFY2(rule.info.author.empty() || !rule.info.license.empty(), rule.info.file.c_str());
}

QTEST_GUILESS_MAIN(TestRuleProgram)
#include "tst_rule_program.moc"
