#include "core/govern/person_vault.h"
#include "core/govern/signed_command.h"
#include "desk_fixture.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace cordon;
using namespace cordon::govern;
using namespace cordon::govern::fixture;

using Change = std::function<void(StepUpInput&)>;
Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(std::string)

namespace {

/// A machine whose clocks stand where the test puts them.
class FakeMachine : public MachineClock
{
public:
    Timestamp wall = noon() + 1min;
    std::int64_t mono = 60'000'000'000 + 1'000'000'000;
    std::string boot = std::string(32, 'b');
    [[nodiscard]] Timestamp now() const override { return wall; }
    [[nodiscard]] std::int64_t monotonicNanos() const override { return mono; }
    [[nodiscard]] std::string bootId() const override { return boot; }
    void reset()
    {
        wall = noon() + 1min;
        mono = 61'000'000'000;
        boot = std::string(32, 'b');
    }
};

const std::string totpSecret = "12345678901234567890"; // RFC 6238 appendix B
constexpr crypto::ScryptCost cheap{16, 1, 1};

crypto::SecretBytes secret(const std::string& text)
{
    return crypto::SecretBytes::copyOf(text);
}

std::string codeAt(Timestamp wall)
{
    return crypto::totpCode(secret(totpSecret), wall.micros() / 30'000'000);
}

} // namespace

class TestStepUp : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void givesTwoRepliesThatTheDeskTakes();
    void refuses_data();
    void refuses();
    void deniesWithoutThePhone();
    void asksForTheTargetsNameWhenItIsShort();
    void refusesWhenTheRequestRanOutHere();
    void ap11GuessingAPinEndsAfterTwentyTries();
    void whoTypesWronglyIsToldHowManyTriesAreLeft();
    void ap11GuessingThroughTheListOfPeopleLocksTheConsole();
    void ap11FailingWithTheClockSetBackLocksFromNow();
    void anotherPersonsSuccessTakesNothingFromTheCount();
    void ap11ThePinAloneTakesNoWrongCodeFromTheCount();
    void locksLongerAndLonger();
    void ap12ACodeIsAcceptedOnceAndNeverBackwards();
    void ap09NothingIsRememberedFromOneDecisionToTheNext();
    void aLostStateFileIsNoFreshStart();
    void keepsFilesToTheirOwner();
    void signsCommandsForTheInbox();

private:
    [[nodiscard]] StepUpInput inputFor(const std::string& person, int slot) const
    {
        StepUpInput input;
        input.requestText = *signRequest(m_request, "nhi:cordon-exercise", keyOf(7), slot);
        input.agentKey = keyOf(7).publicKey();
        input.peopleFolder = folder();
        input.person = person;
        input.pin = secret("2468");
        input.totp = codeAt(m_machine.wall);
        input.typedCode = shortCode(m_request.actionDigest);
        input.isApproved = true;
        return input;
    }
    [[nodiscard]] std::filesystem::path folder() const { return m_folder->path().toStdString(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    FakeMachine m_machine;
    ApprovalRequest m_request;
    ApprovalDesk m_desk{"nhi:cordon-exercise", keyOf(7).publicKey()};
};

void TestStepUp::initTestCase()
{
    // RFC 6238 appendix B, time 59 s: the last six digits of 94287082.
    QCOMPARE(codeAt(Timestamp::fromMicros(59'000'000)), std::string("287082"));
}

void TestStepUp::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_machine.reset();
    for (const auto& [id, role] :
         {std::pair{"user:analyst-a", "analyst"}, std::pair{"user:commander-b", "commander"}}) {
        const auto person =
            createPerson(folder(), id, "", {role}, secret("2468"), secret(totpSecret), noon() + 24h, cheap);
        QVERIFY2(person.has_value(), person ? "" : person.error().detail.c_str());
    }
    m_desk = ApprovalDesk("nhi:cordon-exercise", keyOf(7).publicKey());
    m_request = m_desk.ask(askFor(anAllowedRequest("credential.delete")), contextAt(noon()))->request;
}

void TestStepUp::givesTwoRepliesThatTheDeskTakes()
{
    const PeopleDirectory people = *PeopleDirectory::load(folder());
    const StepUpResult first = stepUp(inputFor("user:analyst-a", 1), m_machine);
    QVERIFY2(first.isGiven(), (first.reason + " " + first.detail).c_str());
    QCOMPARE(first.approval.factors, (std::vector<std::string>{"key", "pin", "totp"}));
    QVERIFY(m_desk.accept(first.reply, people, contextAt(noon() + 2min)).isAccepted);
    const StepUpResult second = stepUp(inputFor("user:commander-b", 2), m_machine);
    QVERIFY2(second.isGiven(), second.reason.c_str());
    QVERIFY(m_desk.accept(second.reply, people, contextAt(noon() + 2min)).isComplete);
}

