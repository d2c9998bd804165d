#include "core/act/connector_registry.h"

namespace cordon::act {

Result<void> ConnectorRegistry::add(std::unique_ptr<Connector> connector)
{
    if (!connector || connector->name().empty())
        return fail(ErrorCode::Invalid, "connector registry: a connector needs a name");
    const std::string name = connector->name();
    if (m_isExercise && !connector->isExercise())
        return fail(ErrorCode::Denied, "connector '" + name + "' reaches a real system; this case is an exercise");
    if (!m_isExercise && connector->isExercise())
        return fail(ErrorCode::Denied, "connector '" + name + "' is an exercise tenant; this case is not an exercise");
    const auto [place, isNew] = m_connectors.try_emplace(name, std::move(connector));
    if (!isNew)
        return fail(ErrorCode::Conflict, "connector '" + name + "' is there already");
    m_order.push_back(place->second.get());
    return {};
}

Result<Connector*> ConnectorRegistry::find(std::string_view name) const
{
    const auto found = m_connectors.find(name);
    if (found == m_connectors.end())
        return fail(ErrorCode::NotFound, "no connector named '" + std::string(name) + "'");
    return found->second.get();
}

} // namespace cordon::act
