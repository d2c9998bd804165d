#include "core/record/governance_audit.h"
#include "core/engine/engine.h"
#include "core/engine/sitting.h"
#include "core/govern/personal_signature.h"
#include "tests/core/engine/case_fixture.h"
#include "tests/support/enrolled_people.h"

#include <mutex>

using namespace cordon;
using namespace cordon::test;
using namespace cordon::tests;

namespace {

const std::string analyst = "user:analyst-a";
const std::string anna = "user:anna";

/// Keeps what an engine said.
class Hearing : public engine::Listener
{
public:
    void onNotice(const engine::Notice& notice) override
    {
        const std::lock_guard lock(m_mutex);
        m_last = notice;
        if (notice.message)
            m_messages.push_back(*notice.message);
    }
    [[nodiscard]] engine::Notice last() const
    {
        const std::lock_guard lock(m_mutex);
        return m_last;
    }
    /// The newest message of that code, or nothing.
    [[nodiscard]] std::optional<Text> message(const std::string& code) const
    {
        const std::lock_guard lock(m_mutex);
        for (auto text = m_messages.rbegin(); text != m_messages.rend(); ++text) {
            if (text->code == code)
                return *text;
        }
        return std::nullopt;
    }

    [[nodiscard]] int count(const std::string& code) const
    {
        const std::lock_guard lock(m_mutex);
        return static_cast<int>(std::count_if(m_messages.begin(), m_messages.end(),
                                              [&](const Text& text) { return text.code == code; }));
    }

private:
    mutable std::mutex m_mutex;
    engine::Notice m_last;
    std::vector<Text> m_messages;
};

std::string pinOf(const CaseFixture& fixture, const std::string& person)
{
    for (const engine::PersonRow& row : CaseFixture::must(engine::ExerciseParties::banner(record::exercisePath(fixture.folder())))) {
        if (row.id == person)
            return row.pin;
    }
    return {};
}

/// What the step-up program does, in this process.
void signIn(const CaseFixture& fixture, engine::Sitting& sitting, const std::string& person = analyst)
{
    const auto folder = engine::ExerciseParties::peopleFolder(record::exercisePath(fixture.folder()));
    const MachineClock clock;
    const auto block = CaseFixture::must(
        govern::signIn({folder, person, crypto::SecretBytes::copyOf(pinOf(fixture, person)), {}},
                       *json::parse(sitting.wish()), clock));
    const auto people = CaseFixture::must(engine::peopleAtDesk(fixture.home(), folder));
    // A console is not unlocked by a name: somebody known has to have signed.
    govern::Presence forged = CaseFixture::must(govern::readPresence(block, people, CaseFixture::must(record::caseOrigin(fixture.folder()))));
    const auto other = CaseFixture::must(govern::signPresence(forged, crypto::SigningKey::generate()));
    QVERIFY(sitting.begin(other, people).error().detail.rfind("signature_bad", 0) == 0);
    QVERIFY(!sitting.begin(block, govern::PeopleDirectory()) && !sitting.hasBegun());
    CaseFixture::must(sitting.begin(block, people));
}

engine::Signed note(const engine::Sitting& sitting, const std::string& text)
{
    return {CaseFixture::must(sitting.sign("note", Value::Object{{"incident", "INC-0001"}, {"text", text}}))};
}

bool holdsNote(const CaseFixture& fixture, const std::string& text)
{
    const auto reader = engine::CaseReader::open(fixture.folder());
    const auto detail = reader ? (*reader)->incident(IncidentId{1}) : Result<engine::IncidentDetail>(fail(reader.error()));
    return detail && std::any_of(detail->notes.begin(), detail->notes.end(),
                                 [&](const auto& one) { return one.second == analyst + ": " + text; });
}

} // namespace

