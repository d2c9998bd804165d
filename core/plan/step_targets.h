#pragma once

#include "core/domain/finding.h"
#include "core/domain/incident.h"
#include "core/plan/playbook.h"

#include <vector>

namespace cordon::plan {

/// One thing that a playbook step is made for.
struct StepTarget
{
    EntityRef entity;
    Value params = Value::Object{};        ///< entity ids that the verb needs, such as the policy to detach
    std::map<std::string, std::string> words; ///< for title and reason
    bool isMadeByIncident = false;
};

/// Everything that the selector finds, in a stable order, at most `select.most`.
[[nodiscard]] std::vector<StepTarget> targetsOf(const Selector& select, const Incident& incident, const Brief& brief);

} // namespace cordon::plan
