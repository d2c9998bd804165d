#include "tests/app/ctl_runner.h"
#include "tests/core/engine/case_fixture.h"

#include <set>

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

    /// Steps of an incident in a state, as act and target.
    static std::set<std::string> steps(const Value& report, const std::string& incident, const std::string& state)
    {
        std::set<std::string> all;
        for (const Value& one : report["incidents"].asArray()) {
            for (const Value& step : one["plan"]["steps"].asArray()) {
                const Value& action = step["action"];
                if (one["id"].asString() == incident && step["state"].asString() == state)
                    all.insert(action["type"].asString() + " " + json::write(action["targets"]));
            }
        }
        return all;
    }
    static void writeOther(const std::filesystem::path& file)
    {
        tenant::CloudtrailWriter log("111122223333", "eu-central-1", 43);
        const tenant::LogCaller dana{
            tenant::LogCaller::Kind::User, "dana", "AKIAEXAMPLEDANA00001", {}, {}, "192.0.2.77", "aws-cli/2.17.40"};
        const Timestamp at = *Timestamp::parse("2026-11-21T12:20:00Z");
        log.add(at, dana, "cloudtrail:StopLogging", Value::Object{{"name", log.arn("cloudtrail", "trail/other", true)}});
        log.add(at + std::chrono::seconds(60), dana, "iam:CreateAccessKey", Value::Object{{"userName", "dana"}},
                Value::Object{{"accessKey", Value::Object{{"userName", "dana"},
                                                          {"accessKeyId", "AKIAEXAMPLEDANA00002"},
                                                          {"status", "Active"},
                                                          {"createDate", at.toString()}}}});
        writeRecords(file, log);
    }

    /// A key and rights for somebody else, five minutes apart: each of the two alerts is part of the other's story.
    static void writeTwoGifts(tenant::CloudtrailWriter& log, const std::string& from, const std::string& to, const char* when)
    {
        const tenant::LogCaller giver{tenant::LogCaller::Kind::User, from, "AKIAEXAMPLE" + from + "000001", {}, {}, "192.0.2.61", "aws-cli/2.17.40"};
        const Timestamp at = *Timestamp::parse(when);
        log.add(at, giver, "iam:CreateAccessKey", Value::Object{{"userName", to}},
                Value::Object{{"accessKey", Value::Object{{"userName", to},
                                                          {"accessKeyId", "AKIAEXAMPLE" + to + "0001"},
                                                          {"status", "Active"},
                                                          {"createDate", at.toString()}}}});
        log.add(at + std::chrono::minutes(5), giver, "iam:AttachUserPolicy", Value::Object{{"userName", to}, {"policyArn", SmallAttack::policy}});
    }

