#include "core/act/credential_vault.h"
#include "core/crypto/sealed_box.h"
#include "core/engine/agent_identity.h"
#include "core/govern/person_vault.h"
#include "core/platform/file.h"
#include "core/record/ledger_reader.h"
#include "tests/app/ctl_runner.h"
#include "tests/core/engine/case_fixture.h"
#include "tests/support/aws_fake.h"
#include "tests/support/enrolled_people.h"

#include <QDir>
#include <QProcess>

using namespace cordon;
using namespace cordon::test;
using namespace cordon::tests;

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* agentPassphrase = "the agent's passphrase";
constexpr const char* vaultPassphrase = "the vault's passphrase";
constexpr const char* account = "123456789012";
constexpr const char* user = "svc-build";
constexpr const char* oldKey = "AKIAEXAMPLEBUILD0001";
constexpr const char* newKey = "AKIAEXAMPLEINTRUD001";
constexpr const char* policy = "arn:aws:iam::aws:policy/AdministratorAccess";

/// An intruder with a build account's key, minutes ago; before that three days of what the account always does.
Timestamp writeLog(const QString& file)
{
    const std::int64_t now = MachineClock().now().micros();
    const Timestamp start = Timestamp::fromMicros(now - now % 1'000'000) - minutes(8); // records know no fractions
    tenant::CloudtrailWriter log(account, "eu-central-1", 7);
    const tenant::LogCaller builder{tenant::LogCaller::Kind::User, user, oldKey, {}, {}, "198.51.100.21", "aws-cli/2.17.40"};
    for (int i = 0; i < 24; ++i) {
        for (const char* call : {"sts:GetCallerIdentity", "ecr:GetAuthorizationToken", "ecs:DescribeServices"})
            log.add(start - hours(72) + hours(3) * i + seconds(call[0]), builder, call);
    }
    tenant::LogCaller intruder = builder;
    intruder.address = "203.0.113.44";
    intruder.userAgent = "Boto3/1.34.11";
    log.add(start - seconds(30), intruder, "s3:ListBuckets");
    log.add(start, intruder, "iam:CreateAccessKey", Value::Object{{"userName", user}},
            Value::Object{{"accessKey", Value::Object{{"userName", user},
                                                      {"accessKeyId", newKey},
                                                      {"status", "Active"},
                                                      {"createDate", start.toString()}}}});
    intruder.key = newKey;
    Timestamp at = start + seconds(20);
    for (const char* call : {"iam:ListUsers", "iam:ListRoles", "iam:ListGroups", "iam:ListPolicies", "iam:ListAttachedUserPolicies",
                             "iam:ListAccessKeys", "iam:GetAccountSummary", "iam:GetAccountAuthorizationDetails", "s3:ListBuckets",
                             "ec2:DescribeInstances", "secretsmanager:ListSecrets"}) {
        log.add(at, intruder, call);
        at = at + seconds(2);
    }
    log.add(at, intruder, "iam:AttachUserPolicy", Value::Object{{"userName", user}, {"policyArn", policy}});
    log.addDenied(at + seconds(9), intruder, "cloudtrail:StopLogging",
                  Value::Object{{"name", log.arn("cloudtrail", "trail/org-trail", true)}});
    writeRecords(file.toStdString(), log);
    return at;
}

