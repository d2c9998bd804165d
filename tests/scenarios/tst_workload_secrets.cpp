#include "tests/scenarios/played_exercise.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

using std::chrono::minutes;

constexpr const char* machineId = "i-0c0ffee01234abcd5";
const EntityRef workload{EntityKind::Workload, machineId, "instance", machineId};

/// Every secret that was read gets a new value, each by a person's word.
void renewSecrets(PlayedExercise& story)
{
    for (const Step* one : story.steps("secret.add_version")) {
        if (one->state == StepState::AwaitingApproval)
            story.approve(one);
    }
}

} // namespace

/// Reference scenario 2, from its log to a sealed case: a workload's identity reads secrets.
class TestWorkloadSecrets : public QObject
{
    Q_OBJECT

private slots:
    void theMachineIsCutOffAfterItsEvidenceAndComesBackByAPersonsWord()
    {
        PlayedExercise story("workload-secrets");
        const Step* snapshot = story.step("evidence.snapshot", machineId);
        const Step* isolate = story.step("workload.isolate", machineId);
        COMPARE_STATE(snapshot, StepState::Verified);
        COMPARE_STATE(isolate, StepState::Verified);
        QVERIFY(isolate->decision->tier == Tier::T1);
        QCOMPARE(isolate->doneBy, std::string("agent"));
        QVERIFY(story.entriesOf(snapshot, "outcome.").front().seq < story.entriesOf(isolate, "action.intended").front().seq);
        QVERIFY(!story.fixture.ledger("evidence.sealed").empty());
        QCOMPARE(story.outside(workload, "network").asString(), std::string("isolated"));
        QCOMPARE(story.steps("secret.add_version").size(), std::size_t(6));
        for (const Step* one : story.steps("secret.add_version"))
            COMPARE_STATE(one, StepState::AwaitingApproval);
        COMPARE_STATE(story.step("session.revoke"), StepState::AwaitingApproval);

        story.pass(minutes(12)); // nobody is asked for the machine before its secrets are new
        QVERIFY(isMissing(story.step("workload.release", machineId), "earlier_step"));
        renewSecrets(story);
        for (const Step* one : story.steps("secret.add_version"))
            COMPARE_STATE(one, StepState::Verified);
        const Step* release = story.step("workload.release", machineId);
        COMPARE_STATE(release, StepState::AwaitingApproval);
        QVERIFY(release->decision->tier >= Tier::T2);
        QCOMPARE(story.outside(workload, "network").asString(), std::string("isolated")); // nothing moves before somebody signs
        story.approve(release);
        COMPARE_STATE(story.step("workload.release", machineId), StepState::Verified);
        QCOMPARE(story.outside(workload, "network").asString(), std::string("normal"));
        const Value checks = story.entriesOf(release, "decision").back().data["policy_checks"];
        for (const char* check : {"image_digest_matches", "role_bindings_match", "secrets_rotated", "quiet"})
            QVERIFY2(checks[check].asBool(), check);
        const auto notes = story.changeNotes();
        QVERIFY(!notes.empty() && notes.back().find("signed by: user:analyst-a") != std::string::npos);
        VERIFY_SOUND(story);
    }

