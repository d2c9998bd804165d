#include "core/engine/case_reader.h"
#include "core/engine/engine.h"
#include "tests/core/engine/signed_orders.h"
#include "tests/core/engine/three_attacks.h"

#include <mutex>

using namespace cordon;
using namespace cordon::tests;
using namespace std::chrono_literals;

namespace {

constexpr const char* analyst = "user:analyst-a";

/// A case on three attacks, whose tenant is split between three connectors.
class ThreeFixture : public CaseFixture
{
public:
    ThreeFixture() { ThreeAttacks::write(path("three.json")); }

    [[nodiscard]] engine::EngineOptions options() const
    {
        engine::EngineOptions options = CaseFixture::options();
        options.logs = {path("three.json")};
        return options;
    }
    /// The case with its tenant, before anything is read.
    [[nodiscard]] Held openSplit(const engine::EngineOptions& options, const std::string& delayOfB) const
    {
        Held held = open(options);
        splitTenant(delayOfB);
        return held;
    }
    void splitTenant(const std::string& delayOfB) const
    {
        const CaseClock clock(machine);
        (void)must(tenant::Tenant::create(record::tenantPath(folder()), ThreeAttacks::tenant(delayOfB), clock));
    }
    [[nodiscard]] static const engine::IncidentFile* fileOf(const engine::Pipeline& held, char letter)
    {
        for (const auto& [id, file] : held.files()) {
            if (file.incident.member({EntityKind::Credential, ThreeAttacks::newKey(letter), "", ""}))
                return &file;
        }
        return nullptr;
    }
    /// Every step with how it stands: what two replays must agree on.
    [[nodiscard]] static std::vector<std::string> picture(const engine::Pipeline& held)
    {
        std::vector<std::string> lines;
        for (const auto& [id, file] : held.files()) {
            for (const Step& step : file.plan.steps)
                lines.push_back(step.id + " " + step.action.type + " " + step.action.connector + " " +
                                stateName(&step) + (step.executedAt ? step.executedAt->toString() : ""));
        }
        return lines;
    }
    [[nodiscard]] int verified(const std::string& incident) const
    {
        int count = 0;
        for (const LedgerEntry& entry : ledger("outcome.verified"))
            count += entry.incident == incident ? 1 : 0;
        return count;
    }
};

class Hearing : public engine::Listener
{
public:
    void onNotice(const engine::Notice& notice) override
    {
        const std::lock_guard lock(m_mutex);
        m_last = notice;
    }
    [[nodiscard]] engine::Notice last() const
    {
        const std::lock_guard lock(m_mutex);
        return m_last;
    }

private:
    mutable std::mutex m_mutex;
    engine::Notice m_last;
};

} // namespace

/// Several incidents at once, each with a session of its own, and connectors that answer or do not.
class TestSessions : public QObject
{
    Q_OBJECT

private slots:
    void threeIncidentsEachHaveASessionAndAConnectorOfTheirOwn()
    {
        ThreeFixture fixture;
        const auto held = fixture.openSplit(fixture.options(), "");
        VERIFY_DONE(held->run({}));
        QCOMPARE(held->files().size(), std::size_t(3));
        for (const char letter : {'a', 'b', 'c'}) {
            const auto* file = ThreeFixture::fileOf(*held, letter);
            QVERIFY(file && file->session.isOpen && !file->session.isPaused);
            const Step* off = CaseFixture::step(*held, "credential.deactivate", ThreeAttacks::newKey(letter));
            COMPARE_STATE(off, StepState::Verified);
            QCOMPARE(off->action.connector, letter == 'a' ? std::string("exercise") : std::string(1, letter));
        }
        CaseFixture::must(held->finish());
        const auto verdict = fixture.verdict();
        QVERIFY2(verdict.verdict == record::VerifyReport::Verdict::Ok, verdict.toText().c_str());
    }

