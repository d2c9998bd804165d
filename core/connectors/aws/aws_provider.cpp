#include "core/connectors/aws/aws_provider.h"

#include "core/connectors/aws/identity_deeds.h"

#include <algorithm>
#include <set>

namespace cordon::connectors::aws {
namespace {

bool isAccount(const std::string& text)
{
    return text.size() == 12 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class AwsSession final : public Session
{
public:
    explicit AwsSession(Client client)
        : m_client(std::move(client))
    {}
    Result<Value> identity() override
    {
        CORDON_TRY(const Document said, m_client.query({"sts", "GetCallerIdentity", {}, Repeat::Freely}));
        return Value(Value::Object{{"identity", textOf(*said, "Arn")}, {"tenant", textOf(*said, "Account")}, {"region", m_client.options().region}});
    }
    Result<TargetFacts> facts(const EntityRef& target) override { return identityFacts(m_client, target); }
    Result<Deed> plan(const Action& action, const TargetFacts& facts) override { return planDeed(m_client, action, facts); }
    Result<void> run(const Value& call) override
    {
        CORDON_TRY(const Call query, Call::fromValue(call));
        return m_client.query(query).map([](const Document&) {});
    }

private:
    Client m_client;
};

std::vector<Ability> abilities()
{
    std::vector<Ability> all;
    for (const std::string& verb : identityVerbs())
        all.push_back({verb});
    return all;
}

class AwsProvider final : public PlannedProvider
{
public:
    AwsProvider(const act::ConnectorSettings& settings, Options options, Asker asker, Asker::Pause pause)
        : PlannedProvider(settings, abilities(), std::move(pause))
        , m_options(std::move(options))
        , m_asker(std::move(asker))
    {}
    Value privileges() const override
    {
        std::set<std::string> needed;
        for (const act::Capability& capability : capabilities()) {
            const std::vector<std::string> actions = neededActions(capability.verb);
            needed.insert(actions.begin(), actions.end());
        }
        return Value::Object{{"Version", "2012-10-17"},
                             {"Statement", Value::Array{Value::Object{{"Effect", "Allow"},
                                                                      {"Action", Value::Array(needed.begin(), needed.end())},
                                                                      {"Resource", "*"}}}}};
    }

private:
    Result<std::unique_ptr<Session>> open(const std::string& verb, const act::CallContext& context) override
    {
        CORDON_TRY(Client client, Client::open(m_asker, m_options, context, neededActions(verb)));
        return std::make_unique<AwsSession>(std::move(client));
    }

    Options m_options;
    Asker m_asker;
};

} // namespace

Result<std::unique_ptr<act::Provider>> makeAwsProvider(const act::ConnectorSettings& settings, Asker::Pause pause)
{
    if (!isAccount(settings.tenant))
        return fail(ErrorCode::Invalid, "aws: 'tenant' is the account's twelve digits");
    CORDON_TRY(Options options, Options::fromValue(settings.options));
    CORDON_TRY(net::HttpClient client, net::HttpClient::make({options.authorities, {}, {}}));
    Asker asker(std::move(client), pause);
    return std::make_unique<AwsProvider>(settings, std::move(options), std::move(asker), std::move(pause));
}

} // namespace cordon::connectors::aws
