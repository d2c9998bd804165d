#include <QTest>

#include "core/govern/person_vault.h"
#include "desk_fixture.h"
#include "tests/support/software_key.h"

#include <QTemporaryDir>

using namespace cordon;
using namespace cordon::govern;
using namespace cordon::govern::fixture;
using cordon::test::SoftwareKey;

namespace {

class StillMachine : public MachineClock
{
public:
    [[nodiscard]] Timestamp now() const override { return noon() + 1min; }
    [[nodiscard]] std::int64_t monotonicNanos() const override { return 61'000'000'000; }
    [[nodiscard]] std::string bootId() const override { return std::string(32, 'b'); }
};

crypto::SecretBytes secret(const std::string& text)
{
    return crypto::SecretBytes::copyOf(text);
}

} // namespace

/// Approvals with a security key, from the step-up program to the desk.
class TestSecurityKeys : public QObject
{
    Q_OBJECT

    static constexpr const char* analyst = "user:analyst-a";
    static constexpr const char* commander = "user:commander-b";

    QTemporaryDir m_folder;
    StillMachine m_machine;
    SoftwareKey m_key;
    PeopleDirectory m_people;
    ApprovalRequest m_request;
    ApprovalDesk m_desk{"nhi:cordon-exercise", keyOf(7).publicKey()};

    [[nodiscard]] std::filesystem::path folder() const { return m_folder.path().toStdString(); }
    [[nodiscard]] StepUpInput inputFor(SoftwareKey* key, int slot = 1, const char* person = analyst) const
    {
        StepUpInput input;
        input.requestText = *signRequest(m_request, "nhi:cordon-exercise", keyOf(7), slot);
        input.agentKey = keyOf(7).publicKey();
        input.peopleFolder = folder();
        input.person = person;
        input.pin = secret("2468");
        input.typedCode = shortCode(m_request.actionDigest);
        input.isApproved = true;
        input.securityKey = key;
        input.keyPin = secret("1379");
        return input;
    }
    [[nodiscard]] DeskAnswer take(const std::string& reply)
    {
        return m_desk.accept(reply, m_people, contextAt(noon() + 2min));
    }
    /// A reply of the analyst whose assertion somebody bent on the way; signed as a whole by the analyst's own key.
    [[nodiscard]] std::string bent(const std::function<void(Approval&)>& change)
    {
        Approval approval = approvalFor(m_request, analyst, 0);
        approval.factors = {"key", "pin", "security_key"};
        ++m_key.counter;
        approval.assertion = m_key.signedOver(crypto::sha256(*approvalMessage(approval)));
        change(approval);
        auto unlocked = PersonVault(folder(), analyst).unlock(secret("2468"), std::nullopt, noon());
        return *signReply(approval, unlocked->key);
    }

private slots:
    void initTestCase()
    {
        constexpr crypto::ScryptCost cheap{16, 1, 1};
        for (const char* id : {analyst, commander})
            QVERIFY(createPerson(folder(), id, "", {id == analyst ? "analyst" : "commander"}, secret("2468"),
                                 secret("12345678901234567890"), noon() + 24h, cheap)
                        .has_value());
        m_people = *PeopleDirectory::load(folder());
        QVERIFY(m_people.addSecurityKey(analyst, *m_key.enrol(analyst, "blue key", secret("1379"))).has_value());
        QVERIFY(m_people.save(folder()).has_value());
        m_people = *PeopleDirectory::load(folder());
        QCOMPARE(m_people.find(analyst)->securityKeys.size(), std::size_t(1));
    }
    void init()
    {
        m_desk = ApprovalDesk("nhi:cordon-exercise", keyOf(7).publicKey());
        m_request = m_desk.ask(askFor(anAllowedRequest("credential.delete")), contextAt(noon()))->request;
    }

    void itStandsInForTheAuthenticatorCode()
    {
        const StepUpResult given = stepUp(inputFor(&m_key), m_machine);
        QVERIFY2(given.isGiven(), (given.reason + ' ' + given.detail).c_str());
        QCOMPARE(given.approval.factors, (std::vector<std::string>{"key", "pin", "security_key"}));
        const DeskAnswer answer = take(given.reply);
        QVERIFY2(answer.isAccepted, answer.reason.c_str());
        // The gate counts it as the code that the mandate names.
        const auto approvals = m_desk.approvalsFor(m_request.actionDigest, contextAt(noon() + 2min));
        QCOMPARE(approvals.size(), std::size_t(1));
        QCOMPARE(approvals[0].factors, (std::vector<std::string>{"key", "pin", "security_key", "totp"}));
    }

    void whatStandsInTheWayIsNamed()
    {
        QCOMPARE(stepUp(inputFor(nullptr), m_machine).reason, std::string("totp_missing"));
        StepUpInput input = inputFor(&m_key);
        input.keyPin = secret("0000");
        QCOMPARE(stepUp(input, m_machine).reason, std::string("security_key_refused"));
        SoftwareKey stranger;
        QCOMPARE(stepUp(inputFor(&stranger), m_machine).reason, std::string("security_key_missing"));
        QCOMPARE(stepUp(inputFor(&m_key, 1, commander), m_machine).reason, std::string("totp_missing"));
        Digest other = crypto::sha256("something else");
        m_key.signsInstead = &other;
        QCOMPARE(stepUp(inputFor(&m_key), m_machine).reason, std::string("assertion_bad"));
        m_key.signsInstead = nullptr;
        input = inputFor(&m_key);
        input.pin = secret("wrong"); // the key is not asked before the PIN is known to be good
        const int touches = m_key.touches;
        QCOMPARE(stepUp(input, m_machine).reason, std::string("pin_wrong"));
        QCOMPARE(m_key.touches, touches);
    }