void TestStepUp::refuses_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<std::string>("reason");
    const auto row = [](const char* name, const char* reason, Change change) {
        QTest::newRow(name) << std::move(change) << std::string(reason);
    };
    row("another agent's request", "request_untrusted", [](StepUpInput& i) { i.agentKey = keyOf(8).publicKey(); });
    row("no request", "request_invalid", [](StepUpInput& i) { i.requestText = "hello"; });
    row("a stranger", "person_unknown", [](StepUpInput& i) { i.person = "user:stranger"; });
    row("a path for a name", "person_unknown", [](StepUpInput& i) { i.person = "user:../analyst-a"; });
    row("another person's slot", "nonce_missing", [](StepUpInput& i) { i.slot = 2; });
    row("no code", "code_wrong", [](StepUpInput& i) { i.typedCode.clear(); });
    row("a wrong code", "code_wrong", [](StepUpInput& i) { i.typedCode = "AA-AA-AA"; });
    row("no authenticator code", "totp_missing", [](StepUpInput& i) { i.totp.clear(); });
    row("a wrong authenticator code", "totp_wrong",
        [](StepUpInput& i) { i.totp = i.totp == "000000" ? "000001" : "000000"; });
    row("a long authenticator code", "totp_wrong", [](StepUpInput& i) { i.totp += "0"; });
    row("a wrong PIN", "pin_wrong", [](StepUpInput& i) { i.pin = secret("2469"); });
    row("no PIN", "pin_wrong", [](StepUpInput& i) { i.pin = secret(""); });
    row("a denial without a reason", "reason_missing", [](StepUpInput& i) { i.isApproved = false; });
    row("a reason without an end", "reason_too_long", [](StepUpInput& i) { i.reason = std::string(501, 'x'); });
}

void TestStepUp::refuses()
{
    QFETCH(Change, change);
    QFETCH(std::string, reason);
    StepUpInput input = inputFor("user:analyst-a", 1);
    change(input);
    const StepUpResult result = stepUp(input, m_machine);
    QCOMPARE(result.reason, reason);
    QVERIFY(result.reply.empty());
}

void TestStepUp::deniesWithoutThePhone()
{
    StepUpInput input = inputFor("user:analyst-a", 1);
    input.isApproved = false;
    input.isAgentPaused = true;
    input.reason = "not\u202E sure";
    input.totp.clear();
    input.typedCode.clear();
    const StepUpResult result = stepUp(input, m_machine);
    QVERIFY2(result.isGiven(), result.reason.c_str());
    QCOMPARE(result.approval.reason, std::string("not\\u{202e} sure"));
    const DeskAnswer answer = m_desk.accept(result.reply, *PeopleDirectory::load(folder()), contextAt(noon() + 2min));
    QVERIFY(answer.isDenied);
    QVERIFY(answer.isAgentPaused);
}

void TestStepUp::asksForTheTargetsNameWhenItIsShort()
{
    QCOMPARE(typedTargetOf(m_request), std::string());
    const EntityRef target{EntityKind::Account, "svc-ci", "service", "svc-ci"};
    GateRequest shortName = anAllowedRequest("account.delete", target);
    m_request = m_desk.ask(askFor(shortName), contextAt(noon()))->request;
    QCOMPARE(typedTargetOf(m_request), std::string("svc-ci"));
    QCOMPARE(stepUp(inputFor("user:analyst-a", 1), m_machine).reason, std::string("target_wrong"));
    StepUpInput input = inputFor("user:analyst-a", 1);
    input.typedTarget = "svc-ci";
    QVERIFY(stepUp(input, m_machine).isGiven());
}

void TestStepUp::refusesWhenTheRequestRanOutHere()
{
    QVERIFY(isStillOpen(m_request, m_machine));
    m_machine.mono = m_request.monoIssued + std::int64_t(3600) * 1'000'000'000;
    QVERIFY(!isStillOpen(m_request, m_machine));
    QCOMPARE(stepUp(inputFor("user:analyst-a", 1), m_machine).reason, std::string("expired"));
    m_machine.boot = std::string(32, 'c');
    QVERIFY(isStillOpen(m_request, m_machine));
    m_machine.wall = noon() + 60min;
    QVERIFY(!isStillOpen(m_request, m_machine));
}

