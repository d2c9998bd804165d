#include "core/words/words.h"

namespace cordon::words {

void addEngineTexts(Catalogue& catalogue)
{
    catalogue["baseline.new_action"] =
        "{value} for the first time, after {events} calls in {days} days (a new action came once in {one_in} calls lately)";
    catalogue["baseline.new_service"] =
        "{value} used for the first time, after {events} calls in {days} days (a new service came once in {one_in} calls lately)";
    catalogue["baseline.new_network"] =
        "from network {value} for the first time, after {events} calls in {days} days (a new network came once in {one_in} calls lately)";
    catalogue["baseline.new_region"] =
        "in {value} for the first time, after {events} calls in {days} days (a new region came once in {one_in} calls lately)";
    catalogue["baseline.new_client"] =
        "with client {value} for the first time, after {events} calls in {days} days (a new client came once in {one_in} calls lately)";
    catalogue.insert({
        {"engine.command_refused", "That could not be done: {why}"},
        {"engine.clock_distrusted", "The machine was restarted or its clock went back ({why}): open requests are void, and only observing goes on until somebody signs in again"},
        {"engine.approval_escalated", "{request} still waits, until {until}: now for {to}"},
        {"engine.approver_tired", "{person} approves very fast, or everything: {owner} should know"},
        {"engine.incident_failed", "{incident} could not be worked on: {why}"},
        {"engine.left_in_inbox", "Left for the console that holds this case."},
        {"engine.inbox_taken", "The console that holds this case did it."},
        {"engine.inbox_refused", "The console that holds this case refused it: {why}"},
        {"engine.unsigned", "Nothing was done: it was not signed by anybody."},
        {"engine.sealed", "This case is sealed. It can be read and verified; nothing in it can be changed."},
        {"engine.disk_full", "No room to write the case ({why}): the agent is paused and nothing is lost; make room, and it goes on by itself"},
        {"engine.disk_has_room", "There is room again: the agent goes on"},
        {"engine.index_rebuilt", "The index of this case was made anew from ledger and evidence: {why}.{aside}"},
        {"engine.still_held", "Another console still holds this case."},
        {"drill.due_soon", "Halting has to be practised again within 14 days: cordonctl halt --drill"},
        {"drill.overdue", "Halting was not practised in the last 90 days: cordonctl halt --drill"},
        {"engine.problem", "The engine stopped: {why}"},
        {"engine.agent_closed", "The agent's key is closed, so it proposes and does not act ({why})"},
        {"engine.agent_present", "The agent's key {key} is open"},
        {"member.changed_here", "Changed inside the incident by {action}"},
        {"member.assumed_here", "The incident opened a session of it"},
        {"link.assumed_here", "assumed"},
        {"member.changed_before", "Changed shortly before the incident by {action}"},
        {"scope.confirmed_by", "Confirmed by {person}"},

        {"approval.because", "{alerts|one alert|{alerts} alerts}, {changes|one identity change|{changes} identity changes}"},

        {"agent.see", "{source}, the last {window}"},
        {"agent.see.in_scope", "{source}, the last {window}, of incident members only"},
        {"agent.decide.correlate", "Correlate and score"},
        {"agent.decide.set_severity", "Set severity"},
        {"agent.decide.extend_scope", "Widen the verified scope"},
        {"agent.decide.close_incident", "Close an incident"},
        {"agent.change", "{action} on {target}"},
        {"agent.change.leased", "{action} on {target}, leased for {lease}"},
        {"agent.forbid", "{target}: {why}"},

        {"ledger.other", "{type}"},
        {"ledger.ledger.genesis", "The ledger begins"},
        {"ledger.ledger.recovered", "A frame cut off by a crash was moved aside to {file}: {bytes} bytes"},
        {"ledger.ledger.epoch", "Another log key came into force"},
        {"ledger.ledger.key_revoked", "Owners revoked the log key: another one came into force"},
        {"ledger.case.sealed", "Sealed into {file}"},
        {"quiet.since", "{source} has said nothing since {since}; its past allows {minutes} minutes"},
        {"ledger.source.added", "{source} is added"},
        {"ledger.source.followed", "{source} is followed"},
        {"ledger.source.left", "{source} is no longer followed"},
        {"ledger.evidence.sealed", "Evidence sealed from {source}"},
        {"ledger.evidence.held", "Evidence put under legal hold"},
        {"ledger.evidence.released", "Legal hold lifted"},
        {"ledger.evidence.transferred", "Evidence handed over to {to}"},
        {"ledger.evidence.received", "Evidence taken over, every byte checked"},
        {"ledger.evidence.erased", "Encrypted evidence erased lawfully: its key was taken away"},
        {"ledger.index.kept", "What the index holds was kept beside it"},
        {"ledger.case.room_again", "The disk was full and the agent paused until here"},
        {"ledger.mandate.in_force", "A mandate came into force"},
        {"ledger.agent.view", "What the agent read of the incident, and what it may conclude"},
        {"ledger.incident.closed", "The agent closed the incident"},
        {"ledger.load.refused", "{file} was not loaded: its digest is another than expected"},
        {"ledger.load.pinned", "{file} was loaded for the first time: its digest is kept"},
        {"ledger.session.open", "The agent opened a session"},
        {"ledger.session.close", "The agent closed its session"},
        {"ledger.session.paused", "The agent's session was paused: two failures in a row"},
        {"ledger.session.continued", "The agent's session may go on"},
        {"ledger.step.settled", "{title}: looked at later, its outcome is known now"},
        {"ledger.scope.asked", "Members were looked at"},
        {"ledger.command.taken", "A signed command was taken"},
        {"ledger.person.signed_in", "Signed in"},
        {"ledger.person.signed_out", "Signed out"},
        {"ledger.person.joined", "Joined the exercise: {name}"},
        {"ledger.person.left", "{person} is out of the exercise: the key no longer counts"},
        {"ledger.scope.verified", "The scope was verified"},
        {"ledger.decision", "{title}: {effect} ({clauses})"},
        {"ledger.action.intended", "{title}: begun"},
        {"ledger.outcome.verified", "{title}: verified"},
        {"ledger.outcome.failed", "{title}: failed"},
        {"ledger.outcome.unknown", "{title}: outcome unknown"},
        {"ledger.approval.requested", "{title}: {request} asks for approval"},
        {"ledger.approval.granted", "{request} approved: {why}"},
        {"ledger.approval.denied", "{request} denied: {why}"},
        {"ledger.approval.refused", "A reply to {request} was refused: {why}"},
        {"ledger.approval.ended", "An approval request ran out"},
        {"ledger.approval.void", "An approval request became void"},
        {"ledger.approval.asked_again", "{request} was asked for again"},
        {"ledger.approval.escalated", "{request} still waits: {to} was told"},
        {"ledger.approval.fatigue", "{person} approved {approved} of {decided}: the owner was told"},
        {"ledger.clock.distrusted", "The machine's clock or start is not to be trusted: {why}"},
        {"ledger.clock.trusted", "Somebody signed in again: the clock counts"},
        {"ledger.agent.halted", "The agent was halted: {why}"},
        {"ledger.halt.drill", "Halting was practised"},
        {"ledger.agent.heartbeat_missed", "The engine stood still: nothing could begin"},
        {"ledger.agent.key_closed", "The agent's key stays closed: {why}"},
        {"ledger.agent.present", "The agent's key was opened"},
        {"ledger.agent.key_refused", "The agent's key is in use elsewhere: {why}"},
        {"ledger.agent.resumed", "The agent was resumed"},
        {"ledger.step.skipped", "{title}: skipped: {why}"},
        {"ledger.step.done_elsewhere", "{title}: done elsewhere"},
        {"ledger.lease.extended", "{title}: kept contained until {until}"},
        {"ledger.lease.overdue", "{title}: the lease ended and containment was kept: {why}"},
        {"ledger.incident.assigned", "Assigned to {to}"},
        {"ledger.incident.note", "A note was added"},
        {"ledger.inbox.taken", "A command from the inbox was taken: {file}"},
        {"ledger.inbox.refused", "A command from the inbox was refused: {file}: {why}"},
    });
}

} // namespace cordon::words
