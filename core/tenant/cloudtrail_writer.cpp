#include "core/tenant/cloudtrail_writer.h"

#include <array>

namespace cordon::tenant {
namespace {

/// CloudTrail times have whole seconds: `2026-11-21T11:58:02Z`.
std::string secondsText(Timestamp time)
{
    return time.toString().substr(0, 19) + "Z";
}

bool isReading(std::string_view name)
{
    for (const std::string_view start : {"Get", "List", "Describe", "AssumeRole"}) {
        if (name.substr(0, start.size()) == start)
            return true;
    }
    return false;
}

/// IAM's own unique id of a principal, made from its name.
std::string principalId(std::string_view prefix, std::string_view name)
{
    std::string id(prefix);
    std::uint64_t hash = 14695981039346656037ULL;
    for (int i = 0; id.size() < 21; ++i) {
        for (const char c : name)
            hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
        id += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(hash >> 20U) % 32];
    }
    return id;
}

} // namespace

std::uint64_t LogDice::next()
{
    m_state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
}

std::string LogDice::uuid()
{
    constexpr std::string_view digits = "0123456789abcdef";
    const std::array<std::uint64_t, 2> bits{next(), next()};
    std::string text;
    for (std::size_t i = 0; i < 32; ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20)
            text += '-';
        const std::uint64_t nibble = (bits[i / 16] >> (4 * (i % 16))) & 15U;
        text += i == 12 ? '4' : i == 16 ? '8' : digits[nibble];
    }
    return text;
}

std::string CloudtrailWriter::arn(std::string_view service, std::string_view resource, bool isRegional) const
{
    return "arn:aws:" + std::string(service) + ':' + (isRegional ? m_region : "") + ':' + m_account + ':' +
           std::string(resource);
}

Value CloudtrailWriter::identity(const LogCaller& caller) const
{
    if (caller.kind != LogCaller::Kind::Session) {
        Value identity = Value::Object{{"type", "IAMUser"},
                                       {"principalId", principalId("AIDA", caller.name)},
                                       {"arn", arn("iam", "user/" + caller.name)},
                                       {"accountId", m_account},
                                       {"userName", caller.name}};
        if (!caller.key.empty())
            identity.set("accessKeyId", caller.key);
        return identity;
    }
    const std::string role = principalId("AROA", caller.name);
    Value issuer = Value::Object{{"type", "Role"},
                                 {"principalId", role},
                                 {"arn", arn("iam", "role/" + caller.name)},
                                 {"accountId", m_account},
                                 {"userName", caller.name}};
    Value attributes = Value::Object{{"creationDate", secondsText(caller.since)}, {"mfaAuthenticated", "false"}};
    return Value::Object{
        {"type", "AssumedRole"},
        {"principalId", role + ':' + caller.session},
        {"arn", arn("sts", "assumed-role/" + caller.name + '/' + caller.session)},
        {"accountId", m_account},
        {"accessKeyId", caller.key},
        {"sessionContext", Value::Object{{"sessionIssuer", std::move(issuer)}, {"attributes", std::move(attributes)}}}};
}

Value& CloudtrailWriter::add(Timestamp at, const LogCaller& caller, std::string_view call, Value parameters,
                             Value response)
{
    const std::string service(call.substr(0, call.find(':')));
    const std::string name(call.substr(call.find(':') + 1));
    const bool isGlobal = service == "iam" || service == "organizations" || service == "signin";
    const std::string host = service + ".amazonaws.com";
    m_records.push_back({at, Value::Object{{"eventVersion", "1.09"},
                                           {"userIdentity", identity(caller)},
                                           {"eventTime", secondsText(at)},
                                           {"eventSource", host},
                                           {"eventName", name},
                                           {"awsRegion", isGlobal ? std::string("us-east-1") : m_region},
                                           {"sourceIPAddress", caller.address},
                                           {"userAgent", caller.userAgent},
                                           {"requestParameters", std::move(parameters)},
                                           {"responseElements", std::move(response)},
                                           {"requestID", m_dice.uuid()},
                                           {"eventID", m_dice.uuid()},
                                           {"readOnly", isReading(name)},
                                           {"eventType", "AwsApiCall"},
                                           {"managementEvent", true},
                                           {"recipientAccountId", m_account},
                                           {"eventCategory", "Management"},
                                           {"tlsDetails", Value::Object{{"tlsVersion", "TLSv1.3"},
                                                                        {"cipherSuite", "TLS_AES_128_GCM_SHA256"},
                                                                        {"clientProvidedHostHeader", host}}}}});
    return m_records.back().body;
}

void CloudtrailWriter::addDenied(Timestamp at, const LogCaller& caller, std::string_view call, Value parameters)
{
    Value& record = add(at, caller, call, std::move(parameters));
    record.set("errorCode", "AccessDenied");
    record.set("errorMessage",
               "User: " + arn("iam", "user/" + caller.name) + " is not authorized to perform: " + std::string(call));
}

void CloudtrailWriter::addSignIn(Timestamp at, const LogCaller& caller, bool hasSucceeded, bool hasMfa)
{
    Value& record = add(at, caller, "signin:ConsoleLogin", Value(),
                        Value::Object{{"ConsoleLogin", hasSucceeded ? "Success" : "Failure"}});
    record.set("eventType", "AwsConsoleSignIn");
    record.set("additionalEventData", Value::Object{{"LoginTo", "https://console.aws.amazon.com/console/home"},
                                                    {"MobileVersion", "No"},
                                                    {"MFAUsed", hasMfa ? "Yes" : "No"}});
    if (!hasSucceeded)
        record.set("errorMessage", "Failed authentication");
}

} // namespace cordon::tenant
