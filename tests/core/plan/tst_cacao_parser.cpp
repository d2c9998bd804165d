#include "tests/core/plan/playbook_text.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>
#include <functional>

using namespace cordon;
using namespace cordon::tests;

class TestCacaoParser : public QObject
{
    Q_OBJECT

private slots:
    void aPlaybookIsReadWithItsStepsInWorkflowOrder()
    {
        const auto playbook = PlaybookText(7).parsed();
        QVERIFY2(playbook, playbook ? "" : playbook.error().detail.c_str());
        QCOMPARE(playbook->id, idOf("playbook", 7));
        QCOMPARE(playbook->name, std::string("Test playbook"));
        QCOMPARE(playbook->steps.size(), std::size_t(2));
        QCOMPARE(playbook->steps[0].verb, std::string("evidence.snapshot"));
        QCOMPARE(playbook->steps[1].verb, std::string("credential.deactivate"));
        QCOMPARE(playbook->steps[1].after, std::vector<std::string>{idOf("action", 1)});
        QCOMPARE(playbook->digest.size(), std::size_t(64));
        QVERIFY(playbook->digest != PlaybookText(8).parsed()->digest);
    }

    void stepsThatNothingLeadsToAreNoPartOfTheSequence()
    {
        PlaybookText text;
        text.addAction(3, "credential.delete", Value::Object{{"from", "member"}}, idOf("end", 1));
        QCOMPARE(text.parsed()->steps.size(), std::size_t(2));
    }

    void branchesOfAParallelStepComeInTheirOrder()
    {
        PlaybookText text;
        text.setStep(idOf("start", 1), Value::Object{{"type", "start"}, {"on_completion", idOf("parallel", 1)}})
            .setStep(idOf("parallel", 1),
                     Value::Object{{"type", "parallel"},
                                   {"next_steps", Value::Array{idOf("action", 2), idOf("action", 1)}},
                                   {"on_completion", idOf("end", 1)}});
        const auto playbook = text.parsed();
        QVERIFY2(playbook, playbook ? "" : playbook.error().detail.c_str());
        QCOMPARE(playbook->steps[0].verb, std::string("credential.deactivate"));
        QCOMPARE(playbook->steps[1].verb, std::string("evidence.snapshot"));
    }

