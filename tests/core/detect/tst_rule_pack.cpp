#include "core/detect/correlation_engine.h"
#include "tests/support/value_event_view.h"

#include <QtTest>
#include <fstream>
#include <set>

using namespace cordon;
using namespace cordon::detect;

namespace {

/// One line of data/rule_events.jsonl: events that must, or must not, raise the rule.
struct Example
{
    std::string rule;
    std::string title;
    bool isExpected = false;
    Value events;
};

std::vector<Example> readExamples()
{
    std::vector<Example> examples;
    std::ifstream file(CORDON_SOURCE_DIR "/tests/core/detect/data/rule_events.jsonl");
    for (std::string line; std::getline(file, line);) {
        const auto value = json::parse(line);
        if (!value)
            continue;
        examples.push_back({(*value)["rule"].asString(), (*value)["title"].asString(), (*value)["expect"].asBool(),
                            (*value)["events"]});
    }
    return examples;
}

} // namespace

class TestRulePack : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyRuleLoads();
    void everyRuleTellsPeopleWhatTheyNeed();
    void everyRuleHasExamples();
    void examplesRaiseWhatTheyShould_data();
    void examplesRaiseWhatTheyShould();

private:
    std::set<std::string> raisedBy(const Value& events);

    FieldPlan m_plan;
    std::optional<RuleProgram> m_program;
    std::vector<Example> m_examples = readExamples();
};

void TestRulePack::initTestCase()
{
    const std::vector<std::filesystem::path> folders{CORDON_SOURCE_DIR "/resources/rules"};
    m_program = RuleProgram::compile(RuleSet::load(folders, true), m_plan);
}

void TestRulePack::everyRuleLoads()
{
    for (const RejectedRule& rejected : m_program->rules().rejected())
        qWarning("%s:%d: %s", rejected.file.c_str(), rejected.line, rejected.reason.c_str());
    QCOMPARE(m_program->rules().rejected().size(), std::size_t(0));
    QCOMPARE(m_program->rules().disabled().size(), std::size_t(0));
    QVERIFY(m_program->rules().rules().size() >= 60);
}

void TestRulePack::everyRuleTellsPeopleWhatTheyNeed()
{
    for (const Rule& rule : m_program->rules().rules()) {
        const char* title = rule.info.title.c_str();
        QVERIFY2(rule.info.isBuiltin && rule.info.author == "Cordon" && rule.info.license == "Apache-2.0", title);
        QVERIFY2(rule.info.id.size() == 36 && rule.info.description.size() > 40, title);
        if (!rule.raisesAlert)
            continue;
        QVERIFY2(!rule.info.tactics.empty() && !rule.info.techniques.empty(), title);
        QVERIFY2(!rule.info.falsePositives.empty(), title);
    }
}

void TestRulePack::everyRuleHasExamples()
{
    std::set<std::string> fired;
    std::set<std::string> silent;
    for (const Example& example : m_examples)
        (example.isExpected ? fired : silent).insert(example.rule);
    for (const Rule& rule : m_program->rules().rules()) {
        const bool isCovered = fired.contains(rule.info.id) && silent.contains(rule.info.id);
        // what asks about an identity's past is tried in tst_baseline_rules and tst_baseline_desk
        QVERIFY2(isCovered || !rule.raisesAlert || rule.usesBaseline, rule.info.title.c_str());
    }
}

void TestRulePack::examplesRaiseWhatTheyShould_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t at = 0; at < m_examples.size(); ++at) {
        const std::string name =
            m_examples[at].title + (m_examples[at].isExpected ? " raised " : " silent ") + std::to_string(at);
        QTest::newRow(name.c_str()) << static_cast<int>(at);
    }
}

void TestRulePack::examplesRaiseWhatTheyShould()
{
    QFETCH(int, index);
    const Example& example = m_examples[static_cast<std::size_t>(index)];
    QCOMPARE(raisedBy(example.events).contains(example.rule), example.isExpected);
}

std::set<std::string> TestRulePack::raisedBy(const Value& events)
{
    CorrelationEngine correlations(*m_program, m_plan);
    MatchScratch scratch;
    std::vector<RuleIndex> matches;
    std::set<std::string> raised;
    std::uint64_t number = 0;
    for (const Value& event : events.asArray()) {
        const ValueEventView view(m_plan, event);
        const auto time = Timestamp::parse(event["eventTime"].asString());
        m_program->match(view, scratch, matches);
        for (const RuleIndex index : matches) {
            correlations.onMatch(index, view, time ? *time : Timestamp(), EventRef{number});
            if (m_program->rule(index).raisesAlert)
                raised.insert(m_program->rule(index).info.id);
        }
        ++number;
    }
    for (const CorrelationMatch& match : correlations.finish())
        raised.insert(m_program->rule(match.rule).info.id);
    return raised;
}

QTEST_GUILESS_MAIN(TestRulePack)
#include "tst_rule_pack.moc"
