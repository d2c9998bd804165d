#include "core/govern/mandate_rules.h"
#include "core/platform/file.h"
#include "tests/core/engine/case_fixture.h"

#include <algorithm>

using namespace cordon;
using namespace cordon::tests;

namespace {

constexpr const char* analyst = "user:analyst-a";
constexpr const char* commander = "user:commander-b";

/// What somebody adds to the record who has the log key in force, and nothing of any person's.
void forge(const CaseFixture& fixture, LedgerDraft draft)
{
    record::Ledger ledger = CaseFixture::must(
        record::Ledger::open(fixture.folder(), record::LogKeys(fixture.home()), fixture.machine));
    draft.at = CaseFixture::must(Timestamp::parse(fixture.ledger().back().data["at"].asString())); // no session has ended
    (void)CaseFixture::must(ledger.append(std::move(draft)));
    (void)CaseFixture::must(ledger.checkpoint());
}

} // namespace

/// The record says what happened; that people wanted it, only their own signatures say.
class TestForgedRecord : public QObject
{
    Q_OBJECT

private slots:
    // AP-08, R7
    void anApprovalInTheRecordCountsOnlyUnderItsPersonsSignature_data()
    {
        QTest::addColumn<bool>("isSigned");
        QTest::addColumn<QByteArray>("person");
        QTest::newRow("as the person signed it") << true << QByteArray(analyst);
        QTest::newRow("with no signature") << false << QByteArray(analyst);
        QTest::newRow("in another's name") << true << QByteArray(commander);
    }
    void anApprovalInTheRecordCountsOnlyUnderItsPersonsSignature()
    {
        QFETCH(bool, isSigned);
        QFETCH(QByteArray, person);
        CaseFixture fixture;
        std::string request;
        std::string step;
        Approval given;
        {
            const auto held = fixture.run();
            const Step* detach = CaseFixture::step(*held, "policy.detach");
            request = detach->request;
            step = detach->id;
            given = CaseFixture::must(govern::readReply(fixture.answer(*held, request, analyst).reply));
        }
        const auto parties = CaseFixture::must(engine::ExerciseParties::open(record::exercisePath(fixture.folder())));
        const govern::Person* named = parties.people().find(person.toStdString());
        given.approver = named->id;
        if (!isSigned)
            given.signature = std::string(128, '0');
        Value::Array roles;
        for (const std::string& role : named->roles)
            roles.emplace_back(role);
        LedgerDraft draft;
        draft.type = "approval.granted";
        draft.actor = {Actor::Kind::Person, named->id};
        draft.data = Value::Object{{"step", step},
                                   {"request", request},
                                   {"desk", Value::Object{{"event", "given"},
                                                          {"reply", given.toReply()},
                                                          {"key", named->key.toString()},
                                                          {"roles", std::move(roles)},
                                                          {"at", fixture.ledger().back().data["at"]}}}};
        forge(fixture, std::move(draft));
        const auto held = fixture.wake();
        VERIFY_DONE(held->tick({}));
        const bool isGenuine = isSigned && person == analyst;
        const govern::DeskRequest* asked = held->approvals().find(request);
        const std::string became = std::string(toString(asked->state)) + ' ' + asked->why;
        QCOMPARE(QByteArray::fromStdString(became), QByteArray(isGenuine ? "approved " : "void signature_bad"));
        const auto ended = fixture.ledger("approval.void");
        QCOMPARE(ended.size(), std::size_t(isGenuine ? 0 : 1));
    }

    // GOV-ASI04, T13
    void aMandateInTheRecordIsInForceOnlyUnderItsOwnersSignatures()
    {
        CaseFixture fixture;
        (void)fixture.run();
        const Value first = fixture.ledger("mandate.in_force").front().data;
        std::string text = first["text"].asString();
        text.replace(text.find("revision: 1"), 11, "revision: 2");
        const Mandate wider = CaseFixture::must(govern::parseMandate(text, "wider"));
        Value data = first;
        data.set("text", text);
        data.set("revision", 2);
        data.set("digest", wider.digest);
        data.set("signers", Value::Array{"user:nobody-a", "user:nobody-b"});
        LedgerDraft draft;
        draft.type = "mandate.in_force";
        draft.actor = {Actor::Kind::Engine, "cordon"};
        draft.mandate = wider.digest;
        draft.data = std::move(data);
        forge(fixture, std::move(draft));
        engine::EngineOptions options = fixture.options("");
        options.logs.clear();
        options.replay = engine::ReplayMode::None;
        const auto held = fixture.open(options);
        const auto woken = held->wake();
        QVERIFY(!woken && woken.error().code == ErrorCode::Untrusted);
        QVERIFY2(woken.error().detail.find("0 of 2") != std::string::npos, woken.error().detail.c_str());
    }

