#include "core/act/connector_lines.h"

namespace cordon::act {

Result<std::unique_ptr<ConnectorLines>> ConnectorLines::make(const ConnectorRegistry& registry, Patience& patience)
{
    if (registry.all().empty())
        return fail(ErrorCode::Invalid, "a case without connectors has no lines");
    std::unique_ptr<ConnectorLines> lines(new ConnectorLines);
    for (Connector* connector : registry.all())
        lines->m_lines.push_back(std::make_unique<ConnectorLine>(*connector, patience));
    return lines;
}

ConnectorLine* ConnectorLines::of(const EntityRef& entity) const
{
    for (const auto& line : m_lines) {
        if (line->holds(entity))
            return line.get();
    }
    return m_lines.back()->isExercise() ? m_lines.back().get() : nullptr;
}

ConnectorLine* ConnectorLines::find(std::string_view name) const
{
    for (const auto& line : m_lines) {
        if (line->name() == name)
            return line.get();
    }
    return nullptr;
}

} // namespace cordon::act
