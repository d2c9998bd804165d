#include "tests/support/exercise_fixture.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::tenant;
using namespace std::chrono_literals;
using cordon::test::ExerciseFixture;

class TestExerciseConnector : public QObject
{
    Q_OBJECT

private slots:
    void isAnExerciseAndCanDoEveryVerb();
    void everyVerbIsDoneVerifiedAndTakenBack_data();
    void everyVerbIsDoneVerifiedAndTakenBack();
    void permanentVerbsHaveNoWayBack_data();
    void permanentVerbsHaveNoWayBack();
    void readsChangeNothing_data();
    void readsChangeNothing();
    void previewShowsWhatHappensAndChangesNothing();
    void theDeactivatedKeysSessionsStayOpenAndAreNamed();
    void dependentsFollowTheReplacedKey();
    void aReplacementThatSomebodyChangedIsNotRemovedUnasked();
    void trustGoesBackToWhatItWas();
    void aChangeRecordCollectsNotes();
    void evidenceHoldsTheWholeState();
    void isolationBlocksNothingTwice();
};

void TestExerciseConnector::isAnExerciseAndCanDoEveryVerb()
{
    ExerciseFixture f;
    QVERIFY(f.connector->isExercise());
    QCOMPARE(f.connector->environment(), std::string("exercise"));
    QCOMPARE(f.connector->tenant(), std::string("acme"));
    QCOMPARE(f.connector->capabilities().size(), verbCatalogue().size());
}

void TestExerciseConnector::everyVerbIsDoneVerifiedAndTakenBack_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("param");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* verb, EntityKind kind, const char* id, const char* param = "",
                        const char* value = "") {
        QTest::newRow((QByteArray(verb) + ' ' + id).constData())
            << verb << static_cast<int>(kind) << id << param << value;
    };
    row("credential.deactivate", EntityKind::Credential, "AKIA1");
    row("credential.replace", EntityKind::Credential, "AKIA1");
    row("session.revoke", EntityKind::Role, "r1");
    row("session.revoke", EntityKind::Credential, "ASIA1");
    row("session.revoke", EntityKind::Account, "svc");
    row("account.suspend", EntityKind::Account, "svc");
    row("workload.isolate", EntityKind::Workload, "i-1");
    row("address.block", EntityKind::Address, "203.0.113.44");
    row("policy.detach", EntityKind::Account, "svc", "policy", "p-extra");
    row("policy.detach", EntityKind::Role, "r1", "policy", "p-extra");
    row("grant.remove", EntityKind::Account, "svc", "grant", "g1");
    row("consent.revoke", EntityKind::Account, "svc", "application", "app1");
    row("secret.add_version", EntityKind::Secret, "s1");
    row("dependent.update", EntityKind::Workload, "job", "secret", "s1");
}

void TestExerciseConnector::everyVerbIsDoneVerifiedAndTakenBack()
{
    ExerciseFixture f;
    QFETCH(QString, verb);
    QFETCH(int, kind);
    QFETCH(QString, id);
    QFETCH(QString, param);
    QFETCH(QString, value);
    Value params = Value::Object{};
    if (!param.isEmpty())
        params.set(param.toStdString(), value.toStdString());
    const Action done = f.action(verb.toStdString(), static_cast<EntityKind>(kind), id.toStdString(), params);
    const auto outcome = f.run(done);
    QVERIFY2(outcome, outcome ? "" : outcome.error().detail.c_str());
    QVERIFY2(outcome->state == OutcomeState::Verified, outcome->detail.c_str());
    QVERIFY(!outcome->undoRecord.isNull());
    const auto after = f.contents().facts(done.targets[0]);
    QVERIFY(*act::expectedState(done.type, *after) != done.expectedState);

    f.clock.time = f.clock.time + 1s;
    const auto undone = f.undo(done, *outcome);
    QVERIFY2(undone, undone ? "" : undone.error().detail.c_str());
    QVERIFY2(undone->state == OutcomeState::Verified, undone->detail.c_str());
    const auto back = f.contents().facts(done.targets[0]);
    QCOMPARE(*act::expectedState(done.type, *back), done.expectedState);
}

void TestExerciseConnector::permanentVerbsHaveNoWayBack_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("id");
    QTest::newRow("key") << "credential.delete" << static_cast<int>(EntityKind::Credential) << "AKIA1";
    QTest::newRow("token") << "token.destroy" << static_cast<int>(EntityKind::Credential) << "tok1";
    QTest::newRow("account") << "account.delete" << static_cast<int>(EntityKind::Account) << "bare";
    QTest::newRow("workload") << "workload.terminate" << static_cast<int>(EntityKind::Workload) << "i-1";
    QTest::newRow("secret version") << "secret.delete_version" << static_cast<int>(EntityKind::Secret) << "s1";
}

