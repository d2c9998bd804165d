#include "core/engine/case_report.h"
#include "tests/core/engine/case_fixture.h"
#include "tests/core/engine/signed_orders.h"

#include <QFile>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace cordon;
using namespace cordon::tests;

namespace {

namespace fs = std::filesystem;

/// A file system of a few megabytes in a mount namespace of this process alone.
bool mountSmall(const fs::path& at, const char* size)
{
    fs::create_directories(at);
    const uid_t user = ::geteuid();
    if (user != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
        return false;
    if (user == 0 && ::unshare(CLONE_NEWNS) != 0)
        return false;
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return false;
    return ::mount("tmpfs", at.c_str(), "tmpfs", 0, (std::string("size=") + size).c_str()) == 0;
}

/// Takes all room that is left, and gives it back.
class Ballast
{
public:
    explicit Ballast(fs::path file) : m_file(std::move(file)) {}
    void fill() const
    {
        const int file = ::open(m_file.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
        const std::string block(4096, 'b');
        for (std::size_t size : {block.size(), std::size_t(256), std::size_t(1)}) {
            while (::write(file, block.data(), size) == static_cast<ssize_t>(size)) {
            }
        }
        ::close(file);
    }
    void giveBack() const { fs::remove(m_file); }

private:
    fs::path m_file;
};

} // namespace

/// CR-06: a disk that fills up in the middle of an incident pauses the agent and loses nothing.
class TestDiskFull : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_place = std::make_unique<QTemporaryDir>();
    bool m_isMounted = false;

private slots:
    void initTestCase() { m_isMounted = mountSmall(m_place->filePath("small").toStdString(), "24m"); }

    // CR-06
    void cr06_aFullDiskPausesTheAgentAndLosesNothing()
    {
        if (!m_isMounted)
            QSKIP("no small file system can be mounted here");
        const fs::path small = m_place->filePath("small").toStdString();
        CaseFixture fixture;
        engine::EngineOptions options = fixture.options();
        options.folder = small / "a.cordon";
        std::vector<std::string> told;
        engine::AgentState agent = engine::AgentState::Observing;
        auto held = CaseFixture::must(engine::Pipeline::open(options, fixture.machine, [&](const engine::Notice& notice) {
            if (notice.message)
                told.push_back(notice.message->code);
            agent = notice.agent;
        }));
        VERIFY_DONE(held->run({}));
        const Step* waiting = CaseFixture::step(*held, "policy.detach");
        COMPARE_STATE(waiting, StepState::AwaitingApproval);
        const std::string step = waiting->id;
        const std::string deactivated = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey)->id;
        const std::int64_t entries = held->folder().ledger().size();

        const crypto::SigningKey key = keyOf(held->folder().path(), "user:analyst-a", fixture.machine.now());
        const Ballast ballast(small / "ballast");
        ballast.fill();
        // What people ask for is refused with the reason, and nothing of it happened.
        const auto incident = held->files().begin()->first;
        std::string longNote(8000, 'n');
        Result<void> noted;
        for (int i = 0; i < 20 && noted; ++i)
            noted = give(*held, fixture, "user:analyst-a", key, "note",
                         Value::Object{{"incident", toString(incident)}, {"text", longNote}});
        QVERIFY(!noted);
        QVERIFY2(noted.error().code == ErrorCode::DiskFull, noted.error().detail.c_str());
        const std::int64_t acknowledged = held->folder().ledger().size();
        QVERIFY(held->isPausedForRoom()); // it noticed by itself
        QVERIFY(agent == engine::AgentState::Paused);
        QVERIFY(std::find(told.begin(), told.end(), "engine.disk_full") != told.end());
        for (int i = 0; i < 3; ++i) { // time passes; nothing is tried and nothing breaks
            fixture.machine.pass(std::chrono::seconds(2));
            VERIFY_DONE(held->tick({}));
        }
        QVERIFY(held->isPausedForRoom());
        QCOMPARE(held->folder().ledger().size(), acknowledged);
        // Reading goes on.
        QCOMPARE(CaseFixture::must(held->folder().store().queries().countEvents({})), std::int64_t(SmallAttack::events));
        QVERIFY(!held->files().at(incident).brief.story.empty());
        const Event event = CaseFixture::must(held->folder().store().queries().event(EventId{1}));
        QVERIFY(!CaseFixture::must(held->folder().vault().read(event.cite)).empty());

        ballast.giveBack();
        fixture.machine.pass(std::chrono::seconds(2));
        VERIFY_DONE(held->tick({}));
        QVERIFY(!held->isPausedForRoom());
        QVERIFY(std::find(told.begin(), told.end(), "engine.disk_has_room") != told.end());
        QVERIFY(held->folder().ledger().isHealthy());
        COMPARE_STATE(held->fileOfStep(deactivated)->step(deactivated), StepState::Verified);
        COMPARE_STATE(held->fileOfStep(step)->step(step), StepState::AwaitingApproval);
        VERIFY_DONE(give(*held, fixture, "user:analyst-a", key, "note",
                         Value::Object{{"incident", toString(incident)}, {"text", "after it"}}));
        VERIFY_DONE(held->finish());
        QVERIFY(held->folder().ledger().size() > acknowledged && acknowledged >= entries);
        held.reset();
        record::AuditOptions audit;
        audit.home = fixture.home();
        const auto verdict = CaseFixture::must(record::LedgerAuditor(std::move(audit)).verify(small / "a.cordon"));
        QVERIFY2(verdict.exitStatus() == 0, verdict.toText().c_str());
        int notes = 0;
        CaseFixture::must(record::eachEntry(small / "a.cordon", 0, [&](const LedgerEntry& entry) {
            notes += entry.type == "incident.note" && entry.data["text"].asString() == "after it" ? 1 : 0;
            return true;
        }));
        QCOMPARE(notes, 1);
    }

