#pragma once

#include "core/domain/entity.h"
#include "core/value/value.h"

namespace cordon::connectors::kubernetes {

/// Which object of a cluster an entity is. Source: docs/formats/entities.md
struct ObjectName
{
    enum class Kind { None, Pod, Deployment, Node, ServiceAccount, Secret };
    Kind kind = Kind::None;
    std::string space; ///< namespace, "" for nodes
    std::string name;

    /// Kind::None for what is no such object.
    [[nodiscard]] static ObjectName of(const EntityRef& entity);
    /// Where the object is, below the server's address.
    [[nodiscard]] std::string path() const;
    /// Of the isolating policy and of the label that it goes by; the same for the same object.
    [[nodiscard]] std::string mark() const;
};

/// Where the network policies of a namespace are.
[[nodiscard]] std::string policiesPath(const std::string& space);
/// Whether a policy's selector takes in these labels. Expressions count as taking in what they cannot be seen to leave out.
[[nodiscard]] bool selects(const Value& selector, const Value& labels);
/// Where a binding is: `NAMESPACE/rolebindings/NAME` or `clusterrolebindings/NAME`.
[[nodiscard]] std::string bindingPath(const std::string& id);
/// The id of a binding as the server shows it.
[[nodiscard]] std::string bindingId(const Value& binding);
/// Whether one of a binding's subjects is that service account.
[[nodiscard]] bool isSubject(const Value& subject, const ObjectName& account);

} // namespace cordon::connectors::kubernetes
