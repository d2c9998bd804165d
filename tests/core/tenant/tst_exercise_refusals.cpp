#include "tests/support/exercise_fixture.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::tenant;
using namespace std::chrono_literals;
using cordon::test::ExerciseFixture;

class TestExerciseRefusals : public QObject
{
    Q_OBJECT

private slots:
    void faultsEndAsTheyShould_data();
    void faultsEndAsTheyShould();
    void aTimedOutCallIsUnknownAlthoughItWasDone();
    void halfDoneWithSeveralTargetsIsAFailure();
    void lostReadsAreAskedOnceMore();
    void aPermitWorksOnce();
    void aPermitForAnotherActionIsRefused();
    void anActionForAnotherTenantIsRefused();
    void driftStopsUndoUnlessItIsOverwritten();
    void aUserHasTwoKeysAtMost();
    void aNewKeyInUseIsNotTakenBack();
    void aTokenIssueTimeDoesNothingToAKey();
    void aRetiredVersionIsNotGivenBackUnlessAPersonSaysSo();
    void theCurrentVersionIsNeverDeleted();
    void anAccountWithKeysCannotBeDeleted();
    void aMissingTargetIsNotFoundAndAWrongKindInvalid();
};

void TestExerciseRefusals::faultsEndAsTheyShould_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("status");
    QTest::newRow("refuse") << "refuse"
                            << "failed"
                            << "active";
    QTest::newRow("throttle") << "throttle"
                              << "failed"
                              << "active";
    QTest::newRow("unreachable") << "unreachable"
                                 << "unknown"
                                 << "active";
    QTest::newRow("timeout") << "timeout"
                             << "unknown"
                             << "inactive";
    QTest::newRow("lie") << "lie"
                         << "failed"
                         << "active";
    QTest::newRow("half done") << "half_done"
                               << "failed"
                               << "active";
    QTest::newRow("broken off") << "broken_off"
                                << "unknown"
                                << "inactive"; // one call makes this act: the next one failed
}

void TestExerciseRefusals::faultsEndAsTheyShould()
{
    ExerciseFixture f;
    QFETCH(QString, fault);
    QFETCH(QString, state);
    QFETCH(QString, status);
    QVERIFY(f.contents().failNext("credential.deactivate", *faultFrom(fault.toStdString())));
    const auto outcome = f.run(f.action("credential.deactivate", EntityKind::Credential, "AKIA1"));
    QVERIFY(outcome);
    QCOMPARE(std::string(toString(outcome->state)), state.toStdString());
    QCOMPARE(f.stateOf(EntityKind::Credential, "AKIA1", "status").asString(), status.toStdString());
    // The fault was for one call.
    const auto again = f.run(f.action("credential.deactivate", EntityKind::Credential, "AKIA1"));
    QVERIFY(again && again->state == OutcomeState::Verified);
}

void TestExerciseRefusals::aTimedOutCallIsUnknownAlthoughItWasDone()
{
    ExerciseFixture f;
    QVERIFY(f.contents().failNext("account.suspend", Fault::Timeout));
    const auto outcome = f.run(f.action("account.suspend", EntityKind::Account, "svc"));
    QVERIFY(outcome->state == OutcomeState::Unknown);
    QVERIFY(outcome->undoRecord.isNull());
    QCOMPARE(outcome->seen["account:svc"]["status"].asString(), std::string("suspended"));
}

void TestExerciseRefusals::halfDoneWithSeveralTargetsIsAFailure()
{
    ExerciseFixture f;
    Action both = f.action("credential.deactivate", EntityKind::Credential, "AKIA2");
    both.targets.push_back({EntityKind::Credential, "AKIA3", {}, {}});
    both.expectedState = *act::expectedState(
        both.type, std::vector{*f.contents().facts(both.targets[0]), *f.contents().facts(both.targets[1])});
    QVERIFY(f.contents().failNext(both.type, Fault::HalfDone));
    const auto outcome = f.run(both);
    QVERIFY2(outcome, outcome ? "" : outcome.error().detail.c_str());
    QVERIFY(outcome->state == OutcomeState::Failed);
    QCOMPARE(f.stateOf(EntityKind::Credential, "AKIA2", "status").asString(), std::string("inactive"));
    QCOMPARE(f.stateOf(EntityKind::Credential, "AKIA3", "status").asString(), std::string("active"));
    // What was done can be taken back.
    QVERIFY(f.undo(both, *outcome)->state == OutcomeState::Verified);
    QCOMPARE(f.stateOf(EntityKind::Credential, "AKIA2", "status").asString(), std::string("active"));
}

