#include "core/record/ledger_reader.h"
#include "tests/app/ctl_runner.h"
#include "tests/core/engine/case_fixture.h"

#include <QFile>

using namespace cordon;
using namespace cordon::tests;

/// The agent's key of an installation, from the command line.
class TestCordonctlAgentKey : public QObject
{
    Q_OBJECT

    static int entries(const QString& folder, const std::string& type)
    {
        int count = 0;
        (void)record::eachEntry(folder.toStdString(), 0, [&](const LedgerEntry& entry) {
            count += entry.type == type ? 1 : 0;
            return true;
        });
        return count;
    }

private slots:
    void theFirstRunMakesItAndLaterOnesOpenItOrGoOnWithout()
    {
        const CtlRunner ctl;
        SmallAttack::write(ctl.path("log.json").toStdString());
        const std::string passphrase = "correct horse battery";
        const auto run = [&](const char* name, const std::string& given, const QStringList& more = {}) {
            return ctl.run(QStringList{"--json", "run", "--case", ctl.path(name), "--passphrase-fd", "3"} + more +
                               QStringList{ctl.path("log.json")},
                           {given});
        };
        const QString vault = ctl.home() + "/agent/agent.vault.json";
        const Ran exercise = run("e.cordon", passphrase, {"--exercise", "from-log"});
        VERIFY_STATUS(exercise, 1); // it makes its own
        const Ran differs = run("a.cordon", passphrase + "\nanother passphrase");
        VERIFY_STATUS(differs, 0); // the case is there all the same
        QVERIFY2(differs.err.contains("proposes and does not act: passphrase_differs"), differs.err.constData());
        QVERIFY(!QFile::exists(vault));
        QCOMPARE(entries(ctl.path("a.cordon"), "agent.key_closed"), 1);
        const Ran first = run("b.cordon", passphrase + "\n" + passphrase);
        VERIFY_STATUS(first, 0);
        QVERIFY(QFile::exists(vault) && first.err.isEmpty());
        QCOMPARE(entries(ctl.path("b.cordon"), "agent.present"), 1);
        QVERIFY(!first.told().contains(passphrase.c_str()));
        const Ran second = run("c.cordon", passphrase);
        VERIFY_STATUS(second, 0);
        QCOMPARE(entries(ctl.path("c.cordon"), "agent.present"), 1);
        const Ran wrong = run("d.cordon", "not the passphrase");
        VERIFY_STATUS(wrong, 0);
        QVERIFY(wrong.err.contains("passphrase_wrong"));
        QCOMPARE(entries(ctl.path("d.cordon"), "agent.present"), 0);
        QCOMPARE(entries(ctl.path("d.cordon"), "agent.key_closed"), 1);
    }
};

QTEST_GUILESS_MAIN(TestCordonctlAgentKey)
#include "tst_cordonctl_agent_key.moc"
