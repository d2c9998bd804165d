#include "core/detect/correlation_engine.h"
#include "core/detect/rule_samples.h"
#include "core/ingest/json_event_view.h"
#include "core/ingest/record_framer.h"
#include "core/ingest/record_router.h"
#include "core/value/json.h"

#include <QtTest>

using namespace cordon;

namespace {

using Shape = Value (*)(const Value&);

Value asGraphGivesIt(const Value& record)
{
    return record;
}

/// As diagnostic settings stream it: what the directory says stands in `properties`.
Value asDiagnosticsStreamIt(const Value& record)
{
    Value::Object outer;
    Value::Object inner;
    for (const auto& [name, value] : record.asObject()) {
        const bool isOuter = name == "time" || name == "category" || name == "operationName" || name == "resultType";
        (isOuter ? outer : inner)[name] = value;
    }
    outer["tenantId"] = "t1";
    outer["properties"] = std::move(inner);
    return outer;
}

/// As Log Analytics stores it: a table by kind, columns in capitals.
Value asLogAnalyticsStoresIt(const Value& record)
{
    Value::Object table;
    for (const auto& [name, value] : record.asObject()) {
        std::string column = name == "ipAddress" ? "IPAddress" : name;
        column.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(column.front())));
        table[column] = value;
    }
    const bool isSignIn = record["category"].asString() != "AuditLogs";
    if (!isSignIn)
        table.erase("Category"); // there it is the kind of act
    table["TimeGenerated"] = record["time"];
    table["Type"] = isSignIn ? "SigninLogs" : "AuditLogs";
    if (isSignIn && record["resultType"].isNull())
        table["ResultType"] = std::to_string(record["status"]["errorCode"].asInt());
    return table;
}

} // namespace

/// A rule of Cordon's own finds what its samples say in whichever shape the source hands its records out.
class TestRuleShapes : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void everyShapeIsFoundIn_data();
    void everyShapeIsFoundIn();

private:
    std::set<detect::RuleIndex> raisedIn(const detect::RuleSample& sample, Shape shape);

    FieldPlan m_plan;
    std::optional<detect::RuleProgram> m_program;
    ingest::FieldMaps m_maps;
};

void TestRuleShapes::initTestCase()
{
    auto maps = ingest::FieldMaps::load(CORDON_SOURCE_DIR "/resources/field_maps", m_plan);
    QVERIFY2(maps, maps ? "" : maps.error().detail.c_str());
    m_maps = std::move(*maps);
    const std::vector<std::filesystem::path> folders{CORDON_SOURCE_DIR "/resources/rules/entra"};
    detect::RuleSet rules = detect::RuleSet::load(folders, false, {});
    rules.link();
    m_program = detect::RuleProgram::compile(std::move(rules), m_plan);
    QVERIFY(m_program->rules().rules().size() > 10);
    const detect::CorrelationEngine correlations(*m_program, m_plan); // adds the fields that it groups by
    m_maps.complete(m_plan);
}

std::set<detect::RuleIndex> TestRuleShapes::raisedIn(const detect::RuleSample& sample, Shape shape)
{
    detect::CorrelationEngine correlations(*m_program, m_plan);
    ingest::JsonEventView view(m_plan);
    ingest::RecordRouter router(m_maps);
    detect::MatchScratch scratch;
    std::vector<detect::RuleIndex> matches;
    std::set<detect::RuleIndex> raised;
    std::uint64_t number = 0;
    for (const Value& record : sample.records.asArray()) {
        const std::string text = json::write(shape(record));
        const std::string padded = text + std::string(ingest::RecordFramer::padding, ' ');
        if (!view.read({padded.data(), text.size()}) || !router.route(view))
            continue;
        m_program->match(view, scratch, matches);
        const auto time = Timestamp::parse(record["time"].asString());
        for (const detect::RuleIndex index : matches) {
            correlations.onMatch(index, view, time ? *time : Timestamp(), detect::EventRef{number});
            raised.insert(index);
        }
        ++number;
    }
    for (const detect::CorrelationMatch& match : correlations.finish())
        raised.insert(match.rule);
    return raised;
}

void TestRuleShapes::everyShapeIsFoundIn_data()
{
    QTest::addColumn<QString>("file");
    std::set<std::string> files;
    for (const detect::Rule& rule : m_program->rules().rules())
        files.insert(rule.info.file);
    for (const std::string& file : files)
        QTest::newRow(file.substr(file.rfind('/') + 1).c_str()) << QString::fromStdString(file);
}

void TestRuleShapes::everyShapeIsFoundIn()
{
    QFETCH(const QString, file);
    std::size_t firing = 0;
    for (const detect::RuleSample& sample : detect::readRuleSamples(file.toStdString())) {
        const std::set<detect::RuleIndex> flat = raisedIn(sample, asGraphGivesIt);
        firing += sample.fires && !flat.empty() ? 1 : 0;
        QVERIFY2(raisedIn(sample, asDiagnosticsStreamIt) == flat, qPrintable("streamed, line " + QString::number(sample.line)));
        QVERIFY2(raisedIn(sample, asLogAnalyticsStoresIt) == flat, qPrintable("stored, line " + QString::number(sample.line)));
    }
    QVERIFY(firing > 0);
}

QTEST_GUILESS_MAIN(TestRuleShapes)
#include "tst_rule_shapes.moc"
