#pragma once

#include "core/domain/ledger_entry.h"
#include "core/engine/commands.h"
#include "core/engine/incident_file.h"
#include "core/plan/planner.h"

#include <string>
#include <vector>

namespace cordon::engine {

/// What became of a person's wish about a sequence: its ledger entry, and the step it is about.
struct SequenceChange
{
    std::string type; ///< step.moved, step.added, step.changed, step.restored or sequence.accepted
    std::vector<std::string> steps; ///< one, or those of an accepted proposal
    Value data;
    bool isAnotherAct = false; ///< what people were asked about is not what is done now
    /// What is done, or for how long, is the person's wish now: they do not approve it.
    [[nodiscard]] bool isAuthored() const { return type == "step.added" || type == "step.changed" || type == "sequence.accepted"; }
};

/// True for a wish about a whole incident; the others are about one step of it.
[[nodiscard]] bool isOfIncident(const ChangeSequence& wish);
/// The incident that a wish is about: that of its step, or the one that it names. "" when it names none.
[[nodiscard]] std::string incidentOfWish(const ChangeSequence& wish);

/// What is wrong with the arguments of a wish, before anybody signs it: verb, parameters, and a target that is nothing of
/// the incident. Others are judged when they are done. ErrorCode::Invalid
[[nodiscard]] Result<void> checkWish(const IncidentFile& file, const std::string& act, const Value& args);

/// Changes the sequence as somebody asked. Nothing is run and no decision is made: the gate judges what comes out.
/// Errors as in core/plan/sequence_edit.h; ErrorCode::Invalid also for arguments that the verb does not take,
/// Unsupported where no connector here can do it.
[[nodiscard]] Result<SequenceChange> changeSequence(IncidentFile& file, const ChangeSequence& wish, const plan::ConnectorView& connector);

/// Does again what an entry of the ledger tells of such a change; what is so already stays.
void repeatChange(IncidentFile& file, const LedgerEntry& entry);
/// Says anew which connector does what people added or changed and is not done: the ledger does not, since nobody signs that.
void placeChanges(IncidentFile& file, const plan::ConnectorView& connector);
[[nodiscard]] bool isSequenceChange(const std::string& type);
/// The steps that a change made somebody's own: they do not approve them.
[[nodiscard]] std::vector<std::string> stepsOfOwn(const LedgerEntry& entry);

} // namespace cordon::engine
