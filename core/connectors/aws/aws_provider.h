#pragma once

#include "core/act/connector_settings.h"
#include "core/act/provider.h"
#include "core/connectors/aws/aws_client.h"

namespace cordon::connectors::aws {

/// An AWS account: IAM users, roles and access keys. Source: docs/formats/connectors.md, "aws"
class AwsProvider final : public act::Provider
{
public:
    /// ErrorCode::Invalid names the option that does not fit; the tenant is the account's twelve digits.
    [[nodiscard]] static Result<std::unique_ptr<act::Provider>> make(const act::ConnectorSettings& settings);

    [[nodiscard]] std::vector<act::Capability> capabilities() const override;
    [[nodiscard]] Value privileges() const override;
    [[nodiscard]] Result<Value> check(const act::CallContext& context) override;
    [[nodiscard]] Result<TargetFacts> inspect(const EntityRef& target, const act::CallContext& context) override;
    [[nodiscard]] Result<Preview> preview(const Action& action, const act::CallContext& context) override;
    [[nodiscard]] Result<act::ExecuteReply> execute(const Action& action, const act::CallContext& context) override;
    [[nodiscard]] Result<Outcome> verify(const Action& action, const act::CallContext& context) override;
    [[nodiscard]] Result<act::ExecuteReply> undo(const Action& action, const Value& undoRecord, bool overwritesDrift,
                                                 const act::CallContext& context) override;

private:
    AwsProvider(std::string tenant, std::string environment, Options options, Asker asker)
        : m_tenant(std::move(tenant))
        , m_environment(std::move(environment))
        , m_options(std::move(options))
        , m_asker(std::move(asker))
    {}
    [[nodiscard]] Result<Client> open(const std::string& verb, const act::CallContext& context);
    [[nodiscard]] Result<std::string> account(Client& client);

    std::string m_tenant;
    std::string m_environment;
    Options m_options;
    Asker m_asker;
};

} // namespace cordon::connectors::aws
