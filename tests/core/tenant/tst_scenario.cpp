#include "core/tenant/scenario.h"

#include "core/tenant/scenario_log.h"
#include "core/value/json.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <map>
#include <set>

using namespace cordon;
using namespace cordon::tenant;

class TestScenario : public QObject
{
    Q_OBJECT

private slots:
    void everyShippedScenarioLoads();
    void theLogIsTheSameEachTime();
    void theLogIsADeliveryFile();
    void theAttackIsAllThere();
    void theIntrudersCallsAreNewForTheAccount();
    void ordinaryDaysHoldNoAttack();
    void tenantAndLogAgree();
    void everyTenantKnowsWhomItsLogNames_data();
    void everyTenantKnowsWhomItsLogNames();
    void aBrokenScenarioIsRefused();
    void anUnknownGeneratorIsUnsupported();
};

namespace {

const std::filesystem::path scenarios = CORDON_SOURCE_DIR "/resources/scenarios";
const char* const oldKey = "AKIACORDONEXRCSE2M4F";
const char* const newKey = "AKIACORDONEXRCSE7QXD";

class FixedClock : public Clock
{
public:
    Timestamp time;
    [[nodiscard]] Timestamp now() const override { return time; }
};

Scenario first()
{
    auto scenario = Scenario::load(scenarios / "scenario-1");
    if (!scenario)
        qFatal("%s", scenario.error().detail.c_str());
    return *scenario;
}

std::vector<ScenarioLog::Record> records(const Scenario& scenario)
{
    const auto log = ScenarioLog::make(
        {scenario.generator, scenario.from, scenario.attack, scenario.seed, scenario.tenant["name"].asString()});
    return log ? log->records() : std::vector<ScenarioLog::Record>();
}

const std::string& keyOf(const ScenarioLog::Record& record)
{
    return record.body["userIdentity"]["accessKeyId"].asString();
}

QByteArray written(const Scenario& scenario, const QTemporaryDir& folder, const char* name)
{
    const QString path = folder.filePath(name);
    if (!scenario.writeLog(path.toStdString()))
        return {};
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void TestScenario::everyShippedScenarioLoads()
{
    int count = 0;
    for (const auto& folder : std::filesystem::directory_iterator(scenarios)) {
        const auto scenario = Scenario::load(folder.path());
        QVERIFY2(scenario, scenario ? "" : scenario.error().detail.c_str());
        QVERIFY(std::count_if(scenario->people.begin(), scenario->people.end(), [](const ScenarioPerson& person) {
                    return std::find(person.roles.begin(), person.roles.end(), "commander") != person.roles.end();
                }) >= 2);
        QVERIFY(scenario->replayFrom < scenario->attack);
        ++count;
    }
    QVERIFY(count >= 1);
}

void TestScenario::theLogIsTheSameEachTime()
{
    const QTemporaryDir folder;
    const QByteArray once = written(first(), folder, "a.json");
    QVERIFY(once.size() > 1'000'000);
    QVERIFY(once == written(first(), folder, "b.json"));
}

void TestScenario::theLogIsADeliveryFile()
{
    const QTemporaryDir folder;
    const auto read = json::parse(written(first(), folder, "a.json").toStdString());
    QVERIFY(read);
    const auto& list = (*read)["Records"].asArray();
    QVERIFY(list.size() > 2000 && list.size() < 10'000);
    std::set<std::string> ids;
    for (const Value& record : list) {
        for (const char* field : {"eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion",
                                  "sourceIPAddress", "userAgent", "requestParameters", "responseElements", "requestID",
                                  "eventID", "readOnly", "eventType", "recipientAccountId"})
            QVERIFY2(record.has(field), field);
        ids.insert(record["eventID"].asString());
    }
    QCOMPARE(ids.size(), list.size());
    QVERIFY(std::is_sorted(list.begin(), list.end(), [](const Value& a, const Value& b) {
        return a["eventTime"].asString() < b["eventTime"].asString();
    }));
}

void TestScenario::theAttackIsAllThere()
{
    int secrets = 0;
    std::map<std::string, const ScenarioLog::Record*> found;
    const Scenario scenario = first();
    const auto all = records(scenario);
    for (const auto& record : all) {
        if (record.body["sourceIPAddress"].asString() != "203.0.113.44")
            continue;
        QVERIFY(record.time >= scenario.attack);
        found.emplace(record.body["eventName"].asString(), &record);
        if (record.body["eventName"].asString() == "GetSecretValue")
            ++secrets;
    }
    QCOMPARE(secrets, 6);
    QVERIFY(found.contains("CreateAccessKey") && found.contains("StopLogging") && found.contains("AssumeRole"));
    QCOMPARE(keyOf(*found["CreateAccessKey"]), std::string(oldKey));
    QVERIFY(found["CreateAccessKey"]->time == scenario.attack);
    QCOMPARE(keyOf(*found["StopLogging"]), std::string(newKey));
    QCOMPARE(found["StopLogging"]->body["errorCode"].asString(), std::string("AccessDenied"));
    QCOMPARE(found["AssumeRole"]->body["responseElements"]["credentials"]["accessKeyId"].asString(),
             std::string("ASIACORDONEXRCSE4WTN"));
    const bool hasPolicyChange = std::any_of(all.begin(), all.end(), [](const auto& record) {
        return record.body["eventName"].asString() == "AttachUserPolicy" &&
               record.body["eventTime"].asString() == "2026-11-20T17:20:11Z";
    });
    QVERIFY(hasPolicyChange);
}

void TestScenario::theIntrudersCallsAreNewForTheAccount()
{
    std::set<std::string> before;
    std::set<std::string> looked;
    const Scenario scenario = first();
    for (const auto& record : records(scenario)) {
        const std::string call = record.body["eventSource"].asString() + ':' + record.body["eventName"].asString();
        if (keyOf(record) == oldKey && record.time < scenario.attack)
            before.insert(call);
        if (keyOf(record) == newKey && record.time < scenario.attack + std::chrono::minutes(7))
            looked.insert(call);
    }
    QVERIFY(before.size() >= 10);
    std::vector<std::string> fresh;
    std::set_difference(looked.begin(), looked.end(), before.begin(), before.end(), std::back_inserter(fresh));
    QCOMPARE(fresh.size(), std::size_t{41});
}

void TestScenario::ordinaryDaysHoldNoAttack()
{
    const Scenario scenario = first();
    for (const auto& record : records(scenario)) {
        if (record.time >= scenario.attack - std::chrono::hours(48) || record.body["readOnly"].asBool())
            continue;
        const std::string& name = record.body["eventName"].asString();
        QVERIFY2(name == "ConsoleLogin" || name == "CreateChangeSet" || name == "ExecuteChangeSet" ||
                     name == "UpdateService",
                 name.c_str());
        QVERIFY(!record.body.has("errorCode"));
    }
}

void TestScenario::tenantAndLogAgree()
{
    const QTemporaryDir folder;
    const Scenario scenario = first();
    FixedClock clock;
    const auto all = records(scenario);
    clock.time = all.back().time;
    auto tenant = scenario.createTenant(folder.filePath("t.db").toStdString(), clock);
    QVERIFY2(tenant, tenant ? "" : tenant.error().detail.c_str());
    std::map<std::string, Timestamp> lastUses;
    for (const auto& record : all) {
        if (!keyOf(record).empty())
            lastUses[keyOf(record)] = record.time;
    }
    QVERIFY(lastUses.size() >= 6);
    for (const auto& [key, last] : lastUses) {
        const TargetFacts facts = *tenant->facts({EntityKind::Credential, key, {}, {}});
        QVERIFY2(facts.exists, key.c_str());
        QVERIFY2(facts.lastUsedAt == last, key.c_str());
        QVERIFY2(facts.createdAt && *facts.createdAt <= last, key.c_str());
    }
    const TargetFacts made = *tenant->facts({EntityKind::Credential, newKey, {}, {}});
    QVERIFY(made.createdAt == scenario.attack);
    QCOMPARE(made.createdBy->name, std::string("svc-deploy-ci"));
    QVERIFY(made.dependents->empty());
    const TargetFacts original = *tenant->facts({EntityKind::Credential, oldKey, {}, {}});
    QCOMPARE(original.dependents->size(), std::size_t{3});
    QCOMPARE((scenario.attack - *original.createdAt) / std::chrono::hours(24), 212L);
    const auto sessions = tenant->linked({EntityKind::Credential, newKey, {}, {}}, Tenant::Link::MadeWith);
    QCOMPARE(sessions->size(), std::size_t{2}); // by key id and by the name in its events
    for (const auto& record : all) {
        if (record.body["eventName"].asString() == "AssumeRole" && keyOf(record) == newKey)
            QVERIFY(sessions->at(0).createdAt == record.time);
    }
    // Every secret that was read is there.
    for (const auto& record : all) {
        std::string secret = record.body["requestParameters"]["secretId"].asString();
        if (secret.empty())
            continue;
        secret.resize(secret.size() - 7); // the provider's six letters and their dash
        QVERIFY2(tenant->facts({EntityKind::Secret, secret, {}, {}})->exists, secret.c_str());
    }
    // Before the attack, nothing that it made is there.
    clock.time = scenario.attack - std::chrono::seconds(1);
    QVERIFY(!tenant->facts({EntityKind::Credential, newKey, {}, {}})->exists);
}

void TestScenario::everyTenantKnowsWhomItsLogNames_data()
{
    QTest::addColumn<QString>("folder");
    for (const auto& folder : std::filesystem::directory_iterator(scenarios))
        QTest::newRow(folder.path().filename().c_str()) << QString::fromStdString(folder.path().string());
}

/// Keys with their last uses, roles and secrets; the same bytes each time.
void TestScenario::everyTenantKnowsWhomItsLogNames()
{
    QFETCH(QString, folder);
    const auto scenario = Scenario::load(folder.toStdString());
    QVERIFY2(scenario, scenario ? "" : scenario.error().detail.c_str());
    const QTemporaryDir place;
    QVERIFY(written(*scenario, place, "a.json") == written(*scenario, place, "b.json"));
    const auto all = records(*scenario);
    QVERIFY(all.size() > 500);
    FixedClock clock;
    clock.time = all.back().time;
    auto tenant = scenario->createTenant(place.filePath("t.db").toStdString(), clock);
    QVERIFY2(tenant, tenant ? "" : tenant.error().detail.c_str());
    std::map<std::string, Timestamp> lastUses;
    std::set<EntityRef> things;
    for (const auto& record : all) {
        if (!keyOf(record).empty())
            lastUses[keyOf(record)] = record.time;
        const std::string& role = record.body["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"].asString();
        if (!role.empty())
            things.insert({EntityKind::Role, role, {}, {}});
        std::string secret = record.body["requestParameters"]["secretId"].asString();
        if (secret.size() > 7) // the provider's six letters and their dash
            things.insert({EntityKind::Secret, secret.substr(0, secret.size() - 7), {}, {}});
    }
    for (const auto& [key, last] : lastUses) {
        const TargetFacts facts = *tenant->facts({EntityKind::Credential, key, {}, {}});
        QVERIFY2(facts.exists, key.c_str());
        QVERIFY2(facts.lastUsedAt == last, key.c_str());
    }
    for (const EntityRef& thing : things)
        QVERIFY2(tenant->facts(thing)->exists, thing.key().c_str());
}

void TestScenario::aBrokenScenarioIsRefused()
{
    const QTemporaryDir folder;
    const auto load = [&folder](const QByteArray& text) {
        QFile file(folder.filePath("scenario.yaml"));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text) != text.size())
            qFatal("cannot write");
        file.close();
        return Scenario::load(folder.path().toStdString());
    };
    QVERIFY(Scenario::load(folder.path().toStdString()).error().code == ErrorCode::NotFound);
    QVERIFY(load("scenario: cordon/v2\n").error().code == ErrorCode::Invalid);
    QFile shipped(QString::fromStdString((scenarios / "scenario-1/scenario.yaml").string()));
    QVERIFY(shipped.open(QIODevice::ReadOnly));
    const QByteArray good = shipped.readAll();
    QVERIFY(load(QByteArray(good).replace("speed: 10", "speed: 0")).error().detail.find("speed") != std::string::npos);
    QVERIFY(load(QByteArray(good).replace("tenant.yaml", "../tenant.yaml")).error().code == ErrorCode::Invalid);
    QVERIFY(load(QByteArray(good).replace("\"user:owner-b\"", "")).error().code == ErrorCode::Invalid);
}

void TestScenario::anUnknownGeneratorIsUnsupported()
{
    Scenario scenario = first();
    const QTemporaryDir folder;
    scenario.generator = "meteor";
    QVERIFY(scenario.writeLog(folder.filePath("a.json").toStdString()).error().code == ErrorCode::Unsupported);
    scenario = first();
    scenario.attack = scenario.from;
    QVERIFY(scenario.writeLog(folder.filePath("a.json").toStdString()).error().code == ErrorCode::Invalid);
}

QTEST_GUILESS_MAIN(TestScenario)
#include "tst_scenario.moc"
