#include "core/words/words.h"

namespace cordon::words {
namespace {

void addTitles(Catalogue& all)
{
    all["incident.title.key_created_used"] = "New key {key} made by {name} and used";
    all["incident.title.destruction"] = "{name} destroyed data or resources";
    all["incident.title.destruction_tried"] = "{name} tried to destroy data or resources";
    all["incident.title.exfiltration"] = "{name} moved data out of the account";
    all["incident.title.exfiltration_tried"] = "{name} tried to move data out of the account";
    all["incident.title.secret_access"] = "Suspicious secret access by {name}";
    all["incident.title.secret_access_tried"] = "Refused secret access by {name}";
    all["incident.title.instance_credentials"] = "Instance credentials taken or used by {name}";
    all["incident.title.instance_credentials_tried"] = "{name} tried to take instance credentials";
    all["incident.title.logging_impaired"] = "{name} weakened logging";
    all["incident.title.logging_impaired_tried"] = "{name} tried to weaken logging";
    all["incident.title.credential_added"] = "Credential added by {name}";
    all["incident.title.credential_added_tried"] = "{name} tried to add a credential";
    all["incident.title.account_manipulated"] = "Rights changed by {name}";
    all["incident.title.account_manipulated_tried"] = "{name} tried to change rights";
    all["incident.title.account_created"] = "Account created by {name}";
    all["incident.title.account_created_tried"] = "{name} tried to create an account";
    all["incident.title.session_abused"] = "Session used in an unusual way by {name}";
    all["incident.title.session_abused_tried"] = "{name} tried to use a session in an unusual way";
    all["incident.title.commands"] = "{name} ran commands on workloads";
    all["incident.title.commands_tried"] = "{name} tried to run commands on workloads";
    all["incident.title.resources_hijacked"] = "Compute used or changed by {name}";
    all["incident.title.resources_hijacked_tried"] = "{name} tried to use or change compute";
    all["incident.title.sign_in"] = "Suspicious sign-in or calls by {name}";
    all["incident.title.sign_in_tried"] = "Failed sign-in or calls by {name}";
    all["incident.title.discovery"] = "{name} is exploring the account";
    all["incident.title.discovery_tried"] = "{name} tried to explore the account";
    all["incident.title.generic"] = "{name}: {rule}";
    all["incident.title.nobody"] = "{rule}";
}

void addMembers(Catalogue& all)
{
    all["member.acted"] = "{n|Acted in one alert|Acted in {n} alerts}, first: {rule}";
    all["member.credential_used"] = "{n|Used in one alert|Used in {n} alerts} by {by}, first: {rule}";
    all["member.created_here"] = "Made in this incident by {by}";
    all["member.stood_behind"] = "Made {made}, which acted here";
    all["member.sign_in_refused"] = "{n|Sign-in refused in one alert|Sign-in refused in {n} alerts}, first: {rule}";
    all["member.target_of"] = "{n|Target of one alert|Target of {n} alerts}, first by {by}";
    all["member.target_of_unknown"] = "{n|Target of one alert|Target of {n} alerts}";
    all["member.tried_on"] = "{n|Target of one attempt that failed|Target of {n} attempts that failed}, first by {by}";
    all["member.tried_on_unknown"] = "{n|Target of one attempt that failed|Target of {n} attempts that failed}";
    all["member.same_as"] = "The same as {name}";
    all["member.address_of"] = "{n|Source address of one alert|Source address of {n} alerts}";
    all["scope.credential_verified"] = "Its credential {credential} is verified as misused";
    all["scope.last_used_matches"] =
        "The provider confirms the misuse: last used at {time} with {service}, as the log says ({action})";
    all["scope.created_matches"] = "The provider confirms that {by} made it at {time}, as the log says";
    all["scope.finding_agrees"] =
        "{product}, which does not live on the logs of this case, reports it too: at {time} the log has {action}";
    all["scope.not_there"] = "The provider no longer has it";
    all["scope.not_confirmed"] = "The provider's record does not confirm the misuse";
    all["scope.simulated"] = "EXERCISE: the answer is simulated and counts only here";
}

void addLinks(Catalogue& all)
{
    all["link.same_credential"] = "Same credential {shared}, {gap} apart: {earlier}; {later}";
    all["link.created_then_used"] = "{shared} was made, then used {gap} later: {earlier}; {later}";
    all["link.acted_through"] = "{shared} stands behind both, {gap} apart: {earlier}; {later}";
    all["link.rights_given"] = "{shared} gave rights to what acted, {gap} apart: {earlier}; {later}";
    all["link.same_account"] = "Same account {shared}, {gap} apart: {earlier}; {later}";
    all["link.same_thing"] = "{shared} under two names, {gap} apart: {earlier}; {later}";
    all["link.changed_then_acted"] = "{shared} was given rights, then acted {gap} later: {earlier}; {later}";
    all["link.same_role"] = "Same role {shared}, {gap} apart, {identities|used by one identity|used by {identities} "
                            "identities}: {earlier}; {later}";
    all["link.same_host"] = "Same host {shared}, {gap} apart, {identities|used by one identity|used by {identities} "
                            "identities}: {earlier}; {later}";
    all["link.was_on_host"] = "{shared} was on the host where it happened in nobody's name, {gap} apart: {earlier}; "
                              "{later}";
    all["link.shared_target"] = "Same target {shared}, {gap} apart, {identities|touched by one identity|touched by "
                                "{identities} identities}: {earlier}; {later}";
    all["link.shared_address"] = "Same address {shared}, {gap} apart, {identities|seen with one identity|seen with "
                                 "{identities} identities}: {earlier}; {later}";
    all["link.acted_with"] = "acted with";
    all["link.sign_in_refused"] = "was refused as";
    all["link.came_from"] = "from";
    all["link.grants"] = "grants";
    all["link.acts_for"] = "acts for";
    all["link.tried"] = "tried ({relation})";
    all["link.acted_on"] = "acted on";
    all["link.created"] = "created";
    all["link.deleted"] = "deleted";
    all["link.activated"] = "activated";
    all["link.deactivated"] = "deactivated";
    all["link.updated"] = "changed";
    all["link.attached"] = "attached";
    all["link.detached"] = "detached";
    all["link.granted"] = "gave rights to";
    all["link.assumed"] = "assumed";
    all["link.read"] = "read";
    all["link.listed"] = "listed";
    all["link.shared"] = "shared";
    all["link.stopped"] = "stopped";
    all["link.used"] = "used";
    all["link.impersonated"] = "impersonated";
    all["link.same"] = "is";
}

void addRisk(Catalogue& all)
{
    all["risk.leading_rule"] = "Gravest match ({level}): {rule}";
    all["risk.leading_rule_attempt"] = "Gravest match ({level}), only attempts: {rule}";
    all["risk.further_rule"] = "Also matched ({level}, {n|one alert|{n} alerts}): {rule}";
    all["risk.further_rule_attempt"] = "Also matched ({level}, only attempts, {n|one alert|{n} alerts}): {rule}";
    all["risk.created_used"] = "{name} was made in the incident and then used";
    all["risk.rarity"] = "Measured as rare for the identity: {rule}";
    all["risk.root"] = "The root account {name} was misused";
    all["risk.tactics"] = "{n} different tactics";
    all["risk.entity_acted"] = "Acted in {alert} ({level}): {rule}";
    all["risk.entity_target"] = "Target in {alert} ({level}): {rule}";
    all["risk.entity_made"] = "{name} was made in the incident";
    all["risk.entity_rarity"] = "{alert} measured it as rare for this identity: {rule}";
    all["risk.capped"] = "The sum of {sum} is held at 100";
}

} // namespace

void addCorrelateTexts(Catalogue& catalogue)
{
    addTitles(catalogue);
    addMembers(catalogue);
    addLinks(catalogue);
    addRisk(catalogue);
}

} // namespace cordon::words
