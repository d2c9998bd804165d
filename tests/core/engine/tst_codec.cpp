#include "core/engine/codec.h"
#include "core/value/json.h"

#include <QTest>

using namespace cordon;
namespace codec = cordon::engine::codec;

namespace {

const EntityRef account{EntityKind::Account, "arn:aws:iam::111122223333:user/ci", "service", "ci"};
const EntityRef key{EntityKind::Credential, "AKIAEXAMPLEKEY000001", "access_key", "AKIAEXAMPLEKEY000001"};
const Timestamp noon = *Timestamp::parse("2026-11-21T12:00:00.123456Z");

Text text(const char* code)
{
    return {code, {{"target", "ci"}, {"count", "3"}}};
}

Step fullStep(StepState state)
{
    Step step;
    step.id = "INC-0001/S3";
    step.ordinal = 3;
    step.action.type = "credential.deactivate";
    step.action.connector = "exercise";
    step.action.tenant = "111122223333";
    step.action.targets = {key};
    step.action.params = Value::Object{{"user", account.id}};
    step.action.expectedState = std::string(64, 'a');
    step.action.incident = "INC-0001";
    step.action.session = "s-1";
    step.action.mandate = std::string(64, 'b');
    step.action.rollback = "credential.activate";
    step.title = text("step.credential_deactivate.intruder");
    step.why = text("why.deactivate_intruder");
    step.floor = Tier::T1;
    step.back = Back::Reversible;
    step.after = {"INC-0001/S1", "INC-0001/S2"};
    step.isFollowUp = true;
    step.isTargetMadeByIncident = true;
    step.state = state;
    Decision decision;
    decision.effect = Effect::Hold;
    decision.tier = Tier::T2;
    decision.clauses = {"C2", "L1"};
    decision.reasons = {text("gate.tier.base")};
    decision.missing = {"approval", "precheck:evidence_preserved"};
    decision.digest = std::string(64, 'c');
    decision.needs = {2, true, {"key", "pin"}, true, true, std::chrono::minutes(60), std::chrono::minutes(5)};
    step.decision = decision;
    step.decisionSeq = 17;
    Preview preview;
    preview.request = "iam:UpdateAccessKey";
    preview.before = Value::Object{{"status", "active"}};
    preview.after = Value::Object{{"status", "inactive"}};
    preview.dependents = {account};
    preview.stillOpen = {"sessions"};
    preview.undo = "activate again";
    step.preview = preview;
    Outcome outcome;
    outcome.state = OutcomeState::Verified;
    outcome.detail = "seen";
    outcome.seen = Value::Object{{"status", "inactive"}};
    outcome.undoRecord = Value::Object{{"was", "active"}};
    outcome.finished = noon;
    step.outcome = outcome;
    step.executedAt = noon;
    step.leaseUntil = noon + std::chrono::hours(1);
    step.isLeaseOverdue = true;
    step.doneBy = "agent";
    step.request = "AR-0001";
    step.approveBy = noon + std::chrono::minutes(60);
    step.executeBy = noon + std::chrono::minutes(5);
    step.note = {"step.waits.for", {{"what", "blast_radius"}}};
    return step;
}

/// As it comes back from a file.
Value stored(const Value& value)
{
    return *json::parse(json::write(value));
}

} // namespace

/// What is kept of an incident comes back as it was: a reopened case goes on with exactly what the report says.
class TestCodec : public QObject
{
    Q_OBJECT

private slots:
    void aStepComesBackInEveryState()
    {
        for (const StepState state :
             {StepState::Proposed, StepState::AwaitingApproval, StepState::Executing, StepState::Verified,
              StepState::Failed, StepState::Unknown, StepState::Reverted, StepState::Expired, StepState::Paused,
              StepState::Denied, StepState::Skipped, StepState::DoneElsewhere}) {
            const Value value = codec::toValue(fullStep(state));
            const auto back = codec::stepFrom(stored(value));
            QVERIFY(back);
            QVERIFY(back->state == state);
            QCOMPARE(codec::toValue(*back), value);
        }
    }

