#include "core/govern/enrolment.h"
#include "core/govern/personal_signature.h"
#include "core/govern/small_file.h"
#include "people_fixture.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace cordon;
using namespace cordon::govern;
using namespace cordon::govern::fixture;

namespace {
constexpr crypto::ScryptCost cheap{16, 1, 1};
const std::string analyst = PeopleMaker::analyst;

crypto::SecretBytes secret(std::string_view text)
{
    return crypto::SecretBytes::copyOf(text);
}

std::string reasonOf(const Error& error)
{
    return error.detail.substr(0, error.detail.find(':'));
}
} // namespace

/// A person makes key and factors, and changes the PIN.
class TestEnrolment : public QObject
{
    Q_OBJECT

    MachineClock m_clock;
    PeopleMaker m_maker;

    PeopleAct wish()
    {
        PeopleAct act = m_maker.act(PeopleAct::Kind::Enrol, analyst);
        act.name = "Analyst A";
        act.roles = {"analyst"};
        return act;
    }
    static std::string codeNow(const Enrolment& enrolment, Timestamp wall)
    {
        std::string base32;
        for (const char c : std::string(enrolment.shownSecret().text())) {
            if (c != ' ')
                base32 += c;
        }
        return crypto::totpCode(secret(*crypto::fromBase32(base32)), wall.micros() / 30'000'000);
    }

private slots:
    void aPinIsLongEnoughAndNotTheFirstThatIsTried_data()
    {
        QTest::addColumn<QString>("pin");
        QTest::addColumn<QString>("again");
        QTest::addColumn<QString>("reason");
        QTest::newRow("five") << "20984" << "20984" << "pin_short";
        QTest::newRow("all the same") << "777777" << "777777" << "pin_weak";
        QTest::newRow("upwards") << "123456" << "123456" << "pin_weak";
        QTest::newRow("downwards") << "987654" << "987654" << "pin_weak";
        QTest::newRow("the name") << "analyst" << "analyst" << "pin_weak";
        QTest::newRow("mistyped") << "209841" << "209842" << "pin_differs";
        QTest::newRow("good") << "209841" << "209841" << "";
    }
    void aPinIsLongEnoughAndNotTheFirstThatIsTried()
    {
        QFETCH(QString, pin);
        QFETCH(QString, again);
        QFETCH(QString, reason);
        const auto begun = Enrolment::begin("/nowhere", wish(), secret(pin.toStdString()), secret(again.toStdString()), cheap);
        QCOMPARE(begun ? std::string() : reasonOf(begun.error()), reason.toStdString());
    }

    void theVaultIsNobodysUntilTheActCounts()
    {
        QTemporaryDir home;
        const std::filesystem::path folder = home.filePath("people").toStdString();
        m_maker.fill();
        m_maker.newKey("user:x");
        PeopleAct act = wish();
        act.person = "user:newcomer";
        const auto begun = Enrolment::begin(folder, act, secret("209841"), secret("209841"), cheap);
        QVERIFY(begun);
        const Timestamp now = m_clock.now();
        QCOMPARE(reasonOf(begun->finish("000000", now - std::chrono::hours(1)).error()), std::string("totp_wrong"));
        QVERIFY2(!std::filesystem::exists(folder), "nothing is kept before the code was right");
        const auto block = begun->finish(codeNow(*begun, now), now);
        QVERIFY(block);
        const PersonVault vault(folder, "user:newcomer");
        QVERIFY(!std::filesystem::exists(vault.vaultFile()));
        const auto read = readPeopleAct(*block);
        QVERIFY(read && read->isSignedBy("user:newcomer", *read->act.key));
        QVERIFY2(block->find("209841") == std::string::npos, "the PIN travels with the act");
        QCOMPARE(m_maker.why(*addSignature(*block, PeopleMaker::ownerA, m_maker.key(PeopleMaker::ownerA))), std::string());
        QVERIFY(*activateVault(folder, read->act));
        QVERIFY(!*activateVault(folder, read->act)); // there is one only once
        const auto opened = PersonVault(folder, "user:newcomer").unlock(secret("209841"), {}, now);
        QVERIFY(opened);
        QVERIFY(opened->key.publicKey() == *read->act.key);
        // The code that was shown at enrolment counted there (AP-12).
        const auto again = PersonVault(folder, "user:newcomer").unlock(secret("209841"), codeNow(*begun, now), now);
        QCOMPARE(again.error().reason, std::string("totp_reused"));
    }

