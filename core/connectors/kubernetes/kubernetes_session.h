#pragma once

#include "core/connectors/kubernetes/object_name.h"
#include "core/connectors/new_values.h"
#include "core/connectors/rest_session.h"

namespace cordon::connectors::kubernetes {

/// One call's talk with a cluster's API server.
class KubernetesSession final : public RestSession
{
public:
    KubernetesSession(Asker& asker, const act::CallContext& context, RestClient::Manner manner, NewValues newValues)
        : RestSession(asker, context, std::move(manner))
        , m_newValues(std::move(newValues))
    {}
    [[nodiscard]] Result<Value> identity() override;
    [[nodiscard]] Result<TargetFacts> facts(const EntityRef& target) override;
    [[nodiscard]] Result<Deed> plan(const Action& action, const TargetFacts& facts) override;
    [[nodiscard]] Result<void> run(const Value& call) override;
    [[nodiscard]] Result<Effect> effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since) override;

private:
    [[nodiscard]] Result<Value::Array> list(const std::string& path);
    [[nodiscard]] Result<void> addIsolation(TargetFacts& facts, const ObjectName& name);
    [[nodiscard]] Result<void> addGrants(TargetFacts& facts, const ObjectName& name);
    [[nodiscard]] Result<Deed> isolate(const TargetFacts& facts, const ObjectName& name, bool isolates);
    [[nodiscard]] Result<Deed> terminate(const TargetFacts& facts, const ObjectName& name);
    [[nodiscard]] Result<Deed> unbind(const Action& action, const TargetFacts& facts, const ObjectName& name);

    NewValues m_newValues;
    Value m_object;          ///< the target looked at last, as the server shows it
    Value::Array m_policies; ///< network policies of its namespace
    Value::Array m_bindings; ///< that name it
};

} // namespace cordon::connectors::kubernetes
