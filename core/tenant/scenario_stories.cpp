#include "core/tenant/scenario_stories.h"

#include <array>

namespace cordon::tenant {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* serviceAgent = "aws-sdk-java/2.25.60 md/io#sync ua/2.0 os/Linux";
constexpr const char* shellAgent = "aws-cli/2.17.40 md/awscrt#1.0 ua/2.0 os/linux";
constexpr const char* developerAgent = "aws-cli/2.15.30 md/awscrt#0.19 ua/2.0 os/macos";
constexpr const char* ordersMachine = "i-0c0ffee01234abcd5";
constexpr const char* billingMachine = "i-0b111e5505678ef01";

Timestamp dayOf(Timestamp time)
{
    const std::int64_t day = Duration(hours(24)).count();
    return Timestamp::fromMicros(time.micros() - time.micros() % day);
}

LogCaller machine(const char* role, const char* key, const char* instance, Timestamp since, const char* address)
{
    return {LogCaller::Kind::Session, role, key, instance, since, address, serviceAgent};
}

Value secret(const CloudtrailWriter& log, std::string_view name)
{
    return Value::Object{{"secretId", log.arn("secretsmanager", "secret:" + std::string(name), true)}};
}

/// What a service calls each hour: its own secret, its queue, its logs.
void addHour(CloudtrailWriter& log, Timestamp at, const LogCaller& service, std::string_view itsSecret)
{
    log.add(at, service, "secretsmanager:GetSecretValue", secret(log, itsSecret));
    for (const char* call : {"sqs:ReceiveMessage", "sqs:DeleteMessage", "logs:PutLogEvents", "sqs:GetQueueAttributes"}) {
        at = at + seconds(30 + log.dice().below(600));
        log.add(at, service, call);
    }
}

/// @param ordersUntil  the service orders-api is silent from then on
void addServices(CloudtrailWriter& log, Timestamp from, Timestamp until, Timestamp attackDay, Timestamp ordersUntil)
{
    for (Timestamp at = from; at < until; at = at + hours(1)) {
        const bool isLast = at >= attackDay;
        addHour(log, at + minutes(log.dice().below(10)),
                machine("billing-api", "ASIACORDONEXRCBILL01", billingMachine, from, "198.51.100.41"), "prod/payments-db-Xa81Qz");
        if (at >= ordersUntil)
            continue;
        addHour(log, at + minutes(log.dice().below(10)),
                machine("orders-api", isLast ? "ASIACORDONEXRCWORK02" : "ASIACORDONEXRCWORK01", ordersMachine,
                        isLast ? attackDay : from, "198.51.100.40"),
                "prod/orders-db-pL20vT");
    }
}

LogCaller developer(char letter)
{
    const std::string upper(1, static_cast<char>(letter - 'a' + 'A'));
    return {LogCaller::Kind::User, std::string("dev-") + letter, "AKIACORDONEXRCSEDEV" + upper, {}, {},
            "198.51.100." + std::to_string(70 + (letter - 'a')), developerAgent};
}

void addDevelopers(CloudtrailWriter& log, Timestamp from, Timestamp until)
{
    constexpr std::array<std::string_view, 6> calls{"ec2:DescribeInstances", "monitoring:DescribeAlarms", "logs:DescribeLogGroups",
                                                    "rds:DescribeDBInstances", "ecs:DescribeServices", "secretsmanager:DescribeSecret"};
    for (Timestamp day = from; day < until; day = day + hours(24)) {
        for (const char letter : {'a', 'c'}) {
            Timestamp at = day + hours(7) + minutes(log.dice().below(90));
            for (int i = 0; i < 8; ++i) {
                at = at + minutes(5 + log.dice().below(40));
                const std::string_view call = calls[log.dice().below(calls.size())];
                log.add(at, developer(letter), call,
                        call == "secretsmanager:DescribeSecret" ? secret(log, "prod/payments-db-Xa81Qz") : Value());
            }
        }
    }
}

} // namespace