std::string codeNow()
{
    return crypto::totpCode(crypto::SecretBytes::copyOf(std::string(20, 's')), MachineClock().now().micros() / 30'000'000);
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

/// An installation with people, an agent, a credential, and systems that a person described.
struct Installation
{
    CtlRunner ctl;
    AwsFake fake;
    std::optional<HttpPeer> peer;

    Installation()
    {
        EnrolledPeople people(ctl.home().toStdString());
        for (const char* owner : {"user:owner-x", "user:owner-y"})
            people.enrol(owner, {"owner"}, "2468", std::string(20, 's'));
        people.enrol("user:analyst-x", {"analyst"}, "2468", std::string(20, 's'));
        const auto passphrase = crypto::SecretBytes::copyOf(vaultPassphrase);
        must(act::CredentialVault::make(ctl.home().toStdString(), passphrase, {1U << 12U, 8, 1}));
        const auto vault = CaseFixture::must(act::CredentialVault::open(ctl.home().toStdString(), passphrase));
        must(vault->keep("aws-prod", crypto::SecretBytes::copyOf("{\"access_key_id\":\"" + fake.accessKeyId +
                                                                 "\",\"secret_access_key\":\"" + fake.secret + "\"}")));
        const Timestamp misuse = writeLog(ctl.path("log.json"));
        fake.users[user].tags = {{"criticality", "low"}};
        fake.users[user].attached = {policy};
        fake.keys[oldKey].user = user; // AWS does not tell of its use: what to do with it is for people
        fake.keys[newKey] = {user, "Active", misuse.toString().substr(0, 19) + "Z", "iam", "us-east-1"};
        peer.emplace(fake.answer());
        write("systems.yaml", "connectors: cordon/v1\nsystems:\n  - name: aws-prod\n    kind: aws\n    tenant: \"123456789012\"\n"
                              "    environment: prod\n    holds: [\"arn:aws:\", AKIA]\n"
                              "    options: {region: eu-central-1, endpoint: \"" + peer->url() + "\"}\n");
    }

    static void must(const Result<void>& done)
    {
        if (!done)
            qFatal("%s", done.error().detail.c_str());
    }
    void write(const char* name, const std::string& text) const
    {
        must(platform::writeFileAtomically(ctl.path(name).toStdString(), text));
    }

    /// The template, filled in for this agent and signed by both owners.
    void putInForce(const std::string& environment = "prod", int revision = 1) const
    {
        engine::AgentIdentity identity(ctl.home().toStdString(), nullptr, {1U << 12U, 8, 1});
        must(identity.open(crypto::SecretBytes::copyOf(agentPassphrase), crypto::SecretBytes::copyOf(agentPassphrase)));
        std::string text = *platform::readFile(CORDON_SOURCE_DIR "/resources/mandates/template.yaml", 1U << 20U);
        const Timestamp now = MachineClock().now();
        for (const auto& [place, with] : std::vector<std::pair<std::string, std::string>>{
                 {"@MANDATE_ID@", "m-cloud"}, {"@ENVIRONMENT@", environment}, {"@AGENT_ID@", "nhi:cordon"},
                 {"@AGENT_KEY@", identity.key()->publicKey().toString()}, {"@ACCOUNTABLE@", "user:owner-x"},
                 {"@DEPUTY@", "user:owner-y"}, {"@VALID_FROM@", (now - hours(1)).toString().substr(0, 19) + "Z"},
                 {"@VALID_UNTIL@", (now + hours(24 * 30)).toString().substr(0, 19) + "Z"},
                 {", max_dependents: 0", ""}, {"revision: 1", "revision: " + std::to_string(revision)}})
            text = replaced(std::move(text), place, with);
        write("m-cloud.mandate.yaml", text);
        for (const char* owner : {"owner-x", "owner-y"}) {
            must(platform::writeFileAtomically((ctl.home() + "/people/" + owner + ".state.json").toStdString(), govern::newFactorState()));
            const Ran ran = ctl.run({"mandate", "sign", ctl.path("m-cloud.mandate.yaml"), "--as", QString("user:") + owner,
                                     "--pin-fd", "3", "--totp-fd", "4"}, {"2468", codeNow()});
            if (ran.status != 0)
                qFatal("%s", ran.told().constData());
        }
    }

    [[nodiscard]] QStringList job() const
    {
        return {"--json", "run", "--case", ctl.caseFolder(), "--connect", ctl.path("systems.yaml"), "--passphrase-fd", "3", "--vault-fd", "4"};
    }
    [[nodiscard]] Ran run(const QStringList& more = {}) const { return ctl.run(job() + more, {agentPassphrase, vaultPassphrase}); }
    [[nodiscard]] Ran asAnalyst(const QStringList& words) const
    {
        return ctl.run(words + QStringList{"--as", "user:analyst-x", "--pin-fd", "3"}, {"2468"});
    }
    [[nodiscard]] int entries(const std::string& type) const
    {
        int count = 0;
        (void)record::eachEntry(ctl.caseFolder().toStdString(), 0, [&](const LedgerEntry& entry) {
            count += entry.type == type ? 1 : 0;
            return true;
        });
        return count;
    }
};

/// The step of that verb on that thing, as the report tells it; null when there is none.
Value stepOf(const Ran& ran, const std::string& verb, const std::string& target)
{
    const Value report = ran.json();
    for (const Value& incident : report["incidents"].asArray()) {
        for (const Value& step : incident["plan"]["steps"].asArray()) {
            if (step["action"].asString() == verb && step["target"]["name"].asString() == target)
                return step;
        }
    }
    return {};
}

/// The sequences, for whoever reads why a test failed.
QByteArray shown(const Ran& ran)
{
    QByteArray text = ran.err;
    const Value report = ran.json();
    for (const Value& incident : report["incidents"].asArray()) {
        for (const Value& entity : incident["entities"].asArray())
            text += QByteArray::fromStdString(entity["name"].asString() + ' ' + json::write(entity["why"].asArray().back()["text"])) + '\n';
        for (const Value& step : incident["plan"]["steps"].asArray())
            text += QByteArray::fromStdString(step["action"].asString() + ' ' + step["target"]["name"].asString() + ' ' + step["tier"].asString() +
                                              ' ' + step["state"].asString() + ' ' + json::write(step["note"]) + ' ' + json::write(step["decision"]["missing"]) + '\n');
    }
    return text;
}

} // namespace

