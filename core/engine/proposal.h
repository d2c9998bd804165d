#pragma once

#include "core/engine/incident_file.h"
#include "core/plan/planner.h"

#include <string>
#include <string_view>
#include <vector>

namespace cordon::engine {

/// A step of a sequence that somebody else wrote, an assistant for one, and what is to be said against it.
struct ProposedStep
{
    int place = 0;       ///< 1 and up, as written
    Action action;       ///< filled where the step can be taken
    std::string verb;    ///< as it was written, like the next two
    std::string target;
    Value params;
    std::string why;     ///< the author's words: shown, never acted on
    std::string problem; ///< "" when it can be taken: "target_unknown: …", "verb_unknown: …"
};

/// A proposed sequence, read. Whatever its text says, it names verbs of the catalogue and members of the incident, or the
/// step is refused; nothing runs for being in it. Source: docs/formats/proposal.md
struct Proposal
{
    std::string digest;  ///< hex SHA-256 of the text
    std::string summary; ///< the author's words
    std::vector<ProposedStep> steps;
};

/// At most 16 KiB, 20 steps, texts of 2,000 bytes. ErrorCode::Invalid, with what is wrong, for a text that is no proposal:
/// a member that is not known spoils it, since it may mean what is not understood here.
[[nodiscard]] Result<Proposal> parseProposal(std::string_view text);
/// The same, and what is to be said against each step in this incident.
[[nodiscard]] Result<Proposal> readProposal(std::string_view text, const IncidentFile& file, const plan::ConnectorView& connector);

/// Adds the steps that can be taken, each after the one before, under the person's name. An open step of the playbook's
/// that does the same becomes part of it.
/// @return the ids. ErrorCode::Invalid when none can be taken.
[[nodiscard]] Result<std::vector<std::string>> takeProposal(IncidentFile& file, const Proposal& proposal, const std::string& person);

} // namespace cordon::engine
