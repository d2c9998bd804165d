#include "core/crypto/sealed_box.h"
#include "core/govern/mandate_note.h"
#include "core/govern/mandate_rules.h"
#include "core/govern/person_vault.h"
#include "core/platform/file.h"
#include "tests/app/ctl_runner.h"
#include "tests/core/engine/case_fixture.h"
#include "tests/support/enrolled_people.h"

#include <QFile>

using namespace cordon;
using namespace cordon::test;
using namespace cordon::tests;

namespace {

/// Two owners and an analyst in the installation's people folder; the PIN of each is 2468.
void enrol(const CtlRunner& ctl)
{
    cordon::test::EnrolledPeople people(ctl.home().toStdString());
    people.enrol("user:owner-x", {"owner"}, "2468", std::string(20, 's'));
    people.enrol("user:owner-y", {"owner"}, "2468", std::string(20, 's'));
    people.enrol("user:analyst-x", {"analyst"}, "2468", std::string(20, 's'));
}

/// The mandate that the exercise made, changed and under another name.
QString changedMandate(const CtlRunner& ctl, const std::string& from, const std::string& to, int revision)
{
    std::string text =
        *platform::readFile((ctl.caseFolder() + "/exercise/exercise.mandate.yaml").toStdString(), 1U << 20U);
    for (const auto& [old, now] :
         {std::pair<std::string, std::string>{from, to},
          {"revision: 1", "revision: " + std::to_string(revision)},
          {"source: \"*\"", "source: github.audit"}}) { // a real tenant's mandate names each source
        const std::size_t at = text.find(old);
        if (at == std::string::npos)
            qFatal("not in the mandate: %s", old.c_str());
        text.replace(at, old.size(), now);
    }
    const QString file = ctl.path("mine.mandate.yaml");
    (void)platform::writeFileAtomically(file.toStdString(), text);
    return file;
}

/// What the authenticator of everybody here shows.
std::string codeNow()
{
    return crypto::totpCode(crypto::SecretBytes::copyOf(std::string(20, 's')), MachineClock().now().micros() / 30'000'000);
}

/// A code counts once; a test does not wait for the next one.
void forgetCodes(const QString& folder, const QString& who)
{
    (void)platform::writeFileAtomically((folder + '/' + who.section(':', 1) + ".state.json").toStdString(),
                                        govern::newFactorState());
}

Ran sign(const CtlRunner& ctl, const QString& file, const QString& who, const std::string& pin = "2468")
{
    forgetCodes(ctl.home() + "/people", who);
    return ctl.run({"--json", "mandate", "sign", file, "--as", who, "--pin-fd", "3", "--totp-fd", "4"}, {pin, codeNow()});
}

} // namespace

