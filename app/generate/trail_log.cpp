#include "app/generate/trail_log.h"

#include "core/base/time.h"

#include <array>
#include <cstring>
#include <string_view>

namespace cordon::generate {
namespace {

/// SplitMix64: small, quick, the same everywhere. Not for secrets.
class Dice
{
public:
    explicit Dice(std::uint64_t seed)
        : m_state(seed)
    {}
    std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    std::uint64_t below(std::uint64_t limit) { return next() % limit; }
    bool oneIn(std::uint64_t times) { return below(times) == 0; }
    template<std::size_t N>
    std::string_view pick(const std::array<std::string_view, N>& from)
    {
        return from[below(N)];
    }

private:
    std::uint64_t m_state;
};

struct Call
{
    std::string_view service;
    std::string_view verb;
    std::string_view request; ///< members; $n name, $h hex, $b bucket, $a account
    bool isReadOnly;
    int weight;
};

// One call a line.
// clang-format off
constexpr std::array calls{
    Call{"ec2", "DescribeInstances", R"("instancesSet":{"items":[{"instanceId":"i-$h"}]},"filterSet":{})", true, 14},
    Call{"ec2", "DescribeSecurityGroups", R"("securityGroupSet":{},"securityGroupIdSet":{"items":[{"groupId":"sg-$h"}]},"filterSet":{})", true, 8},
    Call{"ec2", "DescribeVolumes", R"("volumeSet":{},"filterSet":{"items":[{"name":"attachment.instance-id","valueSet":{"items":[{"value":"i-$h"}]}}]})", true, 6},
    Call{"ec2", "RunInstances", R"("instancesSet":{"items":[{"imageId":"ami-$h","minCount":1,"maxCount":1}]},"instanceType":"m6i.large","monitoring":{"enabled":true},"disableApiTermination":false)", false, 2},
    Call{"ec2", "TerminateInstances", R"("instancesSet":{"items":[{"instanceId":"i-$h"}]})", false, 2},
    Call{"ec2", "CreateTags", R"("resourcesSet":{"items":[{"resourceId":"i-$h"}]},"tagSet":{"items":[{"key":"team","value":"$n"}]})", false, 3},
    Call{"s3", "GetObject", R"("bucketName":"$b","Host":"$b.s3.eu-west-1.amazonaws.com","key":"reports/$h/part-0001.parquet")", true, 14},
    Call{"s3", "PutObject", R"("bucketName":"$b","Host":"$b.s3.eu-west-1.amazonaws.com","key":"uploads/$h.bin","x-amz-server-side-encryption":"aws:kms")", false, 8},
    Call{"s3", "ListObjects", R"("bucketName":"$b","Host":"$b.s3.eu-west-1.amazonaws.com","prefix":"reports/","list-type":"2","encoding-type":"url")", true, 6},
    Call{"s3", "GetBucketLocation", R"("bucketName":"$b","Host":"s3.amazonaws.com","location":"")", true, 3},
    Call{"sts", "AssumeRole", R"("roleArn":"arn:aws:iam::$a:role/$n-runner","roleSessionName":"$n-$h","durationSeconds":3600)", true, 9},
    Call{"sts", "GetCallerIdentity", "", true, 5},
    Call{"kms", "Decrypt", R"("encryptionAlgorithm":"SYMMETRIC_DEFAULT","encryptionContext":{"aws:s3:arn":"arn:aws:s3:::$b"})", true, 8},
    Call{"kms", "GenerateDataKey", R"("keySpec":"AES_256","keyId":"arn:aws:kms:eu-west-1:$a:key/$h","encryptionContext":{"aws:s3:arn":"arn:aws:s3:::$b"})", true, 5},
    Call{"iam", "ListRoles", R"("maxItems":100)", true, 2},
    Call{"iam", "GetRole", R"("roleName":"$n-runner")", true, 3},
    Call{"iam", "GetUser", R"("userName":"$n")", true, 2},
    Call{"secretsmanager", "GetSecretValue", R"("secretId":"arn:aws:secretsmanager:eu-west-1:$a:secret:$n/database-Qw3rTy","versionStage":"AWSCURRENT")", true, 3},
    Call{"ssm", "GetParameters", R"("names":["/$n/endpoint","/$n/feature-flags"],"withDecryption":false)", true, 4},
    Call{"ssm", "UpdateInstanceInformation", R"("instanceId":"i-$h","agentVersion":"3.2.1377.0","agentStatus":"Active","platformType":"Linux","platformName":"Debian","platformVersion":"12")", false, 5},
    Call{"lambda", "Invoke", R"("functionName":"arn:aws:lambda:eu-west-1:$a:function:$n-worker","invocationType":"Event")", false, 3},
    Call{"lambda", "ListFunctions20150331", R"("maxItems":50)", true, 2},
    Call{"logs", "CreateLogStream", R"("logGroupName":"/aws/lambda/$n-worker","logStreamName":"2026/03/01/[$LATEST]$h")", false, 5},
    Call{"rds", "DescribeDBInstances", R"("dBInstanceIdentifier":"$n-main","maxRecords":100)", true, 3},
    Call{"cloudtrail", "DescribeTrails", R"("trailNameList":[],"includeShadowTrails":true)", true, 1},
    Call{"dynamodb", "DescribeTable", R"("tableName":"$n-sessions")", true, 3},
};
// clang-format on

constexpr std::array<std::string_view, 24> names{"orders", "billing", "search",   "catalogue", "shipping", "invoices",
                                                 "ledger", "reports", "frontend", "checkout",  "stock",    "returns",
                                                 "mail",   "media",   "images",   "etl",       "metrics",  "backup",
                                                 "deploy", "builder", "scanner",  "audit",     "partner",  "archive"};
constexpr std::array<std::string_view, 6> regions{"eu-west-1", "eu-central-1",   "us-east-1",
                                                  "us-west-2", "ap-southeast-2", "sa-east-1"};
constexpr std::array<std::string_view, 4> accounts{"210987650001", "210987650002", "210987650003", "210987650004"};
constexpr std::array<std::string_view, 6> agents{
    "aws-cli/2.15.30 Python/3.11.8 Linux/6.1.0-18-amd64 exe/x86_64.debian.12 prompt/off command/ec2.describe-instances",
    "Boto3/1.34.51 md/Botocore#1.34.51 ua/2.0 os/linux#6.1.0 md/arch#x86_64 lang/python#3.11.8 md/pyimpl#CPython "
    "Botocore/1.34.51",
    "aws-sdk-go-v2/1.25.2 os/linux lang/go#1.22.0 md/GOOS#linux md/GOARCH#arm64 api/s3#1.51.1",
    "aws-sdk-java/2.24.9 Linux/5.10.209-198.812.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/17.0.10+7-LTS Java/17.0.10 "
    "vendor/Amazon.com_Inc. cfg/retry-mode/standard",
    "APN/1.0 HashiCorp/1.0 Terraform/1.7.4 terraform-provider-aws/5.39.0 aws-sdk-go-v2/1.25.2 os/linux lang/go#1.21.7",
    "AWS Internal"};
constexpr std::array<std::string_view, 4> errors{"AccessDenied", "Client.UnauthorizedOperation", "ThrottlingException",
                                                 "ResourceNotFoundException"};

} // namespace

class TrailLog::Writer
{
public:
    explicit Writer(std::uint64_t seed)
        : m_dice(seed)
        , m_time(Timestamp::fromMicros(1772323200000000)) // 2026-03-01
    {
        for (const Call& call : calls)
            m_weights += call.weight;
    }

