#include "core/crypto/sealed_box.h"
#include "core/engine/supply.h"
#include "core/govern/personal_signature.h"
#include "tests/core/engine/signed_orders.h"
#include "tests/core/engine/three_attacks.h"
#include "tests/support/enrolled_people.h"

using namespace cordon;
using namespace cordon::test;
using namespace cordon::tests;
using namespace std::chrono_literals;

namespace {

constexpr const char* analyst = "user:analyst-a";
constexpr const char* commander = "user:commander-b";

/// A case whose connector is watched: a test can halt, or let time pass, at any call.
class WatchedCase
{
public:
    CaseFixture fixture;
    std::vector<std::string> changes; ///< execute and undo of what changes something, in order
    std::function<void(const std::string& call, const Action* action)> atCall;
    std::unique_ptr<engine::Pipeline> held;

    void open(engine::ReplayMode replay = engine::ReplayMode::Batch)
    {
        engine::EngineOptions options = fixture.options();
        options.replay = replay;
        options.callTime = 24h;
        options.watchConnector = [this](std::unique_ptr<act::Connector> real) -> std::unique_ptr<act::Connector> {
            return std::make_unique<WatchedConnector>(
                std::move(real), [this](const std::string& call, const Action* action) {
                    if (call == "undo" || (call == "execute" && findVerb(action->type)->changes))
                        changes.push_back(call);
                    if (atCall)
                        atCall(call, action);
                });
        };
        held = fixture.open(options);
    }
    /// The engine's thread waits meanwhile, so this may look at its steps.
    [[nodiscard]] bool isExecuting(const std::string& verb) const
    {
        for (const auto& [id, file] : held->files()) {
            for (const Step& step : file.plan.steps) {
                if (step.action.type == verb && step.state == StepState::Executing)
                    return true;
            }
        }
        return false;
    }
    void halt() { (void)held->killSwitch().halt(analyst, "now", fixture.machine.now()); }
};

} // namespace

/// Halt in every phase: what is counted are calls that began after it, not milliseconds.
class TestHalting : public QObject
{
    Q_OBJECT

private slots:
    // GOV-ASI10 (i), T13
    void govAsi10HaltDuringEvaluationLetsNothingBegin()
    {
        WatchedCase c;
        c.open();
        c.atCall = [&](const std::string& call, const Action*) {
            if (call == "inspect")
                c.halt();
        };
        VERIFY_DONE(c.held->run({}));
        QVERIFY(c.changes.empty());
        QVERIFY(c.fixture.ledger("action.intended").empty());
    }

    // GOV-ASI10 (ii)
    void govAsi10HaltWhilePeopleAreAskedVoidsTheirAnswers()
    {
        WatchedCase c;
        c.open();
        VERIFY_DONE(c.held->run({}));
        const std::size_t before = c.changes.size();
        const std::string request = CaseFixture::step(*c.held, "policy.detach")->request;
        const auto given = c.fixture.answer(*c.held, request, analyst);
        VERIFY_DONE(c.held->apply(engine::Halt{analyst, "now"}, {}));
        QVERIFY(!c.held->apply(engine::SubmitReply{given.reply}, {}));
        VERIFY_DONE(c.held->apply(engine::Resume{{analyst, analyst}}, {}));
        QVERIFY(c.held->killSwitch().state() == govern::StopState::ObserveOnly); // one person: only T0
        QCOMPARE(c.changes.size(), before);
        VERIFY_DONE(c.held->apply(engine::Resume{{commander}}, {}));
        QVERIFY(c.held->killSwitch().state() == govern::StopState::Running);
        QVERIFY(!c.held->apply(engine::SubmitReply{given.reply}, {})); // what was void stays void
        QCOMPARE(c.changes.size(), before);
    }