    // GOV-ASI08
    void aConnectorThatHangsHoldsUpNobodyElseAndEveryReplayIsTheSame()
    {
        std::vector<std::string> first;
        for (int i = 0; i < 2; ++i) {
            ThreeFixture fixture;
            const auto held = fixture.openSplit(fixture.options(), "hangs");
            VERIFY_DONE(held->run({}));
            for (const char letter : {'a', 'c'})
                COMPARE_STATE(CaseFixture::step(*held, "credential.deactivate", ThreeAttacks::newKey(letter)),
                              StepState::Verified);
            QVERIFY(ThreeFixture::fileOf(*held, 'b')->session.isPaused);
            for (const LedgerEntry& entry : fixture.ledger("action.intended"))
                QVERIFY(entry.data["action"]["connector"].asString() != "b");
            QCOMPARE(fixture.ledger("session.paused").size(), std::size_t(1));
            const auto picture = ThreeFixture::picture(*held);
            if (i == 0)
                first = picture;
            QCOMPARE(picture, first);
        }
    }

    // GOV-ASI08
    void aCallThatHangsIsUnknownIsNotRepeatedAndIsLookedAtLater()
    {
        ThreeFixture fixture;
        engine::EngineOptions options = fixture.options();
        std::map<std::string, int> executed;
        options.watchConnector = [&](std::unique_ptr<act::Connector> real) -> std::unique_ptr<act::Connector> {
            return std::make_unique<WatchedConnector>(std::move(real), [&](const std::string& call, const Action* action) {
                if (call == "execute")
                    ++executed[action->type + action->targets.front().id];
            });
        };
        const auto held = fixture.openSplit(options, "");
        {
            const CaseClock clock(fixture.machine);
            auto tenant = CaseFixture::must(tenant::Tenant::open(record::tenantPath(fixture.folder()), clock));
            VERIFY_DONE(tenant.failNext("credential.deactivate", tenant::Fault::Hang));
        }
        VERIFY_DONE(held->run({}));
        Step* hung = nullptr;
        for (const char letter : {'a', 'b', 'c'}) {
            Step* off = CaseFixture::step(*held, "credential.deactivate", ThreeAttacks::newKey(letter));
            if (off->state == StepState::Unknown)
                hung = off;
            else
                COMPARE_STATE(off, StepState::Verified);
        }
        QVERIFY(hung);
        QCOMPARE(fixture.ledger("outcome.unknown").size(), std::size_t(1));
        VERIFY_DONE(held->tick({})); // now it answers: the effect is not there
        COMPARE_STATE(hung, StepState::Failed);
        QCOMPARE(fixture.ledger("step.settled").size(), std::size_t(1));
        for (const auto& [what, count] : executed)
            QVERIFY2(count == 1, what.c_str());
    }

    // GOV-ASI08
    void twoFailuresInARowPauseTheSessionAndAPersonLetsItGoOn()
    {
        CaseFixture fixture;
        std::vector<std::string> calls;
        engine::EngineOptions options = fixture.options();
        options.watchConnector = [&](std::unique_ptr<act::Connector> real) -> std::unique_ptr<act::Connector> {
            return std::make_unique<WatchedConnector>(std::move(real), [&](const std::string& call, const Action* action) {
                if (call == "execute" && findVerb(action->type)->changes)
                    calls.push_back(action->type);
            });
        };
        const auto held = fixture.open(options);
        {
            const CaseClock clock(fixture.machine);
            auto tenant = CaseFixture::must(
                tenant::Tenant::create(record::tenantPath(fixture.folder()),
                                       Value::Object{{"tenant", "cordon/v1"}, {"name", "111122223333"}, {"environment", "exercise"}},
                                       clock));
            for (const char* call : {"evidence.snapshot", "inventory.read", "activity.watch", "credential.deactivate"})
                VERIFY_DONE(tenant.failNext(call, tenant::Fault::Refuse, 9));
        }
        VERIFY_DONE(held->run({}));
        const auto paused = fixture.ledger("session.paused");
        QCOMPARE(paused.size(), std::size_t(1));
        QVERIFY(held->files().begin()->second.session.isPaused);
        const auto isShownPaused = [&] {
            const auto reader = CaseFixture::must(engine::CaseReader::open(fixture.folder()));
            return CaseFixture::must(reader->incident(held->files().begin()->first)).isSessionPaused;
        };
        QVERIFY(isShownPaused());
        const std::size_t before = calls.size();
        VERIFY_DONE(held->tick({})); // nothing goes on by itself: no storm of retries
        QCOMPARE(calls.size(), before);
        const IncidentId incident = held->files().begin()->first;
        VERIFY_DONE(obey(*held, fixture, engine::ContinueSession{incident, analyst}));
        QVERIFY(!fixture.ledger("session.continued").empty());
        QVERIFY(!held->apply(engine::ContinueSession{incident, analyst}, {}) ||
                held->files().begin()->second.session.isPaused);
    }

