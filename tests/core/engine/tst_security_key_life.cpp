#include "core/engine/people_office.h"
#include "core/govern/person_vault.h"
#include "core/govern/personal_signature.h"
#include "core/value/json.h"
#include "tests/core/govern/desk_fixture.h"
#include "tests/support/enrolled_people.h"
#include "tests/support/software_key.h"

#include <QTemporaryDir>

using namespace cordon;
using namespace cordon::engine;
using namespace cordon::govern;
using namespace cordon::govern::fixture;
using namespace cordon::test;
using cordon::test::SoftwareKey;
using Kind = PeopleAct::Kind;

namespace {

const std::string analyst = "user:analyst-a";
const std::string keyPin = "1379";

crypto::SecretBytes secret(const std::string& text)
{
    return crypto::SecretBytes::copyOf(text);
}

std::string reasonOf(const Error& error)
{
    return error.detail.substr(0, error.detail.find(':'));
}

/// Time moves on only where the test says so: an authenticator code counts once.
class MovedMachine : public MachineClock
{
public:
    [[nodiscard]] Timestamp now() const override { return noon() + past; }
    [[nodiscard]] std::int64_t monotonicNanos() const override { return contextAt(now()).monoNanos; }
    [[nodiscard]] std::string bootId() const override { return std::string(32, 'b'); }
    Duration past{};
};

} // namespace

/// A security key of a person from its first day: enrolled, used, lost, replaced.
class TestSecurityKeyLife : public QObject
{
    Q_OBJECT

    MovedMachine m_machine;
    std::unique_ptr<QTemporaryDir> m_home;

    [[nodiscard]] std::filesystem::path home() const { return m_home->path().toStdString(); }
    [[nodiscard]] std::filesystem::path folder() const { return PeopleOffice::folder(home()); }
    [[nodiscard]] PeopleOffice office() const
    {
        auto opened = PeopleOffice::open(home(), m_machine);
        if (!opened)
            qFatal("%s", opened.error().detail.c_str());
        return std::move(*opened);
    }
    [[nodiscard]] PersonFactors factorsOf(const std::string& person)
    {
        m_machine.past += 1min; // the code before counts no more
        PersonFactors factors;
        factors.folder = folder();
        factors.person = person;
        factors.pin = secret("246813");
        factors.totp = crypto::totpCode(secret("12345678901234567890"), m_machine.now().micros() / 30'000'000);
        return factors;
    }
    /// What the step-up program gives for a new key.
    [[nodiscard]] Result<std::string> madeWith(SoftwareKey& token, const std::string& name, const std::string& pin = keyPin)
    {
        const auto draft = office().draft(Kind::AddKey, analyst, name, {});
        return addSecurityKey(factorsOf(analyst), *json::parse(*draft), token, secret(pin), m_machine);
    }
    /// Hands in, with the owners' signatures. "" when taken, "waiting", or the reason.
    [[nodiscard]] std::string hand(std::string block, const std::vector<std::string>& owners)
    {
        for (const std::string& owner : owners)
            block = *countersign(factorsOf(owner), block, m_machine);
        PeopleOffice here = office();
        const auto answer = here.submit(block);
        return !answer ? reasonOf(answer.error()) : answer->isTaken ? "" : "waiting";
    }
    /// What the step-up program answers to a request that wants a second factor.
    [[nodiscard]] StepUpResult approve(const ApprovalRequest& request, SoftwareKey* token)
    {
        StepUpInput input;
        input.requestText = *signRequest(request, "nhi:cordon-exercise", keyOf(7), 1);
        input.agentKey = keyOf(7).publicKey();
        input.peopleFolder = folder();
        input.person = analyst;
        input.pin = secret("246813");
        input.typedCode = shortCode(request.actionDigest);
        input.isApproved = true;
        input.securityKey = token;
        input.keyPin = secret(keyPin);
        return stepUp(input, m_machine);
    }
    struct Asked
    {
        ApprovalDesk desk{"nhi:cordon-exercise", keyOf(7).publicKey()};
        ApprovalRequest request;
    };
    [[nodiscard]] Asked ask() const
    {
        Asked asked;
        asked.request = asked.desk.ask(askFor(anAllowedRequest("credential.delete")), contextAt(m_machine.now()))->request;
        return asked;
    }

private slots:
    void init()
    {
        m_machine.past = Duration{};
        m_home = std::make_unique<QTemporaryDir>();
        EnrolledPeople people(home(), m_machine);
        people.enrol("user:owner-a", {"owner"}, "246813");
        people.enrol("user:owner-b", {"owner"}, "246813");
        people.enrol(analyst, {"analyst"}, "246813");
    }

