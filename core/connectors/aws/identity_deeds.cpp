#include "core/connectors/aws/identity_deeds.h"

#include "core/connectors/aws/made_key.h"
#include "core/connectors/aws/trust_policy.h"
#include "core/value/json.h"

namespace cordon::connectors::aws {
namespace {

using Parameters = std::map<std::string, std::string>;

Step changing(std::string action, Parameters parameters)
{
    return Call{"iam", std::move(action), std::move(parameters)}.step();
}

/// Words for what belongs to users and what to roles.
struct Holder
{
    bool isRole;
    std::string name;

    [[nodiscard]] std::string call(const char* before, const char* after) const
    {
        return std::string(before) + (isRole ? "Role" : "User") + after;
    }
    [[nodiscard]] Parameters who(Parameters more = {}) const
    {
        more.emplace(isRole ? "RoleName" : "UserName", name);
        return more;
    }
};

Result<Holder> holderOf(const EntityRef& target)
{
    const bool isRole = target.kind == EntityKind::Role;
    Holder holder{isRole, nameInArn(target.id, isRole ? "role" : "user")};
    if (holder.name.empty() || (!isRole && target.kind != EntityKind::Account))
        return fail(ErrorCode::Unsupported, "iam: " + target.id + " is neither user nor role");
    return holder;
}

Result<Deed> setKeyStatus(const TargetFacts& facts, const char* wanted, const char* provider, const char* other)
{
    Deed deed;
    const std::string user = facts.ownerEntity ? facts.ownerEntity->name : std::string();
    const auto call = [&](const char* status) {
        return changing("UpdateAccessKey", {{"UserName", user}, {"AccessKeyId", facts.target.id}, {"Status", status}});
    };
    deed.calls.push_back(call(provider));
    deed.undo.push_back(call(other));
    deed.change(facts, "status", wanted);
    return deed;
}

Result<Deed> deactivate(const TargetFacts& facts)
{
    CORDON_TRY(Deed deed, setKeyStatus(facts, "inactive", "Inactive", "Active"));
    deed.stillOpen.push_back("sessions that were opened with this key stay valid until they expire (up to 36 hours): deny them on the user or role");
    for (const Value& key : stateOf(facts, "siblings").asArray()) {
        if (key["status"].asString() == "active")
            deed.stillOpen.push_back("the user's other key " + key["id"].asString() + " is active");
    }
    deed.undoCost = "Sets the key active again.";
    return deed;
}

Result<Deed> activate(const TargetFacts& facts)
{
    CORDON_TRY(Deed deed, setKeyStatus(facts, "active", "Active", "Inactive"));
    deed.undoCost = "Sets the key inactive again.";
    return deed;
}

Result<Deed> removeKey(const TargetFacts& facts)
{
    Deed deed;
    if (facts.target.type == "mfa") {
        deed.calls.push_back(changing("DeactivateMFADevice", {{"UserName", facts.ownerEntity->name}, {"SerialNumber", facts.target.id}}));
        deed.change(facts, "status", "deleted");
        deed.stillOpen.emplace_back("whoever has the user's password signs in without a second factor, until another device is enrolled: delete the password first");
        return deed;
    }
    if (facts.target.type == "password") {
        deed.calls.push_back(changing("DeleteLoginProfile", {{"UserName", facts.ownerEntity->name}}));
        deed.change(facts, "status", "deleted");
        deed.stillOpen.push_back("sessions of the console that stand go on until they expire, and so do access keys");
        return deed;
    }
    deed.calls.push_back(changing("DeleteAccessKey", {{"UserName", facts.ownerEntity ? facts.ownerEntity->name : std::string()},
                                                      {"AccessKeyId", facts.target.id}}));
    deed.change(facts, "status", "deleted");
    deed.stillOpen.push_back("sessions that were opened with this key stay valid until they expire");
    return deed;
}

std::string document(const Value& statement)
{
    return json::write(Value::Object{{"Version", "2012-10-17"}, {"Statement", Value::Array{statement}}});
}

/// Puts an inline policy; the way back is the one that was there under that name, or none.
Result<void> putPolicy(Client& client, Deed& deed, const TargetFacts& facts, const Holder& holder, const std::string& policy,
                       const std::string& text)
{
    deed.calls.push_back(changing(holder.call("Put", "Policy"), holder.who({{"PolicyName", policy}, {"PolicyDocument", text}})));
    const auto before = inlineDocument(client, facts.target, policy);
    if (!before && before.error().code != ErrorCode::NotFound)
        return fail(before.error());
    if (before)
        deed.undo.push_back(changing(holder.call("Put", "Policy"), holder.who({{"PolicyName", policy}, {"PolicyDocument", *before}})));
    else
        deed.undo.push_back(changing(holder.call("Delete", "Policy"), holder.who({{"PolicyName", policy}})));
    return {};
}

Result<Deed> revokeSessions(Client& client, const Action& action, const TargetFacts& facts)
{
    CORDON_TRY(const Holder holder, holderOf(facts.target));
    if (facts.target.id.find(":role/aws-service-role/") != std::string::npos)
        return fail(ErrorCode::Denied, "iam: policies of a service-linked role cannot be changed");
    Deed deed;
    const auto named = Timestamp::parse(action.params["before"].asString());
    const std::string time = (named ? *named : facts.asked).toString().substr(0, 19) + 'Z';
    const Value statement = Value::Object{{"Effect", "Deny"},
                                          {"Action", Value::Array{"*"}},
                                          {"Resource", Value::Array{"*"}},
                                          {"Condition", Value::Object{{"DateLessThan", Value::Object{{"aws:TokenIssueTime", time}}}}}};
    CORDON_CHECK(putPolicy(client, deed, facts, holder, revokePolicy, document(statement)));
    deed.change(facts, "sessions_not_before", Timestamp::parse(time).value().toString());
    deed.stillOpen.push_back(holder.isRole ? "every session of the role ends; whoever may assume it can open a new one"
                                           : "long-term keys of the user carry no issue time: this does nothing to them");
    deed.stillOpen.push_back("takes a few minutes until all regions know");
    deed.undoCost = "Removes the deny; sessions that expired meanwhile stay expired.";
    return deed;
}

Result<Deed> suspend(Client& client, const TargetFacts& facts)
{
    CORDON_TRY(const Holder holder, holderOf(facts.target));
    if (holder.isRole)
        return fail(ErrorCode::Unsupported, "iam: a role is not suspended; narrow its trust or deny its sessions");
    Deed deed;
    const Value statement = Value::Object{{"Effect", "Deny"}, {"Action", Value::Array{"*"}}, {"Resource", Value::Array{"*"}}};
    CORDON_CHECK(putPolicy(client, deed, facts, holder, suspendPolicy, document(statement)));
    deed.change(facts, "status", "suspended");
    deed.stillOpen.push_back("roles that the user already assumed go on with the role's rights until their sessions expire");
    deed.undoCost = "Removes the deny policy; the user's rights are as before.";
    return deed;
}

Result<Deed> resume(const TargetFacts& facts)
{
    CORDON_TRY(const Holder holder, holderOf(facts.target));
    if (stateOf(facts, "status").asString() != "suspended")
        return fail(ErrorCode::NotFound, "iam: " + facts.target.id + " is not suspended by Cordon");
    Deed deed;
    const Value statement = Value::Object{{"Effect", "Deny"}, {"Action", Value::Array{"*"}}, {"Resource", Value::Array{"*"}}};
    deed.calls.push_back(changing("DeleteUserPolicy", holder.who({{"PolicyName", suspendPolicy}})));
    deed.undo.push_back(changing("PutUserPolicy", holder.who({{"PolicyName", suspendPolicy}, {"PolicyDocument", document(statement)}})));
    deed.change(facts, "status", "active");
    deed.undoCost = "Puts the deny policy back.";
    return deed;
}

Result<Deed> detachPolicy(Client& client, const Action& action, const TargetFacts& facts)
{
    CORDON_TRY(const Holder holder, holderOf(facts.target));
    const std::string& policy = action.params["policy"].asString();
    const Value& policies = stateOf(facts, "policies");
    if (policy.empty())
        return fail(ErrorCode::Invalid, "policy.detach: which policy? 'policy' is wanted");
    if (!holds(policies, policy))
        return fail(ErrorCode::NotFound, "iam: " + policy + " is not attached to " + facts.target.id);
    Deed deed;
    if (const std::string name = inlineName(facts.target.id, policy); !name.empty()) {
        CORDON_TRY(const std::string text, inlineDocument(client, facts.target, name));
        deed.calls.push_back(changing(holder.call("Delete", "Policy"), holder.who({{"PolicyName", name}})));
        deed.undo.push_back(changing(holder.call("Put", "Policy"), holder.who({{"PolicyName", name}, {"PolicyDocument", text}})));
    } else {
        deed.calls.push_back(changing(holder.call("Detach", "Policy"), holder.who({{"PolicyArn", policy}})));
        deed.undo.push_back(changing(holder.call("Attach", "Policy"), holder.who({{"PolicyArn", policy}})));
    }
    deed.change(facts, "policies", without(policies, policy));
    deed.undoCost = "Attaches the policy again as it was.";
    return deed;
}

Result<Deed> leaveGroup(const Action& action, const TargetFacts& facts)
{
    CORDON_TRY(const Holder holder, holderOf(facts.target));
    const std::string& group = action.params["group"].asString();
    if (holder.isRole || group.empty())
        return fail(ErrorCode::Invalid, "grant.remove: on AWS a user leaves a group; 'group' is wanted");
    if (!holds(stateOf(facts, "grants"), group))
        return fail(ErrorCode::NotFound, "iam: " + facts.target.id + " is not in " + group);
    const Parameters both = holder.who({{"GroupName", nameInArn(group, "group")}});
    Deed deed;
    deed.calls.push_back(changing("RemoveUserFromGroup", both));
    deed.undo.push_back(changing("AddUserToGroup", both));
    deed.change(facts, "grants", without(stateOf(facts, "grants"), group));
    deed.undoCost = "Adds the user to the group again.";
    return deed;
}

Result<Deed> removeUser(const TargetFacts& facts)
{
    CORDON_TRY(const Holder holder, holderOf(facts.target));
    if (!stateOf(facts, "keys").asArray().empty() || !stateOf(facts, "policies").asArray().empty())
        return fail(ErrorCode::Denied, "iam: DeleteConflict: the user still has keys or policies; they go first");
    Deed deed;
    deed.calls.push_back(changing("DeleteUser", holder.who()));
    deed.change(facts, "status", "deleted");
    return deed;
}

std::string accountOf(const std::string& arn)
{
    std::size_t at = 0;
    for (int part = 0; part < 4; ++part)
        at = arn.find(':', at) + 1;
    return arn.substr(at, arn.find(':', at) - at);
}

Result<Deed> restoreTrust(const Action& action, const TargetFacts& facts)
{
    if (facts.target.kind != EntityKind::Role || action.params.has("version"))
        return fail(ErrorCode::Unsupported, "iam: on AWS a role's trust is narrowed to its own account; it keeps no versions of it");
    CORDON_TRY(const Holder holder, holderOf(facts.target));
    const std::string& before = stateOf(facts, "trust").asString();
    CORDON_TRY(const std::string after, narrowedTrust(before, accountOf(facts.target.id)));
    Deed deed;
    deed.calls.push_back(changing("UpdateAssumeRolePolicy", holder.who({{"PolicyDocument", after}})));
    deed.undo.push_back(changing("UpdateAssumeRolePolicy", holder.who({{"PolicyDocument", before}})));
    deed.change(facts, "trust", after);
    deed.stillOpen.emplace_back("sessions of the role that stand go on until they expire: revoke them, too");
    deed.undoCost = "Lets those assume the role again who could before, strangers, too.";
    return deed;
}

} // namespace

Result<Effect> identityEffect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since)
{
    if (action.type != "trust.restore")
        return effectIn(action, facts, since);
    CORDON_TRY(const std::string narrow, narrowedTrust(stateOf(facts, "trust").asString(), accountOf(facts.target.id)));
    return facts.exists && narrow == stateOf(facts, "trust").asString() ? Effect::There : Effect::NotThere;
}