    // GOV-ASI10, T13
    void aHaltWhoseFileWentAwayHoldsUntilPeopleResume_data()
    {
        QTest::addColumn<bool>("isOwn");
        QTest::newRow("the case's own") << true;
        QTest::newRow("the installation's") << false;
    }
    void aHaltWhoseFileWentAwayHoldsUntilPeopleResume()
    {
        QFETCH(bool, isOwn);
        CaseFixture fixture;
        const std::filesystem::path everywhere = fixture.home() / "halt";
        {
            const auto held = fixture.run();
            if (isOwn) {
                VERIFY_DONE(held->apply(engine::Halt{analyst, "a doubt"}, {}));
            } else {
                VERIFY_DONE(govern::KillSwitch(everywhere).halt(analyst, "a doubt", fixture.machine.now()));
                VERIFY_DONE(held->tick({}));
            }
        }
        QVERIFY(std::filesystem::remove(isOwn ? record::haltPath(fixture.folder()) : everywhere));
        for (int i = 0; i < 2; ++i) { // also when it was opened before
            const auto held = fixture.wake();
            QVERIFY(held->killSwitch().state() == govern::StopState::Halted);
            VERIFY_DONE(held->tick({}));
            QVERIFY(held->killSwitch().state() == govern::StopState::Halted);
            QVERIFY(held->approvals().openFor("") == nullptr);
        }
        if (isOwn) // what lies in the folder is nobody's word
            VERIFY_DONE(platform::writeFileAtomically(
                record::haltPath(fixture.folder()).concat(".lifted"),
                json::write(Value::Object{{"v", 1},
                                          {"id", fixture.ledger("agent.halted").front().data["halt"].asString()},
                                          {"at", fixture.machine.now().toString()},
                                          {"resumed_by", Value::Array{analyst, commander}}})));
        const auto held = fixture.wake();
        QVERIFY(held->killSwitch().state() == govern::StopState::Halted);
        VERIFY_DONE(held->apply(engine::Resume{{analyst, commander}}, {}));
        QVERIFY(held->killSwitch().state() == govern::StopState::Running);
    }

    // NHI2: a sitting may bring logs, and keys are none
    void cordonsOwnFilesAreNoLogs()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        const std::filesystem::path key = fixture.home() / "keys" / "installation.root";
        QVERIFY(std::filesystem::exists(key));
        const std::filesystem::path link = fixture.path("innocent.json");
        std::filesystem::create_symlink(key, link);
        const std::size_t sealed = fixture.ledger("evidence.").size();
        for (const std::filesystem::path& file : {key, link, record::exercisePath(fixture.folder()) / "agent.key"}) {
            QVERIFY(std::filesystem::exists(file));
            const std::int64_t before = held->rejectedInRun();
            VERIFY_DONE(held->apply(engine::AddSources{{file}, {}, analyst}, {}));
            QCOMPARE(held->rejectedInRun() - before, std::int64_t(1));
        }
        QVERIFY(fixture.ledger("evidence.").size() == sealed);
        for (const std::filesystem::path& root : {fixture.home(), fixture.home() / "keys", fixture.home().parent_path()}) {
            const auto followed = held->apply(engine::Follow{{root}, analyst}, {});
            QVERIFY(!followed && followed.error().code == ErrorCode::Denied);
        }
    }

    void aHaltThatPeopleLiftedElsewhereIsLiftedHere()
    {
        CaseFixture fixture;
        const std::filesystem::path everywhere = fixture.home() / "halt";
        {
            const auto held = fixture.run();
            VERIFY_DONE(govern::KillSwitch(everywhere).halt(analyst, "a doubt", fixture.machine.now()));
            VERIFY_DONE(held->tick({}));
        }
        QVERIFY(*govern::KillSwitch(everywhere).resume({analyst, commander}, fixture.machine.now()) ==
                govern::StopState::Running);
        const auto held = fixture.wake();
        VERIFY_DONE(held->tick({}));
        QVERIFY(held->killSwitch().state() == govern::StopState::Running);
        QVERIFY(!fixture.ledger("agent.resumed").empty());
    }
};

QTEST_GUILESS_MAIN(TestForgedRecord)
#include "tst_forged_record.moc"
