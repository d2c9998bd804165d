#pragma once

#include "core/act/connector_line.h"
#include "core/act/connector_registry.h"

#include <memory>
#include <vector>

namespace cordon::act {

/// The lines of a case's connectors. Belongs, but for the lines themselves, to one thread at a time.
class ConnectorLines
{
public:
    /// A line for each connector of the registry, which with `patience` outlives them. ErrorCode::Invalid when it is empty.
    [[nodiscard]] static Result<std::unique_ptr<ConnectorLines>> make(const ConnectorRegistry& registry,
                                                                      Patience& patience);

    /// The line of the system that holds a thing: the first, in the registry's order, that says so. Else the last one in an
    /// exercise, and null among real systems, where nobody is asked about what is not theirs.
    [[nodiscard]] ConnectorLine* of(const EntityRef& entity) const;
    /// Null when no connector has that name.
    [[nodiscard]] ConnectorLine* find(std::string_view name) const;
    [[nodiscard]] const std::vector<std::unique_ptr<ConnectorLine>>& all() const { return m_lines; }

private:
    ConnectorLines() = default;
    std::vector<std::unique_ptr<ConnectorLine>> m_lines;
};

} // namespace cordon::act
