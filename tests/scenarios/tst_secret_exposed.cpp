#include "tests/scenarios/played_exercise.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

using std::chrono::minutes;

constexpr const char* secretId = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:prod/payments-db";
const EntityRef secret{EntityKind::Secret, secretId, {}, {}};

std::string stagesOf(const PlayedExercise& story)
{
    const Value versions = story.outside(secret, "versions");
    std::string all;
    for (const Value& version : versions.asArray())
        all += (all.empty() ? "" : " ") + version["id"].asString() + '=' + version["stage"].asString();
    return all;
}

/// Up to and with the switching off of the old version, everything as asked for.
void moveEverybody(PlayedExercise& story)
{
    for (const char* verb : {"trust.restore", "secret.add_version"})
        story.approve(story.step(verb, secretId));
    for (std::size_t i = 0; i < story.steps("dependent.update").size(); ++i)
        story.approve(story.steps("dependent.update")[i]);
    story.approve(story.step("secret.retire_version"));
}

} // namespace

/// Reference scenario 4, from its log to a sealed case: a secret is opened to everybody.
class TestSecretExposed : public QObject
{
    Q_OBJECT

private slots:
    void itIsReplacedDependentByDependentAndItsOldVersionGoesLast()
    {
        PlayedExercise story("secret-exposed");
        COMPARE_STATE(story.step("evidence.snapshot", secretId), StepState::Verified);
        QCOMPARE(story.steps("dependent.update").size(), std::size_t(2)); // consumers found
        QCOMPARE(story.outside(secret, "trust")["principal"].asString(), std::string("*"));
        COMPARE_STATE(story.step("trust.restore", secretId), StepState::AwaitingApproval);
        COMPARE_STATE(story.step("secret.add_version", secretId), StepState::Proposed); // no new value while others can read it
        story.approve(story.step("trust.restore", secretId));
        QCOMPARE(story.outside(secret, "trust")["principal"].asString(), std::string("account"));
        story.approve(story.step("secret.add_version", secretId));
        COMPARE_STATE(story.step("secret.add_version", secretId), StepState::Verified);
        QCOMPARE(stagesOf(story), std::string("v1=AWSPREVIOUS v2=AWSCURRENT")); // beside the old one

        // One by one: nobody is asked about the second before the first is verified.
        COMPARE_STATE(story.steps("dependent.update")[0], StepState::AwaitingApproval);
        COMPARE_STATE(story.steps("dependent.update")[1], StepState::Proposed);
        COMPARE_STATE(story.step("secret.retire_version"), StepState::Proposed);
        for (std::size_t i = 0; i < 2; ++i) {
            story.approve(story.steps("dependent.update")[i]);
            const Step* moved = story.steps("dependent.update")[i];
            COMPARE_STATE(moved, StepState::Verified);
            QCOMPARE(story.outside(moved->action.targets.front(), "configuration")["secret_version"].asString(), std::string("AWSCURRENT"));
        }
        story.approve(story.step("secret.retire_version"));
        QCOMPARE(stagesOf(story), std::string("v1=RETIRED v2=AWSCURRENT"));

        // It was off for an hour before anybody is asked to delete it.
        const Step* deletion = story.step("secret.delete_version");
        COMPARE_STATE(deletion, StepState::Proposed);
        QVERIFY2(isMissing(deletion, "check:soaked"), noteOf(deletion).c_str());
        QVERIFY2(noteOf(deletion).find("soaked") != std::string::npos, noteOf(deletion).c_str());
        story.pass(minutes(61));
        deletion = story.step("secret.delete_version");
        COMPARE_STATE(deletion, StepState::AwaitingApproval);
        QVERIFY(deletion->decision->tier == Tier::T3);
        CaseFixture::must(story.sign(deletion, "user:analyst-a"));
        COMPARE_STATE(story.step("secret.delete_version"), StepState::AwaitingApproval); // one is not enough
        QCOMPARE(stagesOf(story), std::string("v1=RETIRED v2=AWSCURRENT"));
        CaseFixture::must(story.sign(deletion, "user:commander-a", 2));
        COMPARE_STATE(story.step("secret.delete_version"), StepState::Verified);
        QCOMPARE(stagesOf(story), std::string("v2=AWSCURRENT"));

        // The change record: what was done, and who signed.
        COMPARE_STATE(story.step("change.note"), StepState::Verified);
        const std::string note = story.changeNotes().back();
        QVERIFY2(note.starts_with("done: S1 ") && note.ends_with("signed by: user:analyst-a user:commander-a"), note.c_str());
        QVERIFY2(note.find("failed") == std::string::npos, note.c_str());
        VERIFY_SOUND(story);
    }

