#include "core/investigate/impaired_logging.h"
#include "core/investigate/investigator.h"
#include "core/value/yaml.h"
#include "tests/support/attack_builder.h"
#include "tests/support/event_list_lookup.h"

#include <QFile>
#include <QtTest>

#include <algorithm>
#include <map>

using namespace cordon;
using namespace cordon::investigate;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

const EntityRef ops = user("ops");
const EntityRef svc = user("svc");
const EntityRef opsKey = key("AKIAOPS");
const EntityRef admin{EntityKind::Policy, "arn:aws:iam::aws:policy/AdministratorAccess", "", "AdministratorAccess"};
const EntityRef mainTrail = trail("main");

/// What the stolen key did in an hour; every event raises an alert unless it is added as quiet.
struct World
{
    std::vector<Event> log;
    std::vector<Alert> alerts;
    std::map<std::int64_t, std::string> records;

    EventBuilder act(int id, const std::string& action, std::chrono::seconds at)
    {
        EventBuilder builder(id, action, at);
        return builder.by(ops).with(opsKey);
    }
    void quiet(EventBuilder builder) { log.push_back(std::move(builder)); }
    void add(EventBuilder builder, Severity level = Severity::Medium, const std::string& technique = "T1098.001")
    {
        const Event event = builder;
        alerts.push_back(alertOn(event.id.value, {event}, level, "persistence", technique));
        log.push_back(event);
    }
    [[nodiscard]] Brief brief() const
    {
        Incident incident;
        incident.id = {1};
        incident.firstSeen = noon;
        incident.lastSeen = noon + 1h;
        for (const Alert& alert : alerts)
            incident.alerts.push_back(alert.id);
        for (const EntityRef& entity : {ops, opsKey}) {
            IncidentMember member;
            member.entity = entity;
            member.role = EntityRole::Attacker;
            member.isMisused = true;
            incident.members.push_back(member);
        }
        const EventListLookup lookup(log);
        const auto read = [this](const Event& event) -> Result<std::string> {
            const auto record = records.find(event.id.value);
            return record == records.end() ? Result<std::string>("{}") : Result<std::string>(record->second);
        };
        return Investigator({}, read).brief(incident, alerts, lookup).value();
    }
};

std::vector<Finding> findings(const Brief& brief, const std::string& code)
{
    std::vector<Finding> found;
    for (const Finding& one : brief.story) {
        if (one.text.code == code)
            found.push_back(one);
    }
    return found;
}

} // namespace

/// What the story picks, and that no sentence says of several what is true of one.
class TestStory : public QObject
{
    Q_OBJECT

private slots:
    void anAttemptNamesEveryoneItWasFor()
    {
        World world;
        int id = 10;
        for (const char* name : {"alice", "bob", "carol"})
            world.add(world.act(id++, "iam:CreateAccessKey", id * 1s).on(user(name), "granted").refused("AccessDenied"));
        for (const char* name : {"dave", "erin"})
            world.add(world.act(id++, "iam:AttachUserPolicy", id * 1s)
                          .on(admin, "attached")
                          .on(user(name), "granted")
                          .refused("AccessDenied"));
        for (const char* name : {"a", "b", "c", "d"})
            world.add(world.act(id++, "sts:AssumeRole", id * 1s).on(role(name), "assumed").refused("AccessDenied"));
        const Brief brief = world.brief();
        const auto keys = findings(brief, "story.key_made_denied");
        QCOMPARE(keys.size(), std::size_t{1});
        QCOMPARE(keys.front().text.args.at("n"), std::string("3"));
        QCOMPARE(keys.front().text.args.at("subject"), std::string("alice, bob, carol"));
        QCOMPARE(keys.front().cites.size(), std::size_t{3});
        const auto rights = findings(brief, "story.rights_given_denied");
        QCOMPARE(rights.size(), std::size_t{1});
        QCOMPARE(rights.front().text.args.at("subject"), std::string("dave, erin"));
        QCOMPARE(rights.front().text.args.at("what"), std::string("AdministratorAccess"));
        const auto sessions = findings(brief, "story.session_minted_denied");
        QCOMPARE(sessions.size(), std::size_t{1});
        QCOMPARE(sessions.front().text.args.at("what"), std::string("a, b, c … (4)"));
    }

