#include "core/detect/correlation_engine.h"
#include "core/value/yaml.h"
#include "core/domain/value_event_view.h"

#include <QtTest>
#include <fstream>
#include <sstream>

using namespace cordon;
using namespace cordon::detect;

namespace {

const std::string specification = CORDON_SHARED_DATA "/sigma-spec/specification/";
const std::string rulesFile = "sigma-rules-specification.md";
const std::string correlationFile = "sigma-correlation-rules-specification.md";
const std::string filtersFile = "sigma-filters-specification.md";

/// The fenced blocks of one page, in their order.
std::vector<std::string> blocksOf(const std::string& page)
{
    std::ifstream file(specification + page);
    std::vector<std::string> blocks;
    bool isInside = false;
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("```", 0) == 0) {
            isInside = !isInside;
            if (isInside)
                blocks.emplace_back();
        } else if (isInside) {
            blocks.back() += line + '\n';
        }
    }
    return blocks;
}

std::string blockOf(const std::string& page, std::size_t index)
{
    const std::vector<std::string> blocks = blocksOf(page);
    return index < blocks.size() ? blocks[index] : std::string();
}

std::string indented(const std::string& text)
{
    std::istringstream lines(text);
    std::string out;
    for (std::string line; std::getline(lines, line);)
        out += "    " + line + '\n';
    return out;
}

/// An example with what a whole rule needs besides; the examples leave out what they do not speak of.
std::string completed(std::string text)
{
    if (text.find("title:") == std::string::npos)
        text = "title: an example\n" + text;
    if (text.find("condition:") == std::string::npos)
        text += "    condition: 1 of them\n";
    return text;
}

/// A rule that stands for one that an example only names: records with `is: NAME` match.
std::string named(const std::string& name)
{
    return "---\ntitle: " + name + "\nid: " + name + "\nlogsource: {}\ndetection: {s: {is: '" + name +
           "'}, condition: s}\n";
}

class Run
{
public:
    explicit Run(const std::string& rules)
        : m_program(compile(rules, m_plan))
        , m_engine(m_program, m_plan)
    {}

    /// Titles of the rules that the record matches.
    std::vector<std::string> see(const Value& record, int second = 0)
    {
        const bool isWindows = record.has("EventID") || record.has("Image");
        const ValueEventView view(m_plan, record, isWindows ? "windows" : "aws", isWindows ? "security" : "cloudtrail",
                                  isWindows ? std::vector<std::string>{"process_creation"}
                                            : std::vector<std::string>());
        m_program.match(view, m_scratch, m_matches);
        std::vector<std::string> titles;
        for (const RuleIndex index : m_matches) {
            m_engine.onMatch(index, view, Timestamp::fromMicros(second * 1'000'000LL), EventRef{m_count});
            titles.push_back(m_program.rule(index).info.title);
        }
        ++m_count;
        return titles;
    }
    std::size_t finish() { return m_engine.finish().size(); }
    const RuleSet& rules() const { return m_program.rules(); }

private:
    static RuleProgram compile(const std::string& rules, FieldPlan& plan)
    {
        RuleSet set;
        set.add(rules, "example.yml", false);
        return RuleProgram::compile(std::move(set), plan);
    }

    FieldPlan m_plan;
    RuleProgram m_program;
    CorrelationEngine m_engine;
    MatchScratch m_scratch;
    std::vector<RuleIndex> m_matches;
    std::uint64_t m_count = 0;
};

Value fromJson(const char* text)
{
    return *json::parse(text);
}

} // namespace

/// The examples in the text of the specification, read from the text itself.
class TestSpecificationExamples : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void noExampleIsLeftOut();
    void rulesMatchWhatTheTextSays_data();
    void rulesMatchWhatTheTextSays();
    void relatedRulesAndLogSourcesAreKept();
    void fragmentsAreRejectedWithTheirReason_data();
    void fragmentsAreRejectedWithTheirReason();
    void conditionsOfCorrelationsHoldAsTheTextSays();
    void eventCountNeedsAHundredPerComputer();
    void valueCountNeedsAHundredUsersPerPairOfHosts();
    void temporalNeedsTheThreeCommandsInFiveMinutes();
    void temporalOrderedGroupsByItsOwnFieldOnly();
    void valueSumOfBytesSent();
    void valueAverageOfBytesOut();
    void valuePercentileFindsTheRareImage();
    void aliasesJoinAddressesOfDifferentFields();
    void theWholeExampleChainsFailuresAndASuccess();
    void theFilterLeavesOutAdministrators();
    void schemaExamplesAreAccepted();
};

