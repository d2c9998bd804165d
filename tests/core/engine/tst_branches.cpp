#include "tests/core/engine/signed_orders.h"
#include "tests/core/engine/three_attacks.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

using std::chrono::minutes;

constexpr const char* analyst = "user:analyst-a";

/// The small attack whose last look stands under a condition, as some playbook could have it.
class Conditional
{
public:
    CaseFixture fixture;
    CaseFixture::Held held = fixture.run();

    [[nodiscard]] Step* watch() const { return CaseFixture::step(*held, "activity.watch"); }
    [[nodiscard]] Step* off() const { return CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey); }
    [[nodiscard]] engine::IncidentFile& file() const { return *held->fileOfStep(watch()->id); }
    void putUnder(std::vector<StepCondition> when) const
    {
        Step* step = watch();
        step->after.clear();
        step->decision.reset();
        step->outcome.reset();
        step->executedAt.reset();
        step->state = StepState::Proposed;
        step->when = std::move(when);
    }
    /// The sequence is looked at again.
    void nudge(const char* verb) const
    {
        CaseFixture::must(obey(*held, fixture, engine::SkipStep{CaseFixture::step(*held, verb)->id, analyst, "by hand"}));
    }
    void pass(Duration time)
    {
        fixture.machine.pass(time);
        held->clock().tick(time);
        CaseFixture::must(held->tick({}));
    }
    [[nodiscard]] std::size_t entries(const char* type) const
    {
        std::size_t count = 0;
        for (const LedgerEntry& entry : fixture.ledger(type))
            count += entry.data["step"].asString() == watch()->id ? 1 : 0;
        return count;
    }
};

} // namespace

/// Branches and loops of a playbook: computed at each pass, and never a decision that stays.
class TestBranches : public QObject
{
    Q_OBJECT

private slots:
    void aPredecessorThatIsTakenUpAnewDecidesAfresh()
    {
        Conditional play;
        play.putUnder({{StepCondition::Kind::Failed, {}, {}, {}, {play.off()->id}}});
        play.nudge("policy.detach");
        COMPARE_STATE(play.watch(), StepState::Skipped); // it did not fail
        QCOMPARE(play.watch()->note.code, std::string("step.branch_not_taken"));
        QCOMPARE(play.entries("step.left_out"), std::size_t(1));
        play.off()->state = StepState::Executing; // taken up anew, and nobody knows yet
        play.nudge("credential.delete");
        COMPARE_STATE(play.watch(), StepState::Proposed);
        QCOMPARE(play.watch()->note.code, std::string("step.waits.condition"));
        play.off()->state = StepState::Failed;
        play.pass(minutes(2));
        COMPARE_STATE(play.watch(), StepState::Verified);
    }

    void whatStaysLeftOutIsToldOnce()
    {
        Conditional play;
        play.putUnder({{StepCondition::Kind::Failed, {}, {}, {}, {play.off()->id}}});
        play.nudge("policy.detach");
        play.nudge("credential.delete");
        COMPARE_STATE(play.watch(), StepState::Skipped);
        QCOMPARE(play.entries("step.left_out"), std::size_t(1));
    }

    void aLoopGoesOnAsLongAsItsConditionHoldsAndEndsWithIt()
    {
        Conditional play;
        play.file().plan.variables["__goes_on__"] = {"bool", "true"};
        play.putUnder({{StepCondition::Kind::While, "__goes_on__:value = true", "true"}});
        Step* behind = CaseFixture::step(*play.held, "policy.detach");
        const std::string request = behind->request;
        behind->when = {{StepCondition::Kind::While, "__goes_on__:value = true", "false"}};
        play.nudge("credential.delete");
        COMPARE_STATE(play.watch(), StepState::Verified);
        for (int round = 1; round <= 3; ++round) {
            play.pass(minutes(2));
            COMPARE_STATE(play.watch(), StepState::Verified);
            QCOMPARE(play.entries("step.again"), static_cast<std::size_t>(round));
            QCOMPARE(play.entries("outcome.verified"), static_cast<std::size_t>(round + 1));
        }
        QVERIFY(behind->state != StepState::Skipped); // it waits for the end of the loop
        play.file().plan.variables["__goes_on__"].value = "false";
        for (int i = 0; i < 3; ++i)
            play.pass(minutes(2));
        QCOMPARE(play.entries("step.again"), std::size_t(3));
        COMPARE_STATE(play.watch(), StepState::Verified);
        CaseFixture::must(play.held->finish());
        const auto verdict = play.fixture.verdict();
        QVERIFY2(verdict.verdict == record::VerifyReport::Verdict::Ok, verdict.toText().c_str());
    }

    void aLoopWhoseConditionNeverChangesEndsAllTheSame()
    {
        Conditional play;
        play.file().plan.variables["__goes_on__"] = {"bool", "true"};
        play.putUnder({{StepCondition::Kind::While, "__goes_on__:value = true", "true"}});
        play.nudge("credential.delete");
        for (int minute = 0; minute < 110; ++minute)
            play.pass(minutes(1));
        QCOMPARE(play.entries("step.again"), std::size_t(100));
        QCOMPARE(play.watch()->note.code, std::string("step.loop_spent"));
    }

    void whatChangesSomethingIsDoneInOneRoundOnly()
    {
        Conditional play;
        play.file().plan.variables["__goes_on__"] = {"bool", "true"};
        const std::vector<StepCondition> loop{{StepCondition::Kind::While, "__goes_on__:value = true", "true"}};
        play.off()->when = loop;
        play.putUnder(loop);
        play.nudge("credential.delete");
        play.pass(minutes(2));
        QCOMPARE(play.entries("step.again"), std::size_t(1));
        std::size_t begun = 0;
        for (const LedgerEntry& entry : play.fixture.ledger("action.intended"))
            begun += entry.data["step"].asString() == play.off()->id ? 1 : 0;
        QCOMPARE(begun, std::size_t(1));
    }

    void theRoundsOfALoopAreCountedOnAfterTheCaseWasOpenedAgain()
    {
        Conditional play;
        play.file().plan.variables["__goes_on__"] = {"bool", "true"};
        play.putUnder({{StepCondition::Kind::While, "__goes_on__:value = true", "true"}});
        play.nudge("credential.delete");
        play.pass(minutes(2));
        CaseFixture::must(play.held->finish());
        play.held.reset();
        play.held = play.fixture.wake();
        COMPARE_STATE(play.watch(), StepState::Verified);
        play.pass(minutes(2));
        QCOMPARE(play.fixture.ledger("step.again").back().data["round"].asInt(), std::int64_t(2));
    }
};

QTEST_GUILESS_MAIN(TestBranches)
#include "tst_branches.moc"
