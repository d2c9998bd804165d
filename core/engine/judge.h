#pragma once

#include "core/engine/agent_desk.h"
#include "core/govern/gate.h"

#include <stop_token>

namespace cordon::engine {

/// A step looked at: what the target is now, what would happen, and what the gate says.
struct Judgement
{
    std::vector<TargetFacts> facts;
    Preview preview;
    govern::Ruling ruling;
    govern::GateRequest request;
};

/// Puts the gate's question together from the incident, the live target and the record, and asks it.
class Judge
{
public:
    explicit Judge(AgentDesk& desk) : m_desk(desk) {}

    /// Inspects, previews, completes the step's action (session, mandate, expected state) and asks the gate.
    [[nodiscard]] Result<Judgement> judge(IncidentFile& file, Step& step, const std::stop_token& stop);
    /// The question for taking a verified step back: facts of its targets, nothing else.
    [[nodiscard]] Result<Judgement> judgeUndo(const IncidentFile& file, const Step& step, bool isByPerson,
                                              const std::stop_token& stop);
    /// The gate's question again for the point of use, with facts just read.
    [[nodiscard]] govern::GateRequest question(const IncidentFile& file, const Action& action,
                                               std::vector<TargetFacts> facts,
                                               std::map<std::string, govern::Truth> prechecks) const;
    /// Facts of a target, asked under an `inventory.read` decision of its own.
    [[nodiscard]] Result<TargetFacts> read(const IncidentFile& file, const EntityRef& target,
                                           const std::stop_token& stop);
    /// Who was seen using it before the incident, beside those whom the connector names.
    void addDependents(const IncidentFile& file, TargetFacts& facts) const;

    /// Whether nobody having been seen using it before the incident means that nobody did.
    [[nodiscard]] static bool isKnownUnused(const IncidentFile& file, const TargetFacts& facts);

    /// Things that a step would change and whose state is not in the vault, whole.
    [[nodiscard]] std::vector<EntityRef> unpreserved(const IncidentFile& file, const Step& step) const;

private:
    [[nodiscard]] std::map<std::string, govern::Truth> prechecks(const IncidentFile& file, const Step& step,
                                                                 const Result<Preview>& preview) const;
    /// What people already said about exactly this action.
    void addApprovals(govern::GateRequest& request) const;

    AgentDesk& m_desk;
    govern::Gate m_gate;
};

} // namespace cordon::engine