void TestSpecificationExamples::initTestCase()
{
    if (!std::filesystem::exists(specification))
        QSKIP("the specification is not there: " CORDON_SHARED_DATA);
}

/// A new edition with other examples must be looked at.
void TestSpecificationExamples::noExampleIsLeftOut()
{
    QCOMPARE(blocksOf(rulesFile).size(), std::size_t(16));
    QCOMPARE(blocksOf(correlationFile).size(), std::size_t(17));
    QCOMPARE(blocksOf(filtersFile).size(), std::size_t(2));
    QCOMPARE(blocksOf("sigma-appendix-modifiers.md").size(), std::size_t(0));
}

void TestSpecificationExamples::rulesMatchWhatTheTextSays_data()
{
    QTest::addColumn<int>("block");
    QTest::addColumn<QString>("record");
    QTest::addColumn<bool>("isMatch");
    const auto row = [](const char* name, int block, const char* record, bool isMatch) {
        QTest::newRow(name) << block << QString(record) << isMatch;
    };
    row("whoami", 1, "{\"Image\":\"c:\\\\windows\\\\System32\\\\WHOAMI.exe\"}", true);
    row("whoami elsewhere", 1, "{\"Image\":\"C:\\\\whoami.exe\"}", false);
    row("a keyword", 5, "{\"m\":\"started EvilService\"}", true);
    row("the other keyword", 5, "{\"m\":\"svchost.exe -n evil\"}", true);
    row("no keyword", 5, "{\"m\":\"svchost.exe -k good\"}", false);
    row("list of maps, first", 6, "{\"Image\":\"C:\\\\example.exe\"}", true);
    row("list of maps, second", 6, "{\"Image\":\"x\",\"Description\":\"my test executable 2\"}", true);
    row("list of maps, the backslash is needed", 6, "{\"Image\":\"badexample.exe\",\"Description\":\"\"}", false);
    row("map with a list, first number", 7, "{\"EventLog\":\"Security\",\"EventID\":517}", true);
    row("map with a list, second number as text", 7, "{\"EventLog\":\"security\",\"EventID\":\"1102\"}", true);
    row("map with a list, other number", 7, "{\"EventLog\":\"Security\",\"EventID\":4624}", false);
    row("map with a list, other log", 7, "{\"EventLog\":\"System\",\"EventID\":517}", false);
    row("map of four", 8,
        "{\"EventLog\":\"Security\",\"EventID\":4769,\"TicketOptions\":\"0x40810000\",\"TicketEncryption\":\"0x17\"}",
        true);
    row("map of four, one differs", 8,
        "{\"EventLog\":\"Security\",\"EventID\":4769,\"TicketOptions\":\"0x40810000\",\"TicketEncryption\":\"0x18\"}",
        false);
    row("not null, with a value", 10, "{\"EventID\":4738,\"PasswordLastSet\":\"x\"}", true);
    row("not null, null", 10, "{\"EventID\":4738,\"PasswordLastSet\":null}", false);
    row("not null, absent", 10, "{\"EventID\":4738}", false);
    row("empty or null, empty", 11, "{\"FieldA\":\"something\",\"FieldB\":\"\"}", true);
    row("empty or null, null", 11, "{\"FieldA\":\"something\",\"FieldB\":null}", true);
    row("empty or null, a value", 11, "{\"FieldA\":\"something\",\"FieldB\":\"v\"}", false);
    row("null in a list, which the text discourages", 12, "{\"FieldA\":\"something\",\"FieldB\":null}", true);
    row("null in a list, a value", 12, "{\"FieldA\":\"something\",\"FieldB\":\"v\"}", false);
    row("exists", 13, "{\"EventID\":4738,\"PasswordLastSet\":null}", true);
    row("exists, absent", 13, "{\"EventID\":4738}", false);
    row("keyword search", 14, "{\"a\":{\"b\":\"x EVENT::Drop y\"}}", true);
    row("keyword search, none", 14, "{\"a\":{\"b\":\"event:clear\"}}", false);
    row("all keywords", 15, "{\"a\":\"Set-OabVirtualDirectory -ExternalUrl x\"}", true);
    row("all keywords, one missing", 15, "{\"a\":\"Set-OabVirtualDirectory\"}", false);
}