    // CR-06, R7: what halts needs no room, and what people said before it counts no more once there is room again
    void cr06_aHaltOnAFullDiskHoldsAndVoidsWhatWaited_data()
    {
        QTest::addColumn<bool>("isLiftedMeanwhile");
        QTest::newRow("still halted when there is room") << false;
        QTest::newRow("lifted before there is room") << true;
    }
    void cr06_aHaltOnAFullDiskHoldsAndVoidsWhatWaited()
    {
        if (!m_isMounted)
            QSKIP("no small file system can be mounted here");
        QFETCH(bool, isLiftedMeanwhile);
        const fs::path small = m_place->filePath("small").toStdString();
        CaseFixture fixture;
        engine::EngineOptions options = fixture.options();
        options.folder = small / (isLiftedMeanwhile ? "d.cordon" : "c.cordon");
        engine::AgentState agent = engine::AgentState::Observing;
        auto held = CaseFixture::must(engine::Pipeline::open(
            options, fixture.machine, [&](const engine::Notice& notice) { agent = notice.agent; }));
        VERIFY_DONE(held->run({}));
        const std::string request = CaseFixture::step(*held, "policy.detach")->request;
        fixture.machine.pass(std::chrono::seconds(2));
        const Ballast ballast(small / "ballast");
        ballast.fill();
        Result<void> halted;
        for (int i = 0; i < 20 && halted; ++i) // a few fit into what blocks have left
            halted = held->apply(engine::Halt{"user:analyst-a", std::string(8000, 'h')}, {});
        QVERIFY(!halted);
        QVERIFY2(halted.error().code == ErrorCode::DiskFull, halted.error().detail.c_str());
        QVERIFY(held->killSwitch().state() == govern::StopState::Halted);
        QVERIFY(!held->approvals().openFor(held->approvals().find(request)->request.actionDigest));
        QVERIFY(held->isPausedForRoom()); // it noticed by itself
        QVERIFY(agent == engine::AgentState::Halted); // which is more than paused
        ballast.giveBack(); // the switch of an exercise lies in its case
        if (isLiftedMeanwhile)
            QVERIFY(held->killSwitch().resume({"user:analyst-a", "user:commander-b"}, fixture.machine.now()));
        fixture.machine.pass(std::chrono::seconds(2));
        VERIFY_DONE(held->tick({}));
        QVERIFY(!held->isPausedForRoom());
        VERIFY_DONE(held->tick({}));
        bool isVoid = false;
        bool isToldOfHalt = false;
        CaseFixture::must(record::eachEntry(options.folder, 0, [&](const LedgerEntry& entry) {
            isVoid = isVoid || entry.type == "approval.void";
            isToldOfHalt = isToldOfHalt || entry.type == "agent.halted" || entry.type == "agent.resumed";
            return true;
        }));
        QVERIFY(isVoid);
        QVERIFY(isToldOfHalt);
        QCOMPARE(fs::exists(record::haltPath(options.folder)), !isLiftedMeanwhile); // and survives a restart
        QVERIFY(held->approvals().find(request)->state == govern::RequestState::Void);
    }

