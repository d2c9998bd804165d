#include "tests/core/cacao/small_playbook.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace cordon;
using namespace cordon::tests;
using cacao::Finding;

namespace {

QString told(const cacao::Reading& reading)
{
    QString all;
    for (const Finding& finding : reading.findings)
        all += QString::fromStdString(std::string(cacao::toString(finding.kind)) + " " + finding.pointer + " " + finding.text + "\n");
    return all;
}

std::string inStep(const std::string& type, int number, const std::string& member)
{
    return "/workflow/" + stepId(type, number) + "/" + member;
}

} // namespace

class TestPlaybook : public QObject
{
    Q_OBJECT

private slots:
    void everyKindOfStepIsRead()
    {
        const cacao::Reading reading = SmallPlaybook().reading();
        QVERIFY2(!reading.isRefused(), qPrintable(told(reading)));
        const cacao::Playbook& playbook = reading.playbook;
        QCOMPARE(playbook.steps.size(), std::size_t(17));
        QCOMPARE(playbook.variables.size(), std::size_t(2));
        QVERIFY(playbook.variables[0].isExternal); // by name: __count__
        QCOMPARE(playbook.step(stepId("parallel", 1))->branches.size(), std::size_t(2));
        QCOMPARE(playbook.step(stepId("if-condition", 1))->branches[1].key, std::string("false"));
        QCOMPARE(playbook.step(stepId("switch-condition", 1))->condition, std::string("__who__:value"));
        QCOMPARE(playbook.step(stepId("switch-condition", 1))->branches[1].key, std::string("default"));
        QCOMPARE(playbook.step(stepId("playbook-action", 1))->playbookId, stepId("playbook", 9));
        QCOMPARE(playbook.digest.size(), std::size_t(64));
    }

    void whatCordonKnowsNothingOfSurvivesTheRoundTrip()
    {
        SmallPlaybook made;
        made.set("/x_house", Value::Object{{"deep", Value::Array{1, 2.5, nullptr, true, "é"}}});
        made.set(inStep("action", 1, "x_step"), "kept");
        made.set("/workflow_exception", stepId("end", 7));
        const auto written = cacao::write(made.data());
        QVERIFY2(written, written ? "" : written.error().detail.c_str());
        QVERIFY(written->starts_with("{\n  \"type\": \"playbook\",\n  \"spec_version\""));
        const cacao::Reading again = cacao::read(*written, "again.json");
        QVERIFY(again.playbook.data == made.data());
        QCOMPARE(*cacao::write(again.playbook.data), *written);
    }