// AP-11
void TestStepUp::ap11GuessingAPinEndsAfterTwentyTries()
{
    int evaluated = 0;
    Timestamp wall = noon();
    for (int i = 0; i < 10'000; ++i) {
        // Restarts, and a clock that jumps both ways.
        const auto result =
            PersonVault(folder(), "user:analyst-a").unlock(secret("x" + std::to_string(i)), std::nullopt, wall);
        QVERIFY(!result.has_value());
        const std::string& reason = result.error().reason;
        if (reason == "pin_wrong" || (reason == "factor_disabled" && evaluated == 19))
            ++evaluated;
        wall = i % 3 == 2 ? wall - 24h * 365 : wall + 24h * 200;
        if (i > 200 && reason == "factor_disabled")
            break;
    }
    QCOMPARE(evaluated, 20);
    const auto right = PersonVault(folder(), "user:analyst-a").unlock(secret("2468"), std::nullopt, wall + 24h * 3650);
    QCOMPARE(right.error().reason, std::string("factor_disabled"));
    // The console is closed for a while, the other person's factors are not touched.
    wall = wall + 24h * 3650;
    QVERIFY(PersonVault(folder(), "user:commander-b").unlock(secret("2468"), std::nullopt, wall).has_value());
    QVERIFY(PersonVault(folder(), "user:analyst-a").clearLock().has_value());
    QVERIFY(PersonVault(folder(), "user:analyst-a").unlock(secret("2468"), std::nullopt, wall).has_value());
}

void TestStepUp::whoTypesWronglyIsToldHowManyTriesAreLeft()
{
    const auto wrong = [&](const char* person) {
        return PersonVault(folder(), person).unlock(secret("0000"), std::nullopt, noon()).error();
    };
    QCOMPARE(wrong("user:analyst-a").detail(), std::string("4 more tries"));
    QCOMPARE(wrong("user:analyst-a").detail(), std::string("3 more tries"));
    QCOMPARE(wrong("user:analyst-a").detail(), std::string("2 more tries"));
    QCOMPARE(wrong("user:commander-b").detail(), std::string("1 more try")); // of this console
    const UnlockRefusal last = wrong("user:analyst-a");
    QCOMPARE(last.reason, std::string("pin_wrong"));
    QCOMPARE(last.detail(), "locked until " + (noon() + 15min).toString());
    QCOMPARE(wrong("user:commander-b").detail(), "until " + (noon() + 15min).toString());
}

// AP-11
void TestStepUp::ap11GuessingThroughTheListOfPeopleLocksTheConsole()
{
    for (int i = 0; i < 8; ++i)
        QVERIFY(createPerson(folder(), "user:p" + std::to_string(i), "", {"analyst"}, secret("2468"), secret(totpSecret),
                             noon() + 24h, cheap)
                    .has_value());
    int evaluated = 0;
    Timestamp wall = noon();
    std::string last;
    for (int i = 0; i < 400; ++i) {
        const std::string who = "user:p" + std::to_string(i % 8);
        last = PersonVault(folder(), who).unlock(secret("guess"), std::nullopt, wall).error().reason;
        evaluated += last == "pin_wrong" ? 1 : 0;
        wall = wall + 1s;
    }
    QCOMPARE(evaluated, 5); // within seven minutes, whoever's name was typed
    QCOMPARE(last, std::string("console_locked"));
    // Also for somebody who never failed, after a restart, and with the clock set back.
    QCOMPARE(PersonVault(folder(), "user:analyst-a").unlock(secret("2468"), std::nullopt, wall - 24h).error().reason,
             std::string("console_locked"));
    wall = noon() + 4s + 15min;
    QCOMPARE(PersonVault(folder(), "user:analyst-a").unlock(secret("bad"), std::nullopt, wall).error().reason,
             std::string("pin_wrong"));
    const auto doubled = PersonVault(folder(), "user:p6").unlock(secret("2468"), std::nullopt, wall + 29min);
    QCOMPARE(doubled.error().reason, std::string("console_locked"));
    QVERIFY(doubled.error().lockedUntil == wall + 30min);
    QVERIFY(PersonVault(folder(), "user:p6").unlock(secret("2468"), std::nullopt, wall + 30min).has_value());
}

// AP-11
void TestStepUp::ap11FailingWithTheClockSetBackLocksFromNow()
{
    QVERIFY(PersonVault(folder(), "user:analyst-a").unlock(secret("2468"), std::nullopt, noon()).has_value());
    for (int i = 0; i < 5; ++i)
        (void)PersonVault(folder(), "user:analyst-a").unlock(secret("bad"), std::nullopt, noon() - 24h * 365);
    // With the right time again, the lock is not long over.
    for (const char* person : {"user:analyst-a", "user:commander-b"}) {
        const auto locked = PersonVault(folder(), person).unlock(secret("2468"), std::nullopt, noon() + 14min);
        QVERIFY(!locked.has_value());
        QVERIFY(locked.error().lockedUntil == noon() + 15min);
    }
}