    /// Heads and marks go to the home, which may be another disk: an entry that is durable happened all the same.
    // CR-06
    void cr06_aFullHomeMakesNoEntryUndone()
    {
        if (!m_isMounted)
            QSKIP("no small file system can be mounted here");
        const fs::path home = m_place->filePath("small").toStdString() + "/home";
        CaseFixture fixture;
        engine::EngineOptions options = fixture.options();
        options.home = home;
        auto held = fixture.run(options);
        const Ballast ballast(home.parent_path() / "ballast");
        ballast.fill();
        const std::int64_t entries = held->folder().ledger().size();
        const auto incident = held->files().begin()->first;
        // A halt asks for a signed head at once. There is no room for it, and yet it was written down.
        VERIFY_DONE(held->apply(engine::Halt{"user:analyst-a", "while the disk is full"}, {}));
        QCOMPARE(fixture.ledger("agent.halted").size(), std::size_t(1));
        QVERIFY(held->folder().ledger().size() > entries);
        const std::int64_t halted = held->folder().ledger().size();
        for (int i = 0; i < 5; ++i) {
            fixture.machine.pass(std::chrono::seconds(2));
            VERIFY_DONE(held->tick({}));
        }
        QCOMPARE(held->folder().ledger().size(), halted); // no entry a second that says there is room
        ballast.giveBack();
        fixture.machine.pass(std::chrono::seconds(2));
        VERIFY_DONE(held->tick({}));
        QVERIFY(!held->isPausedForRoom());
        VERIFY_DONE(give(*held, fixture, "user:analyst-a", "note",
                         Value::Object{{"incident", toString(incident)}, {"text", "after it"}}));
        VERIFY_DONE(held->finish());
        held.reset();
        record::AuditOptions audit;
        audit.home = home;
        const auto verdict = CaseFixture::must(record::LedgerAuditor(std::move(audit)).verify(fixture.folder()));
        QVERIFY2(verdict.exitStatus() == 0, verdict.toText().c_str());
    }

    // CR-06
    void cr06_aReadingThatFindsNoRoomLeavesACaseThatGoesOn()
    {
        if (!m_isMounted)
            QSKIP("no small file system can be mounted here");
        const fs::path small = m_place->filePath("small").toStdString();
        CaseFixture fixture;
        engine::EngineOptions options = fixture.options();
        options.folder = small / "b.cordon";
        {
            auto held = CaseFixture::must(engine::Pipeline::open(options, fixture.machine));
            const Ballast ballast(small / "ballast");
            ballast.fill();
            QVERIFY(!held->run({}));
            ballast.giveBack();
        }
        const auto held = CaseFixture::must(engine::Pipeline::open(options, fixture.machine));
        VERIFY_DONE(held->run({}));
        QCOMPARE(CaseFixture::must(held->folder().store().queries().countEvents({})), std::int64_t(SmallAttack::events));
        record::AuditOptions audit;
        audit.home = fixture.home();
        const auto verdict = CaseFixture::must(record::LedgerAuditor(std::move(audit)).verify(small / "b.cordon"));
        QVERIFY2(verdict.exitStatus() == 0, verdict.toText().c_str());
    }

    // CR-07
    void cr07_aSecondInstanceIsToldWhoHoldsTheCase()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        const auto second = engine::Pipeline::open(fixture.options(), fixture.machine);
        QVERIFY(!second);
        QVERIFY(second.error().code == ErrorCode::Conflict);
        QVERIFY(second.error().detail.find(std::to_string(::getpid())) != std::string::npos);
        // It reads all the same.
        const Value report = CaseFixture::must(engine::caseReport(fixture.folder()));
        QCOMPARE(report["events"].asInt(), std::int64_t(SmallAttack::events));
        QVERIFY(!fs::exists(fixture.folder() / "case.db.damaged-1"));
    }
};

QTEST_GUILESS_MAIN(TestDiskFull)
#include "tst_disk_full.moc"
