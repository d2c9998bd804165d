#pragma once

#include "core/domain/finding.h"
#include "core/domain/incident.h"
#include "core/domain/plan.h"
#include "core/plan/playbook.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace cordon::plan {

/// What the planner needs to know of the system that steps would run on.
struct ConnectorView
{
    std::string name;
    std::string tenant;
    std::vector<std::string> verbs; ///< that it can do
    /// Where there are several: the view of the one that does a verb on a thing, or null where none can.
    std::function<const ConnectorView*(const std::string& verb, const EntityRef&)> doerOf = {};

    [[nodiscard]] bool can(const std::string& verb) const
    {
        return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
    }
    /// Null where no system can.
    [[nodiscard]] const ConnectorView* doer(const std::string& verb, const EntityRef& entity) const
    {
        return doerOf ? doerOf(verb, entity) : can(verb) ? this : nullptr;
    }
};

/// The tier below which this verb is never done to this: every session of a role or an account is more than one.
[[nodiscard]] Tier floorOf(const Verb& verb, const EntityRef& target);

/// Turns an incident into an ordered containment sequence. Takes facts only: nothing a model wrote reaches it.
class Planner
{
public:
    explicit Planner(std::vector<Playbook> playbooks) : m_playbooks(std::move(playbooks)) {}

    /// The best playbook, instantiated: one step per thing that a playbook step selects, in playbook order. Steps whose
    /// verb the connector lacks are left out. No fitting playbook or nothing to do: an empty plan whose `note` says why.
    [[nodiscard]] Plan propose(const Incident& incident, const Brief& brief, const ConnectorView& connector) const;
    /// The playbook `propose` would take, or null. The more specific first, ties by id.
    [[nodiscard]] const Playbook* bestFor(const Incident& incident, const Brief& brief = {}) const;
    [[nodiscard]] const std::vector<Playbook>& playbooks() const { return m_playbooks; }

private:
    std::vector<Playbook> m_playbooks;
};

} // namespace cordon::plan
