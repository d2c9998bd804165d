#include "tests/app/connected_installation.h"

#include <QDir>
#include <QProcess>

using namespace cordon;
using namespace cordon::tests;

/// Real systems beside one another, looked at while the command that acts on them still runs.
class TestCordonctlSideBySide : public QObject
{
    Q_OBJECT

private slots:
    // GOV-ASI10
    void aHaltHoldsWhatIsFollowedAndALeaseThatEndsIsDecided()
    {
        ConnectedInstallation here;
        here.putInForce("prod", 1, {{"lease: 1h", "lease: 1s"}});
        AttackedAccount& account = here.accounts.front();
        const auto isDone = [&] { return here.entryOf("outcome.verified", "credential.deactivate", account.newKey).has_value(); };
        const QString logs = here.ctl.path("logs");
        QVERIFY(QDir().mkpath(logs));
        VERIFY_STATUS(here.ctl.run({"halt", "--why", "a look first"}), 0);
        QProcess running;
        here.start(running, {"--follow", logs});
        QVERIFY(QFile::copy(here.log(), logs + "/log.json"));
        QTRY_VERIFY_WITH_TIMEOUT(!here.entries("scope.verified").empty(), 40'000);
        QVERIFY(here.entries("action.intended").empty() && account.fake.done.empty());
        for (const char* person : {"user:analyst-x", "user:analyst-y"}) {
            QVERIFY(!isDone());
            const Ran lifted = here.resume(person);
            QVERIFY2(lifted.status == 0 || lifted.status == 2, lifted.told().constData()); // left for the one who holds the case
            QTRY_VERIFY_WITH_TIMEOUT(!here.entries("agent.resumed").empty(), 20'000);
        }
        QTRY_VERIFY2_WITH_TIMEOUT(isDone(), "not contained after two people resumed", 40'000);
        // What the intruder made is not given back, whoever does not look.
        QTRY_VERIFY_WITH_TIMEOUT(!here.entries("lease.overdue").empty(), 20'000);
        running.terminate();
        QVERIFY(running.waitForFinished(30'000));
        QCOMPARE(running.exitCode(), 0);
        QCOMPARE(account.fake.keys[account.newKey].status, std::string("Inactive"));
        QCOMPARE(std::count(account.fake.done.begin(), account.fake.done.end(), "UpdateAccessKey"), 1);
        VERIFY_STATUS(here.ctl.run({"verify", here.ctl.caseFolder()}), 0);
    }

    // GOV-ASI08
    void threeIncidentsAtOnceAndTheConnectorThatHangsHoldsUpNobodyElse()
    {
        ConnectedInstallation here(3);
        here.putInForce("prod", 1, {{"min: 2", "min: 9"}}); // accounts that the agent may touch by itself
        AttackedAccount& hanging = here.accounts[0]; // whose incident comes first
        hanging.isHeld = true;
        QProcess running;
        here.start(running, {here.log(0), here.log(1), here.log(2)});
        const auto has = [&here](const char* type, std::size_t i) {
            return here.entryOf(type, "credential.deactivate", here.accounts[i].newKey).has_value();
        };
        QTRY_VERIFY_WITH_TIMEOUT(hanging.isCallOpen(), 40'000);
        QTRY_VERIFY_WITH_TIMEOUT(has("outcome.verified", 1) && has("outcome.verified", 2), 40'000);
        // The others were contained while this call was still open, and waited for.
        QVERIFY(hanging.isCallOpen() && !has("outcome.verified", 0) && !has("outcome.unknown", 0));
        for (const std::size_t i : {std::size_t(1), std::size_t(2)})
            QCOMPARE(here.accounts[i].fake.keys[here.accounts[i].newKey].status, std::string("Inactive"));
        hanging.release();
        QVERIFY(running.waitForFinished(50'000));
        QVERIFY2(running.exitCode() == 0, running.readAllStandardError().constData());
        QVERIFY(has("outcome.verified", 0)); // its answer came in time after all
        for (const AttackedAccount& account : here.accounts)
            QCOMPARE(std::count(account.fake.done.begin(), account.fake.done.end(), "UpdateAccessKey"), 1);
        VERIFY_STATUS(here.ctl.run({"verify", here.ctl.caseFolder()}), 0);
    }
};

QTEST_GUILESS_MAIN(TestCordonctlSideBySide)
#include "tst_cordonctl_side_by_side.moc"