    void theChangeRecordSaysWhatFailed()
    {
        PlayedExercise story("secret-exposed");
        for (const char* verb : {"trust.restore", "secret.add_version"})
            story.approve(story.step(verb, secretId));
        CaseFixture::must(story.contents().failNext("dependent.update", tenant::Fault::Refuse, 2));
        story.approve(story.steps("dependent.update")[0]);
        const Step* failed = story.steps("dependent.update")[0];
        COMPARE_STATE(failed, StepState::Failed);
        // Whoever depends on it was not moved: the old version stays on, and nobody is asked to switch it off.
        COMPARE_STATE(story.step("secret.retire_version"), StepState::Proposed);
        QVERIFY(story.step("secret.retire_version")->request.empty());
        QCOMPARE(stagesOf(story), std::string("v1=AWSPREVIOUS v2=AWSCURRENT"));
        for (const char* verb : {"dependent.update", "secret.retire_version", "secret.delete_version"}) {
            for (const Step* one : story.steps(verb)) {
                if (one->state == StepState::Proposed)
                    CaseFixture::must(give(*story.held, story.fixture, "user:commander-a", "skip",
                                           Value::Object{{"step", one->id}, {"why", "left to the owner of the service"}}));
            }
        }
        COMPARE_STATE(story.step("change.note"), StepState::Verified);
        const std::string note = story.changeNotes().back();
        const std::string number = failed->id.substr(failed->id.find('/') + 1);
        QVERIFY2(note.find("failed: " + number + ';') != std::string::npos, note.c_str());
        QVERIFY2(note.find("skipped: ") != std::string::npos && note.find("signed by: user:analyst-a") != std::string::npos, note.c_str());
        VERIFY_SOUND(story);
    }

    void whatWasSignedForSwitchingOffDeletesNothing()
    {
        PlayedExercise story("secret-exposed");
        for (const char* verb : {"trust.restore", "secret.add_version"})
            story.approve(story.step(verb, secretId));
        for (std::size_t i = 0; i < story.steps("dependent.update").size(); ++i)
            story.approve(story.steps("dependent.update")[i]);
        const govern::StepUpResult answer = story.fixture.answer(*story.held, story.step("secret.retire_version")->request, "user:analyst-a");
        CaseFixture::must(story.held->apply(engine::SubmitReply{answer.reply}, {}));
        story.pass(minutes(61));
        const Step* deletion = story.step("secret.delete_version");
        COMPARE_STATE(deletion, StepState::AwaitingApproval);
        const std::size_t before = story.fixture.ledger("approval.refused").size();
        (void)story.held->apply(engine::SubmitReply{answer.reply}, {});
        Approval forged = CaseFixture::must(govern::readReply(answer.reply));
        forged.request = deletion->request;
        const crypto::SigningKey key = keyOf(story.fixture.folder(), "user:analyst-a", story.fixture.machine.now());
        (void)story.held->apply(engine::SubmitReply{CaseFixture::must(govern::signReply(forged, key))}, {});
        QCOMPARE(story.fixture.ledger("approval.refused").size(), before + 2);
        COMPARE_STATE(story.step("secret.delete_version"), StepState::AwaitingApproval);
        QCOMPARE(stagesOf(story), std::string("v1=RETIRED v2=AWSCURRENT"));
    }

    void theDeletionCannotBePutBeforeTheSoak()
    {
        PlayedExercise story("secret-exposed");
        const Step* deletion = story.step("secret.delete_version");
        const Step* first = story.step("trust.restore", secretId);
        const auto moved = give(*story.held, story.fixture, "user:analyst-a", "step-move",
                                Value::Object{{"step", deletion->id}, {"before", first->id}, {"why", "the old value must go now"}});
        QVERIFY(!moved || story.step("secret.delete_version")->state == StepState::Proposed);
        QVERIFY(story.step("secret.delete_version")->request.empty());
        QCOMPARE(stagesOf(story), std::string("v1=AWSCURRENT"));
    }

    void itStaysSwitchedOffAfterTheCaseWasOpenedAgain()
    {
        PlayedExercise story("secret-exposed");
        moveEverybody(story);
        CaseFixture::must(story.held->finish());
        story.held.reset();
        story.held = story.fixture.wake();
        QCOMPARE(story.steps("dependent.update").size(), std::size_t(2));
        for (const Step* one : story.steps("dependent.update"))
            COMPARE_STATE(one, StepState::Verified);
        COMPARE_STATE(story.step("secret.delete_version"), StepState::Proposed);
        story.pass(minutes(61));
        COMPARE_STATE(story.step("secret.delete_version"), StepState::AwaitingApproval);
    }
};

QTEST_GUILESS_MAIN(TestSecretExposed)
#include "tst_secret_exposed.moc"
