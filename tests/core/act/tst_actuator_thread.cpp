#include "core/act/actuator_thread.h"

#include "core/act/expected_state.h"
#include "core/act/permit_check.h"
#include "tests/support/permit_maker.h"
#include "tests/support/scripted_connector.h"

#include <QtTest>

#include <atomic>

using namespace cordon;
using act::Actuator;
using act::ActuatorThread;
using cordon::tests::ScriptedConnector;

class TestActuatorThread : public QObject
{
    Q_OBJECT

private slots:
    void runsCallsInTheOrderTheyWereAskedFor();
    void whatWaitsWhenItStopsIsCancelledAndTold();
};

namespace {

class FixedClock : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override { return Timestamp::fromMicros(1'000'000); }
};

Action anAction()
{
    Action action;
    action.type = "credential.deactivate";
    action.connector = "scripted";
    action.tenant = "t";
    action.targets = {{EntityKind::Credential, "AKIA1", "access_key", "AKIA1"}};
    TargetFacts facts;
    facts.state["status"] = "active";
    action.expectedState = *act::expectedState(action.type, facts);
    return action;
}

Permit aPermit()
{
    return govern::Gate::permit(*act::actionDigest(anAction()), "scripted", "s1", Timestamp::fromMicros(2'000'000));
}

} // namespace

void TestActuatorThread::runsCallsInTheOrderTheyWereAskedFor()
{
    ScriptedConnector connector;
    FixedClock clock;
    Actuator actuator(connector, clock, [] { return false; });
    std::promise<std::vector<std::string>> done;
    auto order = done.get_future();
    std::vector<std::string> seen;
    {
        ActuatorThread thread(actuator);
        thread.inspect(anAction().targets[0],
                       [&](Result<TargetFacts> facts) { seen.push_back(facts ? "facts" : "?"); });
        thread.preview(anAction(), [&](Result<Preview> preview) { seen.push_back(preview ? "preview" : "?"); });
        thread.run(aPermit(), anAction(), [&](Result<Outcome> outcome) {
            seen.push_back(outcome && outcome->state == OutcomeState::Verified ? "verified" : "?");
        });
        thread.undo(aPermit(), anAction(), Value(), false, [&](Result<Outcome> outcome) {
            seen.push_back(outcome ? "undone" : "?");
            done.set_value(seen);
        });
        QCOMPARE(order.get(), (std::vector<std::string>{"facts", "preview", "verified", "undone"}));
    }
}

void TestActuatorThread::whatWaitsWhenItStopsIsCancelledAndTold()
{
    ScriptedConnector connector;
    std::promise<void> entered;
    std::atomic<bool> sawStop = false;
    connector.onExecute = [&](const std::stop_token& stop) {
        entered.set_value();
        while (!stop.stop_requested())
            std::this_thread::yield(); // a provider that hangs until it is told to stop
        sawStop = true;
    };
    FixedClock clock;
    Actuator actuator(connector, clock, [] { return false; });
    std::vector<std::string> ends;
    {
        ActuatorThread thread(actuator);
        thread.run(aPermit(), anAction(), [&](Result<Outcome>) { ends.push_back("ran"); });
        thread.inspect(anAction().targets[0], [&](Result<TargetFacts> facts) {
            ends.push_back(!facts && facts.error().code == ErrorCode::Cancelled ? "cancelled" : "?");
        });
        entered.get_future().wait();
    }
    QVERIFY(sawStop);
    QCOMPARE(ends, (std::vector<std::string>{"ran", "cancelled"}));
}

QTEST_GUILESS_MAIN(TestActuatorThread)
#include "tst_actuator_thread.moc"
