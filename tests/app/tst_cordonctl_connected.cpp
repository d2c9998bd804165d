#include "core/govern/mandate_note.h"
#include "tests/app/connected_installation.h"
#include "tests/app/told_steps.h"

#include <QDir>
#include <QProcess>

using namespace cordon;
using namespace cordon::tests;

namespace {

/// What people let it do: a step is not held up for who depends on a thing.
const std::vector<std::pair<std::string, std::string>> anyDependents{{", max_dependents: 0", ""}};

} // namespace

/// A real case from its log to a system outside: what runs by itself, what waits, and the way back.
class TestCordonctlConnected : public QObject
{
    Q_OBJECT

private slots:
    void withoutAMandateInForceNothingIsConnected()
    {
        const ConnectedInstallation here;
        here.putInForce("staging", 1, anyDependents);
        const Ran elsewhere = here.run({here.log()});
        VERIFY_STATUS(elsewhere, 1);
        QVERIFY2(elsewhere.err.contains("no mandate is in force for agent"),
                 elsewhere.told().constData());
        QVERIFY(!QFile::exists(here.ctl.caseFolder())); // said before a case is made
        QVERIFY(here.accounts[0].fake.done.empty());
        const QStringList line{"run", "--case", here.ctl.caseFolder(), "--connect", here.ctl.path("systems.yaml"), here.log()};
        VERIFY_STATUS(here.ctl.run(line), 1); // no key
        VERIFY_STATUS(here.ctl.run(line + QStringList{"--passphrase-fd", "3"}, {ConnectedInstallation::agentPassphrase}), 1); // no vault
        VERIFY_STATUS(here.ctl.run(line + QStringList{"--passphrase-fd", "3", "--vault-fd", "4"}, {ConnectedInstallation::agentPassphrase, "another passphrase"}), 1);
        VERIFY_STATUS(here.ctl.run(line + QStringList{"--replay"}), 64);
        VERIFY_STATUS(here.ctl.run(line + QStringList{"--exercise", "from-log"}), 64);
    }