Timestamp tellWorkloadTheft(CloudtrailWriter& log, const ScenarioLogSettings& settings)
{
    const Timestamp end = settings.attack + minutes(14);
    addServices(log, settings.from, end, dayOf(settings.attack), settings.attack);
    LogCaller intruder = machine("orders-api", "ASIACORDONEXRCWORK02", ordersMachine, dayOf(settings.attack), "198.51.100.40");
    intruder.userAgent = shellAgent;
    Timestamp at = settings.attack;
    for (const char* call : {"sts:GetCallerIdentity", "secretsmanager:ListSecrets", "s3:ListBuckets", "iam:ListRoles",
                             "iam:GetAccountSummary", "ec2:DescribeInstances"}) {
        log.add(at, intruder, call);
        at = at + seconds(9);
    }
    for (const char* name : {"prod/orders-db-pL20vT", "prod/payments-db-Xa81Qz", "prod/jwt-signing-Gm7wRc", "prod/smtp-relay-Zt93Hb",
                             "prod/analytics-api-c5NqEd", "prod/backup-key-Kw48Ys"}) {
        log.add(at, intruder, "secretsmanager:GetSecretValue", secret(log, name));
        at = at + seconds(4);
    }
    addHour(log, settings.attack + minutes(3),
            machine("billing-api", "ASIACORDONEXRCBILL01", billingMachine, settings.from, "198.51.100.41"), "prod/payments-db-Xa81Qz");
    return end;
}

Timestamp tellBorrowedKey(CloudtrailWriter& log, const ScenarioLogSettings& settings)
{
    constexpr const char* secondKey = "AKIACORDONEXRCSEBRW2";
    const Timestamp end = settings.attack + minutes(14);
    addServices(log, settings.from, end, dayOf(settings.attack), end);
    addDevelopers(log, settings.from, settings.attack - hours(8));
    LogCaller borrower = developer('a');
    borrower.address = "203.0.113.61";
    borrower.userAgent = shellAgent;
    Timestamp at = settings.attack;
    log.add(at, borrower, "iam:CreateAccessKey", Value::Object{{"userName", "dev-a"}},
            Value::Object{{"accessKey", Value::Object{{"userName", "dev-a"}, {"accessKeyId", secondKey}, {"status", "Active"}, {"createDate", at.toString()}}}});
    borrower.key = secondKey;
    for (const char* call : {"sts:GetCallerIdentity", "iam:ListUsers", "iam:ListRoles", "iam:ListAttachedUserPolicies", "iam:GetAccountSummary",
                             "s3:ListBuckets", "secretsmanager:ListSecrets"}) {
        at = at + seconds(20);
        log.add(at, borrower, call);
    }
    log.add(at + seconds(25), borrower, "iam:AttachUserPolicy",
            Value::Object{{"userName", "dev-a"}, {"policyArn", "arn:aws:iam::aws:policy/AdministratorAccess"}});
    log.add(at + seconds(60), borrower, "secretsmanager:GetSecretValue", secret(log, "prod/payments-db-Xa81Qz"));
    log.addDenied(at + seconds(90), borrower, "cloudtrail:StopLogging", Value::Object{{"name", log.arn("cloudtrail", "trail/org-trail", true)}});
    return end;
}

Timestamp tellExposure(CloudtrailWriter& log, const ScenarioLogSettings& settings)
{
    const Timestamp end = settings.attack + minutes(14);
    addServices(log, settings.from, end, dayOf(settings.attack), end);
    addDevelopers(log, settings.from, settings.attack - hours(8));
    const std::string arn = log.arn("secretsmanager", "secret:prod/payments-db-Xa81Qz", true);
    log.add(settings.attack, developer('c'), "secretsmanager:PutResourcePolicy",
            Value::Object{{"secretId", arn},
                          {"resourcePolicy", R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",)"
                                             R"("Action":"secretsmanager:GetSecretValue","Resource":"*"}]})"}},
            Value::Object{{"aRN", arn}, {"name", "prod/payments-db"}});
    Value& read = log.add(settings.attack + minutes(4), developer('c'), "secretsmanager:GetSecretValue", Value::Object{{"secretId", arn}});
    read.set("userIdentity", Value::Object{{"type", "AWSAccount"}, {"principalId", "AIDACORDONEXRCELSEWH"}, {"accountId", "999988887777"}});
    read.set("sourceIPAddress", "203.0.113.90");
    read.set("userAgent", shellAgent);
    return end;
}

} // namespace cordon::tenant
