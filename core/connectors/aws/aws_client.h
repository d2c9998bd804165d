#pragma once

#include "core/connectors/asker.h"
#include "core/connectors/aws/signature_v4.h"
#include "core/connectors/deed.h"
#include "core/connectors/new_values.h"
#include "core/value/value.h"

#include <map>
#include <memory>
#include <pugixml.hpp>

namespace cordon::connectors::aws {

/// Options of a connected account. Source: docs/formats/connectors.md, "aws"
struct Options
{
    std::string region;   ///< of all services that have one, such as eu-central-1
    std::string endpoint; ///< for all services, "" = AWS's own; for tests and private endpoints
    std::string role;     ///< ARN of a role to assume for each call; "" = the credential itself acts
    std::string externalId;
    std::string authorities; ///< PEM file, "" = those of the system
    std::string quarantineGroup; ///< security group that lets nothing in or out but the forensic connection
    std::string runbookRole;     ///< ARN of the role that AWS's containment runbook runs as; "" = instances are isolated by calls of EC2
    std::string runbookBucket;   ///< where the runbook keeps what it changes

    /// ErrorCode::Invalid names an unknown or malformed option.
    [[nodiscard]] static Result<Options> fromValue(const Value& value);
};

/// One call of the query protocol (IAM, STS, EC2) or of JSON 1.1 (Secrets Manager, Systems Manager), kept in undo records too.
struct Call
{
    std::string service; ///< "iam", "sts", "ec2", "secretsmanager", "ssm"
    std::string action;
    std::map<std::string, std::string> parameters; ///< of the query protocol
    Repeat repeat = Repeat::Freely;
    Value body = {}; ///< of JSON 1.1; never a secret's value

    /// As previews show it: `iam:UpdateAccessKey AccessKeyId=AKIA… Status=Inactive`. Documents are shown whole.
    [[nodiscard]] std::string shown() const;
    [[nodiscard]] Value toValue() const;
    /// ErrorCode::Invalid for a call that no verb makes.
    [[nodiscard]] static Result<Call> fromValue(const Value& value);
    [[nodiscard]] Step step() const { return {toValue(), shown()}; }
};

using Document = std::unique_ptr<pugi::xml_document>;

/// Speaks AWS's protocols under Signature Version 4, for the length of one call of the connector: the credential is read once,
/// and a role, where there is one, assumed once, for a quarter of an hour and no more than `allowed`.
/// Errors: ErrorCode::NotFound no such entity, Denied refused (credential, permission, limit), Conflict something changed at the same time,
/// Io the outcome is not known, and those of `Asker`.
class Client
{
public:
    /// @param asker, options, context  borrowed for the client's life
    /// @param allowed  actions that an assumed role is narrowed to, such as iam:GetUser
    /// ErrorCode::Denied when the credential is not {"access_key_id", "secret_access_key", "session_token"?}.
    /// @param further  statements besides, for actions that are good for one thing only
    [[nodiscard]] static Result<Client> open(Asker& asker, const Options& options, const act::CallContext& context,
                                             const std::vector<std::string>& allowed, Value::Array further = {});

    /// The reply's XML.
    [[nodiscard]] Result<Document> query(const Call& call);
    /// The JSON 1.1 protocol. @param target  such as secretsmanager.GetSecretValue
    [[nodiscard]] Result<Value> json(const std::string& service, const std::string& target, const Value& body, Repeat repeat);
    /// A read of a service that has an address for each thing (Lambda). @param path  percent-encoded, with its query
    [[nodiscard]] Result<Value> get(const std::string& service, const std::string& path);
    /// Waits between two looks; false when the call is to stop.
    [[nodiscard]] bool wait(std::chrono::milliseconds time) const { return m_asker.wait(time, m_context.stop); }
    /// Makes a call that changes something. A new value of a secret goes into it here, from the credential, and is wiped.
    [[nodiscard]] Result<void> run(const Call& call);
    /// The value that the vault holds for a secret's next version, or null.
    [[nodiscard]] const crypto::SecretBytes* newValue(const std::string& secret) const { return m_newValues.find(secret); }
    [[nodiscard]] const act::CallContext& context() const { return m_context; }
    [[nodiscard]] const Options& options() const { return m_options; }

private:
    Client(Asker& asker, const Options& options, const act::CallContext& context)
        : m_asker(asker)
        , m_options(options)
        , m_context(context)
    {}
    [[nodiscard]] Result<net::HttpReply> sendJson(const std::string& service, const std::string& target, std::string body, Repeat repeat);
    [[nodiscard]] Result<net::HttpReply> send(const std::string& service, net::HttpRequest request, Repeat repeat);
    [[nodiscard]] Result<void> assume(const std::vector<std::string>& allowed, Value::Array further);

    Asker& m_asker;
    const Options& m_options;
    const act::CallContext& m_context;
    Keys m_keys;
    bool m_isAssumed = false; ///< the keys are a role's, and no part of the credential
    NewValues m_newValues;
};

/// The text of the first element of that name anywhere below `node`, or "".
[[nodiscard]] std::string textOf(const pugi::xml_node& node, const char* name);

} // namespace cordon::connectors::aws
