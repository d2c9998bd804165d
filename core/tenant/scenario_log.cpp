#include "core/tenant/scenario_log.h"

#include "core/tenant/scenario_stories.h"
#include "core/value/json.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <set>

namespace cordon::tenant {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* region = "eu-central-1";
constexpr hours day{24};
constexpr int longestSpanDays = 90;

constexpr const char* pipelineKey = "AKIACORDONEXRCSE2M4F";
constexpr const char* intruderKey = "AKIACORDONEXRCSE7QXD";
constexpr const char* intruderSession = "ASIACORDONEXRCSE4WTN";
constexpr const char* intruderAddress = "203.0.113.44";
constexpr const char* pipelineAgent = "aws-cli/2.17.40 md/awscrt#1.0 ua/2.0 os/linux exec-env/AWS_CODEBUILD";
constexpr const char* intruderAgent = "Boto3/1.34.11 md/Botocore#1.34.11 ua/2.0 os/linux lang/python#3.11.2";
constexpr const char* developerAgent = "aws-cli/2.15.30 md/awscrt#0.19 ua/2.0 os/macos";
constexpr const char* browserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

/// What one run of a pipeline calls, in order.
constexpr std::array<std::string_view, 13> pipelineCalls{"sts:GetCallerIdentity",
                                                         "secretsmanager:GetSecretValue",
                                                         "ecr:GetAuthorizationToken",
                                                         "ecr:DescribeRepositories",
                                                         "s3:GetBucketLocation",
                                                         "cloudformation:DescribeStacks",
                                                         "cloudformation:CreateChangeSet",
                                                         "cloudformation:DescribeChangeSet",
                                                         "cloudformation:ExecuteChangeSet",
                                                         "cloudformation:DescribeStackEvents",
                                                         "ecs:DescribeServices",
                                                         "ecs:UpdateService",
                                                         "ecs:DescribeServices"};

/// What developers look at.
constexpr std::array<std::string_view, 9> developerCalls{
    "ec2:DescribeInstances",   "monitoring:DescribeAlarms",     "logs:DescribeLogGroups",
    "logs:DescribeLogStreams", "rds:DescribeDBInstances",       "ecs:DescribeServices",
    "ecs:ListTasks",           "cloudformation:DescribeStacks", "sts:GetCallerIdentity"};

/// The intruder looks around: forty-one calls that the service account never made before.
constexpr std::array<std::string_view, 41> lookAround{"iam:ListUsers",
                                                      "iam:ListRoles",
                                                      "iam:ListGroups",
                                                      "iam:ListPolicies",
                                                      "iam:ListAttachedUserPolicies",
                                                      "iam:ListUserPolicies",
                                                      "iam:ListAccessKeys",
                                                      "iam:GetAccountSummary",
                                                      "iam:GetAccountAuthorizationDetails",
                                                      "iam:ListMFADevices",
                                                      "iam:ListInstanceProfiles",
                                                      "iam:ListAccountAliases",
                                                      "secretsmanager:ListSecrets",
                                                      "secretsmanager:DescribeSecret",
                                                      "s3:ListBuckets",
                                                      "s3:GetBucketPolicy",
                                                      "s3:GetBucketAcl",
                                                      "ec2:DescribeInstances",
                                                      "ec2:DescribeSecurityGroups",
                                                      "ec2:DescribeVpcs",
                                                      "ec2:DescribeSubnets",
                                                      "ec2:DescribeSnapshots",
                                                      "ec2:DescribeImages",
                                                      "ec2:DescribeKeyPairs",
                                                      "ec2:DescribeRegions",
                                                      "ec2:DescribeVolumes",
                                                      "rds:DescribeDBInstances",
                                                      "rds:DescribeDBSnapshots",
                                                      "lambda:ListFunctions20150331",
                                                      "kms:ListKeys",
                                                      "kms:ListAliases",
                                                      "cloudtrail:DescribeTrails",
                                                      "cloudtrail:GetTrailStatus",
                                                      "guardduty:ListDetectors",
                                                      "organizations:DescribeOrganization",
                                                      "organizations:ListAccounts",
                                                      "ssm:DescribeParameters",
                                                      "dynamodb:ListTables",
                                                      "ecs:ListClusters",
                                                      "sqs:ListQueues",
                                                      "sns:ListTopics"};

/// Secrets as records name them: the provider adds six letters to the name.
constexpr std::array<std::string_view, 6> stolenSecrets{"prod/payments-db-Xa81Qz",   "prod/orders-db-pL20vT",
                                                        "prod/jwt-signing-Gm7wRc",   "prod/smtp-relay-Zt93Hb",
                                                        "prod/analytics-api-c5NqEd", "prod/backup-key-Kw48Ys"};

LogCaller pipelineRunner(std::uint64_t number)
{
    return {LogCaller::Kind::User, "svc-deploy-ci", pipelineKey, {}, {}, "198.51.100." + std::to_string(21 + number),
            pipelineAgent};
}

LogCaller developer(char letter)
{
    const std::string upper(1, static_cast<char>(letter - 'a' + 'A'));
    return {LogCaller::Kind::User,
            std::string("dev-") + letter,
            "AKIACORDONEXRCSEDEV" + upper,
            {},
            {},
            "198.51.100." + std::to_string(70 + (letter - 'a')),
            developerAgent};
}

LogCaller atConsole(LogCaller caller)
{
    caller.kind = LogCaller::Kind::Console;
    caller.key.clear();
    caller.userAgent = browserAgent;
    return caller;
}

Value parametersOf(const CloudtrailWriter& log, std::string_view call, std::string_view pipeline)
{
    if (call == "secretsmanager:GetSecretValue")
        return Value::Object{{"secretId", log.arn("secretsmanager", "secret:deploy/registry-token-Rb62Lm", true)}};
    if (call.substr(0, 15) == "cloudformation:")
        return Value::Object{{"stackName", "prod-" + std::string(pipeline)}};
    if (call == "ecs:UpdateService" || call == "ecs:DescribeServices")
        return Value::Object{{"cluster", "prod"}, {"service", pipeline}};
    if (call == "s3:GetBucketLocation")
        return Value::Object{{"bucketName", "cordon-exercise-artifacts"}};
    if (call == "ecr:DescribeRepositories")
        return Value::Object{{"repositoryNames", Value::Array{pipeline}}};
    return Value();
}

void addPipelineRun(CloudtrailWriter& log, Timestamp at)
{
    constexpr std::array<std::string_view, 3> pipelines{"web", "api", "batch"};
    const std::uint64_t number = log.dice().below(pipelines.size());
    for (const std::string_view call : pipelineCalls) {
        log.add(at, pipelineRunner(number), call, parametersOf(log, call, pipelines[number]));
        at = at + seconds(2 + static_cast<int>(log.dice().below(25)));
    }
}

void addDeveloperDay(CloudtrailWriter& log, Timestamp midnight, char letter)
{
    const LogCaller caller = developer(letter);
    Timestamp at = midnight + hours(7) + minutes(log.dice().below(90));
    log.addSignIn(at, atConsole(caller), true, true);
    const std::uint64_t calls = 12 + log.dice().below(10);
    for (std::uint64_t i = 0; i < calls; ++i) {
        at = at + minutes(3 + log.dice().below(35));
        log.add(at, caller, developerCalls[log.dice().below(developerCalls.size())]);
    }
    if (letter != 'a')
        return;
    const std::string role = log.arn("iam", "role/deploy-prod");
    log.add(
        at + minutes(1), caller, "sts:AssumeRole", Value::Object{{"roleArn", role}, {"roleSessionName", "dev-a"}},
        Value::Object{{"assumedRoleUser", Value::Object{{"arn", log.arn("sts", "assumed-role/deploy-prod/dev-a")}}}});
}

/// 0 is Monday. 1970-01-01 was a Thursday.
std::int64_t weekday(Timestamp midnight)
{
    return (midnight.micros() / Duration(day).count() + 3) % 7;
}

void addOrdinaryDays(CloudtrailWriter& log, Timestamp from, Timestamp until)
{
    for (Timestamp midnight = from; midnight < until; midnight = midnight + day) {
        const bool isWorkday = weekday(midnight) < 5;
        const std::uint64_t runs = (isWorkday ? 16 : 4) + log.dice().below(6);
        for (std::uint64_t i = 0; i < runs; ++i)
            addPipelineRun(log, midnight + hours(5) + minutes(log.dice().below(15 * 60)));
        for (const char letter : {'a', 'b', 'c'}) {
            if (isWorkday)
                addDeveloperDay(log, midnight, letter);
        }
    }
}

/// The evening before: somebody widens what the service account may do.
void addPolicyChange(CloudtrailWriter& log, Timestamp at)
{
    const LogCaller caller = developer('c');
    const std::string policy = log.arn("iam", "policy/ci-extra");
    log.add(at - minutes(2), caller, "iam:CreatePolicy", Value::Object{{"policyName", "ci-extra"}},
            Value::Object{{"policy", Value::Object{{"policyName", "ci-extra"}, {"arn", policy}}}});
    log.add(at, caller, "iam:AttachUserPolicy", Value::Object{{"userName", "svc-deploy-ci"}, {"policyArn", policy}});
}

/// Another matter on the same morning: sign-ins without a second factor.
void addSignIns(CloudtrailWriter& log, Timestamp at)
{
    LogCaller caller = atConsole(developer('b'));
    caller.address = "192.0.2.77";
    log.addSignIn(at, caller, false, false);
    log.addSignIn(at + seconds(21), caller, false, false);
    log.addSignIn(at + seconds(47), caller, false, false);
    log.addSignIn(at + seconds(95), caller, true, false);
}

Value lookParameters(const CloudtrailWriter& log, std::string_view call)
{
    if (call.substr(0, 5) == "s3:Ge")
        return Value::Object{{"bucketName", "cordon-exercise-artifacts"}};
    if (call == "secretsmanager:DescribeSecret")
        return Value::Object{{"secretId", log.arn("secretsmanager", "secret:" + std::string(stolenSecrets[0]), true)}};
    if (call == "cloudtrail:GetTrailStatus")
        return Value::Object{{"name", log.arn("cloudtrail", "trail/org-trail", true)}};
    return Value();
}

void addAttack(CloudtrailWriter& log, Timestamp start)
{
    LogCaller first = pipelineRunner(0);
    first.address = intruderAddress;
    first.userAgent = intruderAgent;
    log.add(start, first, "iam:CreateAccessKey", Value::Object{{"userName", "svc-deploy-ci"}},
            Value::Object{{"accessKey", Value::Object{{"userName", "svc-deploy-ci"},
                                                      {"accessKeyId", intruderKey},
                                                      {"status", "Active"},
                                                      {"createDate", start.toString()}}}});
    LogCaller intruder = first;
    intruder.key = intruderKey;
    Timestamp at = start + minutes(5);
    for (const std::string_view call : lookAround) {
        log.add(at, intruder, call, lookParameters(log, call));
        at = at + seconds(1 + static_cast<int>(log.dice().below(2)));
    }
    for (const std::string_view secret : stolenSecrets) {
        at = at + seconds(3);
        log.add(at, intruder, "secretsmanager:GetSecretValue",
                Value::Object{{"secretId", log.arn("secretsmanager", "secret:" + std::string(secret), true)}});
    }
    const std::string trail = log.arn("cloudtrail", "trail/org-trail", true);
    log.addDenied(start + seconds(427), intruder, "cloudtrail:StopLogging", Value::Object{{"name", trail}});

    const Timestamp assumed = start + seconds(488);
    log.add(assumed, intruder, "sts:AssumeRole",
            Value::Object{
                {"roleArn", log.arn("iam", "role/deploy-prod")}, {"roleSessionName", "ci"}, {"durationSeconds", 3600}},
            Value::Object{{"credentials", Value::Object{{"accessKeyId", intruderSession},
                                                        {"expiration", (assumed + hours(1)).toString()}}},
                          {"assumedRoleUser", Value::Object{{"arn", log.arn("sts", "assumed-role/deploy-prod/ci")}}}});
    const LogCaller session{LogCaller::Kind::Session, "deploy-prod", intruderSession, "ci", assumed,
                            intruderAddress,          intruderAgent};
    log.add(assumed + seconds(15), session, "sts:GetCallerIdentity");
    log.add(assumed + seconds(31), session, "ecs:ListServices", Value::Object{{"cluster", "prod"}});
}

/// A CI service account's key in other hands. @return when the log ends
Timestamp tellIntruder(CloudtrailWriter& log, const ScenarioLogSettings& settings)
{
    const Timestamp attackDay =
        Timestamp::fromMicros(settings.attack.micros() - settings.attack.micros() % Duration(day).count());
    addOrdinaryDays(log, settings.from, attackDay + day);
    addPolicyChange(log, attackDay - day + hours(17) + minutes(20) + seconds(11));
    addSignIns(log, attackDay + hours(9) + minutes(47) + seconds(5));
    addAttack(log, settings.attack);
    addPipelineRun(log, settings.attack + minutes(9));
    return settings.attack + minutes(12);
}

} // namespace