const std::vector<std::string>& identityVerbs()
{
    static const std::vector<std::string> verbs{"credential.deactivate", "credential.activate", "credential.delete", "credential.replace",
                                                "session.revoke",        "account.suspend",     "account.resume",
                                                "account.delete",        "policy.detach",       "grant.remove",
                                                "trust.restore"};
    return verbs;
}

Result<Deed> planDeed(Client& client, const Action& action, const TargetFacts& facts)
{
    const bool isKey = facts.target.kind == EntityKind::Credential;
    const bool isOnlyDeleted = facts.target.type == "password" || facts.target.type == "mfa";
    if (isKey != action.type.starts_with("credential.") || (isOnlyDeleted && action.type != "credential.delete"))
        return fail(ErrorCode::Unsupported, "iam: " + action.type + " does not fit " + facts.target.id);
    if (action.type == "credential.deactivate")
        return deactivate(facts);
    if (action.type == "credential.activate")
        return activate(facts);
    if (action.type == "credential.delete")
        return removeKey(facts);
    if (action.type == "credential.replace")
        return planMadeKey(client, action, facts);
    if (action.type == "session.revoke")
        return revokeSessions(client, action, facts);
    if (action.type == "account.suspend")
        return suspend(client, facts);
    if (action.type == "account.resume")
        return resume(facts);
    if (action.type == "account.delete")
        return removeUser(facts);
    if (action.type == "policy.detach")
        return detachPolicy(client, action, facts);
    if (action.type == "grant.remove")
        return leaveGroup(action, facts);
    if (action.type == "trust.restore")
        return restoreTrust(action, facts);
    return fail(ErrorCode::Unsupported, "aws: cannot do " + action.type);
}

} // namespace cordon::connectors::aws