    // GOV-ASI10 (iii)
    void govAsi10HaltBetweenPermitAndExecutionMakesThePermitWorthless()
    {
        WatchedCase c;
        c.open();
        c.atCall = [&](const std::string& call, const Action*) {
            if (call == "inspect" && c.isExecuting("credential.deactivate"))
                c.halt(); // the permit is given, the target is looked at for the last time
        };
        VERIFY_DONE(c.held->run({}));
        QVERIFY(c.changes.empty());
        const auto intended = c.fixture.ledger("action.intended").back();
        const auto closed = c.fixture.ledger("outcome.").back();
        QCOMPARE(closed.data["permit"].asString(), intended.data["permit"].asString());
        QVERIFY(closed.type == "outcome.failed" && !closed.data["attempted"].asBool());
        c.atCall = {};
        VERIFY_DONE(c.held->apply(engine::Resume{{analyst, commander}}, {}));
        QVERIFY(c.held->killSwitch().state() == govern::StopState::Running);
        VERIFY_DONE(c.held->tick({}));
        QCOMPARE(c.changes.size(), std::size_t(1)); // what never began is judged anew; a resume revives no permit
        QVERIFY(c.fixture.ledger("action.intended").back().data["permit"].asString() != intended.data["permit"].asString());
        const auto outcomes = c.fixture.ledger("outcome.");
        QCOMPARE(std::count_if(outcomes.begin(), outcomes.end(),
                               [&](const LedgerEntry& entry) {
                                   return entry.data["permit"].asString() == intended.data["permit"].asString();
                               }),
                 1);
    }

    // GOV-ASI10 (iv)
    void govAsi10HaltDuringRollbackLeavesTheContainmentAndAPersonMayUndo()
    {
        WatchedCase c;
        c.open(engine::ReplayMode::None);
        VERIFY_DONE(c.held->run({}));
        Step* off = CaseFixture::step(*c.held, "credential.deactivate", SmallAttack::newKey);
        COMPARE_STATE(off, StepState::Verified);
        off->isTargetMadeByIncident = false; // else its lease never gives back
        const std::size_t before = c.changes.size();
        bool hasHalted = false;
        c.atCall = [&](const std::string& call, const Action*) {
            if (call == "inspect" && !hasHalted) {
                hasHalted = true;
                c.halt();
            }
        };
        c.fixture.machine.pass(61min); // the lease ends, and Cordon looks whether to give back
        VERIFY_DONE(c.held->tick({}));
        QVERIFY(hasHalted);
        QCOMPARE(c.changes.size(), before);
        COMPARE_STATE(off, StepState::Verified);
        VERIFY_DONE(c.held->tick({}));
        QCOMPARE(c.changes.size(), before);
        VERIFY_DONE(obey(*c.held, c.fixture, engine::UndoStep{off->id, analyst, false})); // under their own identity
        COMPARE_STATE(off, StepState::Reverted);
        QCOMPARE(c.changes.back(), std::string("undo"));
        const Value usage = c.fixture.ledger("outcome.verified").back().data["usage"]; // frees its place, if it had one
        QCOMPARE(usage["verb"].asString(), off->action.type);
        QCOMPARE(usage["targets"].asArray().front()["id"].asString(), off->action.targets.front().id);
    }

    // AP-06, R8: a clock that leaps ahead ends no lease, before somebody vouches for it
    void ap06AClockThatLeapsAheadGivesNothingBack()
    {
        WatchedCase c;
        c.open(engine::ReplayMode::None);
        VERIFY_DONE(c.held->run({}));
        Step* off = CaseFixture::step(*c.held, "credential.deactivate", SmallAttack::newKey);
        off->isTargetMadeByIncident = false; // else its lease never gives back
        VERIFY_DONE(c.held->tick({}));
        c.fixture.machine.setWall(59s); // set right, as a time server does
        VERIFY_DONE(c.held->tick({}));
        QVERIFY(c.fixture.ledger("clock.distrusted").empty());
        c.fixture.machine.setWall(365 * 24h);
        const std::size_t before = c.changes.size();
        VERIFY_DONE(c.held->tick({}));
        VERIFY_DONE(c.held->tick({}));
        QCOMPARE(c.fixture.ledger("clock.distrusted").size(), std::size_t(1));
        QCOMPARE(c.fixture.ledger("clock.distrusted")[0].data["why"].asString(), std::string("clock_ahead"));
        COMPARE_STATE(off, StepState::Verified);
        QVERIFY(!off->isLeaseOverdue);
        QCOMPARE(c.changes.size(), before);
        VERIFY_DONE(obey(*c.held, c.fixture, engine::Present{commander}));
        VERIFY_DONE(c.held->tick({}));
        QVERIFY(off->state == StepState::Reverted || off->isLeaseOverdue); // decided now
        QCOMPARE(c.fixture.ledger("clock.distrusted").size(), std::size_t(1));
    }

