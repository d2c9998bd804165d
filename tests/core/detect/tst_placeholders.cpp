#include "core/detect/placeholders.h"
#include "core/detect/rule_program.h"
#include "core/domain/value_event_view.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::detect;

class TestPlaceholders : public QObject
{
    Q_OBJECT

private slots:
    void replacesWhatNoBackslashProtects_data();
    void replacesWhatNoBackslashProtects();
    void saysWhatIsWrongWithTheFile_data();
    void saysWhatIsWrongWithTheFile();
    void refusesToGrowBeyondBounds();
    void aRuleRunsOnceItsPlaceholdersHaveValues_data();
    void aRuleRunsOnceItsPlaceholdersHaveValues();
    void aRuleWithoutValuesIsDisabledAndSaysSo_data();
    void aRuleWithoutValuesIsDisabledAndSaysSo();
    void aCorrelationOnADisabledRuleIsDisabledToo();

private:
    static Placeholders some()
    {
        return *Placeholders::read("Servers: [srv*, dc-1]\none: 1\nnets:\n    - 10.0.0.0/8\nempty: []\n", "p.yml");
    }
};

void TestPlaceholders::replacesWhatNoBackslashProtects_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    QTest::addColumn<QString>("missing");
    const auto row = [](const char* name, const char* text, const QStringList& expected, const char* missing = "") {
        QTest::newRow(name) << QString(text) << expected << QString(missing);
    };
    row("alone", "%servers%", {"srv*", "dc-1"});
    row("names ignore case", "%SERVERS%", {"srv*", "dc-1"});
    row("within a text", "a-%one%-b", {"a-1-b"});
    row("two of them", "%servers%/%one%", {"srv*/1", "dc-1/1"});
    // The specification's own example.
    row("escaped before one that is not", "\\%plain%one%", {"%plain1"});
    row("escaped", "\\%one%", {"%one%"});
    row("an escaped backslash protects nothing", "a\\\\%one%", {"a\\\\1"});
    row("a lone percent sign", "100%", {"100%"});
    row("percent signs around a blank", "5% of 7%", {"5% of 7%"});
    row("nothing between", "%%", {"%%"});
    row("no values", "%empty%", {}, "%empty%");
    row("unknown", "a%other%b", {}, "%other%");
}

void TestPlaceholders::replacesWhatNoBackslashProtects()
{
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    QFETCH(QString, missing);
    const auto expanded = some().expand(text.toStdString());
    QVERIFY(expanded.has_value());
    QStringList texts;
    for (const std::string& one : expanded->texts)
        texts.append(QString::fromStdString(one));
    QCOMPARE(texts, expected);
    QCOMPARE(QString::fromStdString(expanded->missing), missing);
}

void TestPlaceholders::saysWhatIsWrongWithTheFile_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    QTest::newRow("a list") << "- a\n"
                            << "p.yml:1: placeholders must be a map";
    QTest::newRow("a map as value") << "a: 1\nb:\n    c: d\n"
                                    << "must have texts or numbers";
    QTest::newRow("same name twice") << "a: 1\nA: 2\n"
                                     << "names ignore case";
    QTest::newRow("no YAML") << "a: 'open\n"
                             << "p.yml: line";
}

void TestPlaceholders::saysWhatIsWrongWithTheFile()
{
    QFETCH(QString, text);
    QFETCH(QString, reason);
    const auto read = Placeholders::read(text.toStdString(), "p.yml");
    QVERIFY(!read.has_value());
    QVERIFY2(QString::fromStdString(read.error().detail).contains(reason), read.error().detail.c_str());
}

void TestPlaceholders::refusesToGrowBeyondBounds()
{
    std::string text = "many: [";
    for (int at = 0; at < 101; ++at)
        text += std::to_string(at) + ", ";
    const auto many = Placeholders::read(text + "x]\n", "p.yml");
    QVERIFY(many.has_value());
    QVERIFY(many->expand("%many%").has_value());
    QVERIFY(!many->expand("%many%%many%").has_value());
}