void TestExerciseRefusals::lostReadsAreAskedOnceMore()
{
    ExerciseFixture f;
    act::Actuator actuator(*f.connector, f.clock, [] { return false; });
    const EntityRef key{EntityKind::Credential, "AKIA1", {}, {}};
    QVERIFY(f.contents().failNext("inspect", Fault::Throttle));
    QVERIFY(actuator.inspect(key, {}));
    QVERIFY(f.contents().failNext("inspect", Fault::Unreachable, 2));
    QVERIFY(actuator.inspect(key, {}).error().code == ErrorCode::Io);
    QVERIFY(actuator.inspect(key, {}));
}

void TestExerciseRefusals::aPermitWorksOnce()
{
    ExerciseFixture f;
    const Action wanted = f.action("credential.deactivate", EntityKind::Credential, "AKIA1");
    const Digest digest = *act::actionDigest(wanted);
    QVERIFY(f.connector->execute(govern::Gate::permit(digest, "exercise", "same", f.clock.time + 5min), wanted, {}));
    const auto again =
        f.connector->execute(govern::Gate::permit(digest, "exercise", "same", f.clock.time + 5min), wanted, {});
    QVERIFY(again.error().code == ErrorCode::Conflict);
}

void TestExerciseRefusals::aPermitForAnotherActionIsRefused()
{
    ExerciseFixture f;
    const Action wanted = f.action("credential.deactivate", EntityKind::Credential, "AKIA1");
    const Action other = f.action("credential.deactivate", EntityKind::Credential, "AKIA2");
    QVERIFY(f.connector->execute(f.permit(other), wanted, {}).error().code == ErrorCode::Denied);
    Permit expired = f.permit(wanted);
    f.clock.time = f.clock.time + 5min;
    QVERIFY(f.connector->execute(std::move(expired), wanted, {}).error().code == ErrorCode::Denied);
    QCOMPARE(f.stateOf(EntityKind::Credential, "AKIA1", "status").asString(), std::string("active"));
}

void TestExerciseRefusals::anActionForAnotherTenantIsRefused()
{
    ExerciseFixture f;
    Action wanted = f.action("credential.deactivate", EntityKind::Credential, "AKIA1");
    wanted.tenant = "prod";
    QVERIFY(f.connector->execute(f.permit(wanted), wanted, {}).error().code == ErrorCode::Denied);
}

void TestExerciseRefusals::driftStopsUndoUnlessItIsOverwritten()
{
    ExerciseFixture f;
    const Action done = f.action("credential.deactivate", EntityKind::Credential, "AKIA1");
    const auto outcome = f.run(done);
    QVERIFY(f.contents().changeByOtherHand(done.targets[0], "status", "active", "dev-a"));
    QVERIFY(f.contents().changeByOtherHand(done.targets[0], "status", "inactive", "dev-a"));
    const auto refused = f.undo(done, *outcome);
    QVERIFY(refused->state == OutcomeState::Failed);
    QVERIFY2(refused->detail.find("changed since by dev-a") != std::string::npos, refused->detail.c_str());
    QCOMPARE(f.stateOf(EntityKind::Credential, "AKIA1", "status").asString(), std::string("inactive"));
    QVERIFY(f.undo(done, *outcome, true)->state == OutcomeState::Verified);
    QCOMPARE(f.stateOf(EntityKind::Credential, "AKIA1", "status").asString(), std::string("active"));
}

void TestExerciseRefusals::aUserHasTwoKeysAtMost()
{
    ExerciseFixture f;
    const auto outcome = f.run(f.action("credential.replace", EntityKind::Credential, "AKIA2"));
    QVERIFY(outcome->state == OutcomeState::Failed);
    QVERIFY2(outcome->detail.find("LimitExceeded") != std::string::npos, outcome->detail.c_str());
    QVERIFY(f.run(f.action("credential.delete", EntityKind::Credential, "AKIA3"))->state == OutcomeState::Verified);
    QVERIFY(f.run(f.action("credential.replace", EntityKind::Credential, "AKIA2"))->state == OutcomeState::Verified);
}