// AP-11
void TestStepUp::anotherPersonsSuccessTakesNothingFromTheCount()
{
    // Somebody with a PIN of their own guesses at others', and clears nothing by succeeding in between.
    for (int i = 0; i < 8; ++i)
        QVERIFY(createPerson(folder(), "user:p" + std::to_string(i), "", {"analyst"}, secret("2468"), secret(totpSecret),
                             noon() + 24h, cheap)
                    .has_value());
    int evaluated = 0;
    for (int i = 0; i < 24; ++i) {
        const auto guess = PersonVault(folder(), "user:p" + std::to_string(i % 8))
                               .unlock(secret("guess"), std::nullopt, noon());
        evaluated += guess.error().reason == "pin_wrong" ? 1 : 0;
        (void)PersonVault(folder(), "user:analyst-a").unlock(secret("2468"), std::nullopt, noon());
    }
    QCOMPARE(evaluated, 5);
}

// AP-11
void TestStepUp::ap11ThePinAloneTakesNoWrongCodeFromTheCount()
{
    PersonVault vault(folder(), "user:analyst-a");
    const std::string wrong = codeAt(noon()) == "000000" ? "000001" : "000000";
    int evaluated = 0;
    for (int i = 0; i < 24; ++i) {
        const auto guess = vault.unlock(secret("2468"), wrong, noon());
        evaluated += guess.error().reason == "totp_wrong" ? 1 : 0;
        (void)vault.unlock(secret("2468"), std::nullopt, noon()); // a sign-in, a signed command or a denial
    }
    QCOMPARE(evaluated, 5);
    QVERIFY(vault.unlock(secret("2468"), std::nullopt, noon()).error().reason == "locked");
    // The PIN alone counts nothing either.
    PersonVault other(folder(), "user:commander-b");
    for (int i = 0; i < 10; ++i)
        QVERIFY(other.unlock(secret("2468"), std::nullopt, noon() + 1h).has_value());
    // The other persons' count of the console stays too, until a right code.
    QVERIFY(vault.unlock(secret("2468"), codeAt(noon() + 1h), noon() + 1h).has_value());
    for (int i = 0; i < 4; ++i)
        QCOMPARE(vault.unlock(secret("2468"), wrong, noon() + 1h).error().reason, std::string("totp_wrong"));
    QVERIFY(vault.unlock(secret("2468"), std::nullopt, noon() + 1h).has_value());
}

void TestStepUp::locksLongerAndLonger()
{
    PersonVault vault(folder(), "user:analyst-a");
    Timestamp wall = noon();
    for (int i = 0; i < 5; ++i)
        QCOMPARE(vault.unlock(secret("bad"), std::nullopt, wall).error().reason, std::string("pin_wrong"));
    for (const auto lock : {15min, 30min, 60min, 120min}) {
        const auto locked = vault.unlock(secret("2468"), std::nullopt, wall + lock - 1us);
        QCOMPARE(locked.error().reason, std::string("locked"));
        QVERIFY(locked.error().lockedUntil == wall + lock);
        // Setting the clock back does not help.
        QCOMPARE(vault.unlock(secret("2468"), std::nullopt, wall - 24h).error().reason, std::string("locked"));
        wall = wall + lock;
        QCOMPARE(vault.unlock(secret("bad"), std::nullopt, wall).error().reason, std::string("pin_wrong"));
    }
    wall = wall + 24h;
    QVERIFY(vault.unlock(secret("2468"), codeAt(wall), wall).has_value());
    // Success with a code starts the count again.
    for (int i = 0; i < 4; ++i)
        QCOMPARE(vault.unlock(secret("bad"), std::nullopt, wall).error().reason, std::string("pin_wrong"));
    QVERIFY(vault.unlock(secret("2468"), std::nullopt, wall).has_value());
}

