#pragma once

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

#include <condition_variable>
#include <deque>

namespace cordon::tests {

/// An account of AWS that the tests play, an intruder in it, and the log that tells of that: a build account's key used from
/// elsewhere minutes ago, after three days of what the account always does.
class AttackedAccount
{
public:
    /// @param letter  tells several of them apart
    explicit AttackedAccount(char letter = 'a')
        : number("12345678901" + std::to_string(letter - 'a' + 2))
        , name(letter == 'a' ? "aws-prod" : std::string("aws-prod-") + letter)
        , user(std::string("svc-build") + (letter == 'a' ? "" : std::string("-") + letter))
        , oldKey(std::string("AKIAEXAMPLEBUILD000") + static_cast<char>('1' + letter - 'a'))
        , newKey(std::string("AKIAEXAMPLEINTRUD00") + static_cast<char>('1' + letter - 'a'))
        , policy("arn:aws:iam::" + number + ":policy/everything-" + letter)
        , m_letter(letter)
    {
        fake.account = number;
    }
    AttackedAccount(const AttackedAccount&) = delete;
    AttackedAccount& operator=(const AttackedAccount&) = delete;
    ~AttackedAccount() { release(); }

    /// Writes the log and makes the account such as the intruder left it; from now on it answers.
    void begin(const QString& log)
    {
        const Timestamp misuse = writeLog(log);
        fake.users[user].tags = {{"criticality", "low"}};
        fake.users[user].attached = {policy};
        fake.keys[oldKey].user = user; // AWS does not tell of its use: what to do with it is for people
        const std::string lately = misuse.toString().substr(0, 19) + "Z";
        fake.keys[newKey] = {user, "Active", lately, "iam", "us-east-1", lately};
        m_peer.emplace([this, real = fake.answer()](const test::PeerRequest& request) {
            if (isHeld && request.body.find("Action=UpdateAccessKey") != std::string::npos)
                hold();
            return real(request);
        });
    }
    [[nodiscard]] std::string settings() const
    {
        return "  - name: " + name + "\n    kind: aws\n    tenant: \"" + number + "\"\n    environment: prod\n    holds: [\"arn:aws:iam::" + number +
               ":\", \"arn:aws:sts::" + number + ":\", " + oldKey + ", " + newKey + "]\n    options: {region: eu-central-1, endpoint: \"" + m_peer->url() +
               "\"}\n";
    }

    /// Its answer to the call that changes a key comes when `release` says so.
    std::atomic<bool> isHeld{false};
    /// Whether such a call was asked for and is not answered.
    [[nodiscard]] bool isCallOpen() const
    {
        const std::lock_guard lock(m_mutex);
        return m_open > 0;
    }
    void release()
    {
        const std::lock_guard lock(m_mutex);
        isHeld = false;
        m_released.notify_all();
    }

    std::string number;
    std::string name; ///< of the system
    std::string user;
    std::string oldKey;
    std::string newKey; ///< made by the intruder
    std::string policy; ///< that the intruder attached
    test::AwsFake fake;

private:
    void hold()
    {
        std::unique_lock lock(m_mutex);
        ++m_open;
        m_released.wait(lock, [this] { return !isHeld; });
        --m_open;
    }
    [[nodiscard]] Timestamp writeLog(const QString& file) const
    {
        using std::chrono::hours;
        using std::chrono::minutes;
        using std::chrono::seconds;
        const std::int64_t now = MachineClock().now().micros();
        const Timestamp start = Timestamp::fromMicros(now - now % 1'000'000) - minutes(8); // records know no fractions
        tenant::CloudtrailWriter log(number, "eu-central-1", static_cast<std::uint64_t>(7 + m_letter - 'a'));
        const std::string host = std::to_string(21 + 10 * (m_letter - 'a'));
        const tenant::LogCaller builder{tenant::LogCaller::Kind::User, user, oldKey, {}, {}, "198.51.100." + host, "aws-cli/2.17.40"};
        for (int i = 0; i < 24; ++i) {
            for (const char* call : {"sts:GetCallerIdentity", "ecr:GetAuthorizationToken", "ecs:DescribeServices"})
                log.add(start - hours(72) + hours(3) * i + seconds(call[0] + m_letter), builder, call);
        }
        tenant::LogCaller intruder = builder;
        intruder.address = "203.0.113." + host;
        intruder.userAgent = std::string("Boto3/1.34.1") + m_letter;
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
                      Value::Object{{"name", log.arn("cloudtrail", std::string("trail/trail-") + m_letter, true)}});
        writeRecords(file.toStdString(), log);
        return at;
    }

    char m_letter;
    mutable std::mutex m_mutex;
    std::condition_variable m_released;
    int m_open = 0; ///< guarded
    std::optional<test::HttpPeer> m_peer; ///< last: its threads end before what they use
};

/// An installation with people, an agent, credentials, and systems that a person described.
class ConnectedInstallation
{
public:
    static constexpr const char* agentPassphrase = "the agent's passphrase";
    static constexpr const char* vaultPassphrase = "the vault's passphrase";

    CtlRunner ctl;
    std::deque<AttackedAccount> accounts;

