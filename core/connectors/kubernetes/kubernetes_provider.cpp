#include "core/connectors/kubernetes/kubernetes_provider.h"

#include "core/connectors/http_options.h"
#include "core/connectors/kubernetes/kubernetes_session.h"

namespace cordon::connectors::kubernetes {
namespace {

std::vector<Ability> abilities()
{
    return {{"workload.isolate"},
            {"workload.release"},
            {"workload.terminate", act::Capability{"workload.terminate", Back::Partly, "snapshot"}},
            {"grant.remove"},
            {"account.delete"},
            {"credential.delete"},
            {"dependent.update"},
            {"secret.add_version", act::Capability{"secret.add_version", Back::None, {}}},
            {"secret.delete_version"}};
}

Value rule(const char* group, Value::Array resources, Value::Array verbs)
{
    return Value::Object{{"apiGroups", Value::Array{group}}, {"resources", std::move(resources)}, {"verbs", std::move(verbs)}};
}

class KubernetesProvider final : public PlannedProvider
{
public:
    KubernetesProvider(const act::ConnectorSettings& settings, HttpOptions options, Asker asker, Asker::Pause pause)
        : PlannedProvider(settings, abilities(), std::move(pause))
        , m_options(std::move(options))
        , m_asker(std::move(asker))
    {}
    Value privileges() const override
    {
        Value::Array rules{rule("", {"namespaces"}, {"get"}), rule("", {"pods"}, {"get", "list", "patch", "delete"}), rule("", {"nodes"}, {"get", "patch"}),
                          rule("", {"serviceaccounts"}, {"get", "delete"}), rule("", {"secrets"}, {"get", "patch", "delete"}),
                          rule("apps", {"deployments"}, {"get", "patch"}), rule("apps", {"deployments/scale"}, {"patch"}),
                          rule("networking.k8s.io", {"networkpolicies"}, {"list", "create", "delete"}),
                          // Who gives a binding back must hold what it binds, or may bind it.
                          rule("rbac.authorization.k8s.io", {"rolebindings", "clusterrolebindings"}, {"get", "list", "create", "patch", "delete"}),
                          rule("rbac.authorization.k8s.io", {"roles", "clusterroles"}, {"bind"})};
        if (m_options.text("checkpoints") == "yes") // it reaches everything that the node's kubelet answers
            rules.push_back(rule("", {"nodes/proxy"}, {"create"}));
        return Value::Object{{"apiVersion", "rbac.authorization.k8s.io/v1"},
                             {"kind", "ClusterRole"},
                             {"metadata", Value::Object{{"name", "cordon-responder"}}},
                             {"rules", std::move(rules)}};
    }

private:
    /// A checkpoint is made only where it was asked for: most nodes take none, and the right for it is a wide one.
    bool isReading(const Action& action) const override
    {
        const bool makesCheckpoint = action.type == "evidence.snapshot" && m_options.text("checkpoints") == "yes" && action.targets.size() == 1 &&
                                     ObjectName::of(action.targets.front()).kind == ObjectName::Kind::Pod;
        return !makesCheckpoint && PlannedProvider::isReading(action);
    }
    Result<std::unique_ptr<Session>> open(const std::string&, const act::CallContext& context) override
    {
        CORDON_TRY(const Value credential, credentialOf(context, "kubernetes", {"token"}, {"new_values"}));
        return std::make_unique<KubernetesSession>(
            m_asker, context,
            RestClient::Manner{"kubernetes", m_options.text("endpoint"), {{"authorization", "Bearer " + credential["token"].asString()}}, {}}, NewValues(credential["new_values"]));
    }

    HttpOptions m_options;
    Asker m_asker;
};

} // namespace

Result<std::unique_ptr<act::Provider>> makeKubernetesProvider(const act::ConnectorSettings& settings, Asker::Pause pause)
{
    CORDON_TRY(HttpOptions options, HttpOptions::of(settings, {"checkpoints"}, {"endpoint"}));
    CORDON_TRY(Asker asker, options.asker(pause));
    return std::make_unique<KubernetesProvider>(settings, std::move(options), std::move(asker), std::move(pause));
}

} // namespace cordon::connectors::kubernetes
