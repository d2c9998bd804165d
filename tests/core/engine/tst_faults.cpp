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

void failUndo(const CaseFixture& fixture, engine::Pipeline& held, tenant::Fault fault)
{
    CaseFixture::must(CaseFixture::must(tenant::Tenant::open(record::tenantPath(fixture.folder()), held.clock())).failNext("undo", fault));
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
        QTest::addColumn<bool>("isInUndo");
        const auto add = [](const char* verb, const char* target, const TroubleRow& row, bool isInUndo = false) {
            QTest::addRow("%s%s, %s", verb, isInUndo ? " taken back" : "", row.name)
                << verb << target << static_cast<int>(row.trouble) << isInUndo;
        };
        for (const TroubleRow& row : allTroubles) {
            add("credential.deactivate", SmallAttack::newKey, row);
            if (row.trouble != Trouble::LeaseEnd)
                add("credential.deactivate", SmallAttack::newKey, row, true);
        }
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
        QFETCH(bool, isInUndo);
        const StepName name{verb.toStdString(), target.toStdString()};
        const Mishap mishap{static_cast<Trouble>(trouble), isInUndo};
        const FaultCell cell = FaultPlay("from-log", name, mishap).run();
        QVERIFY2(cell.problems.empty(), cell.problems.empty() ? "" : cell.problems.front().c_str());
        const std::string wrong = wrongEnd(name, mishap, cell);
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

    // Nobody has to act: what became of an undo whose answer was lost is looked at, as for a step itself.
    void anUndoWhoseAnswerWasLostIsLookedAtByItself()
    {
        for (const auto& [fault, end, status] : {std::tuple(tenant::Fault::Timeout, StepState::Reverted, "active"),
                                                 std::tuple(tenant::Fault::Unreachable, StepState::Verified, "inactive")}) {
            for (const bool isOpenedAgain : {false, true}) {
                CaseFixture fixture;
                auto held = fixture.run();
                COMPARE_STATE(offStep(*held), StepState::Verified);
                failUndo(fixture, *held, fault);
                QVERIFY(!obey(*held, fixture, engine::UndoStep{offStep(*held)->id, analyst, false}));
                COMPARE_STATE(offStep(*held), StepState::Verified);
                QCOMPARE(offStep(*held)->note.code, std::string("step.undo_unknown"));
                QVERIFY(!fixture.ledger("outcome.unknown").empty());
                if (isOpenedAgain) {
                    CaseFixture::must(held->finish());
                    held.reset();
                    std::filesystem::remove(fixture.folder() / "case.db"); // what the ledger says is enough
                    held = fixture.wake();
                    QCOMPARE(offStep(*held)->note.code, std::string("step.undo_unknown"));
                }
                VERIFY_DONE(held->tick({}));
                COMPARE_STATE(offStep(*held), end);
                QCOMPARE(statusOfNewKey(fixture, *held), std::string(status));
                QCOMPARE(fixture.ledger("undo.settled").size(), std::size_t(1));
                held->clock().tick(std::chrono::hours(2));
                VERIFY_DONE(held->tick({}));
                QCOMPARE(fixture.ledger("undo.settled").size(), std::size_t(1)); // known now
                CaseFixture::must(held->finish());
                const auto verdict = fixture.verdict();
                QVERIFY2(verdict.verdict == record::VerifyReport::Verdict::Ok, verdict.toText().c_str());
            }
        }
    }

    // Looks are for the provider to bear: each that tells nothing is followed by a longer wait, of an hour at most.
    void aLookThatTellsNothingIsFollowedByALongerWait()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        failUndo(fixture, *held, tenant::Fault::Timeout);
        QVERIFY(!obey(*held, fixture, engine::UndoStep{offStep(*held)->id, analyst, false}));
        {
            auto tenant = CaseFixture::must(tenant::Tenant::open(record::tenantPath(fixture.folder()), held->clock()));
            VERIFY_DONE(tenant.failNext("verify", tenant::Fault::Unreachable, 1000));
        }
        const auto looks = [&] {
            auto tenant = CaseFixture::must(tenant::Tenant::open(record::tenantPath(fixture.folder()), held->clock()));
            auto find = CaseFixture::must(tenant.database().prepare("SELECT 1000 - sum(remaining) FROM fault WHERE verb = 'verify'"));
            (void)CaseFixture::must(find.step());
            return find.integer(0);
        };
        for (int minute = 0; minute < 120; ++minute) {
            VERIFY_DONE(held->tick({}));
            held->clock().tick(std::chrono::minutes(1));
        }
        QVERIFY2(looks() >= 7 && looks() <= 10, std::to_string(looks()).c_str()); // after 0, 1, 2, 4, 8, 16, 32, 60 minutes
        QVERIFY(fixture.ledger("lease.overdue").empty()); // nor does a lease decide about what may be taken back already
    }

    // The answer to the first was lost and it was done: a second finds that out before it does anything.
    void anUndoAfterALostOneLooksFirst()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        failUndo(fixture, *held, tenant::Fault::Timeout);
        QVERIFY(!obey(*held, fixture, engine::UndoStep{offStep(*held)->id, analyst, false}));
        VERIFY_DONE(obey(*held, fixture, engine::UndoStep{offStep(*held)->id, analyst, false}));
        COMPARE_STATE(offStep(*held), StepState::Reverted);
        const auto begun = fixture.ledger("action.intended");
        QCOMPARE(std::count_if(begun.begin(), begun.end(), [](const LedgerEntry& entry) { return entry.data["undo"].asBool(); }), 1);
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
