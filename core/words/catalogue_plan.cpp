#include "core/words/words.h"

namespace cordon::words {

void addPlanTexts(Catalogue& catalogue)
{
    catalogue.insert({
        {"playbook.compromised_access_key", "Compromised access key"},
        {"playbook.compromised_role_session", "Compromised role session"},
        {"playbook.suspicious_account", "Suspicious account activity"},
        {"playbook.suspicious_workload", "Suspicious workload"},
        {"plan.no_playbook", "No playbook fits: nothing in this incident is misused or made by it that Cordon could contain."},
        {"plan.nothing_seen", "The mandate lets the agent read none of the records behind this incident: it is left to people."},
        {"plan.nothing_to_contain", "Nothing here can be contained: the evidence is preserved, the rest is for people."},

        {"step.preserve.identity", "Preserve the state of {target}"},
        {"step.preserve.credential", "Preserve the state of key {target}"},
        {"step.preserve.workload", "Preserve the state of {target}"},
        {"step.change_open", "Open a change record"},
        {"step.credential_deactivate.intruder", "Deactivate the new key"},
        {"step.credential_deactivate.original", "Deactivate the misused key"},
        {"step.session_revoke.role", "Revoke the sessions of {target}"},
        {"step.session_revoke.account", "Revoke the sessions of {target}"},
        {"step.credential_delete.intruder", "Delete the new key"},
        {"step.credential_replace.original", "Replace the misused key"},
        {"step.policy_detach", "Detach policy {object}"},
        {"step.trust_restore", "Restore the trust policy of {target}"},
        {"step.account_delete.intruder", "Delete the account {target}"},
        {"step.account_suspend", "Suspend {target}"},
        {"step.workload_isolate", "Isolate {target}"},
        {"step.confirm_quiet", "Confirm that {target} is quiet"},

        {"why.preserve", "Evidence comes first: what the next steps change is recorded as it stands."},
        {"why.change_record", "Permanent steps are noted in a change record, so that others can check them."},
        {"why.deactivate_intruder", "The incident made this credential; whoever holds it keeps access until it is off."},
        {"why.deactivate_original", "This key made the suspicious calls. For a long-term key only deactivation stops it."},
        {"why.session_revoke_role", "Sessions of this role made suspicious calls, and temporary credentials cannot be switched off one by one."},
        {"why.session_revoke_assumed", "The incident opened a session of this role, and a session outlives the key that opened it."},
        {"why.session_revoke_account", "Temporary credentials made from the key outlive it."},
        {"why.delete_intruder", "Nobody needs the intruder's credential, and an account holds two keys at most."},
        {"why.replace_original", "Its rightful users need a new key before they can work again."},
        {"why.policy_detach", "This right was attached during the incident."},
        {"why.trust_restore", "The trust policy was changed during the incident: others may assume this role."},
        {"why.policy_detach_before", "This right was attached shortly before the incident; whether it belongs to it is for people to say."},
        {"why.delete_account", "The incident made this account."},
        {"why.account_suspend", "This account made the suspicious calls."},
        {"why.workload_isolate", "This workload made the suspicious calls."},
        {"why.confirm_quiet", "Containment counts when the log shows that the calls ended."},
    });
}

} // namespace cordon::words
