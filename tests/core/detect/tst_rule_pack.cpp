#include "core/detect/correlation_engine.h"
#include "tests/support/value_event_view.h"

#include <QtTest>
#include <fstream>
#include <map>
#include <set>

using namespace cordon;
using namespace cordon::detect;

namespace {

const std::filesystem::path packFolder = CORDON_SOURCE_DIR "/resources/rules";

/// One line of a `.test.jsonl` beside a rule: a sequence of records on which the rule must, or must not, fire.
struct Sample
{
    std::filesystem::path ruleFile;
    int line = 0;
    bool fires = false;
    Value records;
};

std::filesystem::path sampleFileOf(const std::filesystem::path& ruleFile)
{
    return std::filesystem::path(ruleFile).replace_extension(".test.jsonl");
}

std::vector<Sample> readSamples(const std::filesystem::path& ruleFile)
{
    std::vector<Sample> samples;
    std::ifstream file(sampleFileOf(ruleFile));
    int number = 0;
    for (std::string line; std::getline(file, line);) {
        const auto value = json::parse(line);
        const bool fires = value && value->find("fires") != nullptr;
        samples.push_back({ruleFile, ++number, fires, value ? (*value)[fires ? "fires" : "quiet"] : Value()});
    }
    return samples;
}

/// When a sample's record happened, under the name that its source gives it.
Timestamp timeOf(const Value& record)
{
    for (const char* name : {"eventTime", "requestReceivedTimestamp", "timestamp", "time", "published"}) {
        if (const auto time = Timestamp::parse(record[name].asString()))
            return *time;
    }
    if (const auto time = Timestamp::parse(record["CreationTime"].asString() + "Z"))
        return *time;
    return Timestamp() + std::chrono::milliseconds(record["@timestamp"].asInt());
}

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
    std::set<std::string> raisedBy(const Sample& sample);

    FieldPlan m_plan;
    std::optional<RuleProgram> m_program;
    std::map<std::filesystem::path, LogSource> m_sources;  ///< by rule file
    std::map<std::filesystem::path, std::string> m_alerts; ///< by rule file: the rule that raises the alert
    std::vector<Sample> m_samples;
};

void TestRulePack::initTestCase()
{
    const std::vector<std::filesystem::path> folders{packFolder};
    m_program = RuleProgram::compile(RuleSet::load(folders, true), m_plan);
    for (const Rule& rule : m_program->rules().rules()) {
        // a correlation reads what the rules it counts read; they may stand in another file
        const Rule& reads = rule.correlation ? m_program->rule(rule.correlation->ruleIndices.front()) : rule;
        if (!reads.logSource.product.empty())
            m_sources[rule.info.file] = reads.logSource;
        if (rule.raisesAlert)
            m_alerts[rule.info.file] = rule.info.id;
    }
    for (const auto& [file, source] : m_sources) {
        for (Sample& sample : readSamples(file))
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
    for (const Sample& sample : m_samples)
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
    const Sample& sample = m_samples[static_cast<std::size_t>(index)];
    QVERIFY(!sample.records.asArray().empty());
    QCOMPARE(raisedBy(sample).contains(m_alerts.at(sample.ruleFile)), sample.fires);
}

void TestRulePack::samplesUseOnlyAccountsAndAddressesSetAsideForExamples()
{
    const std::set<std::string, std::less<>> accounts{"111122223333", "444455556666", "123456789012"};
    for (const Sample& sample : m_samples) {
        const std::string account = sample.records.asArray()[0]["recipientAccountId"].asString();
        QVERIFY2(account.empty() || accounts.contains(account), sample.ruleFile.c_str());
    }
}

std::set<std::string> TestRulePack::raisedBy(const Sample& sample)
{
    const LogSource& source = m_sources.at(sample.ruleFile);
    CorrelationEngine correlations(*m_program, m_plan);
    MatchScratch scratch;
    std::vector<RuleIndex> matches;
    std::set<std::string> raised;
    std::uint64_t number = 0;
    for (const Value& record : sample.records.asArray()) {
        const ValueEventView view(m_plan, record, source.product, source.service, {source.category});
        m_program->match(view, scratch, matches);
        for (const RuleIndex index : matches) {
            correlations.onMatch(index, view, timeOf(record), EventRef{number});
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