// AP-12
void TestStepUp::ap12ACodeIsAcceptedOnceAndNeverBackwards()
{
    PersonVault vault(folder(), "user:analyst-a");
    const Timestamp wall = noon();
    const auto tryCode = [&](Timestamp codeTime, Timestamp machine) {
        const auto result = vault.unlock(secret("2468"), codeAt(codeTime), machine);
        return result ? std::string("accepted") : result.error().reason;
    };
    QCOMPARE(tryCode(wall - 60s, wall), std::string("totp_wrong"));
    QCOMPARE(tryCode(wall + 60s, wall), std::string("totp_wrong"));
    QCOMPARE(tryCode(wall, wall), std::string("accepted"));
    QCOMPARE(tryCode(wall, wall), std::string("totp_reused"));
    QCOMPARE(tryCode(wall - 30s, wall), std::string("totp_reused"));
    QCOMPARE(tryCode(wall + 30s, wall), std::string("accepted"));
    QCOMPARE(tryCode(wall, wall - 30s), std::string("totp_reused"));
    QCOMPARE(tryCode(wall + 60s, wall + 60s), std::string("accepted"));
}

// AP-09
void TestStepUp::ap09NothingIsRememberedFromOneDecisionToTheNext()
{
    QVERIFY(stepUp(inputFor("user:analyst-a", 1), m_machine).isGiven());
    // A second later, on the same machine: there is no window in which a decision needs no factors.
    m_machine.wall = m_machine.wall + 1s;
    StepUpInput input = inputFor("user:analyst-a", 1);
    input.pin = secret("");
    QCOMPARE(stepUp(input, m_machine).reason, std::string("pin_wrong"));
    input = inputFor("user:analyst-a", 1);
    QCOMPARE(stepUp(input, m_machine).reason, std::string("totp_reused"));
    // Factors that are 61 seconds old.
    m_machine.wall = m_machine.wall + 10min;
    input = inputFor("user:analyst-a", 1);
    input.totp = codeAt(m_machine.wall - 61s);
    QCOMPARE(stepUp(input, m_machine).reason, std::string("totp_wrong"));
    // And a request that ran out while somebody was typing.
    input = inputFor("user:analyst-a", 1);
    m_machine.mono = m_request.monoIssued + std::int64_t(3600) * 1'000'000'000;
    QCOMPARE(stepUp(input, m_machine).reason, std::string("expired"));
}

void TestStepUp::aLostStateFileIsNoFreshStart()
{
    PersonVault vault(folder(), "user:analyst-a");
    std::filesystem::remove(vault.stateFile());
    QCOMPARE(vault.unlock(secret("2468"), std::nullopt, noon()).error().reason, std::string("vault_unreadable"));
}

void TestStepUp::keepsFilesToTheirOwner()
{
    using std::filesystem::perms;
    const PersonVault vault(folder(), "user:analyst-a");
    for (const auto& file : {vault.vaultFile(), vault.stateFile(), folder() / "people.json"})
        QVERIFY((std::filesystem::status(file).permissions() & (perms::group_all | perms::others_all)) == perms::none);
    const std::string text = *readSmallFile(vault.vaultFile());
    QVERIFY(text.find(totpSecret) == std::string::npos);
    QVERIFY(createPerson(folder(), "user:analyst-a", "", {"analyst"}, secret("2468"), secret(totpSecret), {}, cheap)
                .error()
                .code == ErrorCode::Conflict);
}

void TestStepUp::signsCommandsForTheInbox()
{
    const PeopleDirectory people = *PeopleDirectory::load(folder());
    auto unlocked = PersonVault(folder(), "user:analyst-a").unlock(secret("2468"), std::nullopt, noon());
    QVERIFY(unlocked.has_value());
    const Command command{
        "undo", Value::Object{{"step", "INC-0001/S2"}}, "user:analyst-a", noon(), std::string(32, 'a'), "case-1"};
    const std::string block = *signCommand(command, unlocked->key);
    SeenCommands seen;
    const auto reasonOf = [&](const std::string& text, const std::string& caseName, Timestamp wall) {
        const auto result = verifyCommand(text, people, caseName, wall, 5min, seen);
        return result ? std::string() : result.error().detail.substr(0, result.error().detail.find(':'));
    };
    QCOMPARE(reasonOf(block, "case-2", noon()), std::string("case_other"));
    QCOMPARE(reasonOf(block, "case-1", noon() + 6min), std::string("too_old"));
    QCOMPARE(reasonOf("nonsense", "case-1", noon()), std::string("command_unreadable"));
    QCOMPARE(reasonOf(*signCommand(command, keyOf(99)), "case-1", noon()), std::string("signature_bad"));
    QCOMPARE(reasonOf(block, "case-1", noon()), std::string());
    QCOMPARE(reasonOf(block, "case-1", noon()), std::string("nonce_used"));
    Command unknown = command;
    unknown.command = "format-disk";
    QVERIFY(!signCommand(unknown, unlocked->key).has_value());
}

QTEST_GUILESS_MAIN(TestStepUp)
#include "tst_step_up.moc"
