#pragma once

#include "tests/core/engine/case_fixture.h"

namespace cordon::tests {

/// The small attack three times over, by intruders who share nothing: three incidents, each with things of its own.
class ThreeAttacks
{
public:
    static std::string user(char letter) { return std::string("svc-") + letter; }
    static std::string userArn(char letter) { return "arn:aws:iam::111122223333:user/" + user(letter); }
    static std::string oldKey(char letter) { return std::string("AKIA") + upper(letter) + "XAMPLEBUILD0001"; }
    static std::string newKey(char letter) { return std::string("AKIA") + upper(letter) + "XAMPLEINTRUD001"; }

    static void write(const std::filesystem::path& file)
    {
        tenant::CloudtrailWriter log("111122223333", "eu-central-1", 42);
        int at = 0;
        for (const char letter : {'a', 'b', 'c'})
            add(log, letter, *Timestamp::parse("2026-11-20T03:58:02Z") + std::chrono::hours(9 * at++));
        writeRecords(file, log);
    }

    /// A tenant in which the second attack's things are behind a connector "b", and the third's behind "c".
    static Value tenant(const std::string& delayOfB)
    {
        const auto part = [](char letter, const std::string& delay) {
            Value::Object one{{"name", std::string(1, letter)},
                              {"holds", Value::Array{Value(userArn(letter)), Value(oldKey(letter)), Value(newKey(letter))}}};
            if (!delay.empty())
                one.emplace("delay", delay);
            return Value(std::move(one));
        };
        return Value::Object{{"tenant", "cordon/v1"},
                             {"name", "111122223333"},
                             {"environment", "exercise"},
                             {"connectors", Value::Array{part('b', delayOfB), part('c', "")}}};
    }

private:
    static char upper(char letter) { return static_cast<char>(letter - 'a' + 'A'); }

    /// @return when it ends
    static Timestamp lookAround(tenant::CloudtrailWriter& log, const tenant::LogCaller& who, Timestamp at)
    {
        for (const char* call : {"iam:ListUsers", "iam:ListRoles", "iam:ListGroups", "iam:ListPolicies",
                                 "iam:ListAttachedUserPolicies", "iam:ListAccessKeys", "iam:GetAccountSummary",
                                 "iam:GetAccountAuthorizationDetails", "iam:ListMFADevices", "s3:ListBuckets",
                                 "ec2:DescribeInstances", "secretsmanager:ListSecrets"}) {
            log.add(at, who, call);
            at = at + std::chrono::seconds(2);
        }
        return at;
    }
    static void add(tenant::CloudtrailWriter& log, char letter, Timestamp attack)
    {
        using std::chrono::hours;
        using std::chrono::seconds;
        const std::string name = user(letter);
        const std::string host = std::to_string(10 + (letter - 'a') * 40);
        const tenant::LogCaller builder{
            tenant::LogCaller::Kind::User, name, oldKey(letter), {}, {}, "198.51.100." + host, "aws-cli/2.17.40"};
        for (int i = 0; i < 24; ++i) {
            const Timestamp at = attack - hours(72) + hours(3) * i;
            for (const char* call : {"sts:GetCallerIdentity", "ecr:GetAuthorizationToken", "ecs:DescribeServices"})
                log.add(at + seconds(call[0] + letter), builder, call);
        }
        tenant::LogCaller intruder = builder;
        intruder.address = "203.0.113." + host;
        intruder.userAgent = std::string("Boto3/1.3") + letter;
        log.add(attack - std::chrono::minutes(2), intruder, "cloudtrail:StopLogging", // the maker is misused when the key is made
                Value::Object{{"name", std::string("arn:aws:cloudtrail:eu-central-1:111122223333:trail/t-") + letter}});
        log.add(attack, intruder, "iam:CreateAccessKey", Value::Object{{"userName", name}},
                Value::Object{{"accessKey", Value::Object{{"userName", name},
                                                          {"accessKeyId", newKey(letter)},
                                                          {"status", "Active"},
                                                          {"createDate", attack.toString()}}}});
        intruder.key = newKey(letter);
        Timestamp at = lookAround(log, intruder, attack + std::chrono::minutes(5));
        log.add(at, intruder, "iam:AttachUserPolicy",
                Value::Object{{"userName", name}, {"policyArn", std::string("arn:aws:iam::111122223333:policy/p-") + letter}});
        at = at + seconds(3);
        log.add(at, intruder, "secretsmanager:GetSecretValue",
                Value::Object{{"secretId", log.arn("secretsmanager", std::string("secret:prod/db-") + letter, true)}});
    }
};

/// Stands before a connector and tells a test each call before it goes on.
class WatchedConnector : public act::Connector
{
public:
    using OnCall = std::function<void(const std::string& call, const Action* action)>;

    WatchedConnector(std::unique_ptr<act::Connector> real, OnCall onCall)
        : m_real(std::move(real)), m_onCall(std::move(onCall))
    {
    }
    [[nodiscard]] std::string name() const override { return m_real->name(); }
    [[nodiscard]] std::string tenant() const override { return m_real->tenant(); }
    [[nodiscard]] std::string environment() const override { return m_real->environment(); }
    [[nodiscard]] bool isExercise() const override { return m_real->isExercise(); }
    [[nodiscard]] std::vector<act::Capability> capabilities() const override { return m_real->capabilities(); }
    [[nodiscard]] bool holds(const EntityRef& entity) const override { return m_real->holds(entity); }
    [[nodiscard]] Result<TargetFacts> inspect(const EntityRef& target, const std::stop_token& stop) override
    {
        m_onCall("inspect", nullptr);
        return m_real->inspect(target, stop);
    }
    [[nodiscard]] Result<Preview> preview(const Action& action, const std::stop_token& stop) override
    {
        m_onCall("preview", &action);
        return m_real->preview(action, stop);
    }
    [[nodiscard]] Result<act::ExecuteReply> execute(Permit permit, const Action& action,
                                                    const std::stop_token& stop) override
    {
        m_onCall("execute", &action);
        return m_real->execute(std::move(permit), action, stop);
    }
    [[nodiscard]] Result<Outcome> verify(const Action& action, const std::stop_token& stop) override
    {
        m_onCall("verify", &action);
        return m_real->verify(action, stop);
    }
    [[nodiscard]] Result<act::ExecuteReply> undo(Permit permit, const Action& action, const Value& undoRecord,
                                                 bool overwritesDrift, const std::stop_token& stop) override
    {
        m_onCall("undo", &action);
        return m_real->undo(std::move(permit), action, undoRecord, overwritesDrift, stop);
    }

private:
    std::unique_ptr<act::Connector> m_real;
    OnCall m_onCall;
};

} // namespace cordon::tests