/// Mandates through the command line: signatures from vaults, what is put in force, an exercise under a changed one.
class TestCordonctlMandates : public QObject
{
    Q_OBJECT

private slots:
    void ownersSignFromTheirVaultsAndARealMandateComesInForce()
    {
        const CtlRunner ctl;
        SmallAttack::write(ctl.path("log.json").toStdString());
        VERIFY_STATUS(ctl.runJob({ctl.path("log.json")}), 0);
        enrol(ctl);
        const QString file = changedMandate(ctl, "environment: exercise", "environment: prod", 4);
        VERIFY_STATUS(ctl.run({"mandate", "check", file}), 1); // nobody signed yet
        VERIFY_STATUS(sign(ctl, file, "user:owner-x", "1357"), 1);
        VERIFY_STATUS(sign(ctl, file, "user:analyst-x"), 1); // no owner
        // The PIN alone is half an owner.
        const Ran half = ctl.run({"mandate", "sign", file, "--as", "user:owner-x", "--pin-fd", "3"}, {"2468"});
        VERIFY_STATUS(half, 1);
        QVERIFY2(half.err.contains("totp_missing"), half.told().constData());
        VERIFY_STATUS(ctl.run({"mandate", "sign", file, "--as", "user:owner-x", "--pin-fd", "3", "--totp-fd", "4"},
                              {"2468", "000000"}), 1);
        const Ran first = sign(ctl, file, "user:owner-x");
        VERIFY_STATUS(first, 0);
        QVERIFY(!first.json()["in_force"].asBool());
        VERIFY_STATUS(sign(ctl, file, "user:owner-x"), 0); // twice is once
        VERIFY_STATUS(ctl.run({"mandate", "check", file}), 1);
        const Ran second = sign(ctl, file, "user:owner-y");
        VERIFY_STATUS(second, 0);
        QVERIFY2(second.json()["in_force"].asBool(), second.told().constData());
        const Ran good = ctl.run({"--json", "mandate", "check", file});
        VERIFY_STATUS(good, 0);
        QCOMPARE(good.json()["signers"].asArray().size(), std::size_t(2));
        QCOMPARE(good.json()["newest_in_force"].asInt(), std::int64_t(4));
        // The PIN and the key are no arguments and stand in no file that came of it.
        QVERIFY(!second.out.contains("2468") && !second.err.contains("2468"));

        // An older revision, however well signed, is refused from here on.
        const QString older = changedMandate(ctl, "environment: exercise", "environment: prod", 3);
        VERIFY_STATUS(sign(ctl, older, "user:owner-x"), 0);
        const Ran refused = sign(ctl, older, "user:owner-y");
        VERIFY_STATUS(refused, 1);
        QVERIFY2(refused.err.contains("not above revision 4"), refused.told().constData());
        VERIFY_STATUS(ctl.run({"mandate", "check", older}), 1);
        // Nor when the mark is gone: the ledger of the people knows.
        const QString id = QString::fromStdString(second.json()["id"].asString());
        QVERIFY(QFile::remove(ctl.home() + "/mandates/" + id + "/newest.json"));
        const Ran lowered = sign(ctl, older, "user:owner-y");
        VERIFY_STATUS(lowered, 1);
        QVERIFY2(lowered.err.contains("not above revision 4"), lowered.told().constData());
        const Ran gone = ctl.run({"mandate", "check", file});
        VERIFY_STATUS(gone, 1);
        QVERIFY2(gone.err.contains("revision 4 was in force here"), gone.told().constData());
        VERIFY_STATUS(sign(ctl, changedMandate(ctl, "environment: exercise", "environment: prod", 4), "user:owner-x"), 0);
    }

    void ownersWhomOnlyAFileNamesPutNothingInForce()
    {
        const CtlRunner ctl;
        SmallAttack::write(ctl.path("log.json").toStdString());
        VERIFY_STATUS(ctl.runJob({ctl.path("log.json")}), 0);
        const QString folder = ctl.path("invented");
        for (const char* name : {"user:owner-x", "user:owner-y"}) {
            const auto made = govern::createPerson(folder.toStdString(), name, "O", {"owner"},
                                                   crypto::SecretBytes::copyOf("2468"),
                                                   crypto::SecretBytes::copyOf(std::string(20, 's')), {}, {16, 1, 1});
            QVERIFY(made);
        }
        const QString file = changedMandate(ctl, "environment: exercise", "environment: prod", 4);
        const auto signAll = [&] {
            Ran last;
            for (const char* name : {"user:owner-x", "user:owner-y"}) {
                forgetCodes(folder, name);
                last = ctl.run({"--json", "mandate", "sign", file, "--people", folder, "--as", name, "--pin-fd", "3",
                                "--totp-fd", "4"},
                               {"2468", codeNow()});
            }
            return last;
        };
        Ran ran = signAll(); // nobody is enrolled
        VERIFY_STATUS(ran, 0);
        QVERIFY2(!ran.json()["in_force"].asBool(), ran.told().constData());
        enrol(ctl); // others of the same names
        ran = signAll();
        VERIFY_STATUS(ran, 0);
        QVERIFY2(!ran.json()["in_force"].asBool(), ran.told().constData());
        const Ran check = ctl.run({"--json", "mandate", "check", file});
        VERIFY_STATUS(check, 1);
        QVERIFY2(!check.json().has("newest_in_force"), check.told().constData());
    }