private slots:
    void whatWaitsIsAskedAnewAndNothingIsDenied()
    {
        const CtlRunner ctl;
        SmallAttack::write(ctl.path("log.json").toStdString());
        writeOther(ctl.path("other.json").toStdString());
        VERIFY_STATUS(ctl.runJob({ctl.path("log.json"), ctl.path("other.json")}), 0);
        const auto report = [&ctl] { return ctl.run({"report", ctl.caseFolder(), "--format", "json"}).json(); };
        const Value before = report();
        const auto waiting = steps(before, "INC-0002", "awaiting_approval");
        QVERIFY(!waiting.empty());
        const Ran joined = order(ctl, {"merge", ctl.caseFolder(), "INC-0002", "INC-0001", "--why", "one campaign"});
        VERIFY_STATUS(joined, 0);
        QCOMPARE(joined.json()["stays"].asString(), std::string("INC-0001")); // the lower number, whichever was named first
        const Value merged = report();
        QVERIFY(steps(merged, "INC-0001", "denied").empty());
        for (const std::string& step : waiting)
            QVERIFY2(steps(merged, "INC-0001", "awaiting_approval").contains(step), step.c_str());
        VERIFY_STATUS(order(ctl, {"undo-arrangement", ctl.caseFolder(), "ORD-0001", "--why", "no"}), 0);
        const Value again = report();
        QVERIFY(steps(again, "INC-0002", "awaiting_approval") == waiting);
        QVERIFY(steps(again, "INC-0001", "awaiting_approval") == steps(before, "INC-0001", "awaiting_approval"));
        const Ran told = ctl.run({"why", ctl.caseFolder(), "--incident", "INC-0002"});
        VERIFY_STATUS(told, 0);
        QVERIFY2(told.out.contains("its incident went into another one, which asks anew"), told.out.constData());
        VERIFY_STATUS(ctl.run({"verify", ctl.caseFolder()}), 0);
    }

    void whatIsNotThereIsSaid()
    {
        const CtlRunner ctl;
        SmallAttack::write(ctl.path("log.json").toStdString());
        VERIFY_STATUS(ctl.runJob({ctl.path("log.json")}), 0);
        const Ran unknown = ctl.run({"why", ctl.caseFolder(), "--incident", "INC-0099"});
        VERIFY_STATUS(unknown, 1);
        QVERIFY2(unknown.err.contains("no entry of the ledger is about 'INC-0099'"), unknown.err.constData());
        const Ran misnamed = order(ctl, {"split", ctl.caseFolder(), "INC-0001", "AL-9999", "--why", "another matter"});
        VERIFY_STATUS(misnamed, 1);
        QVERIFY2(misnamed.err.contains("no alert AL-9999 in this case; they are called A-0001"), misnamed.err.constData());
    }

    void aSlipIsToldBeforeAnybodyTypesAPin()
    {
        const CtlRunner ctl;
        SmallAttack::write(ctl.path("log.json").toStdString());
        VERIFY_STATUS(ctl.runJob({ctl.path("log.json")}), 0);
        const QString here = ctl.caseFolder();
        const QString user = QStringLiteral("account:") + SmallAttack::userArn;
        const std::vector<std::pair<QStringList, const char*>> slips{
            {{"note", here, "INC-0099", "--text", "x"}, "no incident INC-0099 in this case"},
            {{"skip", here, "INC-0001/S99", "--why", "x"}, "no step INC-0001/S99 in this case"},
            {{"merge", here, "INC-0001", "INC-0009", "--why", "x"}, "no incident INC-0009 in this case"},
            {{"undo-arrangement", here, "1", "--why", "x"}, "no order 1 in this case; they are called ORD-0001"},
            {{"step", "add", here, "INC-0001", "--verb", "policy.detach", "--target", user, "--why", "x"}, "policy.detach needs policy, policy_name"},
            {{"step", "add", here, "INC-0001", "--verb", "account.suspend", "--target", "account:somebody-else", "--why", "x"},
             "account:somebody-else is nothing of INC-0001"},
        };
        for (const auto& [words, said] : slips) {
            const Ran ran = ctl.run(words + QStringList{"--as", "user:analyst-a"}); // nobody there to type one
            VERIFY_STATUS(ran, 1);
            QVERIFY2(ran.err.contains(said) && !ran.err.contains("PIN"), ran.told().constData());
        }
        const Ran added = order(ctl, {"step", "add", here, "INC-0001", "--verb", "account.suspend", "--target", user, "--why", "stop it whole"});
        VERIFY_STATUS(added, 0);
        QVERIFY2(added.json()["step"].asString().starts_with("INC-0001/S"), added.told().constData());
    }

    void numbersStayWhenTheIndexIsMadeAnewAfterwards()
    {
        const CtlRunner ctl;
        tenant::CloudtrailWriter log("111122223333", "eu-central-1", 44);
        writeTwoGifts(log, "ZED", "OTHER", "2026-11-18T10:00:00Z");
        writeTwoGifts(log, "OPS", "SVCOF", "2026-11-20T10:00:00Z");
        writeRecords(ctl.path("log.json").toStdString(), log);
        VERIFY_STATUS(ctl.runJob({ctl.path("log.json")}), 0);
        const auto before = incidents(ctl);
        QCOMPARE(before.size(), std::size_t{2});
        VERIFY_STATUS(order(ctl, {"note", ctl.caseFolder(), "INC-0001", "--text", "about the first"}), 0);
        VERIFY_STATUS(order(ctl, {"split", ctl.caseFolder(), "INC-0001", "A-0002", "--why", "another matter"}), 0);
        QCOMPARE(incidents(ctl).size(), std::size_t{3});
        VERIFY_STATUS(order(ctl, {"undo-arrangement", ctl.caseFolder(), "ORD-0001", "--why", "no"}), 0);
        QVERIFY(incidents(ctl) == before);
        QVERIFY(QFile::remove(ctl.caseFolder() + "/case.db"));
        QVERIFY(incidents(ctl) == before);
        VERIFY_STATUS(order(ctl, {"note", ctl.caseFolder(), "INC-0001", "--text", "again"}), 0);
        VERIFY_STATUS(ctl.run({"verify", ctl.caseFolder()}), 0);
    }

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