    void aSessionPastItsTimeIsRenewedWithANewJudgementAndNoNewBudget()
    {
        CaseFixture fixture;
        engine::EngineOptions options = fixture.options();
        options.replay = engine::ReplayMode::None;
        const auto held = fixture.run(options);
        const auto& file = held->files().begin()->second;
        const engine::AgentSession first = file.session;
        QVERIFY(first.isOpen && first.actionsUsed > 0);
        const std::string request = CaseFixture::step(*held, "policy.detach")->request;
        fixture.machine.pass(13h); // the exercise's mandate says 12
        VERIFY_DONE(held->tick({}));
        VERIFY_DONE(held->tick({}));
        QVERIFY(file.session.isOpen && file.session.id != first.id);
        QCOMPARE(file.session.actionsUsed, first.actionsUsed);
        const LedgerEntry opened = fixture.ledger("session.open").back();
        QCOMPARE(opened.data["renews"].asString(), first.id);
        QCOMPARE(fixture.ledger("session.close").back().data["why"].asString(), std::string("ttl"));
        const Step* detach = CaseFixture::step(*held, "policy.detach");
        QVERIFY2(detach->state == StepState::AwaitingApproval && detach->request != request, stateName(detach).c_str());
        QVERIFY(held->approvals().find(request)->state != govern::RequestState::Pending);
    }

    /// What was used stays used, whatever became of the process and of the index.
    void whatASessionUsedSurvivesARestart()
    {
        CaseFixture fixture;
        int used = 0;
        int total = 0;
        std::string session;
        {
            const auto held = fixture.run();
            const auto& file = held->files().begin()->second;
            session = file.session.id;
            used = file.session.actionsUsed;
            VERIFY_DONE(held->finish());
            total = CaseFixture::must(CaseFixture::must(engine::CaseReader::open(fixture.folder()))->agent()).actionsUsed;
        }
        QVERIFY(used > 0 && total >= used);
        for (const bool isIndexGone : {false, true}) {
            for (const char* name : {"case.db", "case.db-wal", "case.db-shm", "case.db.sum"}) {
                if (isIndexGone)
                    std::filesystem::remove(fixture.folder() / name);
            }
            const auto held = fixture.wake();
            const auto& file = held->files().begin()->second;
            QCOMPARE(file.session.id, session);
            QCOMPARE(file.session.actionsUsed, used);
            VERIFY_DONE(held->finish());
            const auto reader = CaseFixture::must(engine::CaseReader::open(fixture.folder()));
            QCOMPARE(CaseFixture::must(reader->agent()).actionsUsed, total);
        }
    }

    // NHI1
    void nhi1ASessionThatEndedWhileTheCaseWasClosedIsCleanedUpAtTheNextStart()
    {
        CaseFixture fixture;
        fixture.run().reset();
        const std::size_t closed = fixture.ledger("session.close").size();
        fixture.machine.pass(13h);
        const auto held = fixture.wake();
        QVERIFY(!held->files().begin()->second.session.isOpen);
        QCOMPARE(fixture.ledger("session.close").size(), closed + 1);
        for (const auto& [id, request] : held->approvals().all())
            QVERIFY(request.state != govern::RequestState::Pending && request.state != govern::RequestState::Approved);
    }

    // NHI1
    void nhi1TheEndOfASessionTakesItsPermitsBack()
    {
        engine::LivePermits permits;
        permits.add("1", "s-a");
        permits.add("2", "s-b");
        permits.add("3", "");
        QCOMPARE(permits.revokeSession("s-a"), 1);
        QVERIFY(!permits.use("1"));
        QCOMPARE(permits.revokeAgents(), 1);
        QVERIFY(!permits.use("2"));
        QVERIFY(permits.use("3") && !permits.use("3")); // a person's own, once
    }