    void leasesStandStillWhileHalted()
    {
        WatchedCase c;
        c.open(engine::ReplayMode::None);
        VERIFY_DONE(c.held->run({}));
        const Step* off = CaseFixture::step(*c.held, "credential.deactivate", SmallAttack::newKey);
        const Timestamp until = *off->leaseUntil;
        VERIFY_DONE(c.held->apply(engine::Halt{analyst, "now"}, {}));
        c.fixture.machine.pass(3h);
        VERIFY_DONE(c.held->tick({}));
        COMPARE_STATE(off, StepState::Verified);
        QVERIFY(!off->isLeaseOverdue);
        VERIFY_DONE(c.held->apply(engine::Resume{{analyst, commander}}, {}));
        QCOMPARE(off->leaseUntil->toString(), (until + 3h).toString());
        VERIFY_DONE(c.held->tick({}));
        QVERIFY(!off->isLeaseOverdue);
        c.fixture.machine.pass(61min);
        VERIFY_DONE(c.held->tick({}));
        QVERIFY(off->isLeaseOverdue);
    }

    /// The mandate's heartbeat is 10 minutes: an engine that stands still that long begins nothing.
    void theDeadMansTimerStopsAnEngineThatStandsStill()
    {
        WatchedCase c;
        c.open();
        bool hasPassed = false;
        c.atCall = [&](const std::string& call, const Action*) {
            if (call == "inspect" && !hasPassed && c.isExecuting("credential.deactivate")) {
                hasPassed = true;
                c.fixture.machine.pass(11min);
            }
        };
        VERIFY_DONE(c.held->run({}));
        QVERIFY(hasPassed && c.changes.empty());
        const auto closed = c.fixture.ledger("outcome.").back();
        QVERIFY(!closed.data["attempted"].asBool());
        VERIFY_DONE(c.held->tick({}));
        QCOMPARE(c.fixture.ledger("agent.heartbeat_missed").size(), std::size_t(1));
    }

    // MANAGE-2.4, MANAGE 2.4
    void manage24ADrillHaltsIsRecordedAndAnOverdueOneRefusesNothing()
    {
        WatchedCase c;
        c.open(engine::ReplayMode::None);
        VERIFY_DONE(c.held->run({}));
        QVERIFY(govern::drillState(c.held->killSwitch().lastDrill(), c.fixture.machine.now()) ==
                govern::DrillState::Overdue);
        Step* off = CaseFixture::step(*c.held, "credential.deactivate", SmallAttack::newKey);
        VERIFY_DONE(obey(*c.held, c.fixture, engine::UndoStep{off->id, analyst, false})); // overdue: undone all the same
        const std::size_t before = c.changes.size();
        VERIFY_DONE(c.held->apply(engine::Halt{analyst, "practice", true}, {}));
        QVERIFY(c.held->killSwitch().state() == govern::StopState::Halted);
        const auto drill = c.fixture.ledger("halt.drill");
        QCOMPARE(drill.size(), std::size_t(1));
        QCOMPARE(drill.front().data["state"].asString(), std::string("halted"));
        QCOMPARE(drill.front().actor.id, std::string("cordon")); // under whose name, is anybody's to say
        QCOMPARE(drill.front().data["by"].asString(), std::string(analyst));
        VERIFY_DONE(c.held->tick({}));
        QCOMPARE(c.changes.size(), before);
        const Timestamp done = *c.held->killSwitch().lastDrill();
        using govern::DrillState;
        QVERIFY(govern::drillState(done, done + 24h * 75) == DrillState::Fine);
        QVERIFY(govern::drillState(done, done + 24h * 76) == DrillState::DueSoon); // 14 days ahead
        QVERIFY(govern::drillState(done, done + 24h * 90) == DrillState::Overdue);
        QVERIFY(govern::drillState(done, done - 1h) == DrillState::Overdue); // a clock set back proves nothing
    }