    void append(std::string& to)
    {
        const Call& call = pickCall();
        m_account = m_dice.pick(accounts);
        m_time = m_time + Duration(static_cast<std::int64_t>(m_dice.below(60'000)));
        const bool isRole = !m_dice.oneIn(3);
        const std::string_view who = m_dice.pick(names);
        const bool hasFailed = m_dice.oneIn(40);
        to += R"({"eventVersion":"1.09","userIdentity":)";
        isRole ? appendRole(to, who) : appendUser(to, who);
        to += R"(,"eventTime":")";
        to += m_time.toString().substr(0, 19);
        to += R"(Z","eventSource":")";
        to += call.service;
        to += R"(.amazonaws.com","eventName":")";
        to += call.verb;
        to += R"(","awsRegion":")";
        to += m_dice.pick(regions);
        to += R"(","sourceIPAddress":")";
        appendAddress(to);
        to += R"(","userAgent":")";
        to += m_dice.pick(agents);
        to += '"';
        if (hasFailed)
            appendError(to);
        appendRequest(to, call);
        to += R"(,"responseElements":null,"requestID":")";
        appendUuid(to);
        to += R"(","eventID":")";
        appendUuid(to);
        to += R"(","readOnly":)";
        to += call.isReadOnly ? "true" : "false";
        to += R"(,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":")";
        to += m_account;
        to +=
            R"(","eventCategory":"Management","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":")";
        to += call.service;
        to += R"(.eu-west-1.amazonaws.com"}})";
    }