    void aMandateCanInsistOnIt()
    {
        m_request.needs.factors = {"key", "pin", "security_key"};
        m_request.render = *renderRequest(m_request);
        m_request.renderDigest = crypto::sha256(m_request.render).hex();
        StepUpInput input = inputFor(nullptr);
        input.totp = "123456";
        QCOMPARE(stepUp(input, m_machine).reason, std::string("security_key_missing"));
        QCOMPARE(stepUp(inputFor(&m_key, 1, commander), m_machine).reason, std::string("security_key_unknown"));
        QVERIFY(stepUp(inputFor(&m_key), m_machine).isGiven());
    }

    void theDeskRefusesWhatTheKeyDidNotSignForThis()
    {
        const auto reasonOf = [&](const std::function<void(Approval&)>& change) { return take(bent(change)).reason; };
        const auto again = [this](Approval& approval) {
            return m_key.signedOver(crypto::sha256(*approvalMessage(approval)));
        };
        QCOMPARE(reasonOf([](Approval& a) { a.assertion.reset(); }), std::string("assertion_missing"));
        QCOMPARE(reasonOf([&](Approval& a) { a.assertion = m_key.signedOver(crypto::sha256("another digest")); }),
                 std::string("assertion_bad"));
        QCOMPARE(reasonOf([&](Approval& a) {
                     m_key.party = "example.org";
                     a.assertion = again(a);
                     m_key.party = factor::keyParty;
                 }),
                 std::string("assertion_bad"));
        QCOMPARE(reasonOf([&](Approval& a) {
                     m_key.isUserVerified = false;
                     a.assertion = again(a);
                     m_key.isUserVerified = true;
                 }),
                 std::string("assertion_bad"));
        QCOMPARE(reasonOf([&](Approval& a) {
                     SoftwareKey other;
                     a.assertion = other.signedOver(crypto::sha256(*approvalMessage(a)));
                 }),
                 std::string("security_key_unknown"));
        QCOMPARE(reasonOf([&](Approval& a) {
                     SoftwareKey other; // another key that says it were this one
                     other.credential = m_key.credential;
                     a.assertion = other.signedOver(crypto::sha256(*approvalMessage(a)));
                 }),
                 std::string("assertion_bad"));
        QCOMPARE(reasonOf([](Approval& a) { a.factors = {"key", "pin"}; }), std::string("assertion_bad"));
        QVERIFY(m_desk.find("AR-0001")->accepted.empty());
        QCOMPARE(reasonOf([](Approval&) {}), std::string());
    }

    void aCounterThatGoesBackIsACopiedKey()
    {
        m_key.counter = 50;
        QCOMPARE(take(bent([](Approval&) {})).reason, std::string()); // 51
        GateRequest other = anAllowedRequest(
            "credential.delete", {EntityKind::Credential, "AKIAEXAMPLE000000002", "access_key", "a key with a long name"});
        m_request = m_desk.ask(askFor(other), contextAt(noon()))->request;
        for (const std::uint32_t last : {49U, 50U, 4U}) { // 50, 51, 5
            m_key.counter = last;
            QCOMPARE(take(bent([](Approval&) {})).reason, std::string("assertion_counter"));
        }
        m_key.counter = 51;
        QCOMPARE(take(bent([](Approval&) {})).reason, std::string());
    }

    void aKeyWithoutACounterIsNotACopy()
    {
        SoftwareKey& key = m_key;
        const std::uint32_t before = key.counter;
        key.isCounting = false;
        key.counter = 0;
        const StepUpResult first = stepUp(inputFor(&key), m_machine);
        QVERIFY(take(first.reply).isAccepted);
        GateRequest other = anAllowedRequest(
            "credential.delete", {EntityKind::Credential, "AKIAEXAMPLE000000002", "access_key", "a key with a long name"});
        m_request = m_desk.ask(askFor(other), contextAt(noon()))->request;
        const StepUpResult second = stepUp(inputFor(&key), m_machine);
        QVERIFY2(second.isGiven(), (second.reason + second.detail).c_str());
        QCOMPARE(take(second.reply).reason, std::string());
        key.isCounting = true;
        key.counter = before;
    }

    void aKeyBelongsToOnePersonAndCanBeTakenAway()
    {
        QVERIFY(m_people.addSecurityKey(commander, m_key.publicHalf()).error().code == ErrorCode::Conflict);
        PeopleDirectory people = m_people;
        QVERIFY(people.removeSecurityKey(analyst, "nothing").error().code == ErrorCode::NotFound);
        QVERIFY(people.removeSecurityKey(analyst, m_key.credential).has_value());
        const std::string reply = bent([](Approval&) {});
        QCOMPARE(m_desk.accept(reply, people, contextAt(noon() + 2min)).reason, std::string("security_key_unknown"));
        QVERIFY(PeopleDirectory::fromValue(m_people.toValue())->find(analyst)->securityKeys ==
                m_people.find(analyst)->securityKeys);
    }
};

QTEST_GUILESS_MAIN(TestSecurityKeys)
#include "tst_security_keys.moc"
