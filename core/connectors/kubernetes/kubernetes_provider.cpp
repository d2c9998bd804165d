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
            {"credential.delete"}};
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
        return Value::Object{
            {"apiVersion", "rbac.authorization.k8s.io/v1"},
            {"kind", "ClusterRole"},
            {"metadata", Value::Object{{"name", "cordon-responder"}}},
            {"rules",
             Value::Array{rule("", {"namespaces"}, {"get"}), rule("", {"pods"}, {"get", "list", "patch", "delete"}), rule("", {"nodes"}, {"get", "patch"}),
                          rule("", {"serviceaccounts"}, {"get", "delete"}), rule("", {"secrets"}, {"get", "delete"}),
                          rule("apps", {"deployments"}, {"get"}), rule("apps", {"deployments/scale"}, {"patch"}),
                          rule("networking.k8s.io", {"networkpolicies"}, {"list", "create", "delete"}),
                          // Who gives a binding back must hold what it binds, or may bind it.
                          rule("rbac.authorization.k8s.io", {"rolebindings", "clusterrolebindings"}, {"get", "list", "create", "patch", "delete"}),
                          rule("rbac.authorization.k8s.io", {"roles", "clusterroles"}, {"bind"})}}};
    }

private:
    Result<std::unique_ptr<Session>> open(const std::string&, const act::CallContext& context) override
    {
        CORDON_TRY(const Value credential, credentialOf(context, "kubernetes", {"token"}));
        return std::make_unique<KubernetesSession>(
            m_asker, context,
            RestClient::Manner{"kubernetes", m_options.text("endpoint"), {{"authorization", "Bearer " + credential["token"].asString()}}, {}});
    }

    HttpOptions m_options;
    Asker m_asker;
};

} // namespace

Result<std::unique_ptr<act::Provider>> makeKubernetesProvider(const act::ConnectorSettings& settings, Asker::Pause pause)
{
    CORDON_TRY(HttpOptions options, HttpOptions::of(settings, {}, {"endpoint"}));
    CORDON_TRY(Asker asker, options.asker(pause));
    return std::make_unique<KubernetesProvider>(settings, std::move(options), std::move(asker), std::move(pause));
}

} // namespace cordon::connectors::kubernetes