private:
    const Call& pickCall()
    {
        auto left = static_cast<int>(m_dice.below(static_cast<std::uint64_t>(m_weights)));
        for (const Call& call : calls) {
            left -= call.weight;
            if (left < 0)
                return call;
        }
        return calls.front();
    }

    void appendUser(std::string& to, std::string_view who)
    {
        to += R"({"type":"IAMUser","principalId":"AIDA)";
        appendBase32(to, who, 16);
        to += R"(","arn":"arn:aws:iam::)";
        to += m_account;
        to += ":user/";
        to += who;
        to += R"(","accountId":")";
        to += m_account;
        to += R"(","accessKeyId":"AKIA)";
        appendBase32(to, who, 16);
        to += R"(","userName":")";
        to += who;
        to += R"("})";
    }

    void appendRole(std::string& to, std::string_view who)
    {
        const std::uint64_t session = m_dice.below(1000);
        to += R"({"type":"AssumedRole","principalId":"AROA)";
        appendBase32(to, who, 16);
        to += ':';
        appendSession(to, who, session);
        to += R"(","arn":"arn:aws:sts::)";
        to += m_account;
        to += ":assumed-role/";
        to += who;
        to += "-runner/";
        appendSession(to, who, session);
        to += R"(","accountId":")";
        to += m_account;
        to += R"(","accessKeyId":"ASIA)";
        appendBase32(to, who, 16 + session);
        to += R"(","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROA)";
        appendBase32(to, who, 16);
        to += R"(","arn":"arn:aws:iam::)";
        to += m_account;
        to += ":role/";
        to += who;
        to += R"(-runner","accountId":")";
        to += m_account;
        to += R"(","userName":")";
        to += who;
        to += R"(-runner"},"attributes":{"creationDate":")";
        to += (m_time - std::chrono::minutes(20)).toString().substr(0, 19);
        to += R"(Z","mfaAuthenticated":"false"}}})";
    }

    void appendError(std::string& to)
    {
        const std::string_view code = m_dice.pick(errors);
        to += R"(,"errorCode":")";
        to += code;
        to += R"(","errorMessage":"The request was refused: )";
        to += code;
        to += R"( for principal in account )";
        to += m_account;
        to += '"';
    }

    void appendRequest(std::string& to, const Call& call)
    {
        to += R"(,"requestParameters":)";
        if (call.request.empty()) {
            to += "null";
            return;
        }
        to += '{';
        const std::string_view name = m_dice.pick(names);
        const std::uint64_t hex = m_dice.next();
        for (std::size_t at = 0; at < call.request.size(); ++at) {
            const char next = at + 1 < call.request.size() ? call.request[at + 1] : ' ';
            if (call.request[at] != '$' || std::strchr("nhba", next) == nullptr) {
                to += call.request[at];
                continue;
            }
            ++at;
            if (next == 'h') {
                appendHex(to, hex, 17);
            } else if (next == 'a') {
                to += m_account;
            } else {
                to += name;
                to += next == 'b' ? "-data-" : "";
                to += next == 'b' ? m_account.substr(8) : "";
            }
        }
        to += '}';
    }

    void appendAddress(std::string& to)
    {
        // Documentation and private ranges only.
        static constexpr std::array<std::string_view, 4> starts{"203.0.113.", "198.51.100.", "10.20.1.", "192.0.2."};
        to += m_dice.pick(starts);
        to += std::to_string(m_dice.below(254) + 1);
    }

    void appendSession(std::string& to, std::string_view who, std::uint64_t session)
    {
        to += who;
        to += '-';
        to += std::to_string(session);
    }

    /// The same letters for the same name, account and number, as a key id is.
    void appendBase32(std::string& to, std::string_view who, std::uint64_t number)
    {
        constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        std::uint64_t mixed = number;
        for (const char c : who)
            mixed = mixed * 1099511628211U + static_cast<unsigned char>(c);
        Dice fixed(mixed * 16 + static_cast<unsigned char>(m_account.back()));
        std::uint64_t bits = fixed.next();
        const std::uint64_t more = fixed.next();
        for (int i = 0; i < 16; ++i, bits = i == 12 ? more : bits >> 5U)
            to += letters[bits & 31U];
    }

    void appendUuid(std::string& to)
    {
        const std::uint64_t high = m_dice.next();
        const std::uint64_t low = m_dice.next();
        appendHex(to, high, 8);
        to += '-';
        appendHex(to, high >> 32U, 4);
        to += "-4";
        appendHex(to, high >> 48U, 3);
        to += "-a";
        appendHex(to, low, 3);
        to += '-';
        appendHex(to, low >> 12U, 12);
    }

    static void appendHex(std::string& to, std::uint64_t bits, int digits)
    {
        constexpr std::string_view hex = "0123456789abcdef";
        for (int i = 0; i < digits; ++i)
            to += hex[(bits >> (static_cast<unsigned>(i) * 4U % 64U)) & 15U];
    }

    Dice m_dice;
    Timestamp m_time;
    std::string_view m_account;
    int m_weights = 0;
};

TrailLog::TrailLog(std::uint64_t seed)
    : m_writer(std::make_unique<Writer>(seed))
{}

TrailLog::~TrailLog() = default;

void TrailLog::append(std::string& to)
{
    m_writer->append(to);
}

} // namespace cordon::generate
