#pragma once

#include "core/act/connector.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cordon::act {

/// The connectors of one case, by name. A case is an exercise or it is not: the registry refuses to mix.
/// INVARIANT: an exercise can never reach a real system, because no real connector ever gets in here.
/// Filled before the threads start; afterwards only read.
class ConnectorRegistry
{
public:
    explicit ConnectorRegistry(bool isExercise)
        : m_isExercise(isExercise)
    {}

    /// ErrorCode::Denied for a real connector in an exercise or the reverse, Conflict for a name already taken,
    /// Invalid for none or one without a name.
    [[nodiscard]] Result<void> add(std::unique_ptr<Connector> connector);
    /// ErrorCode::NotFound when no connector has that name.
    [[nodiscard]] Result<Connector*> find(std::string_view name) const;
    /// In the order in which they were added.
    [[nodiscard]] const std::vector<Connector*>& all() const { return m_order; }
    [[nodiscard]] bool isExercise() const { return m_isExercise; }

private:
    bool m_isExercise;
    std::map<std::string, std::unique_ptr<Connector>, std::less<>> m_connectors;
    std::vector<Connector*> m_order;
};

} // namespace cordon::act