    void theNextSessionOpensWhenOneClosesHighestRiskFirst()
    {
        ThreeFixture fixture;
        engine::EngineOptions options = fixture.options();
        options.mostSessions = 1;
        options.replay = engine::ReplayMode::None; // all alerts come at once
        const auto held = fixture.openSplit(options, "");
        VERIFY_DONE(held->run({}));
        std::vector<const engine::IncidentFile*> open;
        std::vector<const engine::IncidentFile*> waiting;
        for (const auto& [id, file] : held->files())
            (file.session.isOpen ? open : waiting).push_back(&file);
        QCOMPARE(open.size(), std::size_t(1));
        QCOMPARE(waiting.size(), std::size_t(2));
        for (const auto* file : waiting)
            QVERIFY(file->session.isWaiting);
        std::vector<std::string> left;
        for (const Step& step : open.front()->plan.steps) {
            if (step.state == StepState::AwaitingApproval || step.state == StepState::Proposed)
                left.push_back(step.id);
        }
        for (const std::string& step : left)
            (void)obey(*held, fixture, engine::SkipStep{step, analyst, "by hand"});
        QVERIFY(!open.front()->session.isOpen);
        VERIFY_DONE(held->tick({}));
        const auto* next = waiting[0]->session.isOpen ? waiting[0] : waiting[1];
        const auto* last = next == waiting[0] ? waiting[1] : waiting[0];
        QVERIFY(next->session.isOpen && !last->session.isOpen);
        QVERIFY(next->incident.risk >= last->incident.risk);
    }

    /// The console's own way: a connector that never comes back, while others move, people speak and the agent halts.
    void threeAtOnceInALivingConsoleWithOneConnectorHanging()
    {
        ThreeFixture fixture;
        {
            const auto held = fixture.openSplit(fixture.options(), "hangs");
            CaseFixture::must(held->finish());
        }
        engine::EngineOptions options = fixture.options();
        options.replay = engine::ReplayMode::Paced;
        options.pace = 1'000'000;
        options.callTime = 24h; // it hangs as long as this test lives
        std::atomic<int> callsToB{0};
        std::atomic<int> changesAfterHalt{0};
        std::atomic<bool> isHalted{false};
        options.watchConnector = [&](std::unique_ptr<act::Connector> real) -> std::unique_ptr<act::Connector> {
            const bool isB = real->name() == "b";
            return std::make_unique<WatchedConnector>(std::move(real), [&, isB](const std::string& call, const Action* action) {
                callsToB += isB ? 1 : 0;
                changesAfterHalt += isHalted && (call == "undo" || (call == "execute" && findVerb(action->type)->changes));
            });
        };
        Hearing hearing;
        auto engine = CaseFixture::must(engine::Engine::start(options, hearing));
        QTRY_VERIFY_WITH_TIMEOUT(callsToB.load() == 1, 60'000);
        // Two requests or more in each of the other two: everything that runs by itself is done there.
        QTRY_VERIFY_WITH_TIMEOUT(hearing.last().needsYou == 2, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(hearing.last().incidents, std::int64_t(3), 60'000);
        QCOMPARE(callsToB.load(), 1); // still the first, still waiting
        const auto revision = hearing.last().revision;
        QTRY_VERIFY_WITH_TIMEOUT(hearing.last().revision > revision + 1, 30'000); // the engine's own loop goes on
        engine->submit(engine::Halt{analyst, "stop"});
        isHalted = true;
        QTRY_COMPARE_WITH_TIMEOUT(fixture.ledger("agent.halted").size(), std::size_t(1), 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(hearing.last().waitingApprovals, 0, 30'000);
        engine.reset(); // while the call still hangs
        QCOMPARE(changesAfterHalt.load(), 0);
        const auto verdict = fixture.verdict();
        QVERIFY2(verdict.verdict == record::VerifyReport::Verdict::Ok, verdict.toText().c_str());
    }
};

QTEST_GUILESS_MAIN(TestSessions)
#include "tst_sessions.moc"