void TestPlaceholders::aRuleRunsOnceItsPlaceholdersHaveValues_data()
{
    QTest::addColumn<QString>("item");
    QTest::addColumn<QString>("record");
    QTest::addColumn<bool>("isMatch");
    QTest::newRow("any of the values") << "f|expand: '%servers%'"
                                       << "{\"f\":\"DC-1\"}" << true;
    QTest::newRow("a value is a pattern") << "f|expand: '%servers%'"
                                          << "{\"f\":\"srv-7\"}" << true;
    QTest::newRow("no other") << "f|expand: '%servers%'"
                              << "{\"f\":\"host\"}" << false;
    QTest::newRow("under contains") << "f|contains|expand: '%one%x'"
                                    << "{\"f\":\"a1xb\"}" << true;
    QTest::newRow("as a network") << "f|cidr|expand: '%nets%'"
                                  << "{\"f\":\"10.1.2.3\"}" << true;
    QTest::newRow("outside the network") << "f|cidr|expand: '%nets%'"
                                         << "{\"f\":\"11.1.2.3\"}" << false;
    QTest::newRow("in a regular expression") << "f|re|expand: '^%one%$'"
                                             << "{\"f\":\"1\"}" << true;
    QTest::newRow("neq: none of the values") << "f|expand|neq: '%servers%'"
                                             << "{\"f\":\"srv-7\"}" << false;
    QTest::newRow("without expand it is plain text") << "f: '%servers%'"
                                                     << "{\"f\":\"%Servers%\"}" << true;
}

void TestPlaceholders::aRuleRunsOnceItsPlaceholdersHaveValues()
{
    QFETCH(QString, item);
    QFETCH(QString, record);
    QFETCH(bool, isMatch);
    RuleSet set;
    set.add("title: t\nlogsource: {}\ndetection:\n    s:\n        " + item.toStdString() + "\n    condition: s\n",
            "f.yml", false, some());
    QCOMPARE(set.rejected().size() + set.disabled().size(), std::size_t(0));
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(std::move(set), plan);
    const ValueEventView view(plan, *json::parse(record.toStdString()));
    MatchScratch scratch;
    std::vector<RuleIndex> matches;
    program.match(view, scratch, matches);
    QCOMPARE(!matches.empty(), isMatch);
}

void TestPlaceholders::aRuleWithoutValuesIsDisabledAndSaysSo_data()
{
    QTest::addColumn<QString>("item");
    QTest::newRow("text") << "f|expand: '%absent%'";
    QTest::newRow("network") << "f|cidr|expand: '%absent%'";
    QTest::newRow("regular expression") << "f|re|expand: '%absent%'";
    QTest::newRow("field") << "f|fieldref|expand: '%absent%'";
    QTest::newRow("beside others") << "f|expand: [a, '%absent%']";
}

void TestPlaceholders::aRuleWithoutValuesIsDisabledAndSaysSo()
{
    QFETCH(QString, item);
    RuleSet set;
    set.add("title: t\nlogsource: {}\ndetection:\n    s:\n        " + item.toStdString() +
                "\n    condition: s or not s\n",
            "f.yml", false, some());
    QCOMPARE(set.rejected().size(), std::size_t(0));
    QCOMPARE(set.disabled().size(), std::size_t(1));
    QVERIFY(set.disabled()[0].reason.find("'%absent%' has no value") != std::string::npos);
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(std::move(set), plan);
    const ValueEventView view(plan, Value().set("f", "a"));
    MatchScratch scratch;
    std::vector<RuleIndex> matches;
    program.match(view, scratch, matches);
    QVERIFY(matches.empty());
}

void TestPlaceholders::aCorrelationOnADisabledRuleIsDisabledToo()
{
    const auto base = [](const std::string& name, const std::string& item) {
        return "title: " + name + "\nname: " + name + "\nlogsource: {}\ndetection: {s: {" + item +
               "}, condition: s}\n---\n";
    };
    const auto on = [](const std::string& name, const std::string& body) {
        return "title: " + name + "\nname: " + name + "\ncorrelation: {" + body + ", timespan: 1m}\n---\n";
    };
    RuleSet set;
    set.add(base("runs", "f: a") + base("waits", "f|expand: '%absent%'") +
                on("both", "type: temporal, rules: [runs, waits]") +
                on("either", "type: event_count, rules: [runs, waits], condition: {gte: 2}") +
                on("alone", "type: event_count, rules: [waits], condition: {gte: 2}") +
                on("chained", "type: temporal, rules: [alone, runs]"),
            "f.yml", false);
    set.link();
    QCOMPARE(set.rejected().size(), std::size_t(0));
    std::vector<std::string> disabled;
    for (const Rule& rule : set.rules()) {
        if (!rule.disabledReason.empty())
            disabled.push_back(rule.name);
    }
    QCOMPARE(disabled, (std::vector<std::string>{"waits", "both", "alone", "chained"}));
}

QTEST_GUILESS_MAIN(TestPlaceholders)
#include "tst_placeholders.moc"
