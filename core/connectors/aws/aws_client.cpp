#include "core/connectors/aws/aws_client.h"

#include "core/base/secret_shapes.h"
#include "core/value/json.h"

#include <algorithm>
#include <set>

namespace cordon::connectors::aws {
namespace {

constexpr const char* formType = "application/x-www-form-urlencoded; charset=utf-8";

const std::map<std::string, std::string, std::less<>>& versions()
{
    static const std::map<std::string, std::string, std::less<>> known{{"iam", "2010-05-08"}, {"sts", "2011-06-15"}, {"ec2", "2016-11-15"}};
    return known;
}

/// What verbs and their undo may call besides reading. Done twice, the `once` ones fail or do something else: a retry would hide that the first one worked.
struct Changes
{
    std::set<std::string, std::less<>> freely;
    std::set<std::string, std::less<>> once;
};

const std::map<std::string, Changes, std::less<>>& changes()
{
    static const std::map<std::string, Changes, std::less<>> known{
        {"iam",
         {{"UpdateAccessKey", "PutRolePolicy", "PutUserPolicy", "AttachRolePolicy", "AttachUserPolicy", "AddUserToGroup", "UpdateAssumeRolePolicy"},
          {"DeleteAccessKey", "DeleteLoginProfile", "DeleteRolePolicy", "DeleteUserPolicy", "DetachRolePolicy", "DetachUserPolicy", "DeleteUser",
           "RemoveUserFromGroup", "DeactivateMFADevice"}}},
        {"ec2", {{"ModifyNetworkInterfaceAttribute", "TerminateInstances"}, {"CreateSnapshots", "DisassociateIamInstanceProfile", "AssociateIamInstanceProfile"}}},
        {"secretsmanager", {{"PutSecretValue", "RotateSecret", "RestoreSecret"}, {"UpdateSecretVersionStage", "DeleteSecret"}}},
        {"ssm", {{}, {"StartAutomationExecution"}}}};
    return known;
}

bool isRegion(const std::string& text)
{
    return text.size() >= 5 && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

struct Refusal
{
    std::string code;
    std::string message;
};

Refusal refusalOf(const net::HttpReply& reply)
{
    Refusal refusal;
    pugi::xml_document xml;
    if (reply.body.starts_with("{")) {
        if (const auto value = json::parse(reply.body)) {
            refusal.code = (*value)["__type"].asString();
            refusal.message = (*value)["message"].asString() + (*value)["Message"].asString();
        }
        refusal.code = refusal.code.substr(refusal.code.rfind('#') + 1);
    } else if (xml.load_buffer(reply.body.data(), reply.body.size())) {
        refusal.code = textOf(xml, "Code");
        refusal.message = textOf(xml, "Message");
    }
    return refusal;
}

bool isThrottle(const net::HttpReply& reply)
{
    static const std::set<std::string, std::less<>> codes{"Throttling", "ThrottlingException", "RequestLimitExceeded",
                                                          "TooManyRequestsException", "RequestThrottled"};
    return reply.status >= 400 && codes.contains(refusalOf(reply).code);
}

Error errorOf(const std::string& what, const net::HttpReply& reply)
{
    static const std::set<std::string, std::less<>> missing{"NoSuchEntity", "ResourceNotFoundException", "InvalidInstanceID.NotFound", "InvalidInstanceID.Malformed",
                                                            "InvalidGroup.NotFound"};
    static const std::set<std::string, std::less<>> moving{"ConcurrentModification", "EntityTemporarilyUnmodifiable", "IncorrectInstanceState"};
    const Refusal refusal = refusalOf(reply);
    const std::string detail = what + ": " + (refusal.code.empty() ? "status " + std::to_string(reply.status) : refusal.code) +
                               (refusal.message.empty() ? "" : ": " + refusal.message);
    if (reply.status >= 500)
        return {ErrorCode::Io, detail};
    if (missing.contains(refusal.code))
        return {ErrorCode::NotFound, detail};
    return {moving.contains(refusal.code) ? ErrorCode::Conflict : ErrorCode::Denied, detail};
}

std::string formOf(const Call& call)
{
    std::string form = "Action=" + net::percentEncoded(call.action);
    for (const auto& [name, value] : call.parameters)
        form += '&' + net::percentEncoded(name) + '=' + net::percentEncoded(value);
    return form + "&Version=" + versions().find(call.service)->second;
}

} // namespace

std::string textOf(const pugi::xml_node& node, const char* name)
{
    return node.find_node([name](const pugi::xml_node& one) { return std::string_view(one.name()) == name; }).child_value();
}

Result<Options> Options::fromValue(const Value& value)
{
    Options options;
    const std::map<std::string, std::string*, std::less<>> known{
        {"region", &options.region},           {"endpoint", &options.endpoint},       {"role", &options.role},
        {"external_id", &options.externalId},  {"authorities", &options.authorities}, {"quarantine_group", &options.quarantineGroup},
        {"runbook_role", &options.runbookRole}, {"runbook_bucket", &options.runbookBucket}};
    for (const auto& [name, content] : value.asObject()) {
        const auto place = known.find(name);
        if (place == known.end() || !content.isString())
            return fail(ErrorCode::Invalid, "aws: unknown or malformed option '" + name + "'");
        *place->second = content.asString();
    }
    if (!isRegion(options.region))
        return fail(ErrorCode::Invalid, "aws: 'region' is wanted, such as eu-central-1");
    if (!options.role.empty() && !options.role.starts_with("arn:"))
        return fail(ErrorCode::Invalid, "aws: 'role' is the ARN of a role");
    if (options.runbookRole.empty() != options.runbookBucket.empty() || (!options.runbookRole.empty() && !options.runbookRole.starts_with("arn:")))
        return fail(ErrorCode::Invalid, "aws: 'runbook_role', the ARN of a role, and 'runbook_bucket' are wanted together");
    if (!options.runbookRole.empty() && !options.quarantineGroup.empty())
        return fail(ErrorCode::Invalid, "aws: instances are isolated by 'quarantine_group' or by the runbook, not by both");
    while (options.endpoint.ends_with('/'))
        options.endpoint.pop_back();
    return options;
}

std::string Call::shown() const
{
    std::string text = service + ':' + action;
    for (const auto& [name, value] : parameters)
        text += ' ' + name + '=' + value;
    for (const auto& [name, value] : body.asObject())
        text += ' ' + name + '=' + (value.isString() ? value.asString() : json::write(value));
    return text;
}

Value Call::toValue() const
{
    Value::Object values;
    for (const auto& [name, value] : parameters)
        values.emplace(name, value);
    return Value::Object{{"service", service}, {"action", action}, {"parameters", body.isNull() ? Value(std::move(values)) : body}};
}

Result<Call> Call::fromValue(const Value& value)
{
    Call call{value["service"].asString(), value["action"].asString(), {}, Repeat::Freely};
    const auto service = changes().find(call.service);
    const bool isOnce = service != changes().end() && service->second.once.contains(call.action);
    if (service == changes().end() || (!isOnce && !service->second.freely.contains(call.action)))
        return fail(ErrorCode::Invalid, "aws: an undo record with a call that is not known");
    if (isOnce)
        call.repeat = Repeat::IfNotBegun;
    if (!versions().contains(call.service)) {
        call.body = value["parameters"].isObject() ? value["parameters"] : Value(Value::Object{});
        return call;
    }
    for (const auto& [name, content] : value["parameters"].asObject())
        call.parameters.emplace(name, content.asString());
    return call;
}

Result<Client> Client::open(Asker& asker, const Options& options, const act::CallContext& context,
                            const std::vector<std::string>& allowed, Value::Array further)
{
    Client client(asker, options, context);
    const auto credential = json::parse(context.credential.text());
    if (!credential || (*credential)["access_key_id"].asString().empty() || (*credential)["secret_access_key"].asString().empty())
        return fail(ErrorCode::Denied, "aws: the credential needs access_key_id and secret_access_key");
    client.m_keys = Keys{(*credential)["access_key_id"].asString(),
                         crypto::SecretBytes::copyOf((*credential)["secret_access_key"].asString()),
                         (*credential)["session_token"].asString()};
    client.m_newValues = NewValues((*credential)["new_values"]);
    if (!options.role.empty())
        CORDON_CHECK(client.assume(allowed, std::move(further)));
    return client;
}

/// INVARIANT: what acts is good for a quarter of an hour at most, and for what this call may do.
Result<void> Client::assume(const std::vector<std::string>& allowed, Value::Array further)
{
    Value::Array actions(allowed.begin(), allowed.end());
    further.insert(further.begin(), Value::Object{{"Effect", "Allow"}, {"Action", std::move(actions)}, {"Resource", "*"}});
    const Value policy = Value::Object{{"Version", "2012-10-17"}, {"Statement", std::move(further)}};
    Call call{"sts", "AssumeRole",
              {{"RoleArn", m_options.role},
               {"RoleSessionName", "cordon-" + (m_context.key.empty() ? std::string("read") : m_context.key.substr(0, 16))},
               {"DurationSeconds", "900"},
               {"Policy", json::write(policy)}}, Repeat::Freely};
    if (!m_options.externalId.empty())
        call.parameters.emplace("ExternalId", m_options.externalId);
    CORDON_TRY(const Document reply, query(call));
    m_keys = Keys{textOf(*reply, "AccessKeyId"), crypto::SecretBytes::copyOf(textOf(*reply, "SecretAccessKey")),
                  textOf(*reply, "SessionToken")};
    if (m_keys.accessKeyId.empty() || m_keys.sessionToken.empty())
        return fail(ErrorCode::Denied, "sts:AssumeRole: an answer without a session");
    m_isAssumed = true;
    return {};
}

Result<net::HttpReply> Client::send(const std::string& service, net::HttpRequest request, Repeat repeat)
{
    const bool isGlobal = service == "iam";
    const std::string host = isGlobal ? "iam.amazonaws.com" : service + '.' + m_options.region + ".amazonaws.com";
    request.method = request.url.empty() ? "POST" : "GET";
    request.url = (m_options.endpoint.empty() ? "https://" + host : m_options.endpoint) + (request.url.empty() ? "/" : request.url);
    CORDON_CHECK(sign(request, m_keys, isGlobal ? "us-east-1" : m_options.region, service, m_context.now));
    auto reply = m_asker.ask(std::move(request), repeat, m_context, isThrottle);
    // What came with an assumed role is no part of the credential, and no answer's business either.
    for (const std::string_view secret : {m_keys.secret.text(), std::string_view(m_keys.sessionToken)}) {
        for (std::size_t at = reply && m_isAssumed && !secret.empty() ? reply->body.find(secret) : std::string::npos; at != std::string::npos; at = reply->body.find(secret, at + hiddenSecret.size()))
            reply->body.replace(at, secret.size(), hiddenSecret);
    }
    return reply;
}

Result<Document> Client::query(const Call& call)
{
    net::HttpRequest request;
    request.headers = {{"content-type", formType}};
    request.body = formOf(call);
    const std::string what = call.service + ':' + call.action;
    CORDON_TRY(const net::HttpReply reply, send(call.service, std::move(request), call.repeat));
    if (reply.status != 200)
        return fail(errorOf(what, reply));
    auto document = std::make_unique<pugi::xml_document>();
    if (!document->load_buffer(reply.body.data(), reply.body.size()))
        return fail(ErrorCode::Io, what + ": an answer that is no XML");
    return document;
}

Result<net::HttpReply> Client::sendJson(const std::string& service, const std::string& target, std::string body, Repeat repeat)
{
    net::HttpRequest request;
    request.headers = {{"content-type", "application/x-amz-json-1.1"}, {"x-amz-target", target}};
    request.body = std::move(body);
    CORDON_TRY(net::HttpReply reply, send(service, std::move(request), repeat));
    return reply.status == 200 ? Result<net::HttpReply>(std::move(reply)) : fail(errorOf(target, reply));
}

Result<Value> Client::json(const std::string& service, const std::string& target, const Value& body, Repeat repeat)
{
    CORDON_TRY(const net::HttpReply reply, sendJson(service, target, cordon::json::write(body), repeat));
    auto value = cordon::json::parse(reply.body.empty() ? std::string("{}") : reply.body);
    return value ? value : fail(ErrorCode::Io, target + ": an answer that is no JSON");
}

Result<Value> Client::get(const std::string& service, const std::string& path)
{
    net::HttpRequest request;
    request.url = path;
    CORDON_TRY(const net::HttpReply reply, send(service, std::move(request), Repeat::Freely));
    if (reply.status != 200)
        return fail(errorOf(service + ':' + path, reply));
    auto value = cordon::json::parse(reply.body);
    return value ? value : fail(ErrorCode::Io, service + ": an answer that is no JSON");
}

Result<void> Client::run(const Call& call)
{
    if (call.body.isNull())
        return query(call).map([](const Document&) {});
    Value body = call.body;
    if (call.action == "PutSecretValue") {
        const crypto::SecretBytes* value = newValue(body["SecretId"].asString());
        if (!value)
            return fail(ErrorCode::Denied, "aws: the vault holds no next value of " + body["SecretId"].asString());
        body.set("SecretString", value->text());
    }
    return sendJson(call.service, call.service + '.' + call.action, cordon::json::write(body), call.repeat).map([](const net::HttpReply&) {});
}

} // namespace cordon::connectors::aws
