#include "core/govern/action_digest.h"
#include "core/govern/approval_render.h"
#include "core/govern/approval_text.h"
#include "tests/app/ctl_runner.h"
#include "tests/core/engine/case_fixture.h"

using namespace cordon;
using namespace cordon::tests;

/// What people do from a terminal: approve, deny, undo, halt, resume, and ask why.
class TestCordonctlPeople : public QObject
{
    Q_OBJECT

private:
    static std::vector<std::pair<Value, Value>> stepsOf(const Value& report) ///< incident and step
    {
        std::vector<std::pair<Value, Value>> all;
        for (const Value& incident : report["incidents"].asArray()) {
            for (const Value& step : incident["plan"]["steps"].asArray())
                all.emplace_back(incident, step);
        }
        return all;
    }

    static bool isOpen(const std::string& state, const std::string& tier, const Value& step)
    {
        return step["state"].asString() == state && step["tier"].asString() == tier;
    }

    /// Pipes for PIN, authenticator code, short code and target, as options and contents.
    static std::pair<QStringList, std::vector<std::string>> factors(const CtlRunner& ctl, const std::string& person,
                                                                    const std::string& request)
    {
        const auto reader = CaseFixture::must(engine::CaseReader::open(ctl.caseFolder().toStdString()));
        const std::filesystem::path exercise = record::exercisePath(ctl.caseFolder().toStdString());
        const auto agent = CaseFixture::must(engine::ExerciseParties::open(exercise)).agentKey().publicKey();
        std::vector<std::string> secrets;
        for (const engine::PersonRow& row : CaseFixture::must(engine::ExerciseParties::banner(exercise))) {
            if (row.id != person)
                continue;
            const auto secret = crypto::SecretBytes::copyOf(CaseFixture::must(crypto::fromBase32(row.totpSecret)));
            secrets = {row.pin, crypto::totpCode(secret, MachineClock().now().micros() / 30'000'000)};
        }
        for (const engine::ApprovalRow& row : CaseFixture::must(reader->approvals())) {
            if (row.id != request)
                continue;
            const ApprovalRequest asked = CaseFixture::must(govern::readRequest(row.requestText, agent));
            secrets.push_back(govern::shortCode(asked.actionDigest));
            secrets.push_back(govern::typedTargetOf(asked));
        }
        return {{"--as", QString::fromStdString(person), "--pin-fd", "3", "--totp-fd", "4", "--code-fd", "5",
                 "--target-fd", "6"},
                secrets};
    }

    static Ran approve(const CtlRunner& ctl, const std::string& person, const std::string& request)
    {
        auto [options, secrets] = factors(ctl, person, request);
        return ctl.run(QStringList{"--json", "approve", ctl.caseFolder(), QString::fromStdString(request)} + options,
                       secrets);
    }

    static void writeLog(const CtlRunner& ctl) { SmallAttack::write(ctl.path("log.json").toStdString()); }

private slots:
    void peopleApproveThroughTheStepUpProgram()
    {
        const CtlRunner ctl;
        writeLog(ctl);
        const Value report = ctl.runJob({ctl.path("log.json")}).json();
        std::string disruptive;
        std::string destructive;
        for (const auto& [incident, step] : stepsOf(report)) {
            if (isOpen("awaiting_approval", "T2", step) && step["action"].asString() == "policy.detach")
                disruptive = step["approval"]["request"].asString();
            if (isOpen("awaiting_approval", "T3", step))
                destructive = step["approval"]["request"].asString();
        }
        QVERIFY(!disruptive.empty() && !destructive.empty());

        const Ran one = approve(ctl, "user:commander-a", disruptive);
        VERIFY_STATUS(one, 0);
        QCOMPARE(one.json()["step_state"].asString(), std::string("verified"));
        const Ran replayed = approve(ctl, "user:commander-b", disruptive); // nothing is asked any more
        VERIFY_STATUS(replayed, 1);

        const Ran first = approve(ctl, "user:analyst-a", destructive);
        VERIFY_STATUS(first, 0);
        QCOMPARE(first.json()["approvals"].asString(), std::string("1 of 2, a commander must follow"));
        QVERIFY(!first.json()["complete"].asBool());
        const Ran second = approve(ctl, "user:commander-b", destructive);
        VERIFY_STATUS(second, 0);
        QVERIFY(second.json()["complete"].asBool());
        QCOMPARE(second.json()["step_state"].asString(), std::string("verified"));
        VERIFY_STATUS(ctl.run({"verify", ctl.caseFolder()}), 0);
    }