Result<ScenarioLog> ScenarioLog::make(const ScenarioLogSettings& settings)
{
    using Story = Timestamp (*)(CloudtrailWriter&, const ScenarioLogSettings&);
    static const std::map<std::string_view, Story> stories{
        {"service-account", tellIntruder}, {"workload-theft", tellWorkloadTheft}, {"exposure", tellExposure}, {"borrowed-key", tellBorrowedKey}};
    const auto story = stories.find(settings.generator);
    if (story == stories.end())
        return fail(ErrorCode::Unsupported, "no log generator named '" + settings.generator + "'");
    if (settings.attack <= settings.from || settings.attack - settings.from > longestSpanDays * day)
        return fail(ErrorCode::Invalid, "a scenario's log needs between one moment and 90 days before the attack");
    CloudtrailWriter log(settings.account, region, settings.seed);
    const Timestamp end = story->second(log, settings);

    ScenarioLog made;
    made.m_records = log.take();
    std::erase_if(made.m_records, [end](const Record& record) { return record.time > end; });
    std::stable_sort(made.m_records.begin(), made.m_records.end(),
                     [](const Record& a, const Record& b) { return a.time < b.time; });
    return made;
}

std::vector<CredentialUse> ScenarioLog::uses() const
{
    std::vector<CredentialUse> uses;
    for (const Record& record : m_records) {
        const std::string& key = record.body["userIdentity"]["accessKeyId"].asString();
        const std::string& host = record.body["eventSource"].asString();
        if (!key.empty())
            uses.push_back({key,
                            {record.time, host.substr(0, host.find('.')), record.body["awsRegion"].asString(),
                             record.body["sourceIPAddress"].asString()}});
    }
    return uses;
}

Result<void> ScenarioLog::write(const std::filesystem::path& file) const
{
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << "{\"Records\":[";
    bool isFirst = true;
    for (const Record& record : m_records) {
        stream << (isFirst ? "" : ",") << json::write(record.body);
        isFirst = false;
    }
    stream << "]}\n";
    stream.flush();
    if (!stream)
        return fail(ErrorCode::Io, file.string() + ": writing failed");
    return {};
}

} // namespace cordon::tenant
