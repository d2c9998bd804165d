#include "core/act/queued_connector.h"
#include "tests/support/permit_maker.h"
#include "tests/support/scripted_connector.h"

#include <QtTest>

#include <atomic>
#include <latch>

using namespace cordon;
using namespace std::chrono_literals;
using cordon::test::ScriptedConnector;

namespace {

/// Waits until the call is finished, or until the test loses patience.
class TestPatience : public act::Patience
{
public:
    std::atomic<bool> isOver{false};
    void await(act::PendingCall& call, const std::stop_token& stop) override
    {
        while (!isOver.load() && !call.isFinishedWithin(1ms, stop)) {
        }
    }
};

Action anAction()
{
    Action action;
    action.type = "credential.deactivate";
    action.connector = "scripted";
    action.targets = {{EntityKind::Credential, "AKIA1", "access_key", "AKIA1"}};
    return action;
}

Permit aPermit()
{
    return govern::Gate::permit(Digest(), "scripted", "s1", Timestamp::fromMicros(2'000'000));
}

Result<void> yes()
{
    return {};
}

} // namespace

class TestConnectorLine : public QObject
{
    Q_OBJECT

private slots:
    void answersComeBackToTheOneWhoAsked()
    {
        ScriptedConnector connector;
        TestPatience patience;
        act::ConnectorLine line(connector, patience);
        act::QueuedConnector queued(line, yes);
        QVERIFY(queued.inspect(anAction().targets[0], {})->exists);
        QVERIFY(queued.preview(anAction(), {}).has_value());
        QVERIFY(queued.execute(aPermit(), anAction(), {}).has_value());
        QVERIFY(queued.verify(anAction(), {}).has_value());
        QVERIFY(queued.undo(aPermit(), anAction(), Value(), false, {}).has_value());
        QCOMPARE(connector.calls, (std::vector<std::string>{"inspect", "preview", "execute", "verify", "undo"}));
    }

    // GOV-ASI08, GOV-ASI10
    void aCallThatNobodyWaitsForIsLeftAndALineThatIsStuckRefusesAtOnce()
    {
        ScriptedConnector connector;
        TestPatience patience;
        std::latch hasBegun(1);
        std::latch mayEnd(1);
        connector.onExecute = [&](const std::stop_token& stop) {
            hasBegun.count_down();
            mayEnd.wait();
            QVERIFY(stop.stop_requested()); // it was told
        };
        {
            act::ConnectorLine line(connector, patience);
            act::QueuedConnector queued(line, yes);
            std::jthread impatient([&] {
                hasBegun.wait();
                patience.isOver = true;
            });
            const auto left = queued.execute(aPermit(), anAction(), {});
            QVERIFY(!left && left.error().code == ErrorCode::TimedOut);
            patience.isOver = false;
            const auto refused = queued.execute(aPermit(), anAction(), {});
            QVERIFY(!refused && refused.error().code == ErrorCode::Cancelled); // at once, and not begun
            mayEnd.count_down();
        }
        QCOMPARE(connector.calls, (std::vector<std::string>{"execute"}));
    }

    /// What began and was told to stop may have been done: nobody knows, and nobody says that nothing was attempted.
    void aCallThatSaysItWasStoppedInTheMiddleIsUnknown()
    {
        ScriptedConnector connector;
        connector.executeError = ErrorCode::Cancelled;
        connector.undoError = ErrorCode::Cancelled;
        TestPatience patience;
        act::ConnectorLine line(connector, patience);
        act::QueuedConnector queued(line, yes);
        QVERIFY(queued.execute(aPermit(), anAction(), {}).error().code == ErrorCode::TimedOut);
        QVERIFY(queued.undo(aPermit(), anAction(), Value(), false, {}).error().code == ErrorCode::TimedOut);
    }

    void itTellsHowItGoesWithItsSystem()
    {
        ScriptedConnector connector;
        TestPatience patience;
        std::latch hasBegun(1);
        std::latch mayEnd(1);
        connector.onExecute = [&](const std::stop_token&) {
            hasBegun.count_down();
            mayEnd.wait();
        };
        act::ConnectorLine line(connector, patience);
        QVERIFY(!line.look().answered && !line.look().failed && !line.look().isAsked);
        QVERIFY(act::QueuedConnector(line, yes).inspect(anAction().targets[0], {}).has_value());
        QVERIFY(line.look().answered && !line.look().failed);
        std::jthread first([&] { (void)act::QueuedConnector(line, yes).execute(aPermit(), anAction(), {}); });
        hasBegun.wait();
        std::jthread second([&] { (void)act::QueuedConnector(line, yes).inspect(anAction().targets[0], {}); });
        QTRY_COMPARE(line.look().waiting, 1);
        QVERIFY(line.look().isAsked && !line.look().isStuck);
        mayEnd.count_down();
        first.join();
        second.join();
        QCOMPARE(line.look().waiting, 0);
        QTRY_VERIFY(!line.look().isAsked);
        connector.undoError = ErrorCode::Unsupported; // nothing was asked
        QVERIFY(!act::QueuedConnector(line, yes).undo(aPermit(), anAction(), Value(), false, {}));
        QVERIFY(!line.look().failed);
        connector.undoError = ErrorCode::Denied;
        QVERIFY(!act::QueuedConnector(line, yes).undo(aPermit(), anAction(), Value(), false, {}));
        QVERIFY(line.look().failed && !line.look().problem.empty());
        QVERIFY(*line.look().failed >= *line.look().answered);
    }

    // GOV-ASI10 (iii)
    void whatStandsInTheQueueAsksForLeaveRightBeforeItBegins()
    {
        ScriptedConnector connector;
        TestPatience patience;
        std::atomic<bool> isHalted{false};
        std::latch hasBegun(1);
        std::latch mayEnd(1);
        connector.onExecute = [&](const std::stop_token&) {
            hasBegun.count_down();
            mayEnd.wait();
        };
        act::ConnectorLine line(connector, patience);
        const auto mayBegin = [&]() -> Result<void> {
            return isHalted ? fail(ErrorCode::Cancelled, "the agent is halted") : Result<void>();
        };
        std::jthread first([&] { (void)act::QueuedConnector(line, mayBegin).execute(aPermit(), anAction(), {}); });
        hasBegun.wait();
        Result<act::ExecuteReply> second = fail(ErrorCode::Internal, "not asked");
        std::jthread behind([&] { second = act::QueuedConnector(line, mayBegin).execute(aPermit(), anAction(), {}); });
        isHalted = true; // while the second stands in the queue, or before it gets there
        mayEnd.count_down();
        behind.join();
        QVERIFY(!second && second.error().code == ErrorCode::Cancelled);
        QCOMPARE(connector.calls, (std::vector<std::string>{"execute"}));
    }

    void withoutLeaveNothingThatChangesBegins()
    {
        ScriptedConnector connector;
        TestPatience patience;
        act::ConnectorLine line(connector, patience);
        QVERIFY(!act::QueuedConnector(line).execute(aPermit(), anAction(), {}));
        QVERIFY(!act::QueuedConnector(line).undo(aPermit(), anAction(), Value(), false, {}));
        QVERIFY(connector.calls.empty());
    }
};

QTEST_GUILESS_MAIN(TestConnectorLine)
#include "tst_connector_line.moc"
