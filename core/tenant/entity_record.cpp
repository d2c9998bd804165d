#include "core/tenant/entity_record.h"

namespace cordon::tenant {

std::map<std::string, Value> defaultState(EntityKind kind)
{
    const Value none = Value::Array{};
    switch (kind) {
    case EntityKind::Account:
        return {{"status", "active"},
                {"policies", none},
                {"grants", none},
                {"consents", none},
                {"sessions_not_before", Value()}};
    case EntityKind::Role:
        return {{"policies", none}, {"grants", none}, {"trust", Value()}, {"sessions_not_before", Value()}};
    case EntityKind::Group:
        return {{"policies", none}};
    case EntityKind::Credential:
        return {{"status", "active"}};
    case EntityKind::Workload:
    case EntityKind::Host:
        return {{"status", "running"},
                {"network", "normal"},
                {"security_groups", none},
                {"configuration", Value::Object{}}};
    case EntityKind::Address:
        return {{"blocked", false}};
    case EntityKind::Secret:
        return {{"versions", Value::Array{Value::Object{{"id", "v1"}, {"stage", "AWSCURRENT"}}}}, {"trust", Value()}};
    case EntityKind::Application:
        return {{"status", "active"}, {"consents", none}, {"grants", none}};
    case EntityKind::Resource:
        return {{"trust", Value()}, {"grants", none}};
    case EntityKind::Policy:
        break;
    }
    return {};
}

} // namespace cordon::tenant
