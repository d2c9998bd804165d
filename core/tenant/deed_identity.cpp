#include "core/tenant/deed_verbs.h"

#include <map>

namespace cordon::tenant {
namespace {

constexpr std::size_t mostKeysPerUser = 2;

bool isLongTermKey(const TargetFacts& facts)
{
    return facts.target.type == "access_key";
}

/// Sessions that were opened with a credential outlive it: say so.
Result<void> addOpenSessions(const DeedContext& context, Deed& deed)
{
    CORDON_TRY(const auto sessions, context.tenant.linked(context.facts.target, Tenant::Link::MadeWith));
    for (const TargetFacts& session : sessions) {
        const std::string until = stateOf(session, "expires").asString();
        if (stateOf(session, "status").asString() != "active" ||
            (!until.empty() && until <= context.tenant.now().toString()))
            continue;
        deed.stillOpen.push_back("session " + nameOf(session.target) + ", opened with this key, stays valid" +
                                 (until.empty() ? std::string() : " until " + until));
    }
    return {};
}

void addOtherKeys(const DeedContext& context, Deed& deed)
{
    for (const Value& key : stateOf(context.facts, "siblings").asArray()) {
        if (key["status"].asString() == "active")
            deed.stillOpen.push_back("key " + key["id"].asString() + " of the same user stays active");
    }
}

std::string userOf(const TargetFacts& facts)
{
    return facts.ownerEntity ? " UserName=" + nameOf(*facts.ownerEntity) : std::string();
}

Result<void> setKeyStatus(const DeedContext& context, Deed& deed, const char* status, const char* word)
{
    if (context.facts.target.type == "session")
        return fail(ErrorCode::Denied, "a session has no status of its own at this provider: revoke it instead");
    const std::string call =
        isLongTermKey(context.facts) ? "iam:UpdateAccessKey AccessKeyId=" : "iam:UpdateCredential Id=";
    deed.requests.push_back(call + context.facts.target.id + userOf(context.facts) + " Status=" + word);
    addChange(deed, context.facts, "status", status);
    return {};
}

Result<void> deactivate(const DeedContext& context, Deed& deed)
{
    CORDON_CHECK(setKeyStatus(context, deed, "inactive", "Inactive"));
    deed.undo = "Sets the key active again; jobs that failed meanwhile must be run again.";
    CORDON_CHECK(addOpenSessions(context, deed));
    addOtherKeys(context, deed);
    return {};
}

Result<void> activate(const DeedContext& context, Deed& deed)
{
    deed.undo = "Sets the key inactive again.";
    return setKeyStatus(context, deed, "active", "Active");
}

Result<void> removeCredential(const DeedContext& context, Deed& deed)
{
    const bool isKey = isLongTermKey(context.facts);
    deed.requests.push_back((isKey ? "iam:DeleteAccessKey AccessKeyId=" : "iam:DeleteCredential Id=") +
                            context.facts.target.id + userOf(context.facts));
    addChange(deed, context.facts, "status", "deleted");
    deed.removed.push_back(context.facts.target);
    deed.hasUndo = false;
    deed.undo.clear();
    CORDON_CHECK(addOpenSessions(context, deed));
    addOtherKeys(context, deed);
    return {};
}

Result<void> replaceKey(const DeedContext& context, Deed& deed)
{
    const TargetFacts& facts = context.facts;
    if (!isLongTermKey(facts) || !facts.ownerEntity)
        return fail(ErrorCode::Denied, "only a user's access key can be replaced");
    const std::size_t keys = stateOf(facts, "siblings").asArray().size() + 1;
    if (keys >= mostKeysPerUser)
        return fail(ErrorCode::Denied, "LimitExceeded: " + nameOf(*facts.ownerEntity) +
                                           " has two keys, inactive ones included; delete one first");
    EntityRecord made;
    made.ref = facts.target;
    made.ref.id = madeUpId(facts.target.id.substr(0, 4), facts.target.id + '\n' + context.tenant.now().toString(), 16);
    made.ref.name = made.ref.id;
    made.owner = facts.ownerEntity;
    made.criticality = facts.criticality;
    made.createdAt = context.tenant.now();
    made.state = {{"status", "active"}, {"replaces", facts.target.id}};
    deed.requests.push_back("iam:CreateAccessKey" + userOf(facts));
    deed.note.set("made:" + facts.target.id, made.ref.id);
    if (const std::string& store = context.action.params["secret"].asString(); !store.empty()) {
        CORDON_TRY(const TargetFacts secret, context.tenant.facts({EntityKind::Secret, store, {}, {}}));
        if (!secret.exists)
            return fail(ErrorCode::NotFound, "the secret store " + store + " does not exist");
        Value versions = stateOf(secret, "versions");
        versions.append(Value::Object{{"id", "key-" + made.ref.id}, {"stage", "PENDING"}});
        deed.requests.push_back("secretsmanager:PutSecretValue SecretId=" + store);
        addChange(deed, secret, "versions", std::move(versions));
    } else {
        deed.stillOpen.push_back("no secret store was named: the new key's secret is kept nowhere");
    }
    deed.made.push_back(std::move(made));
    deed.hasUndo = true;
    deed.undo = "Deletes the new key; refused once something uses it.";
    deed.stillOpen.push_back("key " + facts.target.id + " is as it was until its dependents are moved");
    return {};
}

Result<void> revokeSessions(const DeedContext& context, Deed& deed)
{
    const TargetFacts& facts = context.facts;
    const std::string now = context.tenant.now().toString();
    deed.hasUndo = true;
    deed.undo = "Removes the deny; sessions that ended meanwhile stay ended.";
    if (facts.target.kind == EntityKind::Credential) {
        if (isLongTermKey(facts) || facts.target.type == "password")
            return fail(ErrorCode::Denied, "a long-term " + facts.target.type +
                                               " carries no token issue time, so denying "
                                               "older sessions does nothing to it: deactivate it instead");
        deed.requests.push_back("iam:PutRolePolicy CordonRevokeSession Deny aws:userid of " + facts.target.id +
                                " aws:TokenIssueTime<" + now);
        addChange(deed, facts, "status", "revoked");
        deed.stillOpen.push_back("whoever may assume the role can open a new session");
        return {};
    }
    const bool isRole = facts.target.kind == EntityKind::Role;
    deed.requests.push_back((isRole ? "iam:PutRolePolicy AWSRevokeOlderSessions Deny aws:TokenIssueTime<"
                                    : "iam:PutUserPolicy AWSRevokeOlderSessions Deny aws:TokenIssueTime<") +
                            now);
    addChange(deed, facts, "sessions_not_before", now);
    deed.stillOpen.push_back(isRole ? "whoever may assume the role can open a new session"
                                    : "long-term keys of the account are not stopped");
    return {};
}

Result<void> suspend(const DeedContext& context, Deed& deed)
{
    deed.requests.push_back("iam:PutUserPolicy CordonSuspend Deny * UserName=" + nameOf(context.facts.target));
    addChange(deed, context.facts, "status", "suspended");
    deed.undo = "Lets the account work again; what it could not do meanwhile must be done again.";
    return {};
}

Result<void> resume(const DeedContext& context, Deed& deed)
{
    deed.requests.push_back("iam:DeleteUserPolicy CordonSuspend UserName=" + nameOf(context.facts.target));
    addChange(deed, context.facts, "status", "active");
    deed.undo = "Suspends the account again.";
    return {};
}

Result<void> removeAccount(const DeedContext& context, Deed& deed)
{
    const TargetFacts& facts = context.facts;
    if (!stateOf(facts, "keys").asArray().empty())
        return fail(ErrorCode::Denied, "DeleteConflict: " + nameOf(facts.target) + " still has access keys");
    if (!stateOf(facts, "policies").asArray().empty())
        return fail(ErrorCode::Denied, "DeleteConflict: " + nameOf(facts.target) + " still has policies attached");
    deed.requests.push_back("iam:DeleteUser UserName=" + nameOf(facts.target));
    addChange(deed, facts, "status", "deleted");
    deed.removed.push_back(facts.target);
    deed.hasUndo = false;
    deed.undo.clear();
    return {};
}

/// Takes one named thing out of a list attribute, wherever the target stands.
Result<void> takeOut(const DeedContext& context, Deed& deed, const char* attribute, const std::string& item,
                     const std::string& request)
{
    if (item.empty())
        return fail(ErrorCode::Invalid, context.action.type + ": a parameter must say what is taken away");
    auto rest = without(stateOf(context.facts, attribute), item);
    if (!rest)
        return fail(ErrorCode::NotFound, "NoSuchEntity: " + nameOf(context.facts.target) + " does not have " + item);
    deed.requests.push_back(request + ' ' + item + " from " + nameOf(context.facts.target));
    addChange(deed, context.facts, attribute, std::move(*rest));
    deed.undo = "Gives it back as it was in the snapshot.";
    return {};
}

Result<void> detachPolicy(const DeedContext& context, Deed& deed)
{
    const std::string& policy = context.action.params["policy"].asString();
    const char* request = context.facts.target.kind == EntityKind::Role    ? "iam:DetachRolePolicy"
                          : context.facts.target.kind == EntityKind::Group ? "iam:DetachGroupPolicy"
                                                                           : "iam:DetachUserPolicy";
    return takeOut(context, deed, "policies", policy, request);
}

Result<void> removeGrant(const DeedContext& context, Deed& deed)
{
    for (const char* name : {"grant", "group", "role", "policy", "resource"}) {
        if (context.action.params.has(name))
            return takeOut(context, deed, "grants", context.action.params[name].asString(), "iam:RemoveGrant");
    }
    return takeOut(context, deed, "grants", "", "");
}

Result<void> revokeConsent(const DeedContext& context, Deed& deed)
{
    const Value& params = context.action.params;
    const char* name = params.has("application") ? "application" : "grant";
    return takeOut(context, deed, "consents", params[name].asString(), "oauth:RevokeConsent");
}

Result<void> restoreTrust(const DeedContext& context, Deed& deed)
{
    CORDON_TRY(const StateRow earlier, context.tenant.state(context.facts.target, "trust", 1));
    if (earlier.seq == 0 || earlier.value.isNull())
        return fail(ErrorCode::Denied, "no earlier trust policy of " + nameOf(context.facts.target) + " is known");
    deed.requests.push_back(
        (context.facts.target.kind == EntityKind::Role ? "iam:UpdateAssumeRolePolicy " : "PutResourcePolicy ") +
        nameOf(context.facts.target));
    addChange(deed, context.facts, "trust", earlier.value);
    deed.undo = "Puts the changed policy back, with what the intruder added.";
    deed.stillOpen.push_back("sessions opened under the changed policy stay valid until they end");
    return {};
}

} // namespace

DeedVerb identityVerb(std::string_view verb)
{
    static const std::map<std::string_view, DeedVerb> verbs{
        {"credential.deactivate", deactivate},
        {"credential.activate", activate},
        {"credential.delete", removeCredential},
        {"token.destroy", removeCredential},
        {"credential.replace", replaceKey},
        {"session.revoke", revokeSessions},
        {"account.suspend", suspend},
        {"account.resume", resume},
        {"account.delete", removeAccount},
        {"policy.detach", detachPolicy},
        {"grant.remove", removeGrant},
        {"consent.revoke", revokeConsent},
        {"trust.restore", restoreTrust},
    };
    const auto found = verbs.find(verb);
    return found == verbs.end() ? nullptr : found->second;
}

} // namespace cordon::tenant
