#include "core/act/actuator.h"

#include "core/act/expected_state.h"
#include "core/act/permit_check.h"
#include "tests/support/permit_maker.h"
#include "tests/support/scripted_connector.h"

#include <QtTest>

using namespace cordon;
using act::Actuator;
using cordon::test::ScriptedConnector;
using Calls = std::vector<std::string>;

class TestActuator : public QObject
{
    Q_OBJECT

private slots:
    void executesThenReadsBack();
    void aReadBackThatContradictsIsAFailure();
    void readsTheStopSwitchLast();
    void haltedMeansNoCall();
    void noStopSwitchMeansHalted();
    void aMisfittingPermitMeansNoCall();
    void aPermitThatEndsWhileReadingMeansNoCall();
    void aChangedTargetMeansNoCall();
    void aFailedRecheckMeansNoCall();
    void aLostAnswerIsUnknownAndNeverRepeated();
    void aRefusalIsAFailure();
    void aLostReadBackIsUnknownButKeepsTheUndoRecord();
    void readsAreAskedOnceMoreAfterALostAnswer();
    void undoIsVerifiedByTheEffectBeingGone();
    void undoThatLeftTheEffectFailed();
    void undoObeysHaltAndPermit();
};

namespace {

const Timestamp start = Timestamp::fromMicros(1'000'000'000'000);

class FixedClock : public Clock
{
public:
    Timestamp time = start;
    [[nodiscard]] Timestamp now() const override { return time; }
};

Action anAction(const std::string& status = "active")
{
    Action action;
    action.type = "credential.deactivate";
    action.connector = "scripted";
    action.tenant = "t";
    action.targets = {{EntityKind::Credential, "AKIA1", "access_key", "AKIA1"}};
    action.incident = "INC-0001";
    TargetFacts facts;
    facts.state["status"] = status;
    action.expectedState = *act::expectedState(action.type, facts);
    return action;
}

Permit permitFor(const Action& action)
{
    return govern::Gate::permit(*act::actionDigest(action), "scripted", "s1", start + std::chrono::minutes(5));
}

bool goOn()
{
    return false;
}

} // namespace

void TestActuator::executesThenReadsBack()
{
    ScriptedConnector connector;
    FixedClock clock;
    Actuator actuator(connector, clock, goOn);
    const auto outcome = actuator.run(permitFor(anAction()), anAction(), {});
    QVERIFY(outcome);
    QVERIFY(outcome->state == OutcomeState::Verified);
    QCOMPARE(outcome->undoRecord["was"].asString(), std::string("active"));
    QCOMPARE(outcome->seen["status"].asString(), std::string("seen"));
    QVERIFY(outcome->finished == start);
    QCOMPARE(connector.calls, (Calls{"inspect", "execute", "verify"}));
}

void TestActuator::aReadBackThatContradictsIsAFailure()
{
    ScriptedConnector connector;
    connector.verified = OutcomeState::Failed;
    FixedClock clock;
    Actuator actuator(connector, clock, goOn);
    QVERIFY(actuator.run(permitFor(anAction()), anAction(), {})->state == OutcomeState::Failed);
}

void TestActuator::readsTheStopSwitchLast()
{
    ScriptedConnector connector;
    FixedClock clock;
    Calls order;
    Actuator actuator(
        connector, clock,
        [&] {
            order = connector.calls;
            order.push_back("halt?");
            return false;
        },
        [&](const Action&, const std::vector<TargetFacts>&) -> Result<void> {
            connector.calls.push_back("recheck");
            return {};
        });
    QVERIFY(actuator.run(permitFor(anAction()), anAction(), {}));
    QCOMPARE(order, (Calls{"inspect", "recheck", "halt?"}));
    QCOMPARE(connector.calls, (Calls{"inspect", "recheck", "execute", "verify"}));
}

void TestActuator::haltedMeansNoCall()
{
    ScriptedConnector connector;
    FixedClock clock;
    Actuator actuator(connector, clock, [] { return true; });
    const auto outcome = actuator.run(permitFor(anAction()), anAction(), {});
    QVERIFY(!outcome);
    QVERIFY(outcome.error().code == ErrorCode::Cancelled);
    QCOMPARE(connector.calls, (Calls{"inspect"}));
}

void TestActuator::noStopSwitchMeansHalted()
{
    ScriptedConnector connector;
    FixedClock clock;
    Actuator actuator(connector, clock, {});
    QVERIFY(actuator.run(permitFor(anAction()), anAction(), {}).error().code == ErrorCode::Cancelled);
}

void TestActuator::aMisfittingPermitMeansNoCall()
{
    ScriptedConnector connector;
    FixedClock clock;
    Actuator actuator(connector, clock, goOn);
    Action other = anAction();
    other.targets[0].id = "AKIA2";
    QVERIFY(actuator.run(permitFor(anAction()), other, {}).error().code == ErrorCode::Denied);
    clock.time = start + std::chrono::minutes(5);
    QVERIFY(actuator.run(permitFor(anAction()), anAction(), {}).error().code == ErrorCode::Denied);
    QVERIFY(connector.calls.empty());
}

void TestActuator::aPermitThatEndsWhileReadingMeansNoCall()
{
    ScriptedConnector connector;
    FixedClock clock;
    Actuator actuator(connector, clock, goOn, [&](const Action&, const std::vector<TargetFacts>&) -> Result<void> {
        clock.time = start + std::chrono::hours(1);
        return {};
    });
    QVERIFY(actuator.run(permitFor(anAction()), anAction(), {}).error().code == ErrorCode::Denied);
    QCOMPARE(connector.calls, (Calls{"inspect"}));
}