void TestExerciseConnector::permanentVerbsHaveNoWayBack()
{
    ExerciseFixture f;
    QFETCH(QString, verb);
    QFETCH(int, kind);
    QFETCH(QString, id);
    const Value params =
        verb == "secret.delete_version" ? Value(Value::Object{{"version", "v1"}}) : Value(Value::Object{});
    const Action done = f.action(verb.toStdString(), static_cast<EntityKind>(kind), id.toStdString(), params);
    const auto outcome = f.run(done);
    QVERIFY2(outcome && outcome->state == OutcomeState::Verified,
             outcome ? outcome->detail.c_str() : outcome.error().detail.c_str());
    QVERIFY(outcome->undoRecord.isNull());
    const auto undone = f.undo(done, *outcome);
    QVERIFY(undone && undone->state == OutcomeState::Failed);
    if (verb != "secret.delete_version")
        QVERIFY(!f.contents().facts(done.targets[0])->exists);
    // Gone is gone: doing it again finds nothing.
    QVERIFY(f.connector->execute(f.permit(done), done, {}).error().code == ErrorCode::NotFound);
}

void TestExerciseConnector::readsChangeNothing_data()
{
    QTest::addColumn<QString>("verb");
    for (const char* verb :
         {"evidence.collect", "evidence.snapshot", "inventory.read", "activity.watch", "change.open"})
        QTest::newRow(verb) << verb;
}

void TestExerciseConnector::readsChangeNothing()
{
    ExerciseFixture f;
    QFETCH(QString, verb);
    const auto rows = [&f] {
        auto count = f.contents().database().prepare("SELECT count(*) FROM state");
        return *count->step() ? count->integer(0) : -1;
    };
    const std::int64_t before = rows();
    const auto outcome = f.run(f.action(verb.toStdString(), EntityKind::Workload, "i-1"));
    QVERIFY2(outcome && outcome->state == OutcomeState::Verified,
             outcome ? outcome->detail.c_str() : outcome.error().detail.c_str());
    QVERIFY(outcome->undoRecord.isNull());
    QCOMPARE(rows(), before);
}

void TestExerciseConnector::previewShowsWhatHappensAndChangesNothing()
{
    ExerciseFixture f;
    const Action wanted = f.action("credential.deactivate", EntityKind::Credential, "AKIA1");
    const auto preview = f.connector->preview(wanted, {});
    QVERIFY(preview);
    QVERIFY(preview->request.find("iam:UpdateAccessKey AccessKeyId=AKIA1 UserName=svc Status=Inactive") == 0);
    QCOMPARE(preview->before["status"].asString(), std::string("active"));
    QCOMPARE(preview->after["status"].asString(), std::string("inactive"));
    QCOMPARE(preview->dependents.size(), std::size_t{1});
    QVERIFY(!preview->undo.empty());
    QCOMPARE(f.stateOf(EntityKind::Credential, "AKIA1", "status").asString(), std::string("active"));
}

void TestExerciseConnector::theDeactivatedKeysSessionsStayOpenAndAreNamed()
{
    ExerciseFixture f;
    const Action wanted = f.action("credential.deactivate", EntityKind::Credential, "AKIA1");
    QCOMPARE(f.connector->preview(wanted, {})->stillOpen,
             (std::vector<std::string>{
                 "session ASIA1, opened with this key, stays valid until 2026-11-21T12:30:00.000000Z"}));
    f.clock.time = *Timestamp::parse("2026-11-21T12:30:00Z");
    QVERIFY(f.connector->preview(wanted, {})->stillOpen.empty());
    const Action second = f.action("credential.deactivate", EntityKind::Credential, "AKIA2");
    QCOMPARE(f.connector->preview(second, {})->stillOpen,
             (std::vector<std::string>{"key AKIA3 of the same user stays active"}));
}