    void anExerciseRunsUnderAMandateThatEnrolledOwnersSigned()
    {
        const CtlRunner ctl;
        SmallAttack::write(ctl.path("log.json").toStdString());
        const QStringList again{"run",        "--case",   ctl.caseFolder(), "--replay",
                                "--exercise", "from-log", "--json",         ctl.path("log.json")};
        VERIFY_STATUS(ctl.run(again), 0);
        const auto runUnder = [&](const QString& file) { return ctl.run(again + QStringList{"--mandate", file}); };
        // Its own mandate, named, changes nothing.
        VERIFY_STATUS(runUnder(ctl.caseFolder() + "/exercise/exercise.mandate.yaml"), 0);

        QString file = changedMandate(ctl, "max_actions: 200", "max_actions: 199", 2);
        const Ran unknown = runUnder(file);
        VERIFY_STATUS(unknown, 3);
        QVERIFY2(unknown.err.contains("no owner is enrolled"), unknown.told().constData());
        enrol(ctl);
        VERIFY_STATUS(sign(ctl, file, "user:owner-x"), 0);
        const Ran half = runUnder(file);
        VERIFY_STATUS(half, 3);
        QVERIFY2(half.err.contains("1 of 2"), half.told().constData());
        const Ran whole = sign(ctl, file, "user:owner-y");
        VERIFY_STATUS(whole, 0);
        QVERIFY(!whole.json()["in_force"].asBool()); // an exercise's is in force only in its case
        VERIFY_STATUS(runUnder(file), 0);
        // Who changed the rules while the incident was worked on does not approve under them.
        Value excluded;
        QVERIFY(record::eachEntry(ctl.caseFolder().toStdString(), 0, [&](const LedgerEntry& entry) {
            if (entry.type == "approval.requested")
                excluded = entry.data["desk"]["excluded"];
            return true;
        }));
        QVERIFY(excluded == Value(Value::Array{"user:owner-x", "user:owner-y"}));
        const Ran usage = ctl.run({"--json", "mandate", "usage", ctl.caseFolder(), "--days", "30"});
        VERIFY_STATUS(usage, 0);
        QCOMPARE(usage.json()["revision"].asInt(), std::int64_t(2));
        QVERIFY(usage.json()["decisions"].asInt() > 0);
        VERIFY_STATUS(ctl.run(again), 0); // it stays in force without being named again
        VERIFY_STATUS(ctl.run({"verify", ctl.caseFolder()}), 0);

        // Another text under the same revision, and an older one, are refused though they are signed.
        file = changedMandate(ctl, "max_actions: 200", "max_actions: 198", 2);
        VERIFY_STATUS(sign(ctl, file, "user:owner-x"), 0);
        VERIFY_STATUS(sign(ctl, file, "user:owner-y"), 0);
        const Ran same = runUnder(file);
        VERIFY_STATUS(same, 1);
        QVERIFY2(same.err.contains("not above revision 2"), same.told().constData());
        // NHI8: a real mandate never rules an exercise, and without an exercise there is nobody to rule.
        file = changedMandate(ctl, "environment: exercise", "environment: prod", 9);
        const Ran real = runUnder(file);
        VERIFY_STATUS(real, 1);
        QVERIFY2(real.err.contains("an exercise takes only"), real.told().constData());
        VERIFY_STATUS(ctl.run({"run", "--case", ctl.path("b.cordon"), "--mandate", file, ctl.path("log.json")}), 1);
    }

    void anotherAgentsMandateIsRefusedByName()
    {
        const CtlRunner ctl;
        SmallAttack::write(ctl.path("log.json").toStdString());
        VERIFY_STATUS(ctl.runJob({ctl.path("log.json")}), 0);
        enrol(ctl);
        const QString file = changedMandate(ctl, "nhi:cordon-exercise-responder", "nhi:somebody-else", 2);
        const Ran ran = ctl.runJob({ctl.path("log.json")}, {"--mandate", file});
        VERIFY_STATUS(ran, 1);
        QVERIFY2(ran.err.contains("it is for another agent") && ran.err.contains("nhi:cordon-exercise-responder"),
                 ran.told().constData());
    }

    void aKeyFileSignsToo()
    {
        const CtlRunner ctl;
        SmallAttack::write(ctl.path("log.json").toStdString());
        VERIFY_STATUS(ctl.runJob({ctl.path("log.json")}), 0);
        const QString file = changedMandate(ctl, "max_actions: 200", "max_actions: 199", 2);
        (void)platform::writeFileAtomically(ctl.path("a.key").toStdString(), std::string(64, '1') + "\n");
        VERIFY_STATUS(ctl.run({"mandate", "sign", file, "--key", ctl.path("a.key")}), 0);
        (void)platform::writeFileAtomically(ctl.path("b.key").toStdString(), "no key\n");
        VERIFY_STATUS(ctl.run({"mandate", "sign", file, "--key", ctl.path("b.key")}), 1);
        VERIFY_STATUS(ctl.run({"mandate", "sign", file}), 64);
    }
};

QTEST_GUILESS_MAIN(TestCordonctlMandates)
#include "tst_cordonctl_mandates.moc"