void TestSpecificationExamples::rulesMatchWhatTheTextSays()
{
    QFETCH(int, block);
    QFETCH(QString, record);
    QFETCH(bool, isMatch);
    Run run(completed(blockOf(rulesFile, static_cast<std::size_t>(block))));
    QCOMPARE(run.rules().rules().size(), std::size_t(1));
    QCOMPARE(!run.see(fromJson(record.toUtf8().constData())).empty(), isMatch);
}

void TestSpecificationExamples::relatedRulesAndLogSourcesAreKept()
{
    const ParsedRules parsed =
        parseRules(blockOf(rulesFile, 2) + blockOf(rulesFile, 3) + "logsource:\n" + indented(blockOf(rulesFile, 4)) +
                       "detection: {s: {a: 1}, condition: s}\n",
                   "f.yml");
    QCOMPARE(parsed.rejected.size(), std::size_t(0));
    const Rule& rule = parsed.rules.at(0);
    QCOMPARE(rule.info.id, "929a690e-bef0-4204-a928-ef5e620d6fcc");
    QCOMPARE(rule.related.size(), std::size_t(2));
    QCOMPARE(rule.related[0].type, "derived");
    QCOMPARE(rule.related[1].type, "obsolete");
    QCOMPARE(rule.related[1].id, "929a690e-bef0-4204-a928-ef5e620d6fcc");
    QCOMPARE(rule.logSource.category, "process_creation");
    QCOMPARE(rule.logSource.product, "windows");
}

void TestSpecificationExamples::fragmentsAreRejectedWithTheirReason_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<int>("block");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& page, int block, const char* reason) {
        QTest::newRow(name) << QString::fromStdString(page) << block << QString(reason);
    };
    row("the outline of a rule", rulesFile, 0, "");
    row("title and id alone", rulesFile, 2, "no detection");
    row("field mappings", rulesFile, 9, "no title");
    row("a correlation's title and id", correlationFile, 0, "no detection");
    row("a correlation of rules alone", correlationFile, 1, "correlation type");
    row("the outline of aliases", correlationFile, 12, "");
    row("a filter's title and id", filtersFile, 0, "no detection");
}

void TestSpecificationExamples::fragmentsAreRejectedWithTheirReason()
{
    QFETCH(QString, page);
    QFETCH(int, block);
    QFETCH(QString, reason);
    const ParsedRules parsed = parseRules(blockOf(page.toStdString(), static_cast<std::size_t>(block)), "f.yml");
    QCOMPARE(parsed.rules.size() + parsed.filters.size(), std::size_t(0));
    QCOMPARE(parsed.rejected.size(), std::size_t(1));
    QVERIFY2(QString::fromStdString(parsed.rejected[0].reason).contains(reason), parsed.rejected[0].reason.c_str());
}

void TestSpecificationExamples::conditionsOfCorrelationsHoldAsTheTextSays()
{
    const auto ruleWith = [](const std::string& parts) {
        return parseRules("title: t\ncorrelation:\n    type: event_count\n    rules: [a]\n    timespan: 90m\n" +
                              indented(parts),
                          "f.yml");
    };
    const ParsedRules least = ruleWith(blockOf(correlationFile, 2) + blockOf(correlationFile, 3));
    QCOMPARE(least.rules.size(), std::size_t(1));
    QVERIFY(!least.rules[0].correlation->holds(99) && least.rules[0].correlation->holds(100));
    QCOMPARE(least.rules[0].correlation->groupBy, (std::vector<std::string>{"TargetUserName", "TargetDomainName"}));
    const ParsedRules range = ruleWith(blockOf(correlationFile, 4));
    QCOMPARE(range.rules.size(), std::size_t(1));
    const CorrelationRule& rule = *range.rules[0].correlation;
    QVERIFY(!rule.holds(100) && rule.holds(101) && rule.holds(200) && !rule.holds(201));
}

