#include "core/connectors/aws/runbook.h"

#include "tests/support/aws_account.h"

#include <QTest>

using namespace cordon;

/// An instance contained by AWS's own runbook, in an account that the tests play.
class TestRunbook : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::AwsAccount> m_account;

    const EntityRef m_one{EntityKind::Workload, "i-0one", {}, {}};

    test::ProviderUser& user() { return m_account->user; }
    test::AwsAutomationFake& automation() { return m_account->fake.automation; }
    std::map<std::string, std::vector<std::string>>& interfaces() { return m_account->fake.compute.instances.at("i-0one").interfaces; }
    Action isolate() { return user().action("workload.isolate", m_one); }

private slots:
    void init()
    {
        m_account = std::make_unique<test::AwsAccount>();
        auto& compute = m_account->fake.compute;
        compute.groups = {{"sg-web", {"vpc-1", 2}}, {"sg-none", {}}};
        compute.instances["i-0one"].interfaces = {{"eni-1", {"sg-web", "sg-none"}}, {"eni-2", {"sg-web"}}};
        compute.instances["i-0one"].tags = {{"aws:autoscaling:groupName", "web"}};
        VERIFY_WELL(user().open({{"runbook_role", automation().role}, {"runbook_bucket", "evidence"}}));
    }

    void whatIsContainedComesBackFromTheRunbooksOwnBackup()
    {
        const auto before = interfaces();
        VERIFY_WELL(user().cutsAndGoesBack(isolate(), [this] { return automation().standby.contains("i-0one"); }));
        QVERIFY(interfaces() == before);
        QCOMPARE(automation().started("dry"), 1);
        QCOMPARE(automation().started("Contain"), 1);
        QCOMPARE(automation().started("Release"), 1);
        for (const auto& [id, run] : automation().runs) {
            QVERIFY(!run.parameters.contains("CreateAMIBackup") || run.parameters.at("CreateAMIBackup") == "false"); // an image restarts what it is taken of
            QCOMPARE(run.parameters.at("BackupS3BucketName"), std::string("evidence"));
        }
    }

    void lookingStartsNothing()
    {
        const auto preview = user().provider().preview(isolate(), user().reading());
        QVERIFY(preview && preview->request.find("DryRun") != std::string::npos);
        QVERIFY(preview->stillOpen.back().find("Auto Scaling group web") != std::string::npos);
        QVERIFY(user().provider().verify(isolate(), user().reading())->state == OutcomeState::Failed);
        QVERIFY(automation().runs.empty());
    }

    void aDryRunThatFailsChangesNothing()
    {
        automation().failing = {"dry"};
        const auto refused = user().execute(isolate());
        QVERIFY(!refused && refused.error().code == ErrorCode::Denied);
        QVERIFY2(refused.error().detail.find("no access to the bucket; nothing was changed") != std::string::npos, refused.error().detail.c_str());
        QCOMPARE(automation().started("Contain"), 0);
        automation().failing.clear();
        automation().looksNeeded["dry"] = 1000; // it does not come to its end
        QVERIFY(user().execute(isolate()).error().code == ErrorCode::Denied);
        QCOMPARE(automation().started("Contain"), 0);
    }

    void whatGoesOnIsUnknownUntilItIsThere()
    {
        automation().looksNeeded["Contain"] = 1000;
        const auto begun = user().execute(isolate());
        QVERIFY2(begun, begun ? "" : begun.error().detail.c_str());
        QVERIFY(user().provider().verify(isolate(), user().reading())->state == OutcomeState::Unknown);
        QVERIFY(user().undo(isolate(), begun->undoRecord, true).error().code == ErrorCode::Denied); // not while it runs
        QCOMPARE(automation().started("Release"), 0);
        for (auto& [id, run] : automation().runs)
            run.looks = 0;
        VERIFY_WELL(user().open()); // another process, which knows of no act of its own
        QVERIFY(user().provider().verify(isolate(), user().reading())->state == OutcomeState::Verified);
    }

    void aContainmentThatFailsIsUnknownAndSettledByLooking()
    {
        automation().failing = {"Contain"};
        const auto failed = user().execute(isolate());
        QVERIFY(!failed && failed.error().code == ErrorCode::Io);
        QVERIFY(user().provider().verify(isolate(), user().reading())->state == OutcomeState::Failed);
    }

    void aBackupThatNobodyNamesIsAPersonsBusiness()
    {
        const auto done = user().execute(isolate());
        QVERIFY(done);
        automation().namesBackup = false;
        const auto refused = user().undo(isolate(), done->undoRecord);
        QVERIFY(!refused && refused.error().code == ErrorCode::Denied);
        QCOMPARE(automation().started("Release"), 0);
        automation().namesBackup = true;
        automation().failing = {"Release"};
        QVERIFY(user().undo(isolate(), done->undoRecord).error().code == ErrorCode::Io);
    }

    void anotherRunbookOrRoleIsNotStarted()
    {
        const auto done = user().execute(isolate());
        Value part = done->undoRecord["targets"].asArray().front();
        const Value step = part["calls"].asArray().front();
        for (const auto& [member, text] : std::map<std::string, std::string>{{"DocumentName", "AWS-RunShellScript"}, {"Role", "arn:aws:iam::123456789012:role/admin"}}) {
            Value body = step["call"]["parameters"];
            if (member == "Role") {
                Value parameters = body["Parameters"];
                body.set("Parameters", parameters.set("AutomationAssumeRole", Value::Array{text}));
            } else {
                body.set(member, text);
            }
            Value call = step["call"];
            part.set("calls", Value::Array{Value::Object{{"call", call.set("parameters", body)}, {"shown", ""}}});
            Value forged = done->undoRecord;
            forged.set("targets", Value::Array{part});
            QVERIFY(user().undo(isolate(), forged).error().code == ErrorCode::Invalid);
        }
        QCOMPARE(automation().started("Release"), 0);
    }

    void theRightsAreThatRunbooksAlone()
    {
        const std::string policy = json::write(user().provider().privileges());
        QVERIFY(policy.find("automation-definition/AWSSupport-ContainEC2Instance:*") != std::string::npos);
        QVERIFY(policy.find("ec2:ModifyNetworkInterfaceAttribute") == std::string::npos); // the role's, not the responder's
        QVERIFY(policy.find("\"Resource\":\"" + automation().role + "\"") != std::string::npos);
        const auto verbs = user().provider().capabilities();
        QVERIFY(std::none_of(verbs.begin(), verbs.end(), [](const act::Capability& one) { return one.verb == "workload.release"; }));
        QVERIFY(!user().open({{"runbook_bucket", ""}}).empty());
        QVERIFY(!user().open({{"runbook_bucket", "evidence"}, {"quarantine_group", "sg-none"}}).empty());
    }
};

QTEST_GUILESS_MAIN(TestRunbook)
#include "tst_runbook.moc"