    void eachCheckThatFailsHoldsTheMachineAndIsNamed()
    {
        PlayedExercise story("workload-secrets");
        const std::vector<std::string> all{"image_digest_matches", "role_bindings_match", "secrets_rotated", "quiet"};
        const auto holdsFor = [&](const std::set<std::string>& failing) {
            const Step* release = story.step("workload.release", machineId);
            const LedgerEntry decision = story.entriesOf(release, "decision").back();
            bool isAsTold = release->state == StepState::Proposed && release->request.empty() && // nobody is asked to approve it
                            story.outside(workload, "network").asString() == "isolated";
            for (const std::string& name : all) {
                const bool fails = failing.contains(name);
                isAsTold = isAsTold && isMissing(release, "check:" + name) == fails && // in the decision,
                           (noteOf(release).find(name) != std::string::npos) == fails && // on screen
                           decision.data["policy_checks"][name].asBool(fails) != fails;  // and in the ledger
            }
            return isAsTold;
        };
        renewSecrets(story);
        QVERIFY2(holdsFor({"quiet"}), noteOf(story.step("workload.release")).c_str());
        const Value image = story.outside(workload, "image_digest");
        const Value roles = story.outside(workload, "role_bindings");
        const EntityRef secret = story.steps("secret.add_version").back()->action.targets.front();
        const Value versions = story.outside(secret, "versions");
        story.changeOutside(workload, "image_digest", "sha256:0000000000000000");
        story.changeOutside(workload, "role_bindings", Value::Array{"orders-api", "billing-api"});
        story.changeOutside(secret, "versions", Value::Array{Value::Object{{"id", "v1"}, {"stage", "AWSCURRENT"}}}); // the old value is back
        story.pass(minutes(12));
        QVERIFY2(holdsFor({"image_digest_matches", "role_bindings_match", "secrets_rotated"}), noteOf(story.step("workload.release")).c_str());
        story.changeOutside(workload, "image_digest", image);
        story.pass(minutes(2));
        QVERIFY2(holdsFor({"role_bindings_match", "secrets_rotated"}), noteOf(story.step("workload.release")).c_str());
        story.changeOutside(workload, "role_bindings", roles);
        story.pass(minutes(2));
        QVERIFY2(holdsFor({"secrets_rotated"}), noteOf(story.step("workload.release")).c_str());
        story.changeOutside(secret, "versions", versions);
        story.changeOutside(workload, "image_digest", "sha256:1111111111111111");
        story.pass(minutes(2));
        QVERIFY2(holdsFor({"image_digest_matches"}), noteOf(story.step("workload.release")).c_str());
        story.changeOutside(workload, "image_digest", image);
        story.pass(minutes(2));
        COMPARE_STATE(story.step("workload.release", machineId), StepState::AwaitingApproval);
    }

    void anApprovalIsVoidWhenACheckFailsMeanwhile()
    {
        PlayedExercise story("workload-secrets");
        renewSecrets(story);
        story.pass(minutes(12));
        const Step* release = story.step("workload.release", machineId);
        COMPARE_STATE(release, StepState::AwaitingApproval);
        story.changeOutside(workload, "image_digest", "sha256:0000000000000000");
        (void)story.sign(release, "user:analyst-a");
        release = story.step("workload.release", machineId);
        QVERIFY2(release->state != StepState::Verified, stateName(release).c_str());
        QVERIFY(isMissing(release, "check:image_digest_matches"));
        QCOMPARE(story.outside(workload, "network").asString(), std::string("isolated"));
    }

    void whatWasSignedForASecretReleasesNoMachine()
    {
        PlayedExercise story("workload-secrets");
        const Step* first = story.steps("secret.add_version").front();
        const govern::StepUpResult answer = story.fixture.answer(*story.held, first->request, "user:analyst-a");
        CaseFixture::must(story.held->apply(engine::SubmitReply{answer.reply}, {}));
        renewSecrets(story);
        story.pass(minutes(12));
        const Step* release = story.step("workload.release", machineId);
        COMPARE_STATE(release, StepState::AwaitingApproval);
        (void)story.held->apply(engine::SubmitReply{answer.reply}, {}); // once more
        Approval forged = CaseFixture::must(govern::readReply(answer.reply));
        forged.request = release->request;
        const crypto::SigningKey key = keyOf(story.fixture.folder(), "user:analyst-a", story.fixture.machine.now());
        (void)story.held->apply(engine::SubmitReply{CaseFixture::must(govern::signReply(forged, key))}, {});
        COMPARE_STATE(story.step("workload.release", machineId), StepState::AwaitingApproval);
        QVERIFY(story.fixture.ledger("approval.refused").size() >= 2);
        QCOMPARE(story.outside(workload, "network").asString(), std::string("isolated"));
    }
};

QTEST_GUILESS_MAIN(TestWorkloadSecrets)
#include "tst_workload_secrets.moc"