    void aWrongPinApprovesNothing()
    {
        const CtlRunner ctl;
        writeLog(ctl);
        VERIFY_STATUS(ctl.runJob({ctl.path("log.json")}), 0);
        auto [options, secrets] = factors(ctl, "user:analyst-a", "AR-0001");
        secrets[0] = "nopin!";
        const Ran ran = ctl.run(QStringList{"approve", ctl.caseFolder(), "AR-0001"} + options, secrets);
        VERIFY_STATUS(ran, 1);
        QVERIFY2(ran.err.contains("pin_wrong"), ran.told().constData());
        QVERIFY2(!ran.told().contains(secrets[1].c_str()), "a secret was printed");
        VERIFY_STATUS(ctl.run({"approve", ctl.caseFolder(), "AR-0099", "--as", "user:analyst-a"}), 1);
        const Ran stranger = ctl.run({"note", ctl.caseFolder(), "INC-0001", "--text", "hello", "--as", "user:nobody-here", "--pin-fd", "3"}, {"123456"});
        VERIFY_STATUS(stranger, 1);
        QVERIFY2(stranger.err.contains("no key of user:nobody-here lies on this machine") && !stranger.err.contains("vault.json"),
                 stranger.told().constData());
    }

    void denyUndoHaltAndResumeWorkFromATerminal()
    {
        const CtlRunner ctl;
        writeLog(ctl);
        const Value report = ctl.runJob({ctl.path("log.json")}).json();
        std::string done;
        for (const auto& [incident, step] : stepsOf(report)) {
            if (isOpen("verified", "T1", step))
                done = step["id"].asString();
        }
        QVERIFY(!done.empty());
        auto [options, secrets] = factors(ctl, "user:analyst-a", "AR-0001");
        const QStringList asAnalyst{"--as", "user:analyst-a", "--pin-fd", "3"};
        const Ran denied = ctl.run(
            QStringList{"--json", "deny", ctl.caseFolder(), "AR-0001", "--reason", "known change"} + asAnalyst, {secrets[0]});
        VERIFY_STATUS(denied, 0);
        QCOMPARE(denied.json()["step_state"].asString(), std::string("denied"));

        const Ran undone = ctl.run(
            QStringList{"--json", "undo", ctl.caseFolder(), QString::fromStdString(done)} + asAnalyst, {secrets[0]});
        VERIFY_STATUS(undone, 0);
        QCOMPARE(undone.json()["step_state"].asString(), std::string("reverted"));

        VERIFY_STATUS(ctl.run({"halt", "--as", "user:analyst-a", "--why", "drill"}), 0);
        QVERIFY(QFileInfo::exists(ctl.home() + "/halt"));
        const auto told = [&] { return ctl.run({"report", ctl.caseFolder()}).out; };
        QVERIFY2(told().contains("The agent is halted since ") && told().contains("by user:analyst-a: drill. No step runs"), told().constData());
        QCOMPARE(ctl.run({"--json", "report", ctl.caseFolder()}).json()["agent_stopped"]["state"].asString(), std::string("halted"));
        const QStringList withCode{"--as", "user:analyst-a", "--pin-fd", "3", "--totp-fd", "4"};
        const std::string wrong = secrets[1] == "000000" ? "000001" : "000000";
        VERIFY_STATUS(ctl.run(QStringList{"resume", ctl.caseFolder()} + asAnalyst, {secrets[0]}), 1);
        VERIFY_STATUS(ctl.run(QStringList{"resume", ctl.caseFolder()} + withCode, {secrets[0], wrong}), 1);
        // A code that is given is checked, although the command takes none.
        const Ran guessed = ctl.run(QStringList{"undo", ctl.caseFolder(), QString::fromStdString(done)} + withCode,
                                    {secrets[0], wrong});
        VERIFY_STATUS(guessed, 1);
        QVERIFY2(guessed.err.contains("totp_wrong"), guessed.told().constData());
        secrets = factors(ctl, "user:analyst-a", "AR-0001").second;
        VERIFY_STATUS(ctl.run(QStringList{"resume", ctl.caseFolder()} + withCode, {secrets[0], secrets[1]}), 0);
        QVERIFY(QFileInfo::exists(ctl.home() + "/halt")); // one person is not enough to act
        QVERIFY2(told().contains("The agent only observes since "), told().constData());
        const auto commander = factors(ctl, "user:commander-a", "AR-0001").second;
        VERIFY_STATUS(
            ctl.run({"resume", ctl.caseFolder(), "--as", "user:commander-a", "--pin-fd", "3", "--totp-fd", "4"},
                    {commander[0], commander[1]}),
            0);
        QVERIFY(!QFileInfo::exists(ctl.home() + "/halt"));
        QVERIFY(!told().contains("The agent "));
        VERIFY_STATUS(ctl.run({"verify", ctl.caseFolder()}), 0);
    }

