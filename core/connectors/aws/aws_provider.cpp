#include "core/connectors/aws/aws_provider.h"

#include "core/connectors/aws/compute.h"
#include "core/connectors/aws/identity_deeds.h"
#include "core/connectors/aws/made_key.h"
#include "core/connectors/aws/rights.h"
#include "core/connectors/aws/runbook.h"
#include "core/connectors/aws/secrets.h"

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
    Result<TargetFacts> facts(const EntityRef& target) override
    {
        return isInstance(target) ? instanceFacts(m_client, target) : target.kind == EntityKind::Secret ? secretFacts(m_client, target) : identityFacts(m_client, target);
    }
    Result<Deed> plan(const Action& action, const TargetFacts& facts) override
    {
        return isInstance(facts.target)                   ? planInstance(m_client, action, facts)
               : facts.target.kind == EntityKind::Secret ? planSecret(m_client, action, facts)
                                                         : planDeed(m_client, action, facts);
    }
    Result<void> run(const Value& call) override
    {
        if (isMadeKeyCall(call)) {
            CORDON_TRY(m_made, changeMadeKey(m_client, call));
            return {};
        }
        CORDON_TRY(const Call one, Call::fromValue(call));
        return one.service == "ssm" ? runRunbook(m_client, one) : m_client.run(one);
    }
    std::optional<act::MadeValue> takeMade() override { return std::exchange(m_made, std::nullopt); }
    Result<Effect> effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since) override
    {
        return isInstance(facts.target)                   ? instanceEffect(m_client, action, facts, since)
               : facts.target.kind == EntityKind::Secret ? secretEffect(action, facts)
               : action.type == "credential.replace"     ? Result<Effect>(madeKeyEffect(m_client, action, facts))
                                                         : identityEffect(action, facts, since);
    }

private:
    Client m_client;
    std::optional<act::MadeValue> m_made;
};

std::vector<Ability> abilities(const Options& options)
{
    std::vector<Ability> all;
    for (const auto* verbs : {&identityVerbs(), &instanceVerbs(), &secretVerbs()}) {
        for (const std::string& verb : *verbs) {
            // What the runbook contained it alone releases: as the way back, not as a step.
            if (verb == "workload.release" && !options.runbookRole.empty())
                continue;
            all.push_back(verb == "secret.delete_version" ? Ability{verb, act::Capability{verb, Back::Partly, "snapshot"}} : Ability{verb});
        }
    }
    return all;
}

class AwsProvider final : public PlannedProvider
{
public:
    AwsProvider(const act::ConnectorSettings& settings, Options options, Asker asker, Asker::Pause pause)
        : PlannedProvider(settings, abilities(options), std::move(pause))
        , m_options(std::move(options))
        , m_asker(std::move(asker))
    {}
    Value privileges() const override
    {
        std::set<std::string> needed;
        for (const act::Capability& capability : capabilities()) {
            const std::vector<std::string> actions = neededActions(capability.verb, !m_options.runbookRole.empty());
            needed.insert(actions.begin(), actions.end());
        }
        Value::Array statements{Value::Object{{"Effect", "Allow"}, {"Action", Value::Array(needed.begin(), needed.end())}, {"Resource", "*"}}};
        for (Value& statement : runbookRights(m_options.runbookRole))
            statements.push_back(std::move(statement));
        return Value::Object{{"Version", "2012-10-17"}, {"Statement", std::move(statements)}};
    }

private:
    bool isReading(const Action& action) const override
    {
        const bool makesSnapshot = action.type == "evidence.snapshot" && std::all_of(action.targets.begin(), action.targets.end(), isInstance);
        return !makesSnapshot && PlannedProvider::isReading(action);
    }
    Result<std::unique_ptr<Session>> open(const std::string& verb, const act::CallContext& context) override
    {
        CORDON_TRY(Client client, Client::open(m_asker, m_options, context, neededActions(verb, !m_options.runbookRole.empty()), verb == "workload.isolate" ? runbookRights(m_options.runbookRole) : Value::Array{}));
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
