#pragma once

#include "core/crypto/sealed_box.h"
#include "core/engine/pipeline.h"
#include "core/govern/action_digest.h"
#include "core/govern/approval_render.h"
#include "core/govern/approval_text.h"
#include "core/govern/step_up.h"
#include "core/record/ledger_auditor.h"
#include "core/record/ledger_reader.h"
#include "core/tenant/cloudtrail_writer.h"
#include "core/value/json.h"
#include "core/words/words.h"

#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <fstream>

namespace cordon::tests {

/// The machine's clocks as a test wants them: they move only when told.
class StillMachine : public MachineClock
{
public:
    [[nodiscard]] Timestamp now() const override
    {
        return *Timestamp::parse("2026-11-22T10:00:00Z") + gone() + Duration(m_set.load());
    }
    [[nodiscard]] std::int64_t monotonicNanos() const override { return 5'000'000'000'000 + gone().count() * 1000; }
    [[nodiscard]] std::string bootId() const override { return boot; }
    std::string boot = std::string(32, 'b');
    void pass(Duration time) { m_gone += time.count(); }
    /// Somebody sets the wall clock; the running time goes on.
    void setWall(Duration by) { m_set += by.count(); }

private:
    [[nodiscard]] Duration gone() const { return Duration(m_gone.load()); }
    std::atomic<std::int64_t> m_set{0};
    std::atomic<std::int64_t> m_gone{0}; ///< microseconds; connectors' threads ask too
};

/// Writes what a made-up log holds as one delivery file.
inline void writeRecords(const std::filesystem::path& file, tenant::CloudtrailWriter& log)
{
    std::ofstream stream(file, std::ios::binary);
    stream << "{\"Records\":[";
    bool isFirst = true;
    for (const auto& record : log.take()) {
        stream << (isFirst ? "" : ",") << json::write(record.body);
        isFirst = false;
    }
    stream << "]}\n";
}

/// A build account, its key, and an intruder with the same key: makes a second one, looks around, takes rights and
/// secrets, and tries to stop the audit trail.
class SmallAttack
{
public:
    static constexpr const char* user = "svc-build";
    static constexpr const char* userArn = "arn:aws:iam::111122223333:user/svc-build";
    static constexpr const char* oldKey = "AKIAEXAMPLEBUILD0001";
    static constexpr const char* newKey = "AKIAEXAMPLEINTRUD001";
    static constexpr int events = 89;
    static constexpr const char* policy = "arn:aws:iam::aws:policy/AdministratorAccess";

    /// @param name  of the account: log text, which may be hostile
    static void write(const std::filesystem::path& file, const std::string& name = user)
    {
        using std::chrono::hours;
        using std::chrono::minutes;
        using std::chrono::seconds;
        tenant::CloudtrailWriter log("111122223333", "eu-central-1", 42);
        const Timestamp attack = *Timestamp::parse("2026-11-21T11:58:02Z");
        const tenant::LogCaller builder{
            tenant::LogCaller::Kind::User, name, oldKey, {}, {}, "198.51.100.21", "aws-cli/2.17.40"};
        for (int i = 0; i < 24; ++i) {
            const Timestamp at = attack - hours(72) + hours(3) * i;
            for (const char* call : {"sts:GetCallerIdentity", "ecr:GetAuthorizationToken", "ecs:DescribeServices"})
                log.add(at + seconds(call[0]), builder, call);
        }
        tenant::LogCaller intruder = builder;
        intruder.address = "203.0.113.44";
        intruder.userAgent = "Boto3/1.34.11";
        log.add(attack, intruder, "iam:CreateAccessKey", Value::Object{{"userName", name}},
                Value::Object{{"accessKey", Value::Object{{"userName", name},
                                                          {"accessKeyId", newKey},
                                                          {"status", "Active"},
                                                          {"createDate", attack.toString()}}}});
        intruder.key = newKey;
        Timestamp at = attack + minutes(5);
        for (const char* call :
             {"iam:ListUsers", "iam:ListRoles", "iam:ListGroups", "iam:ListPolicies", "iam:ListAttachedUserPolicies",
              "iam:ListAccessKeys", "iam:GetAccountSummary", "iam:GetAccountAuthorizationDetails", "iam:ListMFADevices",
              "s3:ListBuckets", "ec2:DescribeInstances", "secretsmanager:ListSecrets"}) {
            log.add(at, intruder, call);
            at = at + seconds(2);
        }
        log.add(at, intruder, "iam:AttachUserPolicy", Value::Object{{"userName", name}, {"policyArn", policy}});
        for (const char* secret : {"prod/orders-db-pL20vT", "prod/jwt-signing-Gm7wRc"}) {
            at = at + seconds(3);
            log.add(at, intruder, "secretsmanager:GetSecretValue",
                    Value::Object{{"secretId", log.arn("secretsmanager", "secret:" + std::string(secret), true)}});
        }
        log.addDenied(at + seconds(9), intruder, "cloudtrail:StopLogging",
                      Value::Object{{"name", log.arn("cloudtrail", "trail/org-trail", true)}});
        writeRecords(file, log);
    }
};

/// A case on the small attack in a folder of its own, with people who can answer.
class CaseFixture
{
public:
    QTemporaryDir dir;
    StillMachine machine;