    void brokenPlaybooksAreRefusedWithThePlace_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, const PlaybookText& text, const char* said) {
            QTest::newRow(name) << QString::fromStdString(text.text()) << QString(said);
        };
        const std::string first = idOf("action", 1);
        const std::string second = idOf("action", 2);
        QTest::newRow("no JSON") << "{\"type\": "
                                 << "test.json";
        QTest::newRow("a list") << "[]"
                                << "a playbook is a JSON object";
        QTest::newRow("empty file") << ""
                                    << "test.json";
        row("another type", PlaybookText().set("type", "bundle"), "'type' must be 'playbook'");
        row("another version", PlaybookText().set("spec_version", "cacao-1.1"), "'spec_version' must be 'cacao-2.0'");
        row("no id", PlaybookText().without("id"), "'id' must be an identifier");
        row("id without a uuid", PlaybookText().set("id", "playbook--1"), "'id' must be an identifier");
        row("no author", PlaybookText().without("created_by"), "'created_by' must be an identifier");
        row("no name", PlaybookText().without("name"), "'name' is missing");
        row("created is no time", PlaybookText().set("created", "yesterday"), "'created' must be a timestamp");
        row("no modified", PlaybookText().without("modified"), "'modified' must be a timestamp");
        row("no start", PlaybookText().without("workflow_start"), "'workflow_start' must be an identifier");
        row("no workflow", PlaybookText().without("workflow"), "'workflow' is missing");
        row("start is missing", PlaybookText().set("workflow_start", idOf("start", 9)), "is referenced but missing");
        row("next is missing", PlaybookText().setInStep(second, "on_completion", idOf("end", 9)),
            "is referenced but missing");
        row("a circle", PlaybookText().setInStep(second, "on_completion", first), "runs in a circle");
        row("both ends", PlaybookText().setInStep(first, "on_success", second), "'on_completion' excludes");
        row("step id", PlaybookText().setStep("action-1", Value::Object{{"type", "end"}}), "must be type--uuid");
        row("unknown step", PlaybookText().setInStep(first, "type", "dance"), "unknown step type 'dance'");
        row("no commands", PlaybookText().setInStep(first, "commands", Value::Array{}), "needs 'commands' and 'agent'");
        row("no agent", PlaybookText().setInStep(first, "agent", ""), "needs 'commands' and 'agent'");
        row("foreign action", PlaybookText().setInStep(first, "step_extensions", Value::Object{}),
            "without Cordon's extension");
        row("unknown verb", PlaybookText().setInExtension(first, "verb", "account.explode"),
            "unknown verb 'account.explode'");
        row("no selector", PlaybookText().setInExtension(first, "select", Value::Object{}), "'select.from' must be");
        row("unknown kind",
            PlaybookText().setInExtension(first, "select",
                                          Value::Object{{"from", "member"}, {"kinds", Value::Array{"pet"}}}),
            "unknown entity kind 'pet'");
        row("too many", PlaybookText().setInExtension(first, "select", Value::Object{{"from", "member"}, {"most", 26}}),
            "'select.most' must be 1 to 25");
        row("too long before",
            PlaybookText().setInExtension(first, "select",
                                          Value::Object{{"from", "identity_change"}, {"before_hours", 721}}),
            "'select.before_hours' must be 0 to 720");
        row("no title", PlaybookText().setInExtension(first, "title", ""), "'title' and 'why' are missing");
        row("after nothing", PlaybookText().setInExtension(second, "after", Value::Array{idOf("action", 9)}),
            "'after' names");
        row("for nobody", PlaybookText().applyToAll({}), "'applies_to' of Cordon's extension is missing");
        row("for an unknown kind", PlaybookText().applyTo(Value::Object{{"kind", "pet"}}), "unknown entity kind 'pet'");
        row("a condition",
            PlaybookText()
                .setInStep(idOf("start", 1), "on_completion", idOf("if-condition", 1))
                .setStep(idOf("if-condition", 1), Value::Object{{"type", "if-condition"}, {"on_completion", first}}),
            "is not run yet");
    }

    void brokenPlaybooksAreRefusedWithThePlace()
    {
        QFETCH(QString, text);
        QFETCH(QString, said);
        const auto playbook = plan::parseCacao(text.toStdString(), "test.json");
        QVERIFY(!playbook);
        const QString detail = QString::fromStdString(playbook.error().detail);
        QVERIFY2(detail.startsWith("test.json"), qPrintable(detail));
        QVERIFY2(detail.contains(said), qPrintable(detail));
        QVERIFY(playbook.error().code == ErrorCode::Invalid || playbook.error().code == ErrorCode::Unsupported);
    }

    void anErrorNamesLineAndStep()
    {
        const std::string text = PlaybookText().setInExtension(idOf("action", 2), "verb", "account.explode").text();
        const std::string before = text.substr(0, text.find("account.explode"));
        const auto playbook = plan::parseCacao(text, "test.json");
        const QString detail = QString::fromStdString(playbook.error().detail);
        QVERIFY2(detail.contains(QString::fromStdString(idOf("action", 2))), qPrintable(detail));
        const int said = detail.section(':', 1, 1).toInt();
        const int line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
        QVERIFY2(said > 1 && said <= line, qPrintable(detail)); // where the extension's object begins
    }

    void aDeepWorkflowIsRefusedOrReadButNeverCrashes()
    {
        PlaybookText text;
        constexpr int many = 99;
        for (int i = 2; i < many; ++i)
            text.addAction(i, "evidence.snapshot", Value::Object{{"from", "member"}}, idOf("action", i + 1));
        text.addAction(many, "evidence.snapshot", Value::Object{{"from", "member"}}, idOf("end", 1));
        QCOMPARE(text.parsed()->steps.size(), std::size_t(many));
        const std::string nested(100'000, '[');
        QVERIFY(!plan::parseCacao(nested, "deep.json"));
    }

    void foreignPlaybooksAreReadOrRefusedWithAReason()
    {
        const QString folder = QStringLiteral(CORDON_SHARED_DATA "/cacao");
        if (!QDir(folder).exists())
            QSKIP("the shared data are not here");
        int seen = 0;
        QDirIterator files(folder, {"*.json"}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto playbook = plan::parseCacao(file.readAll().toStdString(), file.fileName().toStdString());
            ++seen;
            if (playbook)
                QVERIFY(!playbook->appliesTo.empty());
            else
                QVERIFY2(playbook.error().detail.size() > file.fileName().toStdString().size() + 5,
                         qPrintable(file.fileName()));
        }
        QVERIFY(seen > 20);
    }
};

QTEST_GUILESS_MAIN(TestCacaoParser)
#include "tst_cacao_parser.moc"