    void aSecondProcessSignsWhatTheHolderDoes()
    {
        const CtlRunner ctl;
        writeLog(ctl);
        VERIFY_STATUS(ctl.runJob({ctl.path("log.json")}), 0);
        QDir().mkpath(ctl.path("inbound"));
        QProcess holder;
        ctl.prepare(holder, {"run", "--case", ctl.caseFolder(), "--follow", ctl.path("inbound")});
        holder.start();
        QVERIFY(holder.waitForStarted());
        const auto holds = [&] {
            QFile lock(ctl.caseFolder() + "/holder.lock");
            return lock.open(QIODevice::ReadOnly) && lock.readAll().trimmed() == QByteArray::number(holder.processId());
        };
        QTRY_VERIFY_WITH_TIMEOUT(holds(), 20'000);
        const std::string pin = factors(ctl, "user:analyst-a", "AR-0001").second.front();
        const auto give = [&](QStringList what, const std::string& given) {
            return ctl.run(QStringList{"--json"} + what + QStringList{"--as", "user:analyst-a", "--pin-fd", "3"}, {given});
        };
        const Ran noted = give({"note", ctl.caseFolder(), "INC-0001", "--text", "asked the build team"}, pin);
        VERIFY_STATUS(noted, 0);
        QCOMPARE(noted.json()["through"].asString(), std::string("inbox"));
        VERIFY_STATUS(give({"assign", ctl.caseFolder(), "INC-0001", "--to", "user:commander-a"}, pin), 0);
        VERIFY_STATUS(give({"note", ctl.caseFolder(), "INC-0099", "--text", "no such incident"}, pin), 1);
        VERIFY_STATUS(give({"note", ctl.caseFolder(), "INC-0001", "--text", "guessed"}, "guess!"), 1);
        holder.terminate();
        QVERIFY(holder.waitForFinished(30'000));
        const auto reader = CaseFixture::must(engine::CaseReader::open(ctl.caseFolder().toStdString()));
        const engine::IncidentDetail detail = CaseFixture::must(reader->incident(IncidentId{1}));
        QCOMPARE(detail.notes.size(), std::size_t(1));
        QCOMPARE(detail.notes.front().second, std::string("user:analyst-a: asked the build team"));
        QCOMPARE(detail.incident.assignee, std::string("user:commander-a"));
        VERIFY_STATUS(ctl.run({"verify", ctl.caseFolder()}), 0);
    }

    void theLedgerIsExplained()
    {
        const CtlRunner ctl;
        writeLog(ctl);
        const Value report = ctl.runJob({ctl.path("log.json")}).json();
        for (const auto& [incident, step] : stepsOf(report)) {
            if (!isOpen("verified", "T1", step))
                continue;
            const Ran why =
                ctl.run({"--json", "why", ctl.caseFolder(), QString::number(step["decision"]["ledger"].asInt())});
            VERIFY_STATUS(why, 0);
            QCOMPARE(why.json()["effect"].asString(), std::string("allow"));
            QCOMPARE(why.json()["action_digest"].asString(), step["decision"]["digest"].asString());
        }
        VERIFY_STATUS(ctl.run({"why", ctl.caseFolder(), "99999"}), 1);
        const Ran usage = ctl.run({"--json", "mandate", "usage", ctl.caseFolder()});
        VERIFY_STATUS(usage, 0);
        QVERIFY(!usage.json()["used"].asArray().empty() && !usage.json()["unused"].asArray().empty());
    }
};

QTEST_GUILESS_MAIN(TestCordonctlPeople)
#include "tst_cordonctl_people.moc"