    void aStepKeepsTheExactBytesThatWereApproved()
    {
        const Step step = fullStep(StepState::Verified);
        const auto back = codec::stepFrom(stored(codec::toValue(step)));
        QCOMPARE(*back->action.canonical(), *step.action.canonical());
        QCOMPARE(back->outcome->undoRecord, step.outcome->undoRecord);
        QVERIFY(back->decision->needs.executeWithin == step.decision->needs.executeWithin);
        QVERIFY(back->action.targets.front().name == key.name && back->action.targets.front().type == key.type);
        QVERIFY(*back->leaseUntil == *step.leaseUntil && *back->approveBy == *step.approveBy);
    }

    void aBareStepStaysBare()
    {
        Step step;
        step.id = "INC-0001/S1";
        step.action.type = "evidence.snapshot";
        step.action.connector = "exercise";
        step.action.tenant = "t";
        step.action.targets = {account};
        step.action.incident = "INC-0001";
        const auto back = codec::stepFrom(stored(codec::toValue(step)));
        QVERIFY2(back, back ? "" : back.error().detail.c_str());
        QVERIFY(!back->decision && !back->preview && !back->outcome && !back->executedAt && !back->leaseUntil);
        QVERIFY(!back->approveBy && !back->executeBy && back->decisionSeq == -1);
    }

    void aDecisionComesBack()
    {
        for (const Effect effect : {Effect::Allow, Effect::Hold, Effect::Deny}) {
            for (const Tier tier : {Tier::T0, Tier::T1, Tier::T2, Tier::T3, Tier::T4}) {
                Decision decision = *fullStep(StepState::Proposed).decision;
                decision.effect = effect;
                decision.tier = tier;
                const auto back = codec::decisionFrom(stored(codec::toValue(decision)));
                QVERIFY(back && back->effect == effect && back->tier == tier);
                QCOMPARE(codec::toValue(*back), codec::toValue(decision));
            }
        }
    }

    void anAlertOfAnotherProductComesBackWithItsHistory()
    {
        Alert alert;
        alert.id = AlertId{3};
        ExternalOrigin& origin = alert.external.emplace();
        origin = {"guardduty", "Amazon GuardDuty",         "arn:x", "https://example.com/x",
                  "8.5",       "NEW",                      FindingState::Dismissed,
                  noon,        {"aws.cloudtrail", "aws.dns"}, true,
                  {{noon - std::chrono::hours(1), "2", "NEW", EventId{4}}, {noon, "8.5", "NEW", EventId{9}}}};
        const Value value = codec::toValue(alert);
        const auto back = codec::alertFrom(stored(value));
        QVERIFY(back && back->external);
        QVERIFY(back->external->state == FindingState::Dismissed);
        QVERIFY(back->external->history[1].event == EventId{9});
        QCOMPARE(codec::toValue(*back), value);
        QVERIFY(codec::toValue(Alert())["external"].isNull());
    }

    void anAlertComesBack()
    {
        Alert alert;
        alert.id = AlertId{7};
        alert.rule = {"rule-1",       "Title",         "Description", "An author", "DRL 1.1", "rules/a.yml",
                      Severity::High, {"persistence"}, {"T1098.001"}, {"admins"},  true};
        alert.first = noon;
        alert.last = noon + std::chrono::seconds(3);
        alert.events = {EventId{3}, EventId{4}};
        alert.cites = {{*Digest::fromHex(std::string(64, '1')), 10, 20},
                       {*Digest::fromHex(std::string(64, '2')), 30, 40}};
        alert.entities = {{account, "actor", ""}, {key, "target", "created"}};
        alert.action = "iam:CreateAccessKey";
        alert.hasSucceeded = false;
        alert.rarity = 0.25;
        const Value value = codec::toValue(alert);
        const auto back = codec::alertFrom(stored(value));
        QVERIFY(back);
        QCOMPARE(codec::toValue(*back), value);
        QVERIFY(back->cites[1].offset == 30 && back->cites[1].length == 40 && back->events[1] == EventId{4});
        for (const char* member : {"id", "rule", "title", "level", "author", "time", "entities", "events"})
            QVERIFY2(value.has(member), member); // the contract of cli.md
    }