    void aPinIsChangedByWhoKnowsTheOldOne()
    {
        QTemporaryDir home;
        const std::filesystem::path folder = home.filePath("people").toStdString();
        const Timestamp now = m_clock.now();
        QVERIFY(createPerson(folder, analyst, "A", {"analyst"}, secret("old-pin"), secret("12345678901234567890"), {}, cheap));
        const auto change = [&](const char* pin, const char* next, const char* again) {
            const auto done = changePin({folder, analyst, secret(pin), {}}, secret(next), secret(again),
                                        std::string(64, 'a'), m_clock, cheap);
            return done ? std::string() : reasonOf(done.error());
        };
        QCOMPARE(change("old-pin", "short", "short"), std::string("pin_short"));
        QCOMPARE(change("old-pin", "new-one", "new-two"), std::string("pin_differs"));
        QCOMPARE(change("guessed", "new-one", "new-one"), std::string("pin_wrong"));
        const auto before = PersonVault(folder, analyst).unlock(secret("old-pin"), {}, now);
        QVERIFY(before);
        QCOMPARE(change("old-pin", "new-one", "new-one"), std::string());
        QCOMPARE(PersonVault(folder, analyst).unlock(secret("old-pin"), {}, now).error().reason, std::string("pin_wrong"));
        // Key and authenticator are the same as before.
        const std::string code = crypto::totpCode(secret("12345678901234567890"), now.micros() / 30'000'000);
        const auto after = PersonVault(folder, analyst).unlock(secret("new-one"), code, now);
        QVERIFY(after && after->isTotpVerified);
        QVERIFY(after->key.publicKey() == before->key.publicKey());
    }

    void guessingWhileChangingThePinLocksToo()
    {
        QTemporaryDir home;
        const std::filesystem::path folder = home.filePath("people").toStdString();
        QVERIFY(createPerson(folder, analyst, "A", {"analyst"}, secret("old-pin"), secret("12345678901234567890"), {}, cheap));
        std::string last;
        for (int i = 0; i < 6; ++i) {
            last = changePin({folder, analyst, secret("guess" + std::to_string(i)), {}}, secret("new-one"),
                             secret("new-one"), "", m_clock, cheap)
                       .error()
                       .detail;
        }
        QVERIFY2(last.rfind("locked: until ", 0) == 0, last.c_str());
    }

    void anOwnerSignsWithBothFactors()
    {
        QTemporaryDir home;
        const std::filesystem::path folder = home.filePath("people").toStdString();
        const std::string owner = PeopleMaker::ownerA;
        QVERIFY(createPerson(folder, owner, "O", {"owner"}, secret("old-pin"), secret("12345678901234567890"), {}, cheap));
        PeopleAct retire = m_maker.act(PeopleAct::Kind::Retire, analyst);
        const std::string block = m_maker.signedBy(retire, {analyst});
        QCOMPARE(reasonOf(countersign({folder, owner, secret("old-pin"), {}}, block, m_clock).error()), std::string("totp_missing"));
        const std::string code = crypto::totpCode(secret("12345678901234567890"), m_clock.now().micros() / 30'000'000);
        const auto more = countersign({folder, owner, secret("old-pin"), code}, block, m_clock);
        QVERIFY(more);
        QCOMPARE(readPeopleAct(*more)->block.note.signatures.size(), std::size_t(2));
        QCOMPARE(reasonOf(countersign({folder, owner, secret("old-pin"), code}, block, m_clock).error()), std::string("totp_reused"));
        QCOMPARE(reasonOf(countersign({folder, owner, secret("old-pin"), code}, "anything", m_clock).error()), std::string("act_unreadable"));
    }
};

QTEST_GUILESS_MAIN(TestEnrolment)
#include "tst_enrolment.moc"
