#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/closing.h"
#include "core/engine/tested_decision.h"
#include "core/ingest/import_options.h"

#include <filesystem>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace cordon::engine {

// What people may ask of the engine. `by` is the person signed in, such as user:analyst-a; every one of these
// ends in the ledger under that name.

/// `isDrill`: to practise it; it halts like any other.
struct Halt { std::string by; std::string why; bool isDrill = false; };
struct Resume { std::vector<std::string> by; };
/// The signed reply of the step-up program, as text. It carries its own proof of who gave it.
struct SubmitReply { std::string text; };
struct UndoStep { std::string step; std::string by; bool overwritesDrift = false; };
/// `step` may name an incident: then all its leases that end before.
struct KeepContained { std::string step; Timestamp until; std::string by; };
/// A request that ran out or became void is made anew. Who asks cannot approve it.
struct AskAgain { std::string step; std::string by; };
/// Somebody is here, after the machine was restarted or its clock went back: until then only observing goes on.
struct Present { std::string by; };
struct DoneElsewhere { std::string step; std::string by; std::string note; };
/// Somebody looked at what failed: the paused session of that incident goes on.
struct ContinueSession { IncidentId incident; std::string by; };
struct SkipStep { std::string step; std::string by; std::string why; };
/// What somebody changes in a proposed sequence. `act`: step-move, step-add, step-edit or step-restore; `args` as signed.
/// Source: docs/formats/approval.md, "inbox commands"
struct ChangeSequence { std::string act; Value args; std::string by; };
struct Assign { IncidentId incident; std::string to; std::string by; };
struct AddNote { IncidentId incident; std::string text; std::string by; };
/// How somebody arranges incidents. `act`: `merge` makes one of `incident` and `others`; `split` takes `alerts` out of
/// `incident` into a new one; `move` puts `alerts` into `incident`; `undo-arrangement` takes back what was arranged as
/// `order`.
struct Arrange
{
    std::string act;
    IncidentId incident;
    std::vector<IncidentId> others;
    std::vector<AlertId> alerts;
    std::string order;
    std::string why;
    std::string by;
};
/// The agent's session on it ends; leases run on, and are told before.
struct CloseIncident { IncidentId incident; Verdict verdict = Verdict::TruePositive; std::string reason; std::string by; };
struct ReopenIncident { IncidentId incident; std::string reason; std::string by; };
/// What somebody does with evidence. `act`: exhibit-add, evidence-hold, evidence-release, evidence-transfer,
/// evidence-receive or evidence-erase; `args` as signed; `order`: the signed text, which goes into the ledger.
struct HandleEvidence { std::string act; Value args; std::string by; std::string order = {}; };
/// A list that somebody brings: `act` is inventory-import or indicators-import; `args` and `order` as above. The file is in
/// the vault already; the order names it by its digest.
struct BringList { std::string act; Value args; std::string by; std::string order = {}; };
/// A person's command with the signature that makes it theirs: docs/formats/approval.md, "inbox commands".
struct Signed { std::string text; };
/// Of a console that follows a case: hold it from now on, if nobody else does.
struct TakeOver {};
struct AddSources { std::vector<std::filesystem::path> paths; ingest::ImportOptions import = {}; std::string by = {}; };
/// From now on what comes into these folders, or behind these files, comes into the case.
/// `import` is kept with them; nothing said: what was said before.
struct Follow { std::vector<std::filesystem::path> paths; std::string by; ingest::ImportOptions import = {}; };
struct StopFollowing { std::filesystem::path path; std::string by; };
/// Asks the gate and changes nothing; no entry in the ledger. `answer` is called on an engine thread: copy and return.
struct TestDecision { TestQuestion question; std::function<void(const Result<TestedDecision>&)> answer; };
/// Stop reading what is being read; what was read stays.
struct CancelReading {};

using Command = std::variant<Halt, Resume, SubmitReply, UndoStep, KeepContained, AskAgain, Present, DoneElsewhere, ContinueSession, SkipStep, ChangeSequence,
                             Assign, AddNote, CloseIncident, ReopenIncident, Arrange, HandleEvidence, BringList, Signed, TakeOver, AddSources, Follow, StopFollowing,
                             TestDecision, CancelReading>;

/// True for what a person decides: from outside it reaches the engine inside `Signed` alone, so that a name is never
/// taken for a person.
[[nodiscard]] inline bool needsSignature(const Command& command)
{
    return std::holds_alternative<Resume>(command) || std::holds_alternative<UndoStep>(command) ||
           std::holds_alternative<KeepContained>(command) || std::holds_alternative<DoneElsewhere>(command) ||
           std::holds_alternative<SkipStep>(command) || std::holds_alternative<ChangeSequence>(command) || std::holds_alternative<Assign>(command) ||
           std::holds_alternative<AddNote>(command) || std::holds_alternative<Arrange>(command) || std::holds_alternative<HandleEvidence>(command) || std::holds_alternative<BringList>(command) || std::holds_alternative<AskAgain>(command) ||
           std::holds_alternative<Present>(command) || std::holds_alternative<ContinueSession>(command) ||
           std::holds_alternative<CloseIncident>(command) || std::holds_alternative<ReopenIncident>(command);
}

/// True for what brings logs into a case: signed too, wherever somebody is known who could sign it.
[[nodiscard]] inline bool bringsLogs(const Command& command)
{
    return std::holds_alternative<AddSources>(command) || std::holds_alternative<Follow>(command) ||
           std::holds_alternative<StopFollowing>(command);
}

} // namespace cordon::engine