void TestExerciseRefusals::aNewKeyInUseIsNotTakenBack()
{
    ExerciseFixture f;
    const Action replace = f.action("credential.replace", EntityKind::Credential, "AKIA1");
    const auto outcome = f.run(replace);
    const Action update =
        f.action("dependent.update", EntityKind::Workload, "job", Value::Object{{"credential", "AKIA1"}});
    const auto updated = f.run(update);
    QVERIFY(updated && updated->state == OutcomeState::Verified);
    const auto refused = f.undo(replace, *outcome);
    QVERIFY(refused->state == OutcomeState::Failed);
    QVERIFY2(refused->detail.find("in use") != std::string::npos, refused->detail.c_str());
    QVERIFY(f.undo(update, *updated)->state == OutcomeState::Verified);
    QVERIFY(f.undo(replace, *outcome)->state == OutcomeState::Verified);
}

void TestExerciseRefusals::aTokenIssueTimeDoesNothingToAKey()
{
    ExerciseFixture f;
    const auto outcome = f.run(f.action("session.revoke", EntityKind::Credential, "AKIA1"));
    QVERIFY(outcome->state == OutcomeState::Failed);
    QVERIFY2(outcome->detail.find("token issue time") != std::string::npos, outcome->detail.c_str());
}

void TestExerciseRefusals::aRetiredVersionIsNotGivenBackUnlessAPersonSaysSo()
{
    ExerciseFixture f;
    const Action retire = f.action("secret.retire_version", EntityKind::Secret, "s1");
    const auto outcome = f.run(retire);
    QVERIFY(outcome->state == OutcomeState::Verified);
    QCOMPARE(f.stateOf(EntityKind::Secret, "s1", "versions").asArray().at(0)["stage"].asString(),
             std::string("RETIRED"));
    const auto refused = f.undo(retire, *outcome);
    QVERIFY(refused->state == OutcomeState::Failed);
    QVERIFY(refused->detail.find("expose") != std::string::npos);
    QCOMPARE(f.stateOf(EntityKind::Secret, "s1", "versions").asArray().at(0)["stage"].asString(), std::string("RETIRED"));
    QVERIFY(f.undo(retire, *outcome, true)->state == OutcomeState::Verified); // a person says so
    QVERIFY(f.stateOf(EntityKind::Secret, "s1", "versions").asArray().at(0)["stage"].asString() != "RETIRED");
}

void TestExerciseRefusals::theCurrentVersionIsNeverDeleted()
{
    ExerciseFixture f;
    const auto outcome =
        f.run(f.action("secret.delete_version", EntityKind::Secret, "s1", Value::Object{{"version", "v2"}}));
    QVERIFY(outcome->state == OutcomeState::Failed);
    QCOMPARE(f.stateOf(EntityKind::Secret, "s1", "versions").asArray().size(), std::size_t{2});
}

void TestExerciseRefusals::anAccountWithKeysCannotBeDeleted()
{
    ExerciseFixture f;
    const auto outcome = f.run(f.action("account.delete", EntityKind::Account, "svc"));
    QVERIFY(outcome->state == OutcomeState::Failed);
    QVERIFY(outcome->detail.find("DeleteConflict") != std::string::npos);
}

void TestExerciseRefusals::aMissingTargetIsNotFoundAndAWrongKindInvalid()
{
    ExerciseFixture f;
    const Action missing = f.action("credential.deactivate", EntityKind::Credential, "AKIA9");
    QVERIFY(f.connector->execute(f.permit(missing), missing, {}).error().code == ErrorCode::NotFound);
    const Action wrong = f.action("credential.deactivate", EntityKind::Role, "r1");
    QVERIFY(f.connector->execute(f.permit(wrong), wrong, {}).error().code == ErrorCode::Invalid);
    const Action without = f.action("policy.detach", EntityKind::Account, "svc");
    QVERIFY(f.connector->preview(without, {}).error().code == ErrorCode::Invalid);
    const Action unknown = f.action("credential.rename", EntityKind::Credential, "AKIA1");
    QVERIFY(f.connector->preview(unknown, {}).error().code == ErrorCode::Unsupported);
}

QTEST_GUILESS_MAIN(TestExerciseRefusals)
#include "tst_exercise_refusals.moc"
