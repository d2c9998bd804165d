#include "tests/core/engine/fault_play.h"
#include "tests/core/engine/signed_orders.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

constexpr const char* analyst = "user:analyst-a";
const EntityRef newKey{EntityKind::Credential, SmallAttack::newKey, "", ""};

/// The small attack whose tenant misbehaves once at that verb.
CaseFixture::Held runWith(const CaseFixture& fixture, const char* verb, tenant::Fault fault)
{
    auto held = fixture.open(fixture.options());
    {
        const CaseClock clock(fixture.machine);
        auto tenant = CaseFixture::must(tenant::Tenant::create(
            record::tenantPath(fixture.folder()),
            Value::Object{{"tenant", "cordon/v1"}, {"name", "111122223333"}, {"environment", "exercise"}}, clock));
        CaseFixture::must(tenant.failNext(verb, fault));
    }
    CaseFixture::must(held->run({}));
    return held;
}

Step* offStep(engine::Pipeline& held)
{
    return CaseFixture::step(held, "credential.deactivate", SmallAttack::newKey);
}

std::string statusOfNewKey(const CaseFixture& fixture, engine::Pipeline& held)
{
    auto tenant = CaseFixture::must(tenant::Tenant::open(record::tenantPath(fixture.folder()), held.clock()));
    return CaseFixture::must(tenant.state(newKey, "status")).value.asString();
}

} // namespace

/// The short form of the fault matrix: every trouble on one step of each kind of the small attack. All steps of all shipped
/// exercises: tools/soak faults.
class TestFaults : public QObject
{
    Q_OBJECT

private slots:
    // GOV-ASI08, AP-14
    void whateverGoesWrongTheStepEndsKnownAndNothingIsDoneTwice_data()
    {
        QTest::addColumn<QString>("verb");
        QTest::addColumn<QString>("target");
        QTest::addColumn<int>("trouble");
        const auto add = [](const char* verb, const char* target, const TroubleRow& row) {
            QTest::addRow("%s, %s", verb, row.name) << verb << target << static_cast<int>(row.trouble);
        };
        for (const TroubleRow& row : allTroubles)
            add("credential.deactivate", SmallAttack::newKey, row);
        for (const Trouble trouble : {Trouble::ServerError, Trouble::ConsoleAfter}) {
            add("evidence.snapshot", SmallAttack::newKey, allTroubles[static_cast<std::size_t>(trouble)]);
            add("change.open", SmallAttack::userArn, allTroubles[static_cast<std::size_t>(trouble)]);
        }
        add("policy.detach", SmallAttack::userArn, allTroubles[static_cast<std::size_t>(Trouble::Timeout)]); // with a person's approval
    }

    void whateverGoesWrongTheStepEndsKnownAndNothingIsDoneTwice()
    {
        QFETCH(QString, verb);
        QFETCH(QString, target);
        QFETCH(int, trouble);
        const StepName name{verb.toStdString(), target.toStdString()};
        const FaultCell cell = FaultPlay("from-log", name, static_cast<Trouble>(trouble)).run();
        QVERIFY2(cell.problems.empty(), cell.problems.empty() ? "" : cell.problems.front().c_str());
        const std::string wrong = wrongEnd(name, static_cast<Trouble>(trouble), cell);
        QVERIFY2(wrong.empty(), wrong.c_str());
    }

    void whatTurnsOutDoneCanBeTakenBack()
    {
        CaseFixture fixture;
        {
            const auto held = runWith(fixture, "credential.deactivate", tenant::Fault::Timeout);
            COMPARE_STATE(offStep(*held), StepState::Unknown);
            VERIFY_DONE(held->tick({}));
            COMPARE_STATE(offStep(*held), StepState::Verified);
            QVERIFY(offStep(*held)->leaseUntil);
            CaseFixture::must(held->finish());
        }
        const auto held = fixture.wake(); // what the ledger says is enough
        QCOMPARE(statusOfNewKey(fixture, *held), std::string("inactive"));
        VERIFY_DONE(obey(*held, fixture, engine::UndoStep{offStep(*held)->id, analyst, false}));
        COMPARE_STATE(offStep(*held), StepState::Reverted);
        QCOMPARE(statusOfNewKey(fixture, *held), std::string("active"));
        CaseFixture::must(held->finish());
        const auto verdict = fixture.verdict();
        QVERIFY2(verdict.verdict == record::VerifyReport::Verdict::Ok, verdict.toText().c_str());
    }

    void whatWasPerhapsDoneInPartKeepsItsWayBack()
    {
        CaseFixture fixture;
        const auto held = runWith(fixture, "credential.deactivate", tenant::Fault::Unreachable);
        COMPARE_STATE(offStep(*held), StepState::Unknown);
        VERIFY_DONE(held->tick({}));
        COMPARE_STATE(offStep(*held), StepState::Failed); // not all of it stands: a look tells no more
        QVERIFY(!offStep(*held)->outcome->undoRecord.isNull());
        const auto undone = obey(*held, fixture, engine::UndoStep{offStep(*held)->id, analyst, false});
        QVERIFY(!undone && undone.error().detail.find("not taken back") != std::string::npos); // the system itself says that nothing is there
    }

    void whatWaitsForAFailedStepGoesOnWhenAPersonSkipsItAndTheRestNeverWaited()
    {
        CaseFixture fixture;
        const auto held = runWith(fixture, "credential.deactivate", tenant::Fault::Refuse);
        Step* off = offStep(*held);
        COMPARE_STATE(off, StepState::Failed);
        COMPARE_STATE(CaseFixture::step(*held, "policy.detach"), StepState::AwaitingApproval); // rests on something else
        const Step* gone = CaseFixture::step(*held, "credential.delete");
        COMPARE_STATE(gone, StepState::Proposed);
        QCOMPARE(gone->note.code, std::string("step.waits.failed"));
        VERIFY_DONE(obey(*held, fixture, engine::SkipStep{off->id, analyst, "done by hand at the provider"}));
        COMPARE_STATE(off, StepState::Skipped);
        COMPARE_STATE(gone, StepState::AwaitingApproval);
    }

    void aStepHasItsTurnWhenItsConditionHoldsAndNotBefore()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        const std::string id = CaseFixture::step(*held, "activity.watch")->id;
        engine::IncidentFile* file = held->fileOfStep(id);
        Step* step = file->step(id);
        step->after.clear();
        step->decision.reset();
        step->outcome.reset();
        step->state = StepState::Proposed;
        step->when = {{StepCondition::Kind::Is, "__is_ours__:value = true", "true"}};
        const auto nudge = [&](const char* verb) { // the sequence is looked at again
            return obey(*held, fixture, engine::SkipStep{CaseFixture::step(*held, verb)->id, analyst, "by hand"});
        };
        VERIFY_DONE(nudge("policy.detach"));
        COMPARE_STATE(step, StepState::Proposed);
        QCOMPARE(step->note.code, std::string("step.waits.condition"));
        file->plan.variables["__is_ours__"] = {"bool", "false"};
        VERIFY_DONE(nudge("credential.delete"));
        COMPARE_STATE(step, StepState::Skipped);
        QCOMPARE(step->note.code, std::string("step.branch_not_taken"));
    }
};

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