    /// @param howMany  accounts of AWS, each with an intruder; none: what is connected is described by `write` and `keep`
    explicit ConnectedInstallation(int howMany = 1)
    {
        test::EnrolledPeople people(ctl.home().toStdString());
        for (const char* owner : {"user:owner-x", "user:owner-y"})
            people.enrol(owner, {"owner"}, "2468", std::string(20, 's'));
        for (const char* analyst : {"user:analyst-x", "user:analyst-y"})
            people.enrol(analyst, {"analyst"}, "2468", std::string(20, 's'));
        const auto passphrase = crypto::SecretBytes::copyOf(vaultPassphrase);
        must(act::CredentialVault::make(ctl.home().toStdString(), passphrase, {1U << 12U, 8, 1}));
        const auto vault = CaseFixture::must(act::CredentialVault::open(ctl.home().toStdString(), passphrase));
        std::string systems = "connectors: cordon/v1\nsystems:\n";
        for (int i = 0; i < howMany; ++i) {
            AttackedAccount& account = accounts.emplace_back(static_cast<char>('a' + i));
            account.begin(log(i));
            must(vault->keep(account.name, crypto::SecretBytes::copyOf("{\"access_key_id\":\"" + account.fake.accessKeyId +
                                                                       "\",\"secret_access_key\":\"" + account.fake.secret + "\"}")));
            systems += account.settings();
        }
        write("systems.yaml", systems);
    }

    /// Keeps a credential, in place of the one that was kept under that name.
    void keep(const std::string& name, const std::string& credential) const
    {
        const auto vault = CaseFixture::must(act::CredentialVault::open(ctl.home().toStdString(), crypto::SecretBytes::copyOf(vaultPassphrase)));
        must(vault->keep(name, crypto::SecretBytes::copyOf(credential)));
    }
    [[nodiscard]] QString log(int i = 0) const { return ctl.path("log" + QString::number(i) + ".json"); }
    static void must(const Result<void>& done)
    {
        if (!done)
            qFatal("%s", done.error().detail.c_str());
    }
    void write(const char* name, const std::string& text) const
    {
        must(platform::writeFileAtomically(ctl.path(name).toStdString(), text));
    }

    static std::string replaced(std::string text, const std::string& from, const std::string& to)
    {
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
            text.replace(at, from.size(), to);
        return text;
    }
    /// The template, filled in for this agent and signed by both owners.
    /// @param changed  further texts of it and what stands there instead
    void putInForce(const std::string& environment = "prod", int revision = 1,
                    const std::vector<std::pair<std::string, std::string>>& changed = {}) const
    {
        engine::AgentIdentity identity(ctl.home().toStdString(), nullptr, {1U << 12U, 8, 1});
        must(identity.open(crypto::SecretBytes::copyOf(agentPassphrase), crypto::SecretBytes::copyOf(agentPassphrase)));
        std::string text = *platform::readFile(CORDON_SOURCE_DIR "/resources/mandates/template.yaml", 1U << 20U);
        const Timestamp now = MachineClock().now();
        std::vector<std::pair<std::string, std::string>> places{
            {"@MANDATE_ID@", "m-cloud"}, {"@ENVIRONMENT@", environment}, {"@AGENT_ID@", "nhi:cordon"},
            {"@AGENT_KEY@", identity.key()->publicKey().toString()}, {"@ACCOUNTABLE@", "user:owner-x"},
            {"@DEPUTY@", "user:owner-y"}, {"@VALID_FROM@", (now - std::chrono::hours(1)).toString().substr(0, 19) + "Z"},
            {"@VALID_UNTIL@", (now + std::chrono::hours(24 * 30)).toString().substr(0, 19) + "Z"},
            {"revision: 1", "revision: " + std::to_string(revision)}};
        places.insert(places.end(), changed.begin(), changed.end());
        for (const auto& [place, with] : places)
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

    [[nodiscard]] QStringList line(const QStringList& more = {}) const
    {
        return QStringList{"--json", "run", "--case", ctl.caseFolder(), "--connect", ctl.path("systems.yaml"), "--passphrase-fd", "3",
                           "--vault-fd", "4"} + more;
    }
    [[nodiscard]] Ran run(const QStringList& more = {}) const { return ctl.run(line(more), {agentPassphrase, vaultPassphrase}); }
    /// The same beside the test, which looks at what becomes of it.
    void start(QProcess& process, const QStringList& more = {}) const
    {
        ctl.start(process, line(more), {agentPassphrase, vaultPassphrase});
    }
    [[nodiscard]] Ran asAnalyst(const QStringList& words) const
    {
        return ctl.run(words + QStringList{"--as", "user:analyst-x", "--pin-fd", "3"}, {"2468"});
    }
    /// With PIN and authenticator code.
    [[nodiscard]] Ran resume(const QString& person) const
    {
        return ctl.run({"resume", ctl.caseFolder(), "--as", person, "--pin-fd", "3", "--totp-fd", "4"}, {"2468", codeNow()});
    }
    /// Entries of the ledger of that type, as far as it is written.
    [[nodiscard]] std::vector<LedgerEntry> entries(const std::string& type) const
    {
        std::vector<LedgerEntry> found;
        (void)record::eachEntry(ctl.caseFolder().toStdString(), 0, [&](const LedgerEntry& entry) {
            if (entry.type == type)
                found.push_back(entry);
            return true;
        });
        return found;
    }
    /// The entry of that type about that act, or null.
    [[nodiscard]] std::optional<LedgerEntry> entryOf(const std::string& type, const std::string& verb, const std::string& target) const
    {
        for (const LedgerEntry& entry : entries(type)) {
            const Value& action = entry.data["action"];
            if (action["type"].asString() == verb && action["targets"].asArray().front()["id"].asString() == target)
                return entry;
        }
        return std::nullopt;
    }

private:
    static std::string codeNow()
    {
        return crypto::totpCode(crypto::SecretBytes::copyOf(std::string(20, 's')), MachineClock().now().micros() / 30'000'000);
    }
};

} // namespace cordon::tests
