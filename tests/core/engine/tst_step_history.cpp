#include "core/engine/step_history.h"

#include "core/engine/incident_row.h"
#include "core/value/json.h"

#include <QTest>

using namespace cordon;

namespace {

Step step(const std::string& id, const std::string& verb, StepState state, std::vector<std::string> after = {})
{
    Step made;
    made.id = id;
    made.action.type = verb;
    made.state = state;
    made.floor = findVerb(verb)->changes ? Tier::T1 : Tier::T0;
    made.after = std::move(after);
    made.doneBy = "agent";
    return made;
}

} // namespace

/// What is true of a sequence after one of its steps was taken back, and what of a step stays whatever comes.
class TestStepHistory : public QObject
{
    Q_OBJECT

private slots:
    void afterAnUndoQuietIsConfirmedAnew()
    {
        Plan plan;
        plan.steps = {step("INC-0001/S1", "evidence.snapshot", StepState::Verified),
                      step("INC-0001/S2", "credential.deactivate", StepState::Reverted, {"INC-0001/S1"}),
                      step("INC-0001/S3", "session.revoke", StepState::Verified, {"INC-0001/S2"}),
                      step("INC-0001/S4", "activity.watch", StepState::Verified, {"INC-0001/S2", "INC-0001/S3"})};
        const std::vector<Step> open = engine::lookAgainAfterUndo(plan, "INC-0001/S2");
        QCOMPARE(open.size(), std::size_t{1});
        QCOMPARE(open.front().id, std::string("INC-0001/S4"));
        QVERIFY(plan.steps[0].state == StepState::Verified); // what was looked at before stays
        QVERIFY(plan.steps[2].state == StepState::Verified); // and what was changed
        QVERIFY(plan.steps[3].state == StepState::Proposed);
        QVERIFY(engine::lookAgainAfterUndo(plan, "INC-0001/S2").empty());
    }

    void whatTheAgentTookBackIsNotContainedByIt()
    {
        Incident incident;
        incident.id = IncidentId{1};
        Plan plan;
        plan.steps = {step("INC-0001/S1", "credential.deactivate", StepState::Verified),
                      step("INC-0001/S2", "session.revoke", StepState::Verified)};
        QVERIFY(engine::incidentRowOf(incident, plan).isContainedByAgent);
        plan.steps[0].state = StepState::Reverted;
        QVERIFY(!engine::incidentRowOf(incident, plan).isContainedByAgent);
    }

    void whatWaitsOrTheMandateDeniedIsNoHistory()
    {
        Step one = step("INC-0001/S1", "credential.deactivate", StepState::Proposed);
        for (const StepState state : {StepState::Proposed, StepState::AwaitingApproval, StepState::Expired, StepState::Paused,
                                      StepState::Denied}) {
            one.state = state;
            QVERIFY2(!engine::hasHistory(one), std::string(toString(state)).c_str());
        }
        one.note = {"step.person_said", {{"person", "user:commander-a"}, {"text", "no"}}};
        QVERIFY(engine::hasHistory(one)); // denied by a person
        for (const StepState state : {StepState::Verified, StepState::Failed, StepState::Unknown, StepState::Reverted,
                                      StepState::DoneElsewhere, StepState::Executing}) {
            one.state = state;
            QVERIFY2(engine::hasHistory(one), std::string(toString(state)).c_str());
        }
        one.state = StepState::Skipped;
        QVERIFY(engine::hasHistory(one));
        one.doneBy.clear(); // its target was gone
        QVERIFY(!engine::hasHistory(one));
    }

    void aLineOfTheQueueIsKeptWhole()
    {
        engine::IncidentRow row;
        row.id = IncidentId{17};
        row.title = {"incident.title", {{"who", "svc-build"}}};
        row.risk = 83;
        row.severity = Severity::High;
        row.status = IncidentStatus::Closed;
        row.firstSeen = *Timestamp::parse("2026-11-21T12:20:00Z");
        row.lastSeen = *Timestamp::parse("2026-11-21T13:20:00.118Z");
        row.alerts = 12;
        row.products = {"CrowdStrike Falcon"};
        row.leading = {{EntityKind::Account, "arn:aws:iam::111122223333:user/svc", "service", "svc"}};
        row.hidden = 4;
        row.needsYou = true;
        row.isContainedByAgent = true;
        row.assignee = "user:analyst-a";
        const std::string text = json::write(engine::incidentRowValue(row));
        const auto value = json::parse(text);
        QVERIFY(value);
        const auto again = engine::incidentRowFrom(*value);
        QVERIFY(again);
        QCOMPARE(json::write(engine::incidentRowValue(*again)), text);
        QVERIFY(again->id == row.id && again->alerts == 12 && again->needsYou && again->isContainedByAgent && again->hidden == 4);
    }
};

QTEST_GUILESS_MAIN(TestStepHistory)
#include "tst_step_history.moc"
