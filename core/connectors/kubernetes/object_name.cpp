#include "core/connectors/kubernetes/object_name.h"

#include "core/crypto/sha256.h"
#include "core/net/http_client.h"

namespace cordon::connectors::kubernetes {
namespace {

constexpr const char* rbac = "/apis/rbac.authorization.k8s.io/v1";

std::vector<std::string> split(const std::string& text, char at)
{
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == at)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

} // namespace

ObjectName ObjectName::of(const EntityRef& entity)
{
    const std::vector<std::string> parts = split(entity.id, '/');
    for (const std::string& part : parts) {
        if (part.empty())
            return {};
    }
    if (entity.kind == EntityKind::Workload && parts.size() == 2)
        return {Kind::Pod, parts[0], parts[1]};
    if (entity.kind == EntityKind::Workload && parts.size() == 3 && parts[1] == "deployments")
        return {Kind::Deployment, parts[0], parts[2]};
    if (entity.kind == EntityKind::Host && parts.size() <= 2 && (parts.size() == 1 || parts[0] == "nodes"))
        return {Kind::Node, {}, parts.back()};
    if ((entity.kind == EntityKind::Credential || entity.kind == EntityKind::Secret) && parts.size() == 3 && parts[1] == "secrets")
        return {Kind::Secret, parts[0], parts[2]};
    const std::vector<std::string> account = split(entity.id, ':');
    if (entity.kind == EntityKind::Account && account.size() == 4 && account[0] == "system" && account[1] == "serviceaccount")
        return {Kind::ServiceAccount, account[2], account[3]};
    return {};
}

std::string ObjectName::path() const
{
    const std::string in = "/namespaces/" + net::percentEncoded(space);
    const std::string last = '/' + net::percentEncoded(name);
    switch (kind) {
    case Kind::Pod: return "/api/v1" + in + "/pods" + last;
    case Kind::Deployment: return "/apis/apps/v1" + in + "/deployments" + last;
    case Kind::Node: return "/api/v1/nodes" + last;
    case Kind::ServiceAccount: return "/api/v1" + in + "/serviceaccounts" + last;
    case Kind::Secret: return "/api/v1" + in + "/secrets" + last;
    case Kind::None: break;
    }
    return {};
}

std::string ObjectName::mark() const
{
    return "cordon-isolated-" + crypto::sha256(path()).hex().substr(0, 16);
}

std::string policiesPath(const std::string& space)
{
    return "/apis/networking.k8s.io/v1/namespaces/" + net::percentEncoded(space) + "/networkpolicies";
}

bool selects(const Value& selector, const Value& labels)
{
    for (const auto& [key, value] : selector["matchLabels"].asObject()) {
        if (!(labels[key] == value))
            return false;
    }
    return true;
}

std::string bindingPath(const std::string& id)
{
    const std::vector<std::string> parts = split(id, '/');
    if (parts.size() == 2 && parts[0] == "clusterrolebindings")
        return std::string(rbac) + "/clusterrolebindings/" + net::percentEncoded(parts[1]);
    if (parts.size() == 3 && parts[1] == "rolebindings")
        return std::string(rbac) + "/namespaces/" + net::percentEncoded(parts[0]) + "/rolebindings/" + net::percentEncoded(parts[2]);
    return {};
}

std::string bindingId(const Value& binding)
{
    const std::string& space = binding["metadata"]["namespace"].asString();
    const std::string& name = binding["metadata"]["name"].asString();
    return space.empty() ? "clusterrolebindings/" + name : space + "/rolebindings/" + name;
}

bool isSubject(const Value& subject, const ObjectName& account)
{
    return subject["kind"].asString() == "ServiceAccount" && subject["name"].asString() == account.name && subject["namespace"].asString() == account.space;
}

} // namespace cordon::connectors::kubernetes
