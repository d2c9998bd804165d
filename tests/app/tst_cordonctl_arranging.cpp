#include "tests/app/ctl_runner.h"
#include "tests/core/engine/case_fixture.h"

using namespace cordon;
using namespace cordon::tests;

/// Merging, splitting and moving incidents from a terminal.
class TestCordonctlArranging : public QObject
{
    Q_OBJECT

private:
    /// A command of the analyst's, whose PIN comes by a pipe.
    static Ran order(const CtlRunner& ctl, const QStringList& words)
    {
        const std::filesystem::path exercise = record::exercisePath(ctl.caseFolder().toStdString());
        std::string pin;
        for (const engine::PersonRow& row : CaseFixture::must(engine::ExerciseParties::banner(exercise))) {
            if (row.id == "user:analyst-a")
                pin = row.pin;
        }
        return ctl.run(QStringList{"--json"} + words + QStringList{"--as", "user:analyst-a", "--pin-fd", "3"}, {pin});
    }
    static std::map<std::string, std::vector<std::string>> incidents(const CtlRunner& ctl)
    {
        const Ran ran = ctl.run({"report", ctl.caseFolder(), "--format", "json"});
        const Value report = ran.json();
        std::map<std::string, std::vector<std::string>> all;
        for (const Value& incident : report["incidents"].asArray()) {
            for (const Value& alert : incident["alerts"].asArray())
                all[incident["id"].asString()].push_back(alert.asString());
        }
        return all;
    }

private slots:
    void whatIsSplitIsListedAndTakenBack()
    {
        const CtlRunner ctl;
        SmallAttack::write(ctl.path("log.json").toStdString());
        VERIFY_STATUS(ctl.runJob({ctl.path("log.json")}), 0);
        const auto before = incidents(ctl);
        QCOMPARE(before.size(), std::size_t{1});
        const std::vector<std::string> alerts = before.begin()->second;
        QVERIFY(alerts.size() > 2);
        const QString last = QString::fromStdString(alerts.back());
        QCOMPARE(order(ctl, {"split", ctl.caseFolder(), "INC-0001", last}).status, 64); // no reason
        VERIFY_STATUS(order(ctl, {"split", ctl.caseFolder(), "INC-0001", last, "--why", "another matter"}), 0);
        QCOMPARE(incidents(ctl).size(), std::size_t{2});
        QVERIFY(incidents(ctl)["INC-0002"] == std::vector<std::string>{alerts.back()});
        VERIFY_STATUS(order(ctl, {"merge", ctl.caseFolder(), "INC-0001", "INC-0002", "--why", "the same after all"}), 0);
        QCOMPARE(incidents(ctl).size(), std::size_t{1});
        VERIFY_STATUS(order(ctl, {"undo-arrangement", ctl.caseFolder(), "ORD-0002", "--why", "no"}), 0);
        QCOMPARE(incidents(ctl).size(), std::size_t{2});
        const QString first = QString::fromStdString(alerts.front());
        VERIFY_STATUS(order(ctl, {"move", ctl.caseFolder(), "INC-0002", first, "--why", "belongs there"}), 0);
        QCOMPARE(incidents(ctl)["INC-0002"].size(), std::size_t{2});
        const Ran listed = ctl.run({"--json", "arrangements", ctl.caseFolder()});
        VERIFY_STATUS(listed, 0);
        const Value rows = listed.json()["arrangements"];
        QCOMPARE(rows.asArray().size(), std::size_t{3});
        QCOMPARE(rows.asArray()[0]["act"].asString(), std::string("split"));
        QVERIFY(rows.asArray()[0]["stands"].asBool());
        QCOMPARE(rows.asArray()[1]["undone_by"].asString(), std::string("user:analyst-a"));
        QVERIFY(!rows.asArray()[1]["stands"].asBool());
        VERIFY_STATUS(order(ctl, {"undo-arrangement", ctl.caseFolder(), "ORD-0009", "--why", "no"}), 1);
    }
};

QTEST_GUILESS_MAIN(TestCordonctlArranging)
#include "tst_cordonctl_arranging.moc"