    // MAESTRO L6, NHI8
    void anotherRevisionCountsWhileItRuns()
    {
        const ConnectedInstallation here;
        here.putInForce("prod", 1, anyDependents);
        QDir().mkpath(here.ctl.path("in"));
        QProcess process;
        here.start(process, {"--follow", here.ctl.path("in")});
        QVERIFY(process.waitForStarted());
        QTRY_COMPARE_WITH_TIMEOUT(here.entries("systems.connected").size(), std::size_t(1), 30'000);
        here.putInForce("prod", 2, anyDependents);
        QTRY_COMPARE_WITH_TIMEOUT(here.entries("mandate.in_force").size(), std::size_t(2), 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(here.entries("systems.connected").size(), std::size_t(2), 30'000);
        process.terminate();
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.exitCode(), 0);
        VERIFY_STATUS(here.ctl.run({"verify", here.ctl.caseFolder()}), 0);
    }

    // MAESTRO L6, GOV-EMPTY
    void aMandateThatChangedOnTheDiskWhileItRunsAllowsNothing_data()
    {
        QTest::addColumn<QString>("what");
        for (const char* what : {"nothing", "widened", "unsigned", "signed once", "gone", "another beside it that nobody signed"})
            QTest::newRow(what) << QString(what);
    }
    void aMandateThatChangedOnTheDiskWhileItRunsAllowsNothing()
    {
        QFETCH(QString, what);
        const ConnectedInstallation here;
        here.putInForce("prod", 1, anyDependents);
        QDir().mkpath(here.ctl.path("in"));
        QProcess process;
        here.start(process, {"--follow", here.ctl.path("in")});
        QVERIFY(process.waitForStarted());
        QTRY_COMPARE_WITH_TIMEOUT(here.entries("systems.connected").size(), std::size_t(1), 30'000);
        const std::filesystem::path file = (here.ctl.home() + "/mandates/m-cloud/revision-1.mandate.yaml").toStdString();
        const std::filesystem::path note = govern::mandateNoteFile(file);
        const std::string text = CaseFixture::must(platform::readFile(file));
        const std::string signatures = CaseFixture::must(platform::readFile(note));
        const auto put = [](const std::filesystem::path& path, const std::string& bytes) { ConnectedInstallation::must(platform::writeFileAtomically(path, bytes)); };
        if (what == "widened")
            put(file, ConnectedInstallation::replaced(text, "signatures_to_load: 2", "signatures_to_load: 1"));
        else if (what == "unsigned")
            put(note, "");
        else if (what == "signed once")
            put(note, signatures.substr(0, signatures.rfind("\u2014")));
        else if (what == "gone")
            std::filesystem::remove_all(file.parent_path());
        else if (what == "another beside it that nobody signed")
            put(file.parent_path() / "revision-2.mandate.yaml", ConnectedInstallation::replaced(text, "revision: 1", "revision: 2"));
        QTest::qWait(3000); // it looks every second
        QVERIFY(QFile::copy(here.log(), here.ctl.path("in") + "/.log.json") && QFile::rename(here.ctl.path("in") + "/.log.json", here.ctl.path("in") + "/log.json"));
        QTRY_VERIFY_WITH_TIMEOUT(here.ctl.run({"report", here.ctl.caseFolder()}).out.contains("INC-0001"), 30'000);
        const bool isGood = what == "nothing" || what.startsWith("another"); // what is not put in force changes nothing
        const auto isActing = [&] { return !here.entries("action.intended").empty(); };
        if (isGood)
            QTRY_VERIFY_WITH_TIMEOUT(here.entryOf("action.intended", "credential.deactivate", here.accounts[0].newKey) &&
                                         here.entries("outcome.verified").size() == here.entries("action.intended").size(), 60'000);
        else
            QTest::qWait(5000);
        QCOMPARE(isActing(), isGood);
        process.terminate();
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(here.accounts[0].fake.done.empty(), !isGood);
        const Ran verified = here.ctl.run({"verify", here.ctl.caseFolder()});
        QVERIFY2(verified.status == 0 || verified.status == 2, verified.out.right(3000).constData()); // ended in the middle of its work
    }

    // GOV-OUTCOME, NHI2, NHI8
    void fromTheLogToTheSystemAndBack()
    {
        ConnectedInstallation here;
        AttackedAccount& account = here.accounts[0];
        const std::string& newKey = account.newKey;
        const std::string& oldKey = account.oldKey;
        here.putInForce("prod", 1, anyDependents);
        const Ran first = here.run({here.log()});
        VERIFY_STATUS(first, 0);
        const Value revoked = stepOf(first, "credential.deactivate", newKey);
        QVERIFY2(revoked["state"].asString() == "verified" && revoked["tier"].asString() == "T1", shown(first).constData());
        QCOMPARE(account.fake.keys[newKey].status, std::string("Inactive"));
        const Value asked = stepOf(first, "credential.deactivate", oldKey);
        QVERIFY2(asked["state"].asString() == "awaiting_approval" && asked["tier"].asString() == "T2", shown(first).constData());
        QCOMPARE(account.fake.keys[oldKey].status, std::string("Active")); // it waits
        QCOMPARE(here.entries("systems.connected").size(), std::size_t(1));
        QCOMPARE(here.entries("mandate.in_force").size(), std::size_t(1));
        QVERIFY(!first.told().contains(account.fake.secret.c_str()));
        VERIFY_STATUS(here.ctl.run({"verify", here.ctl.caseFolder()}), 0);

        // A person decides; who is connected does it.
        const std::size_t before = account.fake.done.size();
        const Ran given = here.asAnalyst({"approve", here.ctl.caseFolder(), QString::fromStdString(asked["approval"]["request"].asString())});
        VERIFY_STATUS(given, 2);
        QVERIFY2(given.err.contains("left in the inbox"), given.told().constData());
        QCOMPARE(account.fake.done.size(), before);
        const Ran second = here.run();
        VERIFY_STATUS(second, 0);
        QVERIFY2(stepOf(second, "credential.deactivate", oldKey)["state"].asString() == "verified", shown(second).constData());
        QCOMPARE(account.fake.keys[oldKey].status, std::string("Inactive"));
        QCOMPARE(account.fake.done.size(), before + 1); // and nothing twice

        // And back, by a person.
        VERIFY_STATUS(here.asAnalyst({"undo", here.ctl.caseFolder(), QString::fromStdString(asked["id"].asString())}), 2);
        const Ran third = here.run();
        VERIFY_STATUS(third, 0);
        QVERIFY2(stepOf(third, "credential.deactivate", oldKey)["state"].asString() == "reverted", shown(third).constData());
        QCOMPARE(account.fake.keys[oldKey].status, std::string("Active"));
        QCOMPARE(account.fake.keys[newKey].status, std::string("Inactive")); // nothing else moved
        QCOMPARE(account.fake.done.size(), before + 2);
        QCOMPARE(here.entries("mandate.in_force").size(), std::size_t(1)); // the same again is not told again
        QCOMPARE(here.entries("systems.connected").size(), std::size_t(3));

        VERIFY_STATUS(here.ctl.run({"verify", here.ctl.caseFolder()}), 0);
        QProcess python;
        python.start("/usr/bin/python3", {CORDON_SOURCE_DIR "/tools/verify_ledger.py", here.ctl.caseFolder(), "--home", here.ctl.home()});
        QVERIFY(python.waitForFinished(60'000));
        QVERIFY2(python.exitCode() == 0, (python.readAllStandardOutput() + python.readAllStandardError()).constData());
    }
};

QTEST_GUILESS_MAIN(TestCordonctlConnected)
#include "tst_cordonctl_connected.moc"
