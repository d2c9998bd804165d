#include "core/words/words.h"

namespace cordon::words {
namespace {

void addStory(Catalogue& all)
{
    all["story.begins"] = "At {from} {actor} (key {via}) called {action} from {address}.";
    all["story.begins_no_address"] = "At {from} {actor} (key {via}) called {action}.";
    all["story.begins_no_credential"] = "At {from} {actor} called {action} from {address}.";
    all["story.begins_bare"] = "At {from} {actor} called {action}.";
    all["story.begins_refused"] = "At {from} a sign-in as {actor} from {address} was refused.";
    all["story.begins_refused_no_address"] = "At {from} a sign-in as {actor} was refused.";
    all["story.begins_nobody"] = "At {from} {action} was called; the record names nobody.";
    all["story.begins_nobody_from"] = "At {from} {action} was called from {address}; the record names nobody.";
    all["story.session_opened"] = "The session {session}{own|| of {what}} was opened at {from} by {actor} (key {via}).";
    all["story.session_opened_bare"] = "The session {session}{own|| of {what}} was opened at {from} by {actor}.";
    all["story.key_made"] =
        "{moment|At {from}|From {from} to {to}} {actor} {n|made the key {what} for {subject}|made {n} "
        "keys for {subject}}.";
    all["story.key_made_denied"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} make a key for "
        "{subject}; {n|the call was|every call was} denied.";
    all["story.key_made_failed"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} make a key for "
        "{subject}; {n|the call failed|every call failed, first} ({error}).";
    all["story.key_made_self"] =
        "{moment|At {from}|From {from} to {to}} {actor} {n|(key {via}) made a second key {what} for "
        "itself|made {n} keys for itself}.";
    all["story.key_made_self_denied"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} make a key for itself; "
        "{n|the call was|every call was} denied.";
    all["story.key_made_self_failed"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} make a key for itself; "
        "{n|the call failed|every call failed, first} ({error}).";
    all["story.password_set"] =
        "{moment|At {from}|From {from} to {to}} {actor} {n|gave {subject} a console password|gave "
        "{subject} a console password {n} times}.";
    all["story.password_set_denied"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} give {subject} a "
        "console password; {n|the call was|every call was} denied.";
    all["story.password_set_failed"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} give {subject} a "
        "console password; {n|the call failed|every call failed, first} ({error}).";
    all["story.account_made"] =
        "{moment|At {from}|From {from} to {to}} {actor} {n|made the account {what}|made {n} accounts: "
        "{what}}.";
    all["story.account_made_denied"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} make the account "
        "{what}; {n|the call was|every call was} denied.";
    all["story.account_made_failed"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} make the account "
        "{what}; {n|the call failed|every call failed, first} ({error}).";
    all["story.rights_given"] =
        "{moment|At {from}|From {from} to {to}} {actor} {n|gave {subject} the rights of {what}|gave "
        "rights {n} times, among them {what} to {subject}}.";
    all["story.rights_given_denied"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} give {subject} the "
        "rights of {what}; {n|the call was|every call was} denied.";
    all["story.rights_given_failed"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} give {subject} the "
        "rights of {what}; {n|the call failed|every call failed, first} ({error}).";
    all["story.trust_changed"] =
        "{moment|At {from}|From {from} to {to}} {actor} {n|changed who may assume {what}|changed {n} "
        "times who may assume {what}}.";
    all["story.trust_changed_denied"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} change who may assume "
        "{what}; {n|the call was|every call was} denied.";
    all["story.trust_changed_failed"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} change who may assume "
        "{what}; {n|the call failed|every call failed, first} ({error}).";
    all["story.session_minted"] =
        "{moment|At {from}|From {from} to {to}} {actor} {n|opened a session of {what}|opened {n} "
        "sessions, first of {what}}.";
    all["story.session_minted_denied"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} open a session of "
        "{what}; {n|the call was|every call was} denied.";
    all["story.session_minted_failed"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} open a session of "
        "{what}; {n|the call failed|every call failed, first} ({error}).";
    all["story.secrets_read"] =
        "{moment|At {from}|From {from} to {to}} {actor} {n|read the secret {what}|read {n} secrets, "
        "first {what}}.";
    all["story.secrets_read_denied"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} read the secret "
        "{what}; {n|the call was|every call was} denied.";
    all["story.secrets_read_failed"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} read the secret "
        "{what}; {n|the call failed|every call failed, first} ({error}).";
    all["story.logging_impaired"] = "{moment|At {from}|From {from} to {to}} {actor} {n|weakened logging of {what} "
                                    "({action})|weakened logging with {n} calls, first {action} on {what}}.";
    all["story.logging_impaired_denied"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} weaken logging of "
        "{what} ({action}); {n|the call was|every call was} denied.";
    all["story.logging_impaired_failed"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} weaken logging of "
        "{what} ({action}); {n|the call failed|every call failed, first} ({error}).";
    all["story.shared"] =
        "{moment|At {from}|From {from} to {to}} {actor} {n|shared {what} with others|shared {n} things "
        "with others, first {what}}.";
    all["story.shared_denied"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} share {what} with "
        "others; {n|the call was|every call was} denied.";
    all["story.shared_failed"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} share {what} with "
        "others; {n|the call failed|every call failed, first} ({error}).";
    all["story.deleted"] = "{moment|At {from}|From {from} to {to}} {actor} {n|deleted {what}|deleted {n} things, first "
                           "{what}}.";
    all["story.deleted_denied"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} delete {what}; {n|the "
        "call was|every call was} denied.";
    all["story.deleted_failed"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} delete {what}; {n|the "
        "call failed|every call failed, first} ({error}).";
    all["story.role_made"] =
        "{moment|At {from}|From {from} to {to}} {actor} {n|made the role {what}|made {n} roles, first "
        "{what}}.";
    all["story.role_made_denied"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} make the role {what}; "
        "{n|the call was|every call was} denied.";
    all["story.role_made_failed"] =
        "{moment|At {from}|From {from} to {to}} {actor} tried {n|to|{n} times to} make the role {what}; "
        "{n|the call failed|every call failed, first} ({error}).";
    all["story.sign_in_refused"] =
        "{moment|At {from}|From {from} to {to}} {n|one sign-in was|{n} sign-ins were} refused{nowhere|| from {address}}, as "
        "{subject}.";
    all["story.rule_matched"] =
        "{moment|At {from}|From {from} to {to}} {n|one call|{n} calls} by {actor} matched “{rule}” "
        "(first {action}).";
    all["story.rule_matched_denied"] =
        "{moment|At {from}|From {from} to {to}} {n|one denied call|{n} denied calls} by {actor} matched "
        "“{rule}” (first {action}).";
    all["story.rule_matched_failed"] =
        "{moment|At {from}|From {from} to {to}} {n|one failed call|{n} failed calls} by {actor} matched "
        "“{rule}” (first {action}: {error}).";
    all["story.rule_matched_nobody"] =
        "{moment|At {from}|From {from} to {to}} {n|one call|{n} calls} matched “{rule}” (first {action}); "
        "{n|the record names|the records name} nobody.";
    all["story.rule_matched_nobody_denied"] =
        "{moment|At {from}|From {from} to {to}} {n|one denied call|{n} denied calls} matched “{rule}” "
        "(first {action}); {n|the record names|the records name} nobody.";
    all["story.rule_matched_nobody_failed"] =
        "{moment|At {from}|From {from} to {to}} {n|one failed call|{n} failed calls} matched “{rule}” "
        "(first {action}: {error}); {n|the record names|the records name} nobody.";
    all["story.product_reported"] =
        "{product} reported “{rule}”, seen {moment|at {from}|from {from} to {to}}{n|| ({n} records)}.";
    all["story.finding_matched"] =
        "{moment|At {from}|From {from} to {to}} {n|a record|{n} records} of another product's findings matched "
        "“{rule}” (first {action}).";
    all["story.time_unknown"] =
        "{n|One record|{n} records} of the incident {n|tells|tell} no time that can be read: when this happened, and "
        "what came before it, is unknown.";
    all["story.made_key_used"] =
        "At {from} the new key {key} was used from {address}: {n|one call|{n} calls}, {actions|one API "
        "name|{actions} API names}.";
    all["story.made_key_used_nowhere"] =
        "At {from} the new key {key} was used: {n|one call|{n} calls}, {actions|one API name|{actions} "
        "API names}.";
    all["story.more"] =
        "{n|One further act belongs|{n} further acts belong} to the incident: {actions}.";
    all["story.more_tried"] = "{n|One further attempt came|{n} further attempts came} to nothing: {actions}.";
    all["story.made_keys_used"] =
        "From {from} to {to} {keys|another new key was|{keys} further new keys were} used: {n|one call|{n} calls}, "
        "{actions|one API name|{actions} API names}.";
    all["story.new_actions"] =
        "{n|One|{n}} of {all|one API name|{all} API names} {n|was|were} new for {name}, which had called {past|one|{past}} "
        "before.";
    all["story.all_actions_new"] =
        "{n|The one API name|All {n} API names} that {name} called {n|was|were} new for it; it had called {past|one|{past}} before.";
    all["story.all_addresses_new"] =
        "{n|The one address|All {n} addresses} that {name} came from {n|was|were} new for it; it had come from {past|one|{past}} before.";
    all["story.new_addresses"] =
        "{n|One|{n}} of {all|one address|{all} addresses} {n|was|were} new for {name}, which had come from {past|one|{past}} before.";
    all["story.indicators_seen"] =
        "{n|One indicator|{n} indicators} of {list} {n|was|were} seen in {records|one record|{records} records} (first: {first}). "
        "That alone proves no misuse.";
    all["story.agent_unseen"] = "Not seen by the agent under its mandate: {count} records of {source}.";
    all["story.agent_redacted"] = "Read by the agent with parts hidden under its mandate: {count} records.";
    all["scope.extension_waits"] = "confirmed, but widening the scope is left to people ({clause})";
    all["story.no_past"] = "The log holds no act of {name} before the incident, so it cannot say what is usual for it.";
    all["story.short_past"] =
        "The log holds only {n|one act|{n} acts} of {name} before the incident: too little to say what "
        "is usual for it.";
    all["story.identity_changes_none"] = "Identity changes: none found for anyone involved, from {from} to {to}.";
    all["story.identity_changes_no_log"] =
        "Identity changes: none could be looked for; the records of the case begin at {from}, after the incident.";
    all["story.identity_changes_no_time"] =
        "Identity changes: none found; the incident begins at an unknown time, so none before it could be looked for.";
    all["story.identity_changes_only_inside"] =
        "Identity changes: {n|one|{n}} in the incident, none found before it back to {from}.";
    all["story.identity_changes_inside"] =
        "Identity changes: {n|one|{n}} in the incident, {before|one|{before}} outside it since {from}.";
    all["story.identity_changes_earlier"] =
        "{n|One other identity change|{n} other identity changes} outside the incident since {from}.";
    all["story.identity_changes_after"] =
        "After the last alert, until {to}: {after|one identity change|{after} identity changes}.";
    all["story.identity_changes_cut"] = "The list is cut: it holds {listed} of {found} identity changes, the gravest.";
    all["story.identity_changes_unread"] =
        "The list is cut: it holds {listed} identity changes, the gravest of {found} that were read; the log holds more.";
}

void addChanges(Catalogue& all)
{
    all["change.created"] = "Identity change: {actor} made {what} on {time}.";
    all["change.created_for"] = "Identity change: {actor} made {what} for {subject} on {time}.";
    all["change.deleted"] = "Identity change: {actor} deleted {what} on {time}.";
    all["change.deleted_for"] = "Identity change: {actor} deleted {what} of {subject} on {time}.";
    all["change.activated"] = "Identity change: {actor} activated {what} on {time}.";
    all["change.activated_for"] = "Identity change: {actor} activated {what} of {subject} on {time}.";
    all["change.deactivated"] = "Identity change: {actor} deactivated {what} on {time}.";
    all["change.deactivated_for"] = "Identity change: {actor} deactivated {what} of {subject} on {time}.";
    all["change.updated"] = "Identity change: {actor} changed {what} on {time}.";
    all["change.updated_for"] = "Identity change: {actor} changed {what} of {subject} on {time}.";
    all["change.attached"] = "Identity change: {actor} attached {what} on {time}.";
    all["change.attached_for"] = "Identity change: {actor} attached {what} to {subject} on {time}.";
    all["change.detached"] = "Identity change: {actor} detached {what} on {time}.";
    all["change.detached_for"] = "Identity change: {actor} detached {what} from {subject} on {time}.";
    all["change.granted"] = "Identity change: {actor} gave rights to {what} on {time}.";
    all["change.granted_for"] = "Identity change: {actor} gave {what} to {subject} on {time}.";
    all["change.shared"] = "Identity change: {actor} shared {what} on {time}.";
    all["change.shared_for"] = "Identity change: {actor} shared {what} with {subject} on {time}.";
    all["change.assumed"] = "Identity change: {actor} assumed {what} on {time}.";
    all["change.assumed_for"] = "Identity change: {actor} assumed {what} as {subject} on {time}.";
    all["change.password_set"] = "Identity change: {actor} gave {subject} a password on {time}.";
    all["change.password_changed"] = "Identity change: {actor} changed the password of {subject} on {time}.";
    all["change.password_deleted"] = "Identity change: {actor} deleted the password of {subject} on {time}.";
    all["change.denied"] = "Identity change refused: {actor} called {action} on {what} on {time}.";
    all["change.failed"] = "Identity change failed ({error}): {actor} called {action} on {what} on {time}.";
    all["change.other"] = "Identity change: {actor} called {action} on {what} on {time}.";
    all["change.other_alone"] = "Identity change: {actor} called {action} on {time}.";
}

void addResidual(Catalogue& all)
{
    all["residual.original_key"] = "original key {name} active";
    all["residual.made_key"] = "new key {name} active";
    all["residual.password"] = "console password {name} set";
    all["residual.session"] = "session {name} until unknown";
    all["residual.session_until"] = "session {name} until {until} UTC";
    all["residual.more_sessions"] = "{n|one further session|{n} further sessions}";
    all["residual.account_made"] = "new account {name}";
    all["residual.role_made"] = "new role {name}";
    all["residual.grant"] = "{name} still has {grant}";
    all["residual.grant_in"] = "{name} still has {grant} on {place}";
    all["residual.consent"] = "{name} still has the consent that it was given";
    all["residual.mail"] = "mail still goes to {name} by {grant}";
    all["residual.factor_made"] = "new sign-in factor of {name} active";
    all["residual.factor"] = "sign-in factor of {name} active";
    all["residual.provider_made"] = "new identity provider {name} trusted";
    all["residual.webhook_made"] = "new webhook {name} active";
    all["residual.trust_changed"] = "changed trust of role {name}";
    all["residual.policy_changed"] = "changed policy {name}";
    all["residual.shared"] = "{name} still shared";
    all["residual.more"] = "and {n} further";
    all["residual.more_unasked"] = "{n|one thing|{n} things} made or given beyond these, not looked into";
}

} // namespace

void addInvestigateTexts(Catalogue& catalogue)
{
    addStory(catalogue);
    addChanges(catalogue);
    addResidual(catalogue);
}

} // namespace cordon::words
