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

    void aStepThatNothingLeadsToIsRefused()
    {
        PlaybookText text;
        text.addAction(3, "credential.delete", Value::Object{{"from", "member"}}, idOf("end", 1));
        QVERIFY(!text.parsed()); // nobody who reads the playbook along its arrows would see it
    }

    void actionsRememberTheConditionsTheyStandUnder()
    {
        PlaybookText text;
        const std::string first = idOf("action", 1);
        const std::string second = idOf("action", 2);
        text.set("playbook_variables", Value::Object{{"__quiet__", Value::Object{{"type", "bool"}, {"external", true}}},
                                                     {"__kind__", Value::Object{{"type", "string"}, {"value", "key"}}}})
            .setStep(idOf("start", 1), Value::Object{{"type", "start"}, {"on_completion", idOf("while-condition", 1)}})
            .setStep(idOf("while-condition", 1), Value::Object{{"type", "while-condition"},
                                                               {"condition", "__quiet__:value = false"},
                                                               {"on_true", idOf("action", 3)},
                                                               {"on_completion", idOf("switch-condition", 1)}})
            .addAction(3, "activity.watch", Value::Object{{"from", "member"}}, idOf("end", 2))
            .setStep(idOf("end", 2), Value::Object{{"type", "end"}})
            .setStep(idOf("switch-condition", 1), Value::Object{{"type", "switch-condition"},
                                                                {"switch", "__kind__:value"},
                                                                {"cases", Value::Object{{"key", first}, {"default", idOf("end", 3)}}},
                                                                {"on_completion", idOf("if-condition", 1)}})
            .setInStep(first, "on_completion", idOf("end", 3))
            .setStep(idOf("end", 3), Value::Object{{"type", "end"}})
            .setStep(idOf("if-condition", 1), Value::Object{{"type", "if-condition"},
                                                            {"condition", "__quiet__:value = true"},
                                                            {"on_true", idOf("end", 4)},
                                                            {"on_false", second},
                                                            {"on_completion", idOf("end", 5)}})
            .setStep(idOf("end", 4), Value::Object{{"type", "end"}})
            .setStep(idOf("end", 5), Value::Object{{"type", "end"}})
            .addAction(4, "activity.watch", Value::Object{{"from", "member"}}, idOf("end", 1));
        Value withFailure = text.stepOf(second);
        withFailure.set("on_success", idOf("end", 1)).set("on_failure", idOf("action", 4));
        text.setStep(second, PlaybookText::dropped(withFailure, "on_completion"));
        const auto playbook = text.parsed();
        QVERIFY2(playbook, playbook ? "" : playbook.error().detail.c_str());
        QCOMPARE(playbook->steps.size(), std::size_t(4));
        const StepCondition over{StepCondition::Kind::While, "__quiet__:value = false", "false"};
        QVERIFY(playbook->steps[0].when == std::vector({StepCondition{StepCondition::Kind::While, "__quiet__:value = false", "true"}}));
        QVERIFY(playbook->steps[1].when == std::vector({over, StepCondition{StepCondition::Kind::Case, "__kind__", "key"}}));
        QVERIFY(playbook->steps[2].when == std::vector({over, StepCondition{StepCondition::Kind::Is, "__quiet__:value = true", "false"}}));
        QVERIFY(playbook->steps[3].when.back().kind == StepCondition::Kind::Failed);
        QCOMPARE(playbook->steps[3].when.back().steps, std::vector<std::string>{second});
        QCOMPARE(*playbook->variables.at("__kind__").value, std::string("key"));
        QVERIFY(!playbook->variables.at("__quiet__").value);
    }

    void theExtensionSaysRiskWayBackAndEvidence()
    {
        PlaybookText text;
        const std::string second = idOf("action", 2);
        text.setInExtension(second, "tier", "T2").setInExtension(second, "reversibility", "reversible");
        text.setInExtension(second, "rollback", "credential.activate").setInExtension(second, "lease", "4h");
        text.setInExtension(second, "pre_checks", Value::Array{"evidence_preserved"});
        text.setInExtension(second, "verification", Value::Array{"inspect", "quiet"});
        text.setInExtension(second, "after", Value::Array{}).setInExtension(second, "evidence_before", Value::Array{idOf("action", 1)});
        const auto playbook = text.parsed();
        QVERIFY2(playbook, playbook ? "" : playbook.error().detail.c_str());
        const plan::PlaybookStep& step = playbook->steps[1];
        QVERIFY(step.tier == Tier::T2);
        QVERIFY(step.lease == Duration(std::chrono::hours(4)));
        QCOMPARE(step.after, std::vector<std::string>{idOf("action", 1)});
        QCOMPARE(step.evidenceBefore, std::vector<std::string>{idOf("action", 1)});
        QCOMPARE(step.preChecks, std::vector<std::string>{"evidence_preserved"});
        QCOMPARE(step.verification, (std::vector<std::string>{"inspect", "quiet"}));
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
                                << "must be an object";
        QTest::newRow("empty file") << ""
                                    << "test.json";
        row("another type", PlaybookText().set("type", "bundle"), "/type: must be playbook");
        row("another version", PlaybookText().set("spec_version", "cacao-1.1"), "/spec_version: must be cacao-2.0");
        row("no id", PlaybookText().without("id"), "'id' is missing");
        row("id without a uuid", PlaybookText().set("id", "playbook--1"), "/id: must be an identifier");
        row("no author", PlaybookText().without("created_by"), "'created_by' is missing");
        row("no name", PlaybookText().without("name"), "'name' is missing");
        row("created is no time", PlaybookText().set("created", "yesterday"), "/created: must be a timestamp");
        row("no modified", PlaybookText().without("modified"), "'modified' is missing");
        row("no start", PlaybookText().without("workflow_start"), "'workflow_start' is missing");
        row("no workflow", PlaybookText().without("workflow"), "'workflow' is missing");
        row("start is missing", PlaybookText().set("workflow_start", idOf("start", 9)), "must be a start step");
        row("next is missing", PlaybookText().setInStep(second, "on_completion", idOf("end", 9)),
            "is referenced but missing");
        row("a circle", PlaybookText().setInStep(second, "on_completion", first), "runs in a circle");
        row("both ends", PlaybookText().setInStep(first, "on_success", second), "'on_completion' excludes");
        row("step id", PlaybookText().setStep("action-1", Value::Object{{"type", "end"}}), "a step's key must be");
        row("unknown step", PlaybookText().setInStep(first, "type", "dance"), "must be start, end, action");
        row("no commands", PlaybookText().setInStep(first, "commands", Value::Array{}), "commands: must hold at least 1 item");
        row("no agent", PlaybookText().setInStep(first, "agent", ""), "agent: must be an identifier");
        row("foreign action", PlaybookText().setInStep(first, "step_extensions", Value::Object{{"extension-definition--00000000-0000-4000-8000-000000000001", Value::Object{}}}),
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
        row("tier below the floor", PlaybookText().setInExtension(second, "tier", "T0"), "'tier' is below T1");
        row("no tier", PlaybookText().setInExtension(second, "tier", "T4"), "'tier' must be T0, T1, T2 or T3");
        row("another way back", PlaybookText().setInExtension(second, "reversibility", "none"), "'reversibility' of credential.deactivate is reversible");
        row("another rollback", PlaybookText().setInExtension(second, "rollback", "account.resume"), "is 'credential.activate'");
        row("lease of what stays", PlaybookText().setInExtension(first, "lease", "4h"), "'lease' of evidence.snapshot");
        row("lease of no time", PlaybookText().setInExtension(second, "lease", "soon"), "'lease' must be a duration");
        row("unknown check", PlaybookText().setInExtension(second, "pre_checks", Value::Array{"luck"}), "'pre_checks' does not know 'luck'");
        row("unknown proof", PlaybookText().setInExtension(second, "verification", Value::Array{"hope"}), "'verification' does not know 'hope'");
        row("evidence from nowhere", PlaybookText().setInExtension(first, "evidence_before", Value::Array{second}), "which keeps no evidence");
        row("in two branches",
            PlaybookText()
                .set("playbook_variables", Value::Object{{"__a__", Value::Object{{"type", "string"}, {"external", true}}}})
                .setInStep(idOf("start", 1), "on_completion", idOf("if-condition", 1))
                .setStep(idOf("if-condition", 1), Value::Object{{"type", "if-condition"}, {"condition", "__a__:value = 'x'"}, {"on_true", first}, {"on_false", second}, {"on_completion", idOf("end", 1)}}),
            "stands in two branches");
        row("a comparison that is not evaluated",
            PlaybookText()
                .setInStep(idOf("start", 1), "on_completion", idOf("if-condition", 1))
                .setStep(idOf("if-condition", 1), Value::Object{{"type", "if-condition"}, {"condition", "'a' MATCHES 'a'"}, {"on_true", first}, {"on_completion", idOf("end", 1)}}),
            "MATCHES is not evaluated");
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
