#pragma once

#include "core/domain/agent_view.h"
#include "core/domain/alert.h"
#include "core/domain/closing.h"
#include "core/domain/finding.h"
#include "core/domain/incident.h"
#include "core/domain/plan.h"

#include <optional>
#include <string>
#include <vector>

namespace cordon::engine {

/// The agent's session on one incident. Survives a clean exit. Source: docs/formats/mandate.md, "session"
struct AgentSession
{
    std::string id;
    bool isOpen = false;
    Timestamp opened;
    Timestamp lastActive;
    int actionsUsed = 0;
    bool isPaused = false;    ///< until a person looked at what failed
    int failuresInARow = 0;   ///< answers of connectors that were none or bad
    bool isWaiting = false;   ///< for one of the mandate's places; `isOpen` is false then
};

/// So many failed, unknown or missing answers after one another pause a session. Source: docs/guide/agent-sessions.md
constexpr int mostFailuresInARow = 2;

/// Everything the engine holds about one incident.
struct IncidentFile
{
    Incident incident;
    Brief brief;
    Plan plan;
    AgentView view; ///< what of all this the agent could read
    AgentSession session;
    /// State of a thing as it was recorded before anything was changed.
    struct Preserved
    {
        std::string target; ///< key of the thing
        Digest digest;
    };
    std::vector<Preserved> preserved;
    bool isConfirmedByPerson = false; ///< somebody approved a step or recorded something as done
    std::vector<std::pair<Timestamp, std::string>> notes;
    std::set<std::string> editors;    ///< who signed a mandate that came in force while the incident was worked on
    std::set<std::string> acceptedBy; ///< people who took the incident on or gave it to somebody
    std::optional<Closing> closing;   ///< set while it is closed
    Value notedView;                  ///< as the ledger last heard of `view` from this process; null before

    /// What is switched off or gone is no way in any more; what it made before stays listed.
    void dropContained()
    {
        for (const Step& done : plan.steps) {
            const bool isOff = done.action.type == "credential.deactivate" || done.action.type == "credential.delete";
            if (isOff && (done.state == StepState::Verified || done.state == StepState::DoneElsewhere))
                std::erase_if(brief.residual, [&](const ResidualAccess& residual) {
                    return residual.entity == done.action.targets.front();
                });
        }
    }
    [[nodiscard]] Step* step(const std::string& id)
    {
        for (Step& candidate : plan.steps) {
            if (candidate.id == id)
                return &candidate;
        }
        return nullptr;
    }
};

} // namespace cordon::engine
