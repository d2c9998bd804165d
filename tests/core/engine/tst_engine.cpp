#include "core/engine/case_reader.h"
#include "core/engine/engine.h"
#include "tests/core/engine/case_fixture.h"

#include <mutex>

using namespace cordon;
using namespace cordon::tests;
using namespace std::chrono_literals;

namespace {

/// Keeps what the engine said.
class Hearing : public engine::Listener
{
public:
    void onNotice(const engine::Notice& notice) override
    {
        const std::lock_guard lock(m_mutex);
        m_notices.push_back(notice);
    }
    [[nodiscard]] engine::Notice last() const
    {
        const std::lock_guard lock(m_mutex);
        return m_notices.empty() ? engine::Notice() : m_notices.back();
    }
    [[nodiscard]] std::vector<engine::Notice> all() const
    {
        const std::lock_guard lock(m_mutex);
        return m_notices;
    }
    [[nodiscard]] std::string problem() const
    {
        for (const engine::Notice& notice : all()) {
            if (notice.isProblem && notice.message)
                return notice.message->args.count("why") ? notice.message->args.at("why") : notice.message->code;
        }
        return {};
    }

private:
    mutable std::mutex m_mutex;
    std::vector<engine::Notice> m_notices;
};

/// The engine uses the machine's own clocks; only the case clock can be made fast.
engine::EngineOptions pacedOptions(const CaseFixture& fixture)
{
    engine::EngineOptions options = fixture.options();
    options.replay = engine::ReplayMode::Paced;
    options.pace = 500;
    return options;
}

} // namespace

/// The engine on its own thread, as a window has it.
class TestEngine : public QObject
{
    Q_OBJECT

private slots:
    void aPacedReplayArrivesPieceByPieceAndEndsLive()
    {
        CaseFixture fixture;
        Hearing hearing;
        const auto engine = CaseFixture::must(engine::Engine::start(pacedOptions(fixture), hearing));
        QTRY_VERIFY_WITH_TIMEOUT(hearing.last().waitingApprovals >= 2, 30'000);
        std::uint64_t revision = 0;
        Timestamp clock;
        std::int64_t alerts = 0;
        std::set<std::int64_t> alertCounts;
        for (const engine::Notice& notice : hearing.all()) {
            QVERIFY(notice.revision > revision);
            QVERIFY(notice.caseNow >= clock || notice.phase <= engine::Phase::Ingesting || clock.micros() == 0 ||
                    notice.caseNow <
                        *Timestamp::parse("2026-11-21T11:58:03Z")); // the clock never runs back once it began
            QVERIFY(notice.alerts >= alerts);
            revision = notice.revision;
            alerts = notice.alerts;
            alertCounts.insert(notice.alerts);
            if (notice.phase >= engine::Phase::Deciding && notice.alerts > 0)
                clock = notice.caseNow;
        }
        QVERIFY2(alertCounts.size() > 2, "the alerts came all at once");
        const engine::Notice last = hearing.last();
        QCOMPARE(last.incidents, std::int64_t(1));
        QVERIFY(last.agent == engine::AgentState::Waiting);
        QVERIFY(last.isLedgerHealthy && last.ledgerEntries > 10 && last.needsYou == 1);
        QCOMPARE(hearing.problem(), std::string());
    }

    void haltTakesEffectBeforeSubmitReturns()
    {
        CaseFixture fixture;
        Hearing hearing;
        const auto engine = CaseFixture::must(engine::Engine::start(pacedOptions(fixture), hearing));
        engine->submit(engine::Halt{"user:analyst-a", "stop"}); // while it is still opening or reading
        QTRY_VERIFY_WITH_TIMEOUT(hearing.last().agent == engine::AgentState::Halted && hearing.last().alerts >= 3,
                                 30'000);
        for (const engine::Notice& notice : hearing.all())
            QVERIFY(notice.waitingApprovals == 0 && notice.actionsUsed == 0);
        QVERIFY(std::filesystem::exists(record::haltPath(fixture.folder()))); // an exercise halts itself alone
    }

    void haltWhileItWaitsStopsWhatIsOpen()
    {
        CaseFixture fixture;
        Hearing hearing;
        const auto engine = CaseFixture::must(engine::Engine::start(pacedOptions(fixture), hearing));
        QTRY_VERIFY_WITH_TIMEOUT(hearing.last().waitingApprovals >= 2, 30'000);
        engine->submit(engine::Halt{"user:analyst-a", "stop"});
        QVERIFY(!std::filesystem::exists(fixture.home() / "halt"));
        QVERIFY(govern::KillSwitch(record::haltPath(fixture.folder())).state() == govern::StopState::Halted);
        QTRY_VERIFY_WITH_TIMEOUT(hearing.last().agent == engine::AgentState::Halted, 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(hearing.last().waitingApprovals == 0, 10'000);
    }

    void aCaseThatCannotBeOpenedIsToldAndNothingCrashes()
    {
        CaseFixture fixture;
        std::filesystem::create_directories(fixture.folder());
        std::ofstream(fixture.folder() / "holiday.jpg") << "x";
        Hearing hearing;
        const auto engine = CaseFixture::must(engine::Engine::start(pacedOptions(fixture), hearing));
        QTRY_VERIFY_WITH_TIMEOUT(hearing.last().phase == engine::Phase::Closed, 10'000);
        QVERIFY(!hearing.problem().empty());
        engine->submit(engine::Assign{IncidentId{1}, "user:analyst-a", "user:analyst-a"});
    }

    void endingInTheMiddleLeavesACaseThatOpensAndVerifies()
    {
        CaseFixture fixture;
        Hearing hearing;
        auto engine = CaseFixture::must(engine::Engine::start(pacedOptions(fixture), hearing));
        QTRY_VERIFY_WITH_TIMEOUT(hearing.last().alerts >= 1, 30'000);
        engine.reset();
        QVERIFY(fixture.verdict().verdict == record::VerifyReport::Verdict::Ok);
        QVERIFY(engine::CaseReader::open(fixture.folder()));
    }

    void commandsGivenThroughTheInboxAreTakenOnce()
    {
        CaseFixture fixture;
        Hearing hearing;
        const auto engine = CaseFixture::must(engine::Engine::start(pacedOptions(fixture), hearing));
        QTRY_VERIFY_WITH_TIMEOUT(hearing.last().waitingApprovals >= 2, 30'000);
        const auto inbox = record::inboxPath(fixture.folder());
        std::ofstream(inbox / "1.part") << "garbage";
        std::filesystem::rename(inbox / "1.part", inbox / "1.command");
        QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(inbox / "1.command.refused"), 10'000);
        QVERIFY(!std::filesystem::exists(inbox / "1.command"));
        QTRY_COMPARE(fixture.ledger("inbox.refused").size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