    void attemptsAtOneThingAreCountedAsCalls()
    {
        World world;
        for (int id = 10; id < 16; ++id)
            world.add(world.act(id, "secretsmanager:GetSecretValue", id * 1s)
                          .on(secret(id % 2 == 0 ? "one" : "two"), "read")
                          .refused("AccessDenied"));
        const auto reads = findings(world.brief(), "story.secrets_read_denied");
        QCOMPARE(reads.size(), std::size_t{1});
        QCOMPARE(reads.front().text.args.at("n"), std::string("6"));
        QCOMPARE(reads.front().text.args.at("what"), std::string("one, two"));
    }

    void twoAccountsOfOneNameAreNotCountedTogether()
    {
        World world;
        for (const char* account : {"111122223333", "444455556666"}) {
            const int id = account[0];
            world.add(EventBuilder(id, "iam:AttachUserPolicy", 10s)
                          .by(user("alice", account))
                          .on(admin, "attached")
                          .on(user("svc", account), "granted"));
        }
        QCOMPARE(findings(world.brief(), "story.rights_given").size(), std::size_t{2});
    }

    void aKeyIsAKeyWhateverItsIdLooksLike()
    {
        World world; // some exporters change ids, so that a key looks like a session's
        world.add(world.act(10, "iam:CreateAccessKey", 0s).on(session("ASIA0001"), "created").on(svc, "granted"));
        const Brief brief = world.brief();
        QCOMPARE(findings(brief, "story.key_made").size(), std::size_t{1});
        QVERIFY(findings(brief, "story.session_minted").empty());
    }

    void aFloodOfKeysHidesNeitherTheGrantNorTheLogs()
    {
        World world;
        world.add(world.act(1, "iam:CreateAccessKey", 0s).on(key("AKIAUSED"), "created").on(svc, "granted"));
        for (int i = 0; i < 3000; ++i)
            world.add(world.act(1000 + i, "iam:CreateAccessKey", 60s + i * 1s)
                          .on(key("AKIA" + std::to_string(i)), "created")
                          .on(user("u" + std::to_string(i % 700)), "granted"));
        for (int i = 0; i < 50; ++i)
            world.quiet(EventBuilder(9000 + i, "s3:ListBuckets", 3200s)
                            .by(user("u1"))
                            .with(key("AKIA" + std::to_string(i))));
        for (int i = 0; i < 40; ++i)
            world.quiet(world.act(8000 + i, "iam:AttachUserPolicy", 3200s + i * 1s)
                            .on({EntityKind::Policy, "arn:aws:iam::aws:policy/P" + std::to_string(i), "",
                                 "P" + std::to_string(i)},
                                "attached")
                            .on(svc, "granted"));
        world.add(world.act(7000, "iam:AttachUserPolicy", 3300s).on(admin, "attached").on(svc, "granted"),
                  Severity::High);
        world.add(world.act(7001, "cloudtrail:StopLogging", 3400s).on(mainTrail, "stopped"), Severity::High, "T1685.002");
        world.quiet(EventBuilder(7002, "s3:ListBuckets", 3500s).by(svc).with(key("AKIAUSED")));
        const Brief brief = world.brief();
        QVERIFY(brief.story.size() <= 14);
        const auto rights = findings(brief, "story.rights_given");
        QCOMPARE(rights.size(), std::size_t{1});
        QCOMPARE(rights.front().text.args.at("what"), std::string("AdministratorAccess"));
        QCOMPARE(rights.front().text.args.at("n"), std::string("41"));
        QCOMPARE(findings(brief, "story.logging_impaired").size(), std::size_t{1});
        const auto keys = findings(brief, "story.key_made");
        QVERIFY(!keys.empty() && keys.size() <= 3);
        QCOMPARE(keys.front().text.args.at("what"), std::string("AKIAUSED"));
        const auto crowd = std::find_if(keys.begin(), keys.end(), [](const Finding& one) { return one.cites.size() > 1; });
        QVERIFY(crowd != keys.end());
        QVERIFY(crowd->text.args.at("subject").ends_with("… (700)"));
        for (const Finding& more : findings(brief, "story.more"))
            QVERIFY2(more.text.args.at("actions").find(" (") != std::string::npos, "names what the others were");
        for (const Finding& one : brief.story) {
            const bool isAbsence = one.text.code == "story.no_past" || one.text.code == "story.identity_changes_none";
            QVERIFY2(isAbsence || !one.cites.empty(), one.text.code.c_str());
            for (const auto& [name, value] : one.text.args)
                QVERIFY2(value.size() < 200, one.text.code.c_str());
        }
    }

