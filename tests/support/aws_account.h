#pragma once

#include "core/connectors/aws/aws_provider.h"
#include "tests/support/aws_fake.h"
#include "tests/support/provider_user.h"

namespace cordon::test {

/// An account of AWS that the tests play, and the provider that speaks with it.
class AwsAccount
{
public:
    static constexpr const char* number = "123456789012";

    AwsAccount()
        : m_peer(fake.answer())
        , user(connectors::aws::makeAwsProvider, {"aws-test", "aws", number, "prod", {}, Value::Object{{"region", "eu-central-1"}, {"endpoint", m_peer.url()}}}, credential())
    {}
    /// @param values  next values of secrets, as the vault holds them
    [[nodiscard]] std::string credential(Value values = {}) const
    {
        Value made = Value::Object{{"access_key_id", fake.accessKeyId}, {"secret_access_key", fake.secret}};
        return json::write(values.isNull() ? made : made.set("new_values", std::move(values)));
    }
    [[nodiscard]] std::vector<PeerRequest> requests() const { return m_peer.requests(); }

    AwsFake fake;

private:
    HttpPeer m_peer;

public:
    ProviderUser user;
};

} // namespace cordon::test
