#pragma once

#include "core/cacao/condition.h"
#include "core/engine/agent_desk.h"
#include "core/engine/judge.h"

#include <map>
#include <string>
#include <vector>

namespace cordon::engine {

/// Named checks that a playbook's conditions may ask for, looked at on the live systems and in the record. Each is true or
/// not known yet, since what does not hold now may later: a step under it waits, and is never left out for it.
/// Source: docs/formats/playbook.md, "Checks"
class PolicyChecks
{
public:
    /// Names no step: nothing is looked at.
    PolicyChecks() = default;
    /// Looks at those that the step's conditions name.
    PolicyChecks(const AgentDesk& desk, Judge& judge, const IncidentFile& file, const Step& step, const std::stop_token& stop);

    /// Whether it is the step's turn, by its playbook's conditions: these checks and the plan's own variables.
    [[nodiscard]] cacao::Truth turnOf(const Step& step, const Plan& plan) const;
    /// Named by the step, and not passed: `image_digest_matches`.
    [[nodiscard]] std::vector<std::string> missing() const;
    /// By name.
    [[nodiscard]] const std::map<std::string, bool>& all() const { return m_passed; }

private:
    std::map<std::string, bool> m_passed;
};

/// What a decision misses, of such a check or of a condition on something else that nobody knows yet.
inline constexpr std::string_view checkPrefix = "check:";

} // namespace cordon::engine