    void whatIsLeftOutIsNamedByItsCalls()
    {
        World world;
        const std::vector<std::string> calls{"a:One", "a:Two", "a:Three", "a:Four", "a:Five", "a:Six", "a:Seven", "a:Eight"};
        for (int i = 0; i < 8; ++i)
            world.add(world.act(10 + i, calls[static_cast<std::size_t>(i)], i * 1s), i < 6 ? Severity::High : Severity::Low);
        const auto more = findings(world.brief(), "story.more");
        QCOMPARE(more.size(), std::size_t{1});
        QCOMPARE(more.front().text.args.at("n"), std::string("2"));
        const std::string actions = more.front().text.args.at("actions");
        QVERIFY2(actions == "a:Eight (1), a:Seven (1)", actions.c_str());
        QVERIFY((more.front().cites == std::vector<EventId>{{16}, {17}}));
    }

    void loggingIsWeakenedOnlyByWhatWeakensLogs_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("technique");
        QTest::addColumn<QString>("record");
        QTest::addColumn<bool>("isWeakened");
        const QString cloud = "T1685.002";
        QTest::newRow("stopped") << "cloudtrail:StopLogging" << cloud << "{}" << true;
        QTest::newRow("old numbering") << "cloudtrail:PutEventSelectors" << "T1562.008" << "{}" << true;
        QTest::newRow("diagnostic settings") << "Microsoft.Insights/diagnosticSettings/delete" << cloud << "{}" << true;
        QTest::newRow("a Windows log cleared") << "windows:1102" << "T1685.005" << "{}" << true;
        QTest::newRow("a trail's settings, made better")
            << "cloudtrail:UpdateTrail" << cloud
            << "{\"requestParameters\":{\"name\":\"main\",\"isMultiRegionTrail\":true,\"enableLogFileValidation\":true}}"
            << false;
        QTest::newRow("a trail's settings, one off")
            << "cloudtrail:UpdateTrail" << cloud
            << "{\"requestParameters\":{\"name\":\"main\",\"isMultiRegionTrail\":false}}" << true;
        QTest::newRow("a subnetwork, by a rule about logs") << "compute:v1.compute.subnetworks.patch" << cloud << "{}" << true;
        QTest::newRow("a store of logs, by a rule about data too")
            << "microsoft.operationalinsights/workspaces/delete" << "T1485,T1685.002" << "{}" << true;
        QTest::newRow("backups") << "rds:DeleteDBClusterAutomatedBackup" << "T1490,T1685.002" << "{}" << false;
        QTest::newRow("a bucket's lifecycle") << "s3:PutBucketLifecycle" << "T1485.001,T1685.002" << "{}" << false;
        QTest::newRow("disks") << "ec2:DisableEbsEncryptionByDefault" << "T1685" << "{}" << false;
        QTest::newRow("detection") << "guardduty:CreateIPSet" << "T1562.001" << "{}" << false;
        QTest::newRow("sign-in") << "org.disable_two_factor_requirement" << "T1685" << "{}" << false;
        QTest::newRow("a branch") << "protected_branch.policy_override" << "T1562" << "{}" << false;
        QTest::newRow("a password") << "iam:CreateLogin" << "T1685,T1685.002" << "{}" << false;
    }
    void loggingIsWeakenedOnlyByWhatWeakensLogs()
    {
        QFETCH(const QString, action);
        QFETCH(const QString, technique);
        QFETCH(const QString, record);
        QFETCH(const bool, isWeakened);
        World world;
        world.add(world.act(10, action.toStdString(), 10s).on(mainTrail, "updated").on(session("ASIA1"), "used"),
                  Severity::Medium);
        world.alerts.back().rule.techniques.clear();
        for (const QString& id : technique.split(','))
            world.alerts.back().rule.techniques.push_back(id.toStdString());
        world.records[10] = record.toStdString();
        const Brief brief = world.brief();
        const auto told = findings(brief, "story.logging_impaired");
        QCOMPARE(told.size(), std::size_t(isWeakened ? 1 : 0));
        QCOMPARE(findings(brief, "story.rule_matched").size(), std::size_t(isWeakened ? 0 : 1));
        if (isWeakened)
            QCOMPARE(told.front().text.args.at("what"), std::string("main"));
    }

    void whatWasOnlyTriedOutIsNotToldAsDone_data()
    {
        QTest::addColumn<QString>("record");
        QTest::addColumn<bool>("isDone");
        const auto deletion = [](const char* level, const char* uri, const char* rest) {
            return QStringLiteral(R"({"level":"%1","verb":"delete","requestURI":"%2"%3})").arg(level, uri, rest);
        };
        const char* uri = "/api/v1/namespaces/a/serviceaccounts/ghost?dryRun=All";
        QTest::newRow("rehearsed") << deletion("Request", uri, "") << false;
        QTest::newRow("by its options")
            << deletion("Request", "/x", R"(,"requestObject":{"kind":"DeleteOptions","dryRun":["All"]})") << false;
        QTest::newRow("options that say otherwise")
            << deletion("Request", uri, R"(,"requestObject":{"kind":"DeleteOptions"})") << true;
        // Who deletes for good and adds the word behind the path, where the log keeps no request, hides nothing.
        QTest::newRow("nobody can tell") << deletion("Metadata", uri, "") << true;
        QTest::newRow("done") << deletion("Request", "/x", "") << true;
    }

    void whatWasOnlyTriedOutIsNotToldAsDone()
    {
        QFETCH(const QString, record);
        QFETCH(const bool, isDone);
        World world;
        Event deleted = world.act(10, "serviceaccounts:delete", 60s).on(user("ghost"), "deleted").changingIdentity();
        deleted.source = "kubernetes.audit";
        world.alerts.push_back(alertOn(10, {deleted}, Severity::Medium, "impact", "T1531"));
        world.log.push_back(deleted);
        world.records[10] = record.toStdString();
        const Brief brief = world.brief();
        QCOMPARE(findings(brief, "story.deleted").size(), std::size_t(isDone ? 1 : 0));
        const auto failed = findings(brief, "story.deleted_failed");
        QCOMPARE(failed.size(), std::size_t(isDone ? 0 : 1));
        if (!isDone)
            QCOMPARE(failed.front().text.args.at("error"), std::string("dry run"));
        QCOMPARE(brief.identityChanges.size(), std::size_t{1});
        QCOMPARE(brief.identityChanges.front().hasSucceeded, isDone);
        QCOMPARE(brief.identityChanges.front().text.code, std::string(isDone ? "change.deleted" : "change.failed"));
    }

    void techniquesAgainstLogsAreThoseThatAttackNamesSo()
    {
        QFile file(QStringLiteral(CORDON_SOURCE_DIR "/resources/attack/enterprise.yml"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const Value all = yaml::parse(file.readAll().toStdString()).value()["techniques"];
        int seen = 0;
        for (const auto& [id, about] : all.asObject()) {
            const std::string& newer = about["revoked_by"].asString();
            const std::string name = (newer.empty() ? about : all[newer])["name"].asString();
            const bool impairs = id.starts_with("T1562") || id.starts_with("T1685") || id == "T1690" ||
                                 newer.starts_with("T1685") || newer == "T1690";
            const bool isLog = impairs && name.find("Log") != std::string::npos;
            seen += isLog ? 1 : 0;
            QVERIFY2(isAgainstLogs(id) == isLog, (id + " " + name).c_str());
        }
        QVERIFY(seen >= 10);
    }
};

QTEST_GUILESS_MAIN(TestStory)
#include "tst_story.moc"
