#include "core/engine/pipeline.h"
#include "core/record/ledger_auditor.h"
#include "core/value/json.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace cordon;

namespace {

std::string textOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// What a person would tell of an incident: title, who and what is verified, what is done and what waits.
Value essenceOf(const Value& incident)
{
    Value::Array scope;
    for (const Value& entity : incident["entities"].asArray()) {
        if (entity["in_scope"].asBool())
            scope.emplace_back(entity["kind"].asString() + ' ' + entity["name"].asString());
    }
    std::sort(scope.begin(), scope.end(), [](const Value& a, const Value& b) { return a.asString() < b.asString(); });
    Value::Array steps;
    for (const Value& step : incident["plan"]["steps"].asArray())
        steps.emplace_back(step["action"].asString() + ' ' + step["target"]["name"].asString() + ' ' +
                           step["tier"].asString() + ' ' + step["state"].asString());
    return Value::Object{
        {"title", incident["title"]["code"]},   {"severity", incident["severity"]},
        {"techniques", incident["techniques"]}, {"playbook", incident["plan"]["playbook_name"]["code"]},
        {"in_scope", std::move(scope)},         {"steps", std::move(steps)}};
}

} // namespace

/// Every folder here plays the shipped scenario of its name and compares with its expected.json.
/// CORDON_REWRITE_EXPECTED=1 writes that file anew; read the difference before you keep it.
class TestScenarios : public QObject
{
    Q_OBJECT

private slots:
    void theStoryEndsAsExpected_data()
    {
        QTest::addColumn<QString>("name");
        const QDir all(QStringLiteral(CORDON_SOURCE_DIR "/tests/scenarios"));
        for (const QString& name : all.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
            QTest::newRow(qPrintable(name)) << name;
    }

    void theStoryEndsAsExpected()
    {
        QFETCH(QString, name);
        const QTemporaryDir dir;
        engine::EngineOptions options;
        options.folder = dir.filePath("a.cordon").toStdString();
        options.home = dir.filePath("home").toStdString();
        options.resources = std::filesystem::path(CORDON_SOURCE_DIR) / "resources";
        options.exercise = name.toStdString();
        options.replay = engine::ReplayMode::Batch;
        const MachineClock clock;
        Value report;
        {
            const auto pipeline = engine::Pipeline::open(options, clock);
            QVERIFY2(pipeline, pipeline ? "" : pipeline.error().detail.c_str());
            const auto ran = (*pipeline)->run({});
            QVERIFY2(ran, ran ? "" : ran.error().detail.c_str());
            report = *(*pipeline)->report();
        }
        Value::Array incidents;
        for (const Value& incident : report["incidents"].asArray())
            incidents.push_back(essenceOf(incident));
        const std::string seen =
            json::writePretty(Value::Object{{"events", report["events"]}, {"incidents", std::move(incidents)}});

        const QString path = QStringLiteral(CORDON_SOURCE_DIR "/tests/scenarios/") + name + "/expected.json";
        if (qEnvironmentVariableIsSet("CORDON_REWRITE_EXPECTED")) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray::fromStdString(seen));
        }
        const std::string expected = textOf(path);
        QVERIFY2(!expected.empty(), qPrintable(path));
        const QStringList before = QString::fromStdString(expected).split('\n', Qt::SkipEmptyParts);
        const QStringList now = QString::fromStdString(seen).split('\n', Qt::SkipEmptyParts);
        for (qsizetype i = 0; i < std::max(before.size(), now.size()); ++i)
            QCOMPARE("line " + QString::number(i + 1) + ": " + now.value(i),
                     "line " + QString::number(i + 1) + ": " + before.value(i));

        record::AuditOptions audit;
        audit.home = options.home;
        const auto verdict = record::LedgerAuditor(std::move(audit)).verify(options.folder);
        QVERIFY(verdict && verdict->verdict == record::VerifyReport::Verdict::Ok);
    }
};

QTEST_GUILESS_MAIN(TestScenarios)
#include "tst_scenarios.moc"