void TestActuator::aChangedTargetMeansNoCall()
{
    ScriptedConnector connector;
    connector.status = "inactive";
    FixedClock clock;
    Actuator actuator(connector, clock, goOn);
    QVERIFY(actuator.run(permitFor(anAction()), anAction(), {}).error().code == ErrorCode::Conflict);
    QCOMPARE(connector.calls, (Calls{"inspect"}));
}

void TestActuator::aFailedRecheckMeansNoCall()
{
    ScriptedConnector connector;
    FixedClock clock;
    Actuator actuator(connector, clock, goOn, [](const Action&, const std::vector<TargetFacts>&) -> Result<void> {
        return fail(ErrorCode::Denied, "the mandate changed");
    });
    QVERIFY(actuator.run(permitFor(anAction()), anAction(), {}).error().code == ErrorCode::Denied);
    QCOMPARE(connector.calls, (Calls{"inspect"}));
}

void TestActuator::aLostAnswerIsUnknownAndNeverRepeated()
{
    ScriptedConnector connector;
    connector.executeError = ErrorCode::Io;
    FixedClock clock;
    Actuator actuator(connector, clock, goOn);
    const auto outcome = actuator.run(permitFor(anAction()), anAction(), {});
    QVERIFY(outcome);
    QVERIFY(outcome->state == OutcomeState::Unknown);
    QVERIFY(outcome->undoRecord.isNull());
    QCOMPARE(outcome->seen["status"].asString(), std::string("seen"));
    QCOMPARE(connector.calls, (Calls{"inspect", "execute", "verify"}));
}

void TestActuator::aRefusalIsAFailure()
{
    ScriptedConnector connector;
    connector.executeError = ErrorCode::Denied;
    FixedClock clock;
    Actuator actuator(connector, clock, goOn);
    QVERIFY(actuator.run(permitFor(anAction()), anAction(), {})->state == OutcomeState::Failed);
    QCOMPARE(connector.calls, (Calls{"inspect", "execute"}));
}

void TestActuator::aLostReadBackIsUnknownButKeepsTheUndoRecord()
{
    ScriptedConnector connector;
    connector.verifyErrors = {ErrorCode::Io, ErrorCode::Io};
    FixedClock clock;
    Actuator actuator(connector, clock, goOn);
    const auto outcome = actuator.run(permitFor(anAction()), anAction(), {});
    QVERIFY(outcome->state == OutcomeState::Unknown);
    QCOMPARE(outcome->undoRecord["was"].asString(), std::string("active"));
}

void TestActuator::readsAreAskedOnceMoreAfterALostAnswer()
{
    ScriptedConnector connector;
    FixedClock clock;
    Actuator actuator(connector, clock, goOn);
    connector.inspectErrors = {ErrorCode::Io};
    QVERIFY(actuator.inspect(anAction().targets[0], {}));
    QCOMPARE(connector.calls.size(), std::size_t{2});
    connector.inspectErrors = {ErrorCode::Io, ErrorCode::Io};
    QVERIFY(actuator.inspect(anAction().targets[0], {}).error().code == ErrorCode::Io);
    QCOMPARE(connector.calls.size(), std::size_t{4});
    connector.inspectErrors = {ErrorCode::Denied};
    QVERIFY(!actuator.inspect(anAction().targets[0], {}));
    QCOMPARE(connector.calls.size(), std::size_t{5});
}

void TestActuator::undoIsVerifiedByTheEffectBeingGone()
{
    ScriptedConnector connector;
    connector.verified = OutcomeState::Failed; // the effect of the action is not there any more
    FixedClock clock;
    Actuator actuator(connector, clock, goOn);
    const auto outcome = actuator.undo(permitFor(anAction()), anAction(), Value(), false, {});
    QVERIFY(outcome->state == OutcomeState::Verified);
    QCOMPARE(connector.calls, (Calls{"undo", "verify"}));
}

void TestActuator::undoThatLeftTheEffectFailed()
{
    ScriptedConnector connector;
    FixedClock clock;
    Actuator actuator(connector, clock, goOn);
    QVERIFY(actuator.undo(permitFor(anAction()), anAction(), Value(), false, {})->state == OutcomeState::Failed);
    connector.undoError = ErrorCode::Conflict;
    QVERIFY(actuator.undo(permitFor(anAction()), anAction(), Value(), false, {})->state == OutcomeState::Failed);
    connector.undoError = ErrorCode::Io;
    QVERIFY(actuator.undo(permitFor(anAction()), anAction(), Value(), false, {})->state == OutcomeState::Unknown);
}

void TestActuator::undoObeysHaltAndPermit()
{
    ScriptedConnector connector;
    FixedClock clock;
    Actuator halted(connector, clock, [] { return true; });
    QVERIFY(halted.undo(permitFor(anAction()), anAction(), Value(), false, {}).error().code == ErrorCode::Cancelled);
    Actuator actuator(connector, clock, goOn);
    QVERIFY(actuator.undo(permitFor(anAction("inactive")), anAction(), Value(), false, {}).error().code ==
            ErrorCode::Denied);
    QVERIFY(connector.calls.empty());
}

QTEST_GUILESS_MAIN(TestActuator)
#include "tst_actuator.moc"
