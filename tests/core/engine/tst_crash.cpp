#include "tests/core/engine/case_fixture.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

const EntityRef user{EntityKind::Account, SmallAttack::userArn, "", ""};

/// Leaves the ledger as a process does that died between intending an action and hearing of its outcome.
void intendAndDie(const CaseFixture& fixture, const std::string& permit)
{
    std::string step;
    Value action;
    std::string digest;
    {
        const auto held = fixture.wake();
        const Step* detach = CaseFixture::step(*held, "policy.detach");
        step = detach->id;
        action = detach->action.toValue();
        digest = detach->decision->digest;
    }
    record::CaseOptions options;
    options.home = fixture.home();
    const auto folder = CaseFixture::must(record::CaseFolder::open(fixture.folder(), options, fixture.machine));
    LedgerDraft draft;
    draft.type = "action.intended";
    draft.actor = {Actor::Kind::Agent, "nhi:cordon-exercise-responder"};
    draft.incident = "INC-0001";
    draft.at = *Timestamp::parse("2026-11-21T12:30:00Z");
    draft.data = Value::Object{{"step", step}, {"action", action}, {"digest", digest}, {"permit", permit}, {"tier", "T2"}};
    (void)CaseFixture::must(folder->record(std::move(draft)));
}

} // namespace

/// An action that was begun and has no outcome is looked at when the case opens, and never repeated.
class TestCrash : public QObject
{
    Q_OBJECT

private slots:
    void whatWasNotDoneIsSaidToBeNotDoneAndIsNotDoneNow()
    {
        CaseFixture fixture;
        fixture.run().reset();
        const std::string permit(32, 'd');
        intendAndDie(fixture, permit);
        {
            const auto held = fixture.wake();
            const Step* detach = CaseFixture::step(*held, "policy.detach");
            QVERIFY2(detach->state == StepState::Failed || detach->state == StepState::Unknown, stateName(detach).c_str());
            CaseFixture::must(held->finish());
        }
        const auto closed = fixture.ledger("outcome.").back();
        QCOMPARE(closed.data["permit"].asString(), permit);
        QVERIFY(closed.data["settled_after_restart"].asBool());
        CaseClock clock(fixture.machine);
        clock.freeze(*Timestamp::parse("2026-11-21T13:00:00Z"));
        auto tenant = CaseFixture::must(tenant::Tenant::open(record::tenantPath(fixture.folder()), clock));
        QCOMPARE(CaseFixture::must(tenant.state(user, "policies")).value, Value(Value::Array{SmallAttack::policy}));
        const auto verdict = fixture.verdict();
        QVERIFY2(verdict.verdict == record::VerifyReport::Verdict::Ok ||
                     verdict.verdict == record::VerifyReport::Verdict::Incomplete,
                 verdict.toText().c_str());
    }

    void whatWasDoneIsFoundAndCountsAsDoneOnce()
    {
        CaseFixture fixture;
        fixture.run().reset();
        const std::string permit(32, 'd');
        {
            CaseClock clock(fixture.machine);
            clock.freeze(*Timestamp::parse("2026-11-21T12:30:00Z"));
            auto tenant = CaseFixture::must(tenant::Tenant::open(record::tenantPath(fixture.folder()), clock));
            VERIFY_DONE(tenant.setState(user, "policies", Value::Array{}, "cordon:" + permit));
        }
        intendAndDie(fixture, permit);
        const std::size_t intended = fixture.ledger("action.intended").size();
        for (int i = 0; i < 2; ++i) { // the second opening finds it settled
            const auto held = fixture.wake();
            COMPARE_STATE(CaseFixture::step(*held, "policy.detach"), StepState::Verified);
            VERIFY_DONE(held->tick({}));
            CaseFixture::must(held->finish());
        }
        QCOMPARE(fixture.ledger("action.intended").size(), intended);
        int outcomes = 0;
        for (const LedgerEntry& entry : fixture.ledger("outcome."))
            outcomes += entry.data["permit"].asString() == permit ? 1 : 0;
        QCOMPARE(outcomes, 1);
    }

    void aSavedIncidentThatLagsBehindTheLedgerFollowsTheLedger()
    {
        CaseFixture fixture;
        std::string body;
        std::string step;
        {
            const auto held = fixture.run();
            step = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey)->id;
            engine::IncidentFile lagging = held->files().begin()->second;
            Step* off = lagging.step(step);
            off->state = StepState::Executing;
            off->outcome.reset();
            off->executedAt.reset();
            VERIFY_DONE(engine::saveIncident(held->folder().store(), lagging));
        }
        const std::size_t entries = fixture.ledger("action.intended").size();
        const auto held = fixture.wake();
        const Step* off = held->fileOfStep(step)->step(step);
        COMPARE_STATE(off, StepState::Verified);
        QVERIFY(off->outcome && !off->outcome->undoRecord.isNull());
        QCOMPARE(fixture.ledger("action.intended").size(), entries);
    }

    void openSessionsAreCountedAcrossAReopen()
    {
        CaseFixture fixture;
        fixture.run().reset();
        const auto opened = fixture.ledger("session.open").size();
        const auto held = fixture.wake();
        VERIFY_DONE(held->tick({}));
        QCOMPARE(fixture.ledger("session.open").size(), opened);
        QVERIFY(held->files().begin()->second.session.isOpen);
    }
};

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"
