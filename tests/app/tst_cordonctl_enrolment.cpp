#include "core/crypto/sealed_box.h"
#include "core/engine/people_office.h"
#include "core/govern/person_vault.h"
#include "tests/app/ctl_runner.h"
#include "tests/core/engine/case_fixture.h"

#include <QRegularExpression>

using namespace cordon;
using namespace cordon::tests;

namespace {

/// An installation's folder, its programs, and the authenticators of whoever was enrolled.
class Workstation
{
public:
    CtlRunner ctl;
    std::map<QString, std::string> secrets; ///< base32, by person

    /// Types the PIN twice and, once the program shows the secret, the code that an authenticator would show.
    Ran enrol(const QString& person, const QString& roles, const std::string& pin, const QString& word = "enrol")
    {
        int pins[2];
        int codes[2];
        if (::pipe2(pins, O_CLOEXEC) != 0 || ::pipe2(codes, O_CLOEXEC) != 0)
            qFatal("no pipe");
        const std::string typed = pin + '\n' + pin + '\n';
        (void)!::write(pins[1], typed.data(), typed.size());
        QProcess process;
        QStringList arguments{"--json", "people", word, person, "--pin-fd", "40", "--totp-fd", "41"};
        if (word == "enrol")
            arguments += {"--name", "Somebody", "--roles", roles, "--trained-until", "2099-01-01T00:00:00Z"};
        ctl.prepare(process, arguments);
        process.setChildProcessModifier([&] {
            ::dup2(pins[0], 40);
            ::dup2(codes[0], 41);
        });
        process.start(QIODevice::ReadOnly);
        QByteArray err;
        const QRegularExpression shown("type the secret: ([A-Z2-7 ]+)\n");
        process.setReadChannel(QProcess::StandardError);
        while (!shown.match(QString::fromUtf8(err)).hasMatch() && process.waitForReadyRead(30'000))
            err += process.readAllStandardError();
        const std::string base32 =
            shown.match(QString::fromUtf8(err)).captured(1).remove(' ').toStdString();
        if (!base32.empty()) {
            secrets[person] = base32;
            const std::string code = codeOf(person, 0) + '\n';
            (void)!::write(codes[1], code.data(), code.size());
        }
        ::close(pins[1]);
        ::close(codes[1]);
        process.waitForFinished(30'000);
        ::close(pins[0]);
        ::close(codes[0]);
        return {process.exitCode(), process.readAllStandardOutput(), err + process.readAllStandardError()};
    }
    /// @param ahead  steps of 30 seconds: a code counts once
    [[nodiscard]] std::string codeOf(const QString& person, int ahead) const
    {
        const auto secret = crypto::SecretBytes::copyOf(*crypto::fromBase32(secrets.at(person)));
        return crypto::totpCode(secret, MachineClock().now().micros() / 30'000'000 + ahead);
    }
    [[nodiscard]] Ran sign(const QString& act, const QString& owner, const std::string& pin, const std::string& code) const
    {
        return ctl.run({"--json", "people", "sign", act, "--by", owner, "--pin-fd", "3", "--totp-fd", "4"}, {pin, code});
    }
};

QString nameOf(const Ran& ran)
{
    return QString::fromStdString(ran.json()["name"].asString());
}

} // namespace

/// Becoming somebody in an installation, from a terminal.
class TestCordonctlEnrolment : public QObject
{
    Q_OBJECT

private slots:
    void theFirstOwnerEnrolsAndAdmitsOthersAndNobodyElseDoes()
    {
        Workstation desk;
        QVERIFY(desk.ctl.run({"people", "list"}).out.contains("Nobody is enrolled"));
        VERIFY_STATUS(desk.enrol("ann", "analyst", "209841"), 1); // the first is an owner
        VERIFY_STATUS(desk.enrol("olga", "owner", "123456"), 1);  // a PIN that anybody tries
        const Ran first = desk.enrol("olga", "owner", "209841");
        VERIFY_STATUS(first, 0);
        QVERIFY(!first.told().contains("209841"));
        QVERIFY2(!first.out.contains(desk.secrets["olga"].c_str()), "the secret reached cordonctl");

        const Ran asked = desk.enrol("ann", "analyst", "417733");
        VERIFY_STATUS(asked, 2); // waits
        QVERIFY(asked.json()["block"].asString().rfind("cordon.people-act.v1\n", 0) == 0);
        VERIFY_STATUS(desk.sign(nameOf(asked), "ann", "417733", "000000"), 1); // not by themself: no vault counts yet
        VERIFY_STATUS(desk.sign(nameOf(asked), "olga", "000000", desk.codeOf("olga", 0)), 1);
        const std::string code = desk.codeOf("olga", 1); // the one typed at enrolment counted there
        const Ran waiting = desk.ctl.run({"people", "list"});
        QVERIFY2(waiting.out.contains("waits for owners (0 of 1 signed): ") && waiting.out.contains(nameOf(asked).left(8).toUtf8()),
                 waiting.out.constData());
        VERIFY_STATUS(desk.sign("00000000", "olga", "209841", code), 1); // no such act
        const Ran admitted = desk.sign(nameOf(asked).left(8), "olga", "209841", code);
        VERIFY_STATUS(admitted, 0);
        QVERIFY(admitted.json()["taken"].asBool());
        VERIFY_STATUS(desk.sign(nameOf(asked), "olga", "209841", code), 1); // the act is no longer there

        const Ran listed = desk.ctl.run({"people", "list"});
        QVERIFY2(listed.out.contains("trained until 2099-01-01") && !listed.out.contains("waits for owners"), listed.out.constData());
        const Value people = desk.ctl.run({"--json", "people", "list"}).json();
        QCOMPARE(people["people"].asArray().size(), std::size_t(2));
        QCOMPARE(people["people"].asArray()[1]["id"].asString(), std::string("user:ann"));
        QVERIFY(people["people"].asArray()[1]["trained"].asBool());

        // A new PIN with the old one and a code that was not used yet.
        const auto changed = [&](const std::string& pins) {
            return desk.ctl.run({"people", "change-pin", "ann", "--pin-fd", "3", "--totp-fd", "4"}, {pins, desk.codeOf("ann", 1)});
        };
        VERIFY_STATUS(changed("417733\n880142\n880143"), 1);
        VERIFY_STATUS(changed("417733\n880142\n880142"), 0);
        const auto opened = govern::PersonVault((desk.ctl.home() + "/people").toStdString(), "user:ann")
                                .unlock(crypto::SecretBytes::copyOf("880142"), {}, MachineClock().now());
        QVERIFY(opened);

        // Another machine: the same people, once the founder's fingerprint was told.
        const Ran exported = desk.ctl.run({"people", "export"});
        VERIFY_STATUS(exported, 0);
        QVERIFY(!exported.out.contains("seal") && !exported.out.contains("vault"));
        QFile file(desk.ctl.path("roll.txt"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(exported.out) > 0);
        file.close();
        const CtlRunner other;
        VERIFY_STATUS(other.run({"people", "import", file.fileName()}), 3); // whose people these are, nobody told
        const QString founder = QString::fromStdString(people["people"].asArray()[0]["fingerprint"].asString());
        VERIFY_STATUS(other.run({"people", "import", file.fileName(), "--founder", founder}), 0);
        QCOMPARE(other.run({"--json", "people", "list"}).json()["people"].asArray().size(), std::size_t(2));

        // An exercise there, which Ann joins from here: her vault does not leave this machine.
        VERIFY_STATUS(other.run({"run", "--case", other.caseFolder(), "--replay", "--exercise", "service-account"}), 0);
        const Ran lacking = other.run({"join", other.caseFolder(), "--as", "user:ann", "--pin-fd", "3"}, {"880142"});
        VERIFY_STATUS(lacking, 1);
        const QString ledger = QString::fromStdString(CaseFixture::must(record::caseOrigin(other.caseFolder().toStdString())));
        QVERIFY2(lacking.err.contains("cordonctl join --ledger " + ledger.toUtf8() + " --as user:ann"), lacking.err.constData());
        const Ran joined = desk.ctl.run({"join", "--ledger", ledger, "--as", "user:ann", "--pin-fd", "3"}, {"880142"});
        VERIFY_STATUS(joined, 0);
        QFile order(other.path("join.txt"));
        QVERIFY(order.open(QIODevice::WriteOnly) && order.write(joined.out) > 0);
        order.close();
        VERIFY_STATUS(other.run({"reply", other.caseFolder(), order.fileName()}), 0);
        VERIFY_STATUS(other.run({"reply", other.caseFolder(), order.fileName()}), 1); // once
        VERIFY_STATUS(desk.ctl.run({"join", "--as", "user:ann", "--pin-fd", "3"}, {"880142"}), 64);
    }
};

QTEST_GUILESS_MAIN(TestCordonctlEnrolment)
#include "tst_cordonctl_enrolment.moc"