/// One console holds a case, another follows it; people are in it by their signature.
class TestSeveralConsoles : public QObject
{
    Q_OBJECT

private slots:
    void theSecondConsoleFollowsSignsThroughTheInboxAndTakesOver()
    {
        CaseFixture fixture;
        Hearing holding;
        auto holder = CaseFixture::must(engine::Engine::start(fixture.options(), holding));
        QTRY_VERIFY_WITH_TIMEOUT(holding.last().waitingApprovals >= 2, 30'000);

        engine::EngineOptions bare = fixture.options("");
        bare.logs.clear();
        bare.replay = engine::ReplayMode::None;
        Hearing following;
        const auto follower = CaseFixture::must(engine::Engine::start(bare, following));
        QTRY_VERIFY_WITH_TIMEOUT(following.last().isFollowed && following.last().waitingApprovals >= 2, 10'000);
        QCOMPARE(following.last().holder, std::to_string(::getpid()));
        QCOMPARE(following.last().events, holding.last().events);

        // A name is no person, wherever it comes from.
        holder->submit(engine::AddNote{IncidentId{1}, "by nobody", analyst});
        QTRY_VERIFY_WITH_TIMEOUT(holding.message("engine.unsigned"), 10'000);
        follower->submit(engine::AddNote{IncidentId{1}, "by nobody", analyst});
        QTRY_VERIFY_WITH_TIMEOUT(following.message("engine.command_refused"), 10'000);

        engine::Sitting sitting(bare.folder);
        QVERIFY(!sitting.sign("note", Value::Object{}));
        signIn(fixture, sitting);
        const std::int64_t before = following.last().ledgerEntries;
        follower->submit(note(sitting, "from next door"));
        QTRY_VERIFY_WITH_TIMEOUT(following.message("engine.inbox_taken"), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(following.last().ledgerEntries > before, 10'000);
        QVERIFY(holdsNote(fixture, "from next door"));
        QVERIFY(!holdsNote(fixture, "by nobody"));
        // What touches containment takes the factors; why it was refused is told where it was asked for.
        follower->submit(engine::Signed{CaseFixture::must(sitting.sign("resume", Value::Object{}))});
        QTRY_VERIFY_WITH_TIMEOUT(following.message("engine.inbox_refused"), 10'000);
        QVERIFY(following.message("engine.inbox_refused")->args.at("why").rfind("factors_needed", 0) == 0);

        follower->submit(engine::TakeOver{});
        QTRY_VERIFY_WITH_TIMEOUT(following.message("engine.still_held"), 10'000);
        follower->submit(engine::Halt{analyst, "from next door"});
        QTRY_VERIFY_WITH_TIMEOUT(holding.last().agent == engine::AgentState::Halted, 10'000);

        holder.reset();
        QTRY_VERIFY_WITH_TIMEOUT(following.last().holder.empty(), 10'000);
        follower->submit(engine::TakeOver{});
        QTRY_VERIFY_WITH_TIMEOUT(!following.last().isFollowed, 20'000);
        follower->submit(note(sitting, "now held here"));
        QTRY_VERIFY_WITH_TIMEOUT(holdsNote(fixture, "now held here"), 10'000);
    }

    /// Logs that nobody vouches for would become evidence under somebody's name.
    void aNameBringsNoLogsWhereSomebodyCouldSign()
    {
        CaseFixture fixture;
        const auto more = fixture.path("more.json");
        tenant::CloudtrailWriter log("111122223333", "eu-central-1", 43);
        log.add(*Timestamp::parse("2026-11-21T09:00:00Z"),
                {tenant::LogCaller::Kind::User, "bo", "AKIAEXAMPLEOTHER0001", {}, {}, "198.51.100.22", "aws-cli/2.17.40"},
                "s3:ListBuckets");
        writeRecords(more, log);
        Hearing hearing;
        const auto engine = CaseFixture::must(engine::Engine::start(fixture.options(), hearing));
        QTRY_VERIFY_WITH_TIMEOUT(hearing.last().waitingApprovals >= 2, 30'000);
        const std::int64_t before = hearing.last().events;
        for (const engine::Command& unsignedOne : std::vector<engine::Command>{
                 engine::AddSources{{more}}, engine::Follow{{more}, analyst}, engine::StopFollowing{more, analyst}}) {
            const int told = hearing.count("engine.unsigned");
            engine->submit(unsignedOne);
            QTRY_VERIFY_WITH_TIMEOUT(hearing.count("engine.unsigned") > told, 10'000);
        }
        QCOMPARE(hearing.last().events, before);
        engine::Sitting sitting(fixture.folder());
        signIn(fixture, sitting);
        const Value args = Value::Object{{"paths", Value::Array{more.string()}}};
        engine->submit(engine::Signed{CaseFixture::must(sitting.sign("add-sources", args))});
        QTRY_VERIFY_WITH_TIMEOUT(hearing.last().events > before, 10'000);
        QCOMPARE(fixture.ledger("source.added").front().actor.id, analyst);
    }

    void aSittingThatEndedStaysEndedAcrossARestart()
    {
        CaseFixture fixture;
        std::string in;
        std::string again;
        std::string late;
        const Timestamp now = MachineClock().now();
        fixture.machine.pass(now - fixture.machine.now());
        {
            const auto held = fixture.run();
            engine::Sitting sitting(fixture.folder());
            signIn(fixture, sitting);
            VERIFY_DONE(held->applySigned(CaseFixture::must(sitting.sign("sign-in", Value::Object{})), {}));
            late = note(sitting, "after").text;
            VERIFY_DONE(held->applySigned(note(sitting, "before").text, {}));
            VERIFY_DONE(held->applySigned(CaseFixture::must(sitting.sign("sign-out", Value::Object{{"why", "locked"}})), {}));
            QVERIFY(held->applySigned(late, {}).error().detail.rfind("presence_ended", 0) == 0);
            engine::Sitting goesOn(fixture.folder());
            signIn(fixture, goesOn);
            in = CaseFixture::must(goesOn.sign("sign-in", Value::Object{}));
            again = CaseFixture::must(goesOn.sign("sign-in", Value::Object{}));
            VERIFY_DONE(held->applySigned(in, {}));
        }
        QCOMPARE(fixture.ledger("person.").size(), std::size_t(3));
        QVERIFY(fixture.ledger("person.").front().actor.id == analyst);
        const auto held = fixture.wake();
        QVERIFY(held->applySigned(late, {}).error().detail.rfind("presence_ended", 0) == 0);
        QVERIFY(held->applySigned(in, {}).error().detail.rfind("nonce_used", 0) == 0);
        QVERIFY(held->applySigned(again, {}).error().detail.rfind("presence_used", 0) == 0);
        QCOMPARE(fixture.ledger("person.").size(), std::size_t(3));
    }

    // AP-17: who approved and is retired while it waits, approved nothing.
    void ap17_aPersonOfTheInstallationJoinsApprovesAndIsRetired_data()
    {
        QTest::addColumn<bool>("isRetired");
        QTest::newRow("retired") << true;
        QTest::newRow("an analyst no more") << false;
    }

    void ap17_aPersonOfTheInstallationJoinsApprovesAndIsRetired()
    {
        QFETCH(bool, isRetired);
        CaseFixture fixture;
        fixture.machine.pass(MachineClock().now() - fixture.machine.now());
        EnrolledPeople people(fixture.home());
        people.enrol("user:olga", {"owner"}, "209841");
        people.enrol(anna, {"analyst", "commander"}, "417733");
        const auto held = fixture.run();
        const auto folder = engine::PeopleOffice::folder(fixture.home());
        const auto signedBy = [&](const std::string& person, const std::string& pin, const char* command) {
            return CaseFixture::must(govern::signOrder({folder, person, crypto::SecretBytes::copyOf(pin), {}},
                                                       Value::Object{{"command", command}, {"case", CaseFixture::must(record::caseOrigin(fixture.folder()))}},
                                                       fixture.machine));
        };
        QVERIFY(!held->applySigned(signedBy(anna, "417733", "halt"), {})); // not in this case yet
        const std::string join = signedBy(anna, "417733", "join");
        VERIFY_DONE(held->applySigned(join, {}));
        QVERIFY(!held->applySigned(join, {}));
        QVERIFY(fixture.ledger("person.joined").front().data["key"].asString().rfind("ed25519:", 0) == 0);
        bool isListed = false;
        for (const engine::PersonRow& row : CaseFixture::must(CaseFixture::must(engine::CaseReader::open(fixture.folder()))->people()))
            isListed = isListed || (row.id == anna && row.isOfInstallation && row.pin.empty());
        QVERIFY(isListed);

        Step* destroy = CaseFixture::step(*held, "credential.delete");
        QVERIFY(destroy && destroy->state == StepState::AwaitingApproval);
        govern::StepUpInput input;
        input.requestText = CaseFixture::must(held->requestText(destroy->request));
        const auto parties = CaseFixture::must(engine::ExerciseParties::open(record::exercisePath(fixture.folder())));
        input.agentKey = parties.agentKey().publicKey();
        input.peopleFolder = folder;
        input.person = anna;
        input.pin = crypto::SecretBytes::copyOf("417733");
        input.totp = crypto::totpCode(crypto::SecretBytes::copyOf("12345678901234567890"), fixture.machine.now().micros() / 30'000'000);
        const ApprovalRequest asked = CaseFixture::must(govern::readRequest(input.requestText, input.agentKey));
        input.typedCode = govern::shortCode(asked.actionDigest);
        input.typedTarget = govern::typedTargetOf(asked);
        input.isApproved = true;
        const auto given = govern::stepUp(input, fixture.machine);
        QVERIFY2(given.isGiven(), (given.reason + given.detail).c_str());
        VERIFY_DONE(held->apply(engine::SubmitReply{given.reply}, {}));
        QVERIFY(!held->lastAnswer().isComplete);

        isRetired ? people.retire(anna) : people.giveRoles(anna, {"reviewer"});
        VERIFY_DONE(held->tick({}));
        const govern::DeskRequest* request = held->approvals().find(destroy->request);
        QVERIFY(request && request->state == govern::RequestState::Void);
        QCOMPARE(request->why, std::string(isRetired ? "key_revoked" : "standing_reduced"));
        QCOMPARE(fixture.ledger("person.left").size(), std::size_t(isRetired ? 1 : 0));
        record::GovernanceAudit audit; // the auditor knows who joined, until they were retired
        for (const LedgerEntry& entry : fixture.ledger(""))
            audit.add(entry);
        QVERIFY2(audit.problems().empty(), audit.problems().empty() ? "" : audit.problems().front().what.c_str());
        QVERIFY(!held->applySigned(signedBy(anna, "417733", "halt"), {}));
        // Another commander's approval alone does not make it two.
        const auto second = fixture.answer(*held, destroy->request, "user:commander-a", true, 2);
        QVERIFY(!held->apply(engine::SubmitReply{second.reply}, {}));
        for (const LedgerEntry& entry : fixture.ledger("action.intended"))
            QVERIFY(entry.data["step"].asString() != destroy->id);
    }

    void aFileThatNamesAPersonMakesNoneInACase()
    {
        CaseFixture fixture;
        fixture.machine.pass(MachineClock().now() - fixture.machine.now());
        const auto folder = engine::PeopleOffice::folder(fixture.home());
        CaseFixture::must(govern::createPerson(folder, anna, "A", {"commander"}, crypto::SecretBytes::copyOf("417733"),
                                               crypto::SecretBytes::copyOf("12345678901234567890"), {}, {16, 1, 1}));
        const auto held = fixture.run();
        const auto join = CaseFixture::must(govern::signOrder({folder, anna, crypto::SecretBytes::copyOf("417733"), {}},
                                                              Value::Object{{"command", "join"}, {"case", CaseFixture::must(record::caseOrigin(fixture.folder()))}},
                                                              fixture.machine));
        const auto taken = held->applySigned(join, {});
        QVERIFY(!taken && taken.error().detail.rfind("person_unknown", 0) == 0);
    }
};

QTEST_GUILESS_MAIN(TestSeveralConsoles)
#include "tst_several_consoles.moc"