/// A real case from its log to a system outside: what runs by itself, what waits, and the way back.
class TestCordonctlConnected : public QObject
{
    Q_OBJECT

private slots:
    void withoutAMandateInForceNothingIsConnected()
    {
        const Installation here;
        here.putInForce("staging");
        const Ran elsewhere = here.run({here.ctl.path("log.json")});
        VERIFY_STATUS(elsewhere, 1);
        QVERIFY2(elsewhere.err.contains("no mandate is in force for agent"),
                 elsewhere.told().constData());
        QVERIFY(!QFile::exists(here.ctl.caseFolder())); // said before a case is made
        QVERIFY(here.fake.done.empty());
        const QStringList line{"run", "--case", here.ctl.caseFolder(), "--connect", here.ctl.path("systems.yaml"), here.ctl.path("log.json")};
        VERIFY_STATUS(here.ctl.run(line), 1); // no key
        VERIFY_STATUS(here.ctl.run(line + QStringList{"--passphrase-fd", "3"}, {agentPassphrase}), 1); // no vault
        VERIFY_STATUS(here.ctl.run(line + QStringList{"--passphrase-fd", "3", "--vault-fd", "4"}, {agentPassphrase, "another passphrase"}), 1);
        VERIFY_STATUS(here.ctl.run(line + QStringList{"--replay"}), 64);
        VERIFY_STATUS(here.ctl.run(line + QStringList{"--exercise", "from-log"}), 64);
    }

    // MAESTRO L6, NHI8
    void anotherRevisionCountsWhileItRuns()
    {
        Installation here;
        here.putInForce();
        QDir().mkpath(here.ctl.path("in"));
        QProcess process;
        here.ctl.start(process, here.job() + QStringList{"--follow", here.ctl.path("in")}, {agentPassphrase, vaultPassphrase});
        QVERIFY(process.waitForStarted());
        QTRY_COMPARE_WITH_TIMEOUT(here.entries("systems.connected"), 1, 30'000);
        here.putInForce("prod", 2);
        QTRY_COMPARE_WITH_TIMEOUT(here.entries("mandate.in_force"), 2, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(here.entries("systems.connected"), 2, 30'000);
        process.terminate();
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.exitCode(), 0);
        VERIFY_STATUS(here.ctl.run({"verify", here.ctl.caseFolder()}), 0);
    }

    // GOV-OUTCOME, NHI2, NHI8
    void fromTheLogToTheSystemAndBack()
    {
        Installation here;
        here.putInForce();
        const Ran first = here.run({here.ctl.path("log.json")});
        VERIFY_STATUS(first, 0);
        const Value revoked = stepOf(first, "credential.deactivate", newKey);
        QVERIFY2(revoked["state"].asString() == "verified" && revoked["tier"].asString() == "T1", shown(first).constData());
        QCOMPARE(here.fake.keys[newKey].status, std::string("Inactive"));
        const Value asked = stepOf(first, "credential.deactivate", oldKey);
        QVERIFY2(asked["state"].asString() == "awaiting_approval" && asked["tier"].asString() == "T2", shown(first).constData());
        QCOMPARE(here.fake.keys[oldKey].status, std::string("Active")); // it waits
        QCOMPARE(here.entries("systems.connected"), 1);
        QCOMPARE(here.entries("mandate.in_force"), 1);
        QVERIFY(!first.told().contains(here.fake.secret.c_str()));
        VERIFY_STATUS(here.ctl.run({"verify", here.ctl.caseFolder()}), 0);

        // A person decides; who is connected does it.
        const std::size_t before = here.fake.done.size();
        const Ran given = here.asAnalyst({"approve", here.ctl.caseFolder(), QString::fromStdString(asked["approval"]["request"].asString())});
        VERIFY_STATUS(given, 2);
        QVERIFY2(given.err.contains("left in the inbox"), given.told().constData());
        QCOMPARE(here.fake.done.size(), before);
        const Ran second = here.run();
        VERIFY_STATUS(second, 0);
        QVERIFY2(stepOf(second, "credential.deactivate", oldKey)["state"].asString() == "verified", shown(second).constData());
        QCOMPARE(here.fake.keys[oldKey].status, std::string("Inactive"));
        QCOMPARE(here.fake.done.size(), before + 1); // and nothing twice

        // And back, by a person.
        VERIFY_STATUS(here.asAnalyst({"undo", here.ctl.caseFolder(), QString::fromStdString(asked["id"].asString())}), 2);
        const Ran third = here.run();
        VERIFY_STATUS(third, 0);
        QVERIFY2(stepOf(third, "credential.deactivate", oldKey)["state"].asString() == "reverted", shown(third).constData());
        QCOMPARE(here.fake.keys[oldKey].status, std::string("Active"));
        QCOMPARE(here.fake.keys[newKey].status, std::string("Inactive")); // nothing else moved
        QCOMPARE(here.fake.done.size(), before + 2);
        QCOMPARE(here.entries("mandate.in_force"), 1); // the same again is not told again
        QCOMPARE(here.entries("systems.connected"), 3);

        VERIFY_STATUS(here.ctl.run({"verify", here.ctl.caseFolder()}), 0);
        QProcess python;
        python.start("/usr/bin/python3", {CORDON_SOURCE_DIR "/tools/verify_ledger.py", here.ctl.caseFolder(), "--home", here.ctl.home()});
        QVERIFY(python.waitForFinished(60'000));
        QVERIFY2(python.exitCode() == 0, (python.readAllStandardOutput() + python.readAllStandardError()).constData());
    }
};

QTEST_GUILESS_MAIN(TestCordonctlConnected)
#include "tst_cordonctl_connected.moc"