void TestSpecificationExamples::eventCountNeedsAHundredPerComputer()
{
    Run run(blockOf(correlationFile, 5) + named("5638f7c0-ac70-491d-8465-2a65075e0d86"));
    const auto fail = [&](const char* host, int count, int apart) {
        for (int at = 0; at < count; ++at)
            run.see(Value().set("is", "5638f7c0-ac70-491d-8465-2a65075e0d86").set("ComputerName", host), at * apart);
        return run.finish();
    };
    QCOMPARE(fail("a", 99, 1), std::size_t(0));
    QCOMPARE(fail("a", 100, 36), std::size_t(1));
    QCOMPARE(fail("a", 100, 37), std::size_t(0)); // longer than an hour
}

void TestSpecificationExamples::valueCountNeedsAHundredUsersPerPairOfHosts()
{
    Run run(blockOf(correlationFile, 6) + named("5638f7c0-ac70-491d-8465-2a65075e0d86"));
    const auto fail = [&](int users, int workstations) {
        for (int at = 0; at < 200; ++at) {
            run.see(Value()
                        .set("is", "5638f7c0-ac70-491d-8465-2a65075e0d86")
                        .set("ComputerName", "c")
                        .set("WorkstationName", "w" + std::to_string(at % workstations))
                        .set("User", "u" + std::to_string(at % users)),
                    at);
        }
        return run.finish();
    };
    QCOMPARE(fail(99, 1), std::size_t(0));
    QCOMPARE(fail(100, 1), std::size_t(1));
    QCOMPARE(fail(199, 3), std::size_t(0));
}

void TestSpecificationExamples::temporalNeedsTheThreeCommandsInFiveMinutes()
{
    Run run("title: recon\n" + blockOf(correlationFile, 7) + named("recon_cmd_a") + named("recon_cmd_b") +
            named("recon_cmd_c"));
    const auto see = [&](std::initializer_list<std::pair<const char*, int>> commands) {
        for (const auto& [name, second] : commands)
            run.see(Value().set("is", name).set("ComputerName", "c").set("User", "u"), second);
        return run.finish();
    };
    QCOMPARE(see({{"recon_cmd_c", 0}, {"recon_cmd_a", 100}, {"recon_cmd_b", 300}}), std::size_t(1));
    QCOMPARE(see({{"recon_cmd_c", 0}, {"recon_cmd_a", 100}, {"recon_cmd_b", 301}}), std::size_t(0));
    QCOMPARE(see({{"recon_cmd_a", 0}, {"recon_cmd_a", 1}, {"recon_cmd_b", 2}}), std::size_t(0));
}

/// The note beside the example: the inner rule groups by another field.
void TestSpecificationExamples::temporalOrderedGroupsByItsOwnFieldOnly()
{
    const std::string inner =
        "---\ntitle: many\nname: many_failed_logins\ncorrelation: {type: event_count, rules: [fail], "
        "group-by: [ComputerName], timespan: 1h, condition: {gte: 3}}\n";
    Run run("title: t\n" + blockOf(correlationFile, 8) + inner + named("fail") + named("successful_login"));
    for (int second : {0, 1, 2})
        run.see(Value().set("is", "fail").set("ComputerName", "c").set("User", "ana"), second);
    run.see(Value().set("is", "successful_login").set("User", "bo"), 5);
    QCOMPARE(run.finish(), std::size_t(0));
    for (int second : {0, 1, 2})
        run.see(Value().set("is", "fail").set("ComputerName", "c").set("User", "ana"), second);
    run.see(Value().set("is", "successful_login").set("User", "ana"), 5);
    QCOMPARE(run.finish(), std::size_t(1));
}

void TestSpecificationExamples::valueSumOfBytesSent()
{
    Run run(blockOf(correlationFile, 9) + named("website_access"));
    const auto send = [&](int bytes, int times) {
        for (int at = 0; at < times; ++at)
            run.see(Value().set("is", "website_access").set("SourceIP", "i").set("User", "u").set("bytes_sent", bytes),
                    at);
        return run.finish();
    };
    QCOMPARE(send(1000, 1000), std::size_t(0));
    QCOMPARE(send(1000, 1001), std::size_t(1));
}

void TestSpecificationExamples::valueAverageOfBytesOut()
{
    Run run(blockOf(correlationFile, 10) + named("rule_a_id"));
    const auto send = [&](std::initializer_list<int> sizes) {
        int second = 0;
        for (const int bytes : sizes)
            run.see(Value().set("is", "rule_a_id").set("SourceIP", "i").set("User", "u").set("BytesOut", bytes),
                    ++second);
        return run.finish();
    };
    QCOMPARE(send({900, 100, 500}), std::size_t(0));
    QCOMPARE(send({900, 100, 501}), std::size_t(1));
}