    // MANAGE-2.4, MANAGE 2.4
    void manage24ADrillFromElsewhereIsRecordedByWhoeverHoldsTheCase()
    {
        WatchedCase c;
        c.open();
        VERIFY_DONE(c.held->run({}));
        govern::KillSwitch elsewhere(c.fixture.home() / "halt");
        VERIFY_DONE(elsewhere.halt(commander, "practice", c.fixture.machine.now(), true));
        VERIFY_DONE(c.held->tick({}));
        VERIFY_DONE(c.held->tick({}));
        QCOMPARE(c.fixture.ledger("halt.drill").size(), std::size_t(1));
        QCOMPARE(c.fixture.ledger("halt.drill").front().data["by"].asString(), std::string(commander));
    }

    /// The PINs of an exercise are on its banner.
    void anExercisesPeopleLiftTheirOwnHaltAndNotTheInstallations()
    {
        CaseFixture fixture;
        fixture.machine.pass(MachineClock().now() - fixture.machine.now());
        test::EnrolledPeople people(fixture.home());
        people.enrol("user:olga", {"owner", "commander"}, "209841");
        people.enrol("user:anna", {"analyst", "commander"}, "417733");
        people.enrol("user:omar", {"analyst"}, "552871");
        const auto held = fixture.run();
        const std::filesystem::path everywhere = fixture.home() / "halt";
        VERIFY_DONE(held->apply(engine::Halt{analyst, "practice"}, {}));
        QVERIFY(!std::filesystem::exists(everywhere) && std::filesystem::exists(record::haltPath(fixture.folder())));
        VERIFY_DONE(held->apply(engine::Resume{{analyst, commander}}, {}));
        QVERIFY(held->killSwitch().state() == govern::StopState::Running);

        VERIFY_DONE(govern::KillSwitch(everywhere).halt("user:olga", "for real", fixture.machine.now()));
        const auto refused = held->apply(engine::Resume{{analyst, commander}}, {});
        QVERIFY(!refused && refused.error().detail.rfind("installation_halted", 0) == 0);
        // Nor together with one of the installation's, nor by one of those who is not in this case.
        QVERIFY(!held->apply(engine::Resume{{"user:olga", analyst}}, {}));
        QVERIFY(!held->apply(engine::Resume{{"user:olga", "user:anna"}}, {}));
        VERIFY_DONE(held->apply(engine::Halt{analyst, "both"}, {}));
        QVERIFY(!held->apply(engine::Resume{{analyst, commander}}, {}));
        QVERIFY(!std::filesystem::exists(record::haltPath(fixture.folder())));
        QVERIFY(govern::KillSwitch(everywhere).state() == govern::StopState::Halted);

        const auto give = [&](const std::string& person, const std::string& pin, const char* command) {
            fixture.machine.pass(std::chrono::seconds(30)); // a code counts once
            const auto code = crypto::totpCode(crypto::SecretBytes::copyOf("12345678901234567890"),
                                               fixture.machine.now().micros() / 30'000'000);
            const auto order = CaseFixture::must(govern::signOrder(
                {engine::PeopleOffice::folder(fixture.home()), person, crypto::SecretBytes::copyOf(pin), code},
                Value::Object{{"command", command}, {"case", CaseFixture::must(record::caseOrigin(fixture.folder()))}}, fixture.machine));
            return held->applySigned(order, {});
        };
        VERIFY_DONE(give("user:olga", "209841", "join"));
        VERIFY_DONE(give("user:anna", "417733", "join"));
        VERIFY_DONE(give("user:olga", "209841", "resume"));
        QVERIFY(held->killSwitch().state() == govern::StopState::ObserveOnly);
        VERIFY_DONE(give("user:anna", "417733", "resume"));
        QVERIFY(held->killSwitch().state() == govern::StopState::Running && !std::filesystem::exists(everywhere));
    }