    void enrolledUsedLostAndReplaced()
    {
        SoftwareKey blue;
        QCOMPARE(approve(ask().request, &blue).reason, std::string("totp_missing")); // nobody's key yet
        const auto made = madeWith(blue, "blue key");
        QVERIFY2(made, made.error().detail.c_str());
        QCOMPARE(hand(*made, {}), std::string("waiting"));
        QCOMPARE(approve(ask().request, &blue).reason, std::string("totp_missing")); // an owner has to vouch
        QCOMPARE(hand(*made, {"user:owner-a"}), std::string());

        Asked asked = ask();
        const StepUpResult given = approve(asked.request, &blue);
        QVERIFY2(given.isGiven(), (given.reason + ' ' + given.detail).c_str());
        QCOMPARE(given.approval.factors, (std::vector<std::string>{"key", "pin", "security_key"}));
        const DeskAnswer taken = asked.desk.accept(given.reply, office().roll().people(), contextAt(m_machine.now()));
        QVERIFY2(taken.isAccepted, taken.reason.c_str());

        // Lost: two owners take it away, without the person.
        const auto away = office().draft(Kind::RemoveKey, analyst, "blue key", {}, "lost on a train");
        QVERIFY2(away, away.error().detail.c_str());
        const auto first = countersign(factorsOf("user:owner-a"), *away, m_machine);
        QCOMPARE(hand(*first, {}), std::string("waiting"));
        QVERIFY(approve(ask().request, &blue).isGiven());
        QCOMPARE(hand(*first, {"user:owner-b"}), std::string());
        QCOMPARE(approve(ask().request, &blue).reason, std::string("totp_missing"));
        asked = ask(); // whoever found it and holds an older list of people gets nowhere with the case
        PeopleDirectory before = office().roll().people();
        QVERIFY(before.addSecurityKey(analyst, blue.publicHalf()) && before.save(folder()));
        const StepUpResult found = approve(asked.request, &blue);
        QVERIFY(found.isGiven());
        QCOMPARE(asked.desk.accept(found.reply, office().roll().people(), contextAt(m_machine.now())).reason,
                 std::string("security_key_unknown"));

        // Recovered: the same one never again, another with two owners.
        const auto again = madeWith(blue, "blue key");
        QCOMPARE(hand(*again, {"user:owner-a"}), std::string("security_key_used"));
        SoftwareKey red;
        const auto other = madeWith(red, "red key");
        QCOMPARE(hand(*other, {"user:owner-a"}), std::string("waiting"));
        QCOMPARE(hand(*other, {"user:owner-b"}), std::string());
        QVERIFY(approve(ask().request, &red).isGiven());
        QCOMPARE(approve(ask().request, &blue).reason, std::string("security_key_missing"));
    }

    void aKeyThatCannotApproveIsNotTakenIn()
    {
        SoftwareKey token;
        QCOMPARE(reasonOf(madeWith(token, "blue key", "0000").error()), std::string("security_key_refused"));
        token.isUserVerified = false;
        QCOMPARE(reasonOf(madeWith(token, "blue key").error()), std::string("assertion_bad"));
        token.isUserVerified = true;
        token.party = "example.org";
        QCOMPARE(reasonOf(madeWith(token, "blue key").error()), std::string("assertion_bad"));
        token.party = factor::keyParty;
        QVERIFY(!madeWith(token, ""));
        QVERIFY(madeWith(token, "blue key"));
    }

    void theKeyIsNotAskedBeforeThePersonShowedWhoTheyAre()
    {
        SoftwareKey token;
        const Value wish = *json::parse(*office().draft(Kind::AddKey, analyst, "blue key", {}));
        PersonFactors factors = factorsOf(analyst);
        factors.totp.clear();
        QCOMPARE(reasonOf(addSecurityKey(factors, wish, token, secret(keyPin), m_machine).error()), std::string("totp_missing"));
        factors = factorsOf(analyst);
        factors.pin = secret("000000");
        QCOMPARE(reasonOf(addSecurityKey(factors, wish, token, secret(keyPin), m_machine).error()), std::string("pin_wrong"));
        QCOMPARE(token.touches, 0);
    }

    void anotherMachineKnowsItToo()
    {
        SoftwareKey token;
        QCOMPARE(hand(*madeWith(token, "blue key"), {"user:owner-a"}), std::string());
        const QTemporaryDir second;
        auto other = PeopleOffice::open(second.path().toStdString(), m_machine);
        const std::string founder = office().roll().people().find("user:owner-a")->key.fingerprint();
        QCOMPARE(*other->import(*office().exported(), founder), 4);
        QVERIFY(other->roll().people().find(analyst)->securityKey(token.credential));
        const auto file = PeopleDirectory::load(PeopleOffice::folder(second.path().toStdString()));
        QVERIFY(file && file->find(analyst)->securityKeys == std::vector{token.publicHalf()});
    }
};

QTEST_GUILESS_MAIN(TestSecurityKeyLife)
#include "tst_security_key_life.moc"