    void whatIsWrongIsNamedWithItsPlace_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, const SmallPlaybook& playbook, const std::string& said) {
            QTest::newRow(name) << QString::fromStdString(playbook.text()) << QString::fromStdString(said);
        };
        const auto with = [](const std::string& path, Value value) { return SmallPlaybook().set(path, std::move(value)); };
        QTest::newRow("no JSON") << "{\n\"type\":" << "json  line 2";
        QTest::newRow("a list") << "[]" << "form  must be an object";
        QTest::newRow("a key twice") << "{\"type\":\"playbook\",\"type\":\"playbook\"}" << "json  line 1";
        QTest::newRow("a number out of range") << "{\"priority\":1e999}" << "json  line 1";
        QTest::newRow("deep") << QString(64, '[') + QString(64, ']') << "json  line 1";
        row("another type", with("/type", "bundle"), "form /type must be playbook");
        row("another version", with("/spec_version", "cacao-1.1"), "form /spec_version must be cacao-2.0");
        row("no name", SmallPlaybook().without("/name"), "form  'name' is missing");
        row("version 7 uuid", with("/id", "playbook--00000000-0000-7000-8000-000000000001"), "form /id must be an identifier");
        row("priority", with("/priority", 101), "form /priority must be a whole number from 0 to 100");
        row("no labels", with("/labels", Value::Array{}), "form /labels must hold at least 1 item");
        row("delay of nothing", with(inStep("action", 1, "delay"), 0), "form " + inStep("action", 1, "delay") + " must be a whole number, 1 or more");
        row("end leads on", with(inStep("end", 1, "on_completion"), stepId("end", 2)), "form " + inStep("end", 1, "on_completion") + " does not belong");
        row("start fails", with(inStep("start", 1, "on_failure"), stepId("end", 2)), "form " + inStep("start", 1, "on_failure") + " does not belong");
        row("another type than its key", with(inStep("action", 1, "type"), "end"), "form " + inStep("action", 1, "type") + " must be action");
        row("one parallel branch", with(inStep("parallel", 1, "next_steps"), Value::Array{stepId("action", 1)}), "must hold at least 2 items");
        row("an id of something else", with("/id", stepId("bundle", 1)), "sense /id must be playbook--uuid");
        row("an unknown kind of step", with("/workflow/dance--00000000-0000-4000-8000-000000000001", Value::Object{{"type", "dance"}}),
            "sense /workflow/dance--00000000-0000-4000-8000-000000000001 a step's key");
        row("start is missing", with("/workflow_start", stepId("start", 9)), "sense /workflow_start must be a start step");
        row("starts with an action", with("/workflow_start", stepId("action", 1)), "sense /workflow_start must be a start step");
        row("exception is missing", with("/workflow_exception", stepId("end", 99)), "sense /workflow_exception step");
        row("next is missing", with(inStep("action", 1, "on_completion"), stepId("end", 99)), "is referenced but missing");
        row("case is missing", with(inStep("switch-condition", 1, "cases"), Value::Object{{"a", stepId("end", 99)}}),
            "sense " + inStep("switch-condition", 1, "cases") + "/a step");
        row("both ends", with(inStep("action", 1, "on_success"), stepId("end", 1)), "'on_completion' excludes");
        row("a circle", with(inStep("action", 3, "on_completion"), stepId("if-condition", 1)), "runs in a circle");
        row("itself", with(inStep("action", 1, "on_completion"), stepId("action", 1)), "runs in a circle");
        row("nothing leads there", with("/workflow/" + stepId("end", 50), Value::Object{{"type", "end"}}), "sense /workflow/" + stepId("end", 50) + " nothing leads");
        row("no such agent", with(inStep("action", 1, "agent"), stepId("group", 9)), "is in neither 'agent_definitions'");
        row("no such login", with("/agent_definitions/" + stepId("ssh", 1), Value::Object{{"type", "ssh"}, {"name", "x"}, {"address", Value::Object{}}, {"authentication_info", stepId("user-auth", 1)}}),
            "is not in 'authentication_info_definitions'");
        row("no such day", with("/created", "2025-02-30T00:00:00Z"), "sense /created is no day");
        row("changed before it was made", with("/modified", "2025-12-31T00:00:00Z"), "sense /modified is before 'created'");
        row("variable's name", with("/playbook_variables/who", Value::Object{{"type", "string"}}), "sense /playbook_variables/who 'who' is no variable's name");
        row("constant without value", with("/playbook_variables/__c__", Value::Object{{"type", "string"}, {"constant", true}}), "a constant without a value");
        row("value of another type", with("/playbook_variables/__count__/value", "many"), "sense /playbook_variables/__count__/value is no integer");
        row("never defined", with(inStep("if-condition", 1, "condition"), "__nobody__:value = 'x'"), "'__nobody__' is used and never defined");
        row("argument never defined", with(inStep("action", 1, "in_args"), Value::Array{"__nobody__"}), "in_args/0 '__nobody__' is used");
        row("answers into a constant", SmallPlaybook().set("/playbook_variables/__who__/constant", true).set(inStep("action", 1, "out_args"), Value::Array{"__who__"}), "is constant and cannot be an answer");
        row("no condition", with(inStep("while-condition", 1, "condition"), "__count__:value <"), "sense " + inStep("while-condition", 1, "condition") + " column");
        row("switch on a text", with(inStep("switch-condition", 1, "switch"), "who"), "must name a variable");
        row("two keys in a signature", with("/signatures", Value::Array{Value::Object{{"public_key", "a"}, {"thumbprint", "b"}}}), "form /signatures/0 must hold exactly one");
    }
    void whatIsWrongIsNamedWithItsPlace()
    {
        QFETCH(QString, text);
        QFETCH(QString, said);
        const cacao::Reading reading = cacao::read(text.toStdString(), "test.json");
        QVERIFY(reading.isRefused());
        QVERIFY2(told(reading).contains(said), qPrintable(told(reading)));
        const auto loaded = cacao::load(text.toStdString(), "test.json");
        QVERIFY(!loaded);
        QVERIFY2(loaded.error().detail.starts_with("test.json:"), loaded.error().detail.c_str());
    }

    void whatIsOddIsToldAndRefusesNothing()
    {
        SmallPlaybook made;
        made.set(inStep("while-condition", 1, "condition"), "__who__:value MATCHES 'a'");
        made.set("/markings", Value::Array{stepId("marking-tlp", 1)});
        const cacao::Reading reading = made.reading();
        QVERIFY2(!reading.isRefused(), qPrintable(told(reading)));
        QVERIFY(told(reading).contains("odd " + QString::fromStdString(inStep("while-condition", 1, "condition"))));
        QVERIFY(told(reading).contains("odd /markings/0"));
    }

    void aLongWorkflowIsReadAndTooLongAOneIsRefused()
    {
        const auto chain = [](int many) {
            Value workflow = Value::Object{{stepId("start", 1), Value::Object{{"type", "start"}, {"on_completion", stepId("end", 1)}}}};
            std::string before = stepId("start", 1);
            for (int i = 0; i < many; ++i) {
                const std::string number = std::to_string(1000 + i);
                const std::string id = "playbook-action--00000000-0000-4000-8000-00000000" + number;
                workflow.set(id, Value::Object{{"type", "playbook-action"}, {"playbook_id", stepId("playbook", 2)}, {"on_completion", stepId("end", 1)}});
                Value last = workflow[before];
                last.set("on_completion", id);
                workflow.set(before, std::move(last));
                before = id;
            }
            workflow.set(stepId("end", 1), Value::Object{{"type", "end"}});
            return SmallPlaybook().set("/workflow", std::move(workflow)).reading();
        };
        QVERIFY2(!chain(4998).isRefused(), qPrintable(told(chain(4998))));
        QVERIFY(told(chain(4999)).contains("limit /workflow more than 5000 steps"));
    }

    void theFindingsOfAHostileFileAreBounded()
    {
        Value::Array labels;
        for (int i = 0; i < 100'000; ++i)
            labels.emplace_back(i);
        const cacao::Reading reading = SmallPlaybook().set("/labels", std::move(labels)).reading();
        QCOMPARE(reading.findings.size(), std::size_t(200));
    }

    void thePublicExamplesAreReadOrRefusedForAReason()
    {
        const QString folder = QStringLiteral(CORDON_SHARED_DATA "/cacao");
        if (!QFile::exists(folder))
            QSKIP("no shared data here: the public examples were not read");
        int read = 0;
        int refused = 0;
        QDirIterator files(folder, {"*.json"}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const std::string text = file.readAll().toStdString();
            const auto root = json::parse(text);
            if (!root || (*root)["type"].asString() != "playbook")
                continue;
            const cacao::Reading reading = cacao::read(text, file.fileName().toStdString());
            qInfo("%s %s", qPrintable(file.fileName()), qPrintable(told(reading)));
            if (reading.isRefused()) {
                ++refused;
                for (const Finding& finding : reading.findings)
                    QVERIFY(!finding.text.empty() && finding.line > 0);
                continue;
            }
            ++read;
            const auto written = cacao::write(reading.playbook.data);
            QVERIFY2(written, written ? "" : written.error().detail.c_str());
            const cacao::Reading again = cacao::read(*written, "again.json");
            QVERIFY(again.playbook.data == *root);
        }
        qInfo("%d read, %d refused", read, refused);
        QVERIFY(read > 0);
    }
};

QTEST_GUILESS_MAIN(TestPlaybook)
#include "tst_playbook.moc"