    void resumingTakesAsManyPeopleAsTheMandateAsksFor()
    {
        CaseFixture fixture;
        engine::EngineOptions options = fixture.options();
        const auto own = fixture.path("resources");
        std::filesystem::copy(options.resources, own, std::filesystem::copy_options::recursive);
        const auto file = own / "mandates" / "exercise.yaml";
        std::string text = CaseFixture::must(platform::readFile(file, 1U << 20U));
        const std::string usual = "resume: {T0: 1, T1: 2}";
        QVERIFY(text.find(usual) != std::string::npos);
        text.replace(text.find(usual), usual.size(), "resume: {T0: 2, T1: 3}");
        CaseFixture::must(platform::writeFileAtomically(file, text));
        std::filesystem::create_directories(fixture.home());
        VERIFY_DONE(engine::acceptSupply(own, fixture.home(), {"mandates/exercise.yaml"}));
        options.resources = own;
        const auto held = fixture.run(options);
        VERIFY_DONE(held->apply(engine::Halt{analyst, "stop"}, {}));
        VERIFY_DONE(held->apply(engine::Resume{{analyst}}, {}));
        QVERIFY(held->killSwitch().state() == govern::StopState::Halted);
        VERIFY_DONE(held->apply(engine::Resume{{commander}}, {}));
        QVERIFY(held->killSwitch().state() == govern::StopState::ObserveOnly);
        VERIFY_DONE(held->apply(engine::Resume{{"user:commander-a"}}, {}));
        QVERIFY(held->killSwitch().state() == govern::StopState::Running);
    }

    // GOV-ASI10
    void govAsi10AHaltWhileNobodyHoldsTheCaseVoidsWhatWaitedAndItIsAskedAfresh()
    {
        CaseFixture fixture;
        std::string request;
        std::string reply;
        {
            const auto held = fixture.run();
            request = CaseFixture::step(*held, "policy.detach")->request;
            reply = fixture.answer(*held, request, analyst).reply;
        }
        const std::size_t before = fixture.ledger("action.intended").size();
        VERIFY_DONE(govern::KillSwitch(fixture.home() / "halt").halt(commander, "overnight", fixture.machine.now()));
        {
            const auto held = fixture.wake();
            QVERIFY(held->approvals().find(request)->state == govern::RequestState::Void);
            QCOMPARE(fixture.ledger("agent.halted").size(), std::size_t(1));
            QCOMPARE(fixture.ledger("agent.halted").front().actor.id, std::string(commander));
            const auto refused = held->apply(engine::SubmitReply{reply}, {});
            QVERIFY(!refused && refused.error().detail.rfind("halted", 0) == 0);
        }
        {
            const auto held = fixture.wake(); // the same halt is noted once
            QCOMPARE(fixture.ledger("agent.halted").size(), std::size_t(1));
            VERIFY_DONE(obey(*held, fixture, engine::Resume{{analyst}}));
        }
        const auto held = fixture.wake();
        VERIFY_DONE(obey(*held, fixture, engine::Resume{{commander}}));
        QCOMPARE(fixture.ledger("action.intended").size(), before);
        const Step* detach = CaseFixture::step(*held, "policy.detach");
        COMPARE_STATE(detach, StepState::AwaitingApproval);
        QVERIFY(detach->request != request);
        QVERIFY(!held->apply(engine::SubmitReply{reply}, {}));
        const auto fresh = fixture.answer(*held, detach->request, analyst);
        VERIFY_DONE(held->apply(engine::SubmitReply{fresh.reply}, {}));
        COMPARE_STATE(detach, StepState::Verified);
    }

