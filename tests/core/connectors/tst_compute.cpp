#include "core/connectors/aws/compute.h"

#include "tests/support/aws_account.h"

#include <QTest>

using namespace cordon;

/// Instances of EC2, in an account that the tests play.
class TestCompute : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::AwsAccount> m_account;

    const EntityRef m_one{EntityKind::Workload, "i-0one", {}, {}};
    const EntityRef m_two{EntityKind::Host, "arn:aws:ec2:eu-central-1:123456789012:instance/i-0two", {}, {}};
    static constexpr const char* profile = "arn:aws:iam::123456789012:instance-profile/web";

    test::ProviderUser& user() { return m_account->user; }
    test::AwsComputeFake::Instance& instance(const char* id) { return m_account->fake.compute.instances.at(id); }

private slots:
    void init()
    {
        m_account = std::make_unique<test::AwsAccount>();
        auto& compute = m_account->fake.compute;
        compute.groups = {{"sg-web", {}}, {"sg-db", {}}, {"sg-quarantine", {}}, {"sg-elsewhere", {"vpc-2", 0}}, {"sg-open", {"vpc-1", 2}}};
        compute.instances["i-0one"].interfaces = {{"eni-1", {"sg-web", "sg-db"}}};
        compute.instances["i-0one"].tags = {{"Name", "web-7"}, {"criticality", "high"}, {"aws:autoscaling:groupName", "web"}};
        compute.instances["i-0one"].profile = profile;
        compute.instances["i-0one"].association = "iip-assoc-1";
        compute.instances["i-0two"].interfaces = {{"eni-2", {"sg-web"}}, {"eni-3", {"sg-db", "sg-web"}}};
        VERIFY_WELL(user().open({{"quarantine_group", "sg-quarantine"}}));
    }

    void anInstanceIsInspected()
    {
        const auto facts = user().provider().inspect(m_one, user().reading());
        QVERIFY2(facts, facts ? "" : facts.error().detail.c_str());
        QVERIFY(facts->exists && facts->criticality == Criticality::High);
        QCOMPARE(facts->target.name, std::string("web-7"));
        QCOMPARE(user().state(m_one, "security_groups"), std::string("[\"sg-web\",\"sg-db\"]")); // in the provider's order
        QCOMPARE(user().state(m_one, "grants"), std::string("[\"") + profile + "\"]");
        QCOMPARE(user().state(m_one, "network"), std::string("normal"));
        QCOMPARE(user().state({EntityKind::Workload, "i-0nobody", {}, {}}), std::string("not there"));
        const EntityRef elsewhere{EntityKind::Host, "arn:aws:ec2:us-east-1:123456789012:instance/i-0one", {}, {}};
        QVERIFY(user().provider().inspect(elsewhere, user().reading()).error().code == ErrorCode::Unsupported);
    }

    void isolatingSwapsEveryGroupAndTheSavedOnesComeBackInOrder()
    {
        for (const EntityRef& target : {m_one, m_two}) {
            const auto& interfaces = instance(target == m_one ? "i-0one" : "i-0two").interfaces;
            const auto before = interfaces;
            m_account->fake.lag = 2; // what is done shows late
            VERIFY_WELL(user().cutsAndGoesBack(user().action("workload.isolate", target), [&] {
                m_account->fake.lag = m_account->fake.done.empty() ? 2 : 0;
                return std::all_of(interfaces.begin(), interfaces.end(), [](const auto& one) { return one.second == std::vector<std::string>{"sg-quarantine"}; });
            }));
            QVERIFY(interfaces == before);
            m_account->fake.done.clear();
        }
        const auto preview = user().provider().preview(user().action("workload.isolate", m_one), user().reading());
        const std::string open = preview->stillOpen.front() + preview->stillOpen.back();
        QVERIFY(open.find("tracked") != std::string::npos && open.find("Auto Scaling group web") != std::string::npos);
    }

    void whatDoesNotIsolateIsRefusedBeforehand()
    {
        const Action isolate = user().action("workload.isolate", m_one);
        for (const char* group : {"sg-elsewhere", "sg-none"}) {
            VERIFY_WELL(user().open({{"quarantine_group", group}}));
            VERIFY_WELL(user().refusalOf(isolate, ErrorCode::Denied));
        }
        VERIFY_WELL(user().open({{"quarantine_group", ""}}));
        VERIFY_WELL(user().refusalOf(isolate, ErrorCode::Invalid));
        VERIFY_WELL(user().open({{"quarantine_group", "sg-quarantine"}}));
        VERIFY_WELL(user().refusalOf(user().action("workload.isolate", m_one, Value::Object{{"group", "sg-open"}}), ErrorCode::Invalid));
        VERIFY_WELL(user().refusalOf(user().action("workload.release", m_one), ErrorCode::Invalid));
        VERIFY_WELL(user().open({{"quarantine_group", "sg-open"}}));
        const auto preview = user().provider().preview(isolate, user().reading());
        QVERIFY(preview && preview->stillOpen.front().find("2 rules") != std::string::npos);
        QVERIFY(m_account->fake.done.empty());
    }

    void releaseAsAStepGivesTheNamedGroup()
    {
        const Action release = user().action("workload.release", m_one, Value::Object{{"group", "sg-web"}});
        QVERIFY(user().execute(user().action("workload.isolate", m_one)));
        QVERIFY(user().execute(release));
        QVERIFY(instance("i-0one").interfaces.at("eni-1") == std::vector<std::string>{"sg-web"});
        QVERIFY(user().provider().verify(release, user().reading())->state == OutcomeState::Verified);
    }

    void driftIsToldAndNotOverwritten()
    {
        const Action isolate = user().action("workload.isolate", m_one);
        const auto done = user().execute(isolate);
        instance("i-0one").interfaces["eni-1"] = {"sg-db"}; // somebody else
        QVERIFY(user().undo(isolate, done->undoRecord).error().code == ErrorCode::Conflict);
        QVERIFY(instance("i-0one").interfaces.at("eni-1") == std::vector<std::string>{"sg-db"});
    }

    void aFailureHalfWayIsUnknown()
    {
        m_account->fake.compute.instances["i-0two"].interfaces["eni-9"] = {"sg-web"};
        m_account->fake.compute.instances["i-0two"].vpc = "vpc-1";
        m_account->fake.silent = {"ModifyNetworkInterfaceAttribute"};
        const auto lost = user().execute(user().action("workload.isolate", m_two));
        QVERIFY(!lost && lost.error().code == ErrorCode::Io);
        m_account->fake.silent.clear();
        m_account->fake.lying = {"ModifyNetworkInterfaceAttribute"};
        const Action isolate = user().action("workload.isolate", m_one);
        QVERIFY(user().execute(isolate));
        QVERIFY(user().provider().verify(isolate, user().reading())->state == OutcomeState::Failed);
        m_account->fake.lying.clear();
        m_account->fake.throttled = 2;
        QCOMPARE(user().state(m_one), std::string("running"));
    }

    void aProfileIsTakenAwayAndGivenAgain()
    {
        VERIFY_WELL(user().cutsAndGoesBack(user().action("grant.remove", m_one, Value::Object{{"grant", profile}}), [this] { return instance("i-0one").profile.empty(); }));
        QCOMPARE(instance("i-0one").association, std::string("iip-assoc-11")); // a new one
        VERIFY_WELL(user().refusalOf(user().action("grant.remove", m_two, Value::Object{{"grant", profile}}), ErrorCode::NotFound));
    }

    void snapshotsAreMadeOnceForEachAction()
    {
        const Action evidence = user().action("evidence.snapshot", m_one);
        QVERIFY(user().provider().verify(evidence, user().reading())->state != OutcomeState::Verified);
        m_account->fake.silent = {"CreateSnapshots"};
        QVERIFY(user().execute(evidence).error().code == ErrorCode::Io);
        m_account->fake.silent.clear();
        QVERIFY(user().execute(evidence)); // is there already
        QCOMPARE(m_account->fake.compute.snapshots.size(), std::size_t(1));
        QVERIFY(user().provider().verify(evidence, user().reading())->state == OutcomeState::Verified);
    }

    void anInstanceIsEnded()
    {
        instance("i-0two").isProtected = true;
        VERIFY_WELL(user().refusalOf(user().action("workload.terminate", m_two), ErrorCode::Denied));
        VERIFY_WELL(user().ends(user().action("workload.terminate", m_one)));
        QCOMPARE(user().state(m_one), std::string("terminated"));
        VERIFY_WELL(user().refusalOf(user().action("workload.isolate", m_one), ErrorCode::Denied));
    }

    void aForgedUndoCallsNothingElse()
    {
        const Action isolate = user().action("workload.isolate", m_one);
        const auto done = user().execute(isolate);
        Value part = done->undoRecord["targets"].asArray().front();
        for (const char* call : {"RunInstances", "AuthorizeSecurityGroupIngress", "DescribeInstances"}) {
            part.set("calls", Value::Array{Value::Object{{"call", Value::Object{{"service", "ec2"}, {"action", call}, {"parameters", Value::Object{}}}}}});
            Value forged = done->undoRecord;
            forged.set("targets", Value::Array{part});
            QVERIFY(user().undo(isolate, forged).error().code == ErrorCode::Invalid);
        }
    }
};

QTEST_GUILESS_MAIN(TestCompute)
#include "tst_compute.moc"