    void anIncidentWithStoryAndPlanComesBack()
    {
        Incident incident;
        incident.id = IncidentId{12};
        incident.title = text("incident.title.key_made");
        incident.risk = 65;
        incident.severity = Severity::High;
        incident.status = IncidentStatus::Contained;
        incident.firstSeen = noon;
        incident.lastSeen = noon + std::chrono::minutes(9);
        incident.techniques = {"T1098.001"};
        incident.tactics = {"persistence"};
        incident.alerts = {AlertId{1}, AlertId{2}};
        incident.ownTechniques = 1;
        incident.products = {"Amazon GuardDuty"};
        incident.assignee = "user:analyst-a";
        IncidentMember member;
        member.entity = key;
        member.role = EntityRole::Attacker;
        member.why = {text("scope.verified")};
        member.events = {EventId{1}};
        member.isMisused = member.isVerified = member.isVerifiedBySimulation = true;
        member.isConfirmedByPerson = member.isMadeByIncident = true;
        incident.members = {member};
        incident.links = {{account, key, text("link.made"), 0.5, {EventId{1}}}};
        incident.riskParts = {{text("risk.tactics"), 20}};
        Brief brief;
        brief.story = {{text("story.key_made"), {EventId{1}, EventId{2}}}};
        IdentityChange change;
        change.event = EventId{5};
        change.time = noon;
        change.action = "iam:AttachUserPolicy";
        change.actor = account;
        change.subject = account;
        change.relation = "attached";
        change.hasSucceeded = false;
        change.isInsideIncident = true;
        change.text = text("change.attached");
        brief.identityChanges = {change};
        brief.lookedBackTo = noon - std::chrono::hours(48);
        brief.residual = {{key, text("residual.key"), noon + std::chrono::hours(1)},
                          {account, text("residual.policy"), {}}};
        brief.dependents = {{key, account, 9, noon}};
        brief.rarities = {{account, 5, 6, 7, {EventId{1}}}};
        Plan plan;
        plan.incident = incident.id;
        plan.playbook = "playbook--1";
        plan.playbookName = text("playbook.compromised_access_key");
        plan.playbookDigest = std::string(64, 'd');
        plan.revision = 3;
        plan.steps = {fullStep(StepState::Verified)};
        const Value value = codec::toValue(incident, brief, plan);
        const Value read = stored(value);
        const auto incidentBack = codec::incidentFrom(read);
        const auto briefBack = codec::briefFrom(read);
        const auto planBack = codec::planFrom(read["plan"]);
        QVERIFY(incidentBack && briefBack && planBack);
        QCOMPARE(json::write(codec::toValue(*incidentBack, *briefBack, *planBack)), json::write(value));
        for (const char* name : {"id", "title", "risk", "severity", "status", "first_seen", "last_seen", "techniques",
                                 "entities", "alerts", "links", "story", "identity_changes", "residual_access", "plan"})
            QVERIFY2(value.has(name), name);
    }

    void brokenShapesAreErrorsAndNotGuesses()
    {
        Value step = codec::toValue(fullStep(StepState::Verified));
        step.set("exact", Value::Object{});
        QVERIFY(!codec::stepFrom(step));
        QVERIFY(!codec::entityFrom(Value::Object{{"kind", "pet"}, {"id", "x"}}));
        QVERIFY(!codec::alertFrom(Value::Object{{"events", Value::Array{Value::Object{{"evidence", "zz"}}}}}));
        step = codec::toValue(fullStep(StepState::Verified));
        step.set("state", "finished");
        QVERIFY(codec::stepFrom(step)->state == StepState::Unknown); // never taken for done
    }
};

QTEST_GUILESS_MAIN(TestCodec)
#include "tst_codec.moc"