void TestExerciseConnector::dependentsFollowTheReplacedKey()
{
    ExerciseFixture f;
    QVERIFY(f.run(f.action("credential.replace", EntityKind::Credential, "AKIA1"))->state == OutcomeState::Verified);
    QVERIFY(f.run(f.action("dependent.update", EntityKind::Workload, "job", Value::Object{{"credential", "AKIA1"}}))
                ->state == OutcomeState::Verified);
    QVERIFY(f.contents().facts({EntityKind::Credential, "AKIA1", {}, {}})->dependents->empty());
    const std::string now = f.stateOf(EntityKind::Workload, "job", "configuration")["credential"].asString();
    QVERIFY(now != "AKIA1" && now.size() == 20 && now.rfind("AKIA", 0) == 0);
    QCOMPARE(f.contents().facts({EntityKind::Credential, now, {}, {}})->dependents->size(), std::size_t{1});
}

void TestExerciseConnector::aReplacementThatSomebodyChangedIsNotRemovedUnasked()
{
    ExerciseFixture f;
    const Action replace = f.action("credential.replace", EntityKind::Credential, "AKIA1");
    const auto outcome = f.run(replace);
    auto find = f.contents().database().prepare("SELECT e.ref FROM current_state s JOIN entity e ON e.id = s.entity WHERE s.attribute = 'replaces'");
    QVERIFY(find && *find->step());
    const EntityRef made{EntityKind::Credential, find->text(0), {}, {}};
    QVERIFY(f.contents().changeByOtherHand(made, "status", "inactive", "dev-a"));
    const auto refused = f.undo(replace, *outcome);
    QVERIFY2(refused && refused->state == OutcomeState::Failed && refused->detail.find("dev-a") != std::string::npos, refused ? refused->detail.c_str() : "");
    QVERIFY(f.contents().facts(made)->exists);
}

void TestExerciseConnector::trustGoesBackToWhatItWas()
{
    ExerciseFixture f;
    const EntityRef role{EntityKind::Role, "r1", {}, {}};
    QVERIFY(
        f.contents().changeByOtherHand(role, "trust", Value::Object{{"allows", Value::Array{"svc", "stranger"}}}, "x"));
    const Action restore = f.action("trust.restore", EntityKind::Role, "r1");
    const auto outcome = f.run(restore);
    QVERIFY2(outcome->state == OutcomeState::Verified, outcome->detail.c_str());
    QCOMPARE(f.stateOf(EntityKind::Role, "r1", "trust")["allows"].asArray().size(), std::size_t{1});
    QVERIFY(f.undo(restore, *outcome)->state == OutcomeState::Verified);
    QCOMPARE(f.stateOf(EntityKind::Role, "r1", "trust")["allows"].asArray().size(), std::size_t{2});
}

void TestExerciseConnector::aChangeRecordCollectsNotes()
{
    ExerciseFixture f;
    const Action note = f.action("change.note", EntityKind::Account, "svc");
    QVERIFY(f.run(note)->state == OutcomeState::Failed); // nothing is open yet
    const auto opened = f.run(f.action("change.open", EntityKind::Account, "svc"));
    QCOMPARE(opened->seen["account:svc"]["change"].asString(), std::string("CHG-1"));
    QVERIFY(f.run(note)->state == OutcomeState::Verified);
}

void TestExerciseConnector::evidenceHoldsTheWholeState()
{
    ExerciseFixture f;
    const auto outcome = f.run(f.action("evidence.snapshot", EntityKind::Credential, "AKIA1"));
    QVERIFY(outcome->state == OutcomeState::Verified);
    const Value& seen = outcome->seen["credential:AKIA1"];
    QCOMPARE(seen["state"]["status"].asString(), std::string("active"));
    QCOMPARE(seen["owner"]["id"].asString(), std::string("svc"));
    QVERIFY(seen["simulated"].asBool());
    QCOMPARE(seen["dependents"].asArray().size(), std::size_t{1});
}

void TestExerciseConnector::isolationBlocksNothingTwice()
{
    ExerciseFixture f;
    const Action isolate = f.action("workload.isolate", EntityKind::Workload, "i-1");
    QVERIFY(f.run(isolate)->state == OutcomeState::Verified);
    const Action again = f.action("workload.isolate", EntityKind::Workload, "i-1");
    QVERIFY(f.run(again)->state == OutcomeState::Verified);
    const Action release = f.action("workload.release", EntityKind::Workload, "i-1");
    QVERIFY(f.run(release)->state == OutcomeState::Verified);
    QCOMPARE(f.stateOf(EntityKind::Workload, "i-1", "security_groups").asArray().at(0).asString(),
             std::string("sg-web"));
}

QTEST_GUILESS_MAIN(TestExerciseConnector)
#include "tst_exercise_connector.moc"