    CaseFixture() { SmallAttack::write(log()); }

    [[nodiscard]] std::filesystem::path path(const char* name) const { return dir.filePath(name).toStdString(); }
    [[nodiscard]] std::filesystem::path log() const { return path("log.json"); }
    [[nodiscard]] std::filesystem::path folder() const { return path("a.cordon"); }
    [[nodiscard]] std::filesystem::path home() const { return path("home"); }

    [[nodiscard]] engine::EngineOptions options(const char* exercise = "from-log") const
    {
        engine::EngineOptions options;
        options.folder = folder();
        options.home = home();
        options.resources = std::filesystem::path(CORDON_SOURCE_DIR) / "resources";
        options.logs = {log()};
        options.exercise = exercise;
        options.replay = engine::ReplayMode::Batch;
        return options;
    }

    using Held = std::unique_ptr<engine::Pipeline>;
    [[nodiscard]] Held open(const engine::EngineOptions& options) const
    {
        return must(engine::Pipeline::open(options, machine));
    }
    /// The whole job once, with the case still held.
    [[nodiscard]] Held run(const engine::EngineOptions& options) const
    {
        Held held = open(options);
        must(held->run({}));
        return held;
    }
    [[nodiscard]] Held run() const { return run(options()); }
    /// The case again, as its holder, without reading anything.
    [[nodiscard]] Held wake() const
    {
        engine::EngineOptions bare = options("");
        bare.logs.clear();
        bare.replay = engine::ReplayMode::None;
        Held held = open(bare);
        must(held->wake());
        return held;
    }

    [[nodiscard]] std::vector<LedgerEntry> ledger(const std::string& type = {}) const
    {
        std::vector<LedgerEntry> entries;
        must(record::eachEntry(folder(), 0, [&](const LedgerEntry& entry) {
            if (entry.type.rfind(type, 0) == 0)
                entries.push_back(entry);
            return true;
        }));
        return entries;
    }
    [[nodiscard]] record::VerifyReport verdict() const
    {
        record::AuditOptions options;
        options.home = home();
        return must(record::LedgerAuditor(std::move(options)).verify(folder()));
    }

    /// The step of that verb, on that target when one is given.
    [[nodiscard]] static Step* step(engine::Pipeline& held, const std::string& verb, const std::string& target = {})
    {
        for (const auto& [id, file] : held.files()) {
            for (const Step& candidate : file.plan.steps) {
                if (candidate.action.type == verb && (target.empty() || candidate.action.targets.front().id == target))
                    return held.fileOfStep(candidate.id)->step(candidate.id);
            }
        }
        return nullptr;
    }

    /// A person's signed answer, through the step-up form's own rules.
    [[nodiscard]] govern::StepUpResult answer(engine::Pipeline& held, const std::string& request,
                                              const std::string& person, bool isApproved = true, int slot = 0)
    {
        machine.pass(std::chrono::seconds(30)); // an authenticator code counts once
        const std::filesystem::path exercise = record::exercisePath(folder());
        govern::StepUpInput input;
        input.requestText = must(held.requestText(request));
        input.agentKey = must(engine::ExerciseParties::open(exercise)).agentKey().publicKey();
        input.peopleFolder = engine::ExerciseParties::peopleFolder(exercise);
        input.person = person;
        for (const engine::PersonRow& row : must(engine::ExerciseParties::banner(exercise))) {
            if (row.id != person)
                continue;
            input.pin = crypto::SecretBytes::copyOf(row.pin);
            const auto secret = crypto::SecretBytes::copyOf(must(crypto::fromBase32(row.totpSecret)));
            input.totp = crypto::totpCode(secret, machine.now().micros() / 30'000'000);
        }
        const ApprovalRequest asked = must(govern::readRequest(input.requestText, input.agentKey));
        input.typedCode = govern::shortCode(asked.actionDigest);
        input.typedTarget = govern::typedTargetOf(asked);
        input.isApproved = isApproved;
        input.reason = isApproved ? "" : "not now";
        input.slot = slot;
        return govern::stepUp(input, machine);
    }

    /// The value, or the end of the program with the reason: for what must work before a test can begin.
    template<class T>
    static T must(Result<T> result)
    {
        if (!result)
            qFatal("%s", result.error().detail.c_str());
        if constexpr (!std::is_void_v<T>)
            return std::move(*result);
    }
};

inline std::string stateName(const Step* step)
{
    return step ? std::string(toString(step->state)) + (step->note.code.empty() ? "" : ": " + words::english(step->note)) : "no such step";
}

} // namespace cordon::tests

/// Compares a step's state and says what it is instead.
#define COMPARE_STATE(step, wanted)                                                                                    \
    QVERIFY2((step) && (step)->state == (wanted), cordon::tests::stateName(step).c_str())
/// Fails with the reason when a Result is an error.
#define VERIFY_DONE(result)                                                                                            \
    do {                                                                                                               \
        const auto& checked = (result);                                                                                \
        QVERIFY2(checked.has_value(), checked ? "" : checked.error().detail.c_str());                                  \
    } while (false)
