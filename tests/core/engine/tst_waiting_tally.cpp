#include "core/engine/waiting_tally.h"

#include <QtTest>

#include <array>
#include <random>

using namespace cordon;
using namespace cordon::engine;

namespace {

IncidentFile fileOf(int id, const std::vector<StepState>& states, IncidentStatus status = IncidentStatus::Open)
{
    IncidentFile file;
    file.incident.id = {id};
    file.incident.status = status;
    for (const StepState state : states) {
        Step step;
        step.state = state;
        file.plan.steps.push_back(step);
    }
    return file;
}

} // namespace

/// What the window's bar says is waited for, however the case came there.
class TestWaitingTally : public QObject
{
    Q_OBJECT

private slots:
    void anIncidentCountsOnceAndItsStepsEach()
    {
        WaitingTally tally;
        tally.count(fileOf(1, {StepState::AwaitingApproval, StepState::AwaitingApproval, StepState::Executing}));
        tally.count(fileOf(2, {StepState::Expired}));
        tally.count(fileOf(3, {StepState::Expired}, IncidentStatus::Closed));
        QCOMPARE(tally.approvals(), 2);
        QCOMPARE(tally.incidents(), 2);
        QVERIFY(tally.isExecuting());
        tally.count(fileOf(1, {StepState::AwaitingApproval, StepState::Verified, StepState::Verified}));
        QCOMPARE(tally.approvals(), 1);
        QCOMPARE(tally.incidents(), 2);
        QVERIFY(!tally.isExecuting());
        tally.count(fileOf(1, {StepState::Verified}));
        tally.count(fileOf(2, {StepState::Expired}, IncidentStatus::Closed));
        QCOMPARE(tally.approvals(), 0);
        QCOMPARE(tally.incidents(), 0);
    }

    void oneByOneGivesWhatACountOfAllGives()
    {
        std::mt19937 random(7);
        const std::array<StepState, 5> states{StepState::AwaitingApproval, StepState::Expired, StepState::Executing,
                                              StepState::Verified, StepState::Proposed};
        IncidentFiles files;
        WaitingTally tally;
        for (int change = 0; change < 3'000; ++change) {
            std::vector<StepState> steps(random() % 4);
            for (StepState& state : steps)
                state = states[random() % states.size()];
            IncidentFile file = fileOf(1 + static_cast<int>(random() % 50), steps,
                                       random() % 3 == 0 ? IncidentStatus::Closed : IncidentStatus::Open);
            tally.count(file);
            files.insert_or_assign(file.incident.id, std::move(file));
            WaitingTally all;
            all.recount(files);
            QCOMPARE(tally.approvals(), all.approvals());
            QCOMPARE(tally.incidents(), all.incidents());
            QCOMPARE(tally.isExecuting(), all.isExecuting());
        }
        files.erase(files.begin());
        tally.recount(files);
        WaitingTally all;
        all.recount(files);
        QCOMPARE(tally.approvals(), all.approvals());
    }
};

QTEST_GUILESS_MAIN(TestWaitingTally)
#include "tst_waiting_tally.moc"
