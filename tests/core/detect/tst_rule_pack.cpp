#include "core/detect/rule_samples.h"

#include <QtTest>
#include <map>
#include <set>

using namespace cordon;
using namespace cordon::detect;

namespace {

const std::filesystem::path packFolder = CORDON_SOURCE_DIR "/resources/rules";

} // namespace

class TestRulePack : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyRuleLoads();
    void everyRuleTellsPeopleWhatTheyNeed();
    void everyRuleThatRaisesAlertsHasSamplesOfBothKinds();
    void samplesRaiseWhatTheyShould_data();
    void samplesRaiseWhatTheyShould();
    void samplesUseOnlyAccountsAndAddressesSetAsideForExamples();

private:
    FieldPlan m_plan;
    std::optional<RuleProgram> m_program;
    std::map<std::filesystem::path, LogSource> m_sources;  ///< by rule file
    std::map<std::filesystem::path, RuleIndex> m_alerts; ///< by rule file: the rule that raises the alert
    std::vector<RuleSample> m_samples;
};

void TestRulePack::initTestCase()
{
    const std::vector<std::filesystem::path> folders{packFolder};
    m_program = RuleProgram::compile(RuleSet::load(folders, true), m_plan);
    for (RuleIndex index = 0; index < m_program->rules().rules().size(); ++index) {
        const Rule& rule = m_program->rule(index);
        // a correlation reads what the rules it counts read; they may stand in another file
        const Rule& reads = rule.correlation ? m_program->rule(rule.correlation->ruleIndices.front()) : rule;
        if (!reads.logSource.product.empty())
            m_sources[rule.info.file] = reads.logSource;
        if (rule.raisesAlert)
            m_alerts[rule.info.file] = index;
    }
    for (const auto& [file, source] : m_sources) {
        for (RuleSample& sample : readRuleSamples(file))
            m_samples.push_back(std::move(sample));
    }
}

void TestRulePack::everyRuleLoads()
{
    for (const RejectedRule& rejected : m_program->rules().rejected())
        qWarning("%s:%d: %s", rejected.file.c_str(), rejected.line, rejected.reason.c_str());
    QCOMPARE(m_program->rules().rejected().size(), std::size_t(0));
    QCOMPARE(m_program->rules().disabled().size(), std::size_t(0));
    QVERIFY(m_alerts.size() >= 290);
}

void TestRulePack::everyRuleTellsPeopleWhatTheyNeed()
{
    for (const Rule& rule : m_program->rules().rules()) {
        const char* title = rule.info.title.c_str();
        QVERIFY2(rule.info.isBuiltin && rule.info.author == "Cordon" && rule.info.license == "Apache-2.0", title);
        QVERIFY2(rule.info.id.size() == 36 && rule.info.description.size() > 40, title);
        if (!rule.raisesAlert)
            continue;
        QVERIFY2(rule.info.level != Severity::Informational, title);
        QVERIFY2(!rule.info.tactics.empty() && !rule.info.techniques.empty(), title);
        QVERIFY2(!rule.info.falsePositives.empty(), title);
    }
}

void TestRulePack::everyRuleThatRaisesAlertsHasSamplesOfBothKinds()
{
    std::set<std::filesystem::path> fires;
    std::set<std::filesystem::path> quiet;
    for (const RuleSample& sample : m_samples)
        (sample.fires ? fires : quiet).insert(sample.ruleFile);
    for (const auto& [file, rule] : m_alerts) {
        // rules about an identity's past need one; tst_baseline_rules.cpp has it
        if (m_sources.at(file).product == "cordon")
            continue;
        QVERIFY2(fires.contains(file) && quiet.contains(file), file.c_str());
    }
}

void TestRulePack::samplesRaiseWhatTheyShould_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t at = 0; at < m_samples.size(); ++at) {
        const std::string name = std::filesystem::relative(sampleFileOf(m_samples[at].ruleFile), packFolder).string() +
                                 ":" + std::to_string(m_samples[at].line);
        QTest::newRow(name.c_str()) << static_cast<int>(at);
    }
}

void TestRulePack::samplesRaiseWhatTheyShould()
{
    QFETCH(int, index);
    const RuleSample& sample = m_samples[static_cast<std::size_t>(index)];
    QCOMPARE(QString::fromStdString(sample.problem), QString());
    QCOMPARE(raisedBy(sample, *m_program, m_plan).contains(m_alerts.at(sample.ruleFile)), sample.fires);
}

void TestRulePack::samplesUseOnlyAccountsAndAddressesSetAsideForExamples()
{
    const std::set<std::string, std::less<>> accounts{"111122223333", "444455556666", "123456789012"};
    for (const RuleSample& sample : m_samples) {
        const std::string account = sample.records.asArray()[0]["recipientAccountId"].asString();
        QVERIFY2(account.empty() || accounts.contains(account), sample.ruleFile.c_str());
    }
}

QTEST_GUILESS_MAIN(TestRulePack)
#include "tst_rule_pack.moc"