void TestSpecificationExamples::valuePercentileFindsTheRareImage()
{
    Run run(blockOf(correlationFile, 11) + named("process_creation"));
    const auto start = [&](int common) {
        for (int at = 0; at < common; ++at)
            run.see(Value().set("is", "process_creation").set("ComputerName", "c").set("image", "often"), at);
        run.see(Value().set("is", "process_creation").set("ComputerName", "c").set("image", "once"), common);
        return run.finish();
    };
    QCOMPARE(start(98), std::size_t(0));
    QCOMPARE(start(99), std::size_t(1));
}

void TestSpecificationExamples::aliasesJoinAddressesOfDifferentFields()
{
    const std::string rules = "title: error\n" + blockOf(correlationFile, 13) + "---\ntitle: connection\n" +
                              blockOf(correlationFile, 14) + "---\n" + blockOf(correlationFile, 15);
    Run run(rules);
    QCOMPARE(run.rules().rejected().size(), std::size_t(0));
    const auto meet = [&](const char* source, const char* destination) {
        run.see(fromJson("{\"http\":{\"response\":{\"status_code\":500}},\"destination\":{\"ip\":\"10.0.0.1\"},"
                         "\"source\":{\"ip\":\"192.0.2.7\"}}"));
        run.see(
            Value()
                .set("event", fromJson("{\"category\":\"network\",\"type\":\"connection\",\"outcome\":\"success\"}"))
                .set("source", Value().set("ip", source))
                .set("destination", Value().set("ip", destination)),
            5);
        return run.finish();
    };
    QCOMPARE(meet("10.0.0.1", "192.0.2.7"), std::size_t(1));
    QCOMPARE(meet("192.0.2.7", "10.0.0.1"), std::size_t(0));
}

void TestSpecificationExamples::theWholeExampleChainsFailuresAndASuccess()
{
    Run run(blockOf(correlationFile, 16));
    QCOMPARE(run.rules().rules().size(), std::size_t(4));
    const auto logIn = [&](int failures, const char* user) {
        for (int at = 0; at < failures; ++at)
            run.see(Value().set("EventID", at % 2 == 0 ? 529 : 4625).set("User", "ana"), at);
        run.see(Value().set("EventID", 4624).set("User", user), 60);
        return run.finish();
    };
    QCOMPARE(logIn(9, "ana"), std::size_t(0));
    QCOMPARE(logIn(10, "ana"), std::size_t(1));
    QCOMPARE(logIn(10, "bo"), std::size_t(0));
}

void TestSpecificationExamples::theFilterLeavesOutAdministrators()
{
    const std::string rule = "title: archive\nid: 6f3e2987-db24-4c78-a860-b4f4095a7095\n"
                             "logsource:\n    category: process_creation\n    product: windows\n"
                             "detection: {s: {Image|endswith: 'rar.exe'}, condition: s}\n---\n";
    Run run(rule + blockOf(filtersFile, 1));
    QCOMPARE(run.rules().rejected().size(), std::size_t(0));
    QCOMPARE(run.see(fromJson("{\"Image\":\"rar.exe\",\"User\":\"ana\"}")).size(), std::size_t(1));
    QCOMPARE(run.see(fromJson("{\"Image\":\"rar.exe\",\"User\":\"ADM_ana\"}")).size(), std::size_t(0));
}

/// The specification's own test files, one of each kind.
void TestSpecificationExamples::schemaExamplesAreAccepted()
{
    int count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(specification + "../tests/schema")) {
        if (entry.path().extension() != ".yml")
            continue;
        std::ifstream file(entry.path());
        std::stringstream text;
        text << file.rdbuf();
        const ParsedRules parsed = parseRules(text.str(), entry.path().filename().string());
        QVERIFY2(parsed.rejected.empty(), parsed.rejected.empty() ? "" : parsed.rejected[0].reason.c_str());
        QCOMPARE(parsed.rules.size() + parsed.filters.size(), std::size_t(1));
        ++count;
    }
    QCOMPARE(count, 12);
}

QTEST_GUILESS_MAIN(TestSpecificationExamples)
#include "tst_specification_examples.moc"