    /// Whatever comes in meanwhile is judged when it is over: a halt is no denial.
    void whatIsJudgedWhileHaltedIsNotDeniedForGood()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        VERIFY_DONE(held->apply(engine::Halt{analyst, "now"}, {}));
        Step* detach = CaseFixture::step(*held, "policy.detach");
        VERIFY_DONE(held->tick({}));
        VERIFY_DONE(obey(*held, fixture, engine::AskAgain{detach->id, commander}));
        QCOMPARE(detach->note.code, std::string("step.waits.halted"));
        COMPARE_STATE(detach, StepState::Proposed);
        VERIFY_DONE(held->apply(engine::Resume{{analyst}}, {}));
        // Something else is decided while the agent only observes, so that the incident is looked at again.
        VERIFY_DONE(obey(*held, fixture, engine::SkipStep{CaseFixture::step(*held, "credential.delete")->id, analyst, "later"}));
        COMPARE_STATE(detach, StepState::Proposed);
        VERIFY_DONE(held->apply(engine::Resume{{commander}}, {}));
        COMPARE_STATE(CaseFixture::step(*held, "policy.detach"), StepState::AwaitingApproval);
    }

    /// A sitting may skip a step; skipping the look at a thing gives no leave to change it.
    void whatNobodyLookedAtIsNotChanged()
    {
        WatchedCase c;
        c.open(engine::ReplayMode::None);
        VERIFY_DONE(c.held->apply(engine::Halt{analyst, "before anything"}, {}));
        VERIFY_DONE(c.held->run({}));
        QVERIFY(c.changes.empty());
        const Step* off = CaseFixture::step(*c.held, "credential.deactivate");
        int skipped = 0;
        for (const Step& step : c.held->files().begin()->second.plan.steps) {
            if (step.action.type == "evidence.snapshot" && step.action.targets == off->action.targets) {
                VERIFY_DONE(obey(*c.held, c.fixture, engine::SkipStep{step.id, analyst, "no time"}));
                ++skipped;
            }
        }
        QVERIFY(skipped > 0);
        VERIFY_DONE(c.held->apply(engine::Resume{{analyst, commander}}, {}));
        QVERIFY(off->state != StepState::Verified && off->state != StepState::Denied);
        QVERIFY(off->decision && off->decision->effect == Effect::Hold);
        const auto& missing = off->decision->missing;
        QVERIFY(std::find(missing.begin(), missing.end(), "precheck:evidence_preserved") != missing.end());
    }

    void aHaltThatCameAndWentWhileNobodyHeldTheCaseVoidsWhatWaited()
    {
        CaseFixture fixture;
        const std::string request = CaseFixture::step(*fixture.run(), "policy.detach")->request;
        fixture.machine.pass(std::chrono::minutes(1));
        govern::KillSwitch everywhere(fixture.home() / "halt");
        VERIFY_DONE(everywhere.halt(commander, "elsewhere", fixture.machine.now()));
        QVERIFY(*everywhere.resume({analyst, commander}, fixture.machine.now()) == govern::StopState::Running);
        const auto held = fixture.wake();
        QVERIFY(held->approvals().find(request)->state == govern::RequestState::Void);
        VERIFY_DONE(held->tick({}));
        COMPARE_STATE(CaseFixture::step(*held, "policy.detach"), StepState::AwaitingApproval);
        QVERIFY(CaseFixture::step(*held, "policy.detach")->request != request);
        VERIFY_DONE(held->tick({}));
        QCOMPARE(fixture.ledger("agent.resumed").size(), std::size_t(1));
    }

    void aHaltThatIsLiftedElsewhereIsOverHereToo()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        const std::string request = CaseFixture::step(*held, "policy.detach")->request;
        govern::KillSwitch elsewhere(fixture.home() / "halt");
        VERIFY_DONE(elsewhere.halt(commander, "now", fixture.machine.now()));
        VERIFY_DONE(held->tick({}));
        QVERIFY(held->approvals().find(request)->state == govern::RequestState::Void);
        QVERIFY(elsewhere.resume({analyst, commander}, fixture.machine.now()).has_value());
        VERIFY_DONE(held->tick({}));
        COMPARE_STATE(CaseFixture::step(*held, "policy.detach"), StepState::AwaitingApproval);
        QVERIFY(CaseFixture::step(*held, "policy.detach")->request != request);
        QCOMPARE(fixture.ledger("agent.resumed").size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestHalting)
#include "tst_halting.moc"
