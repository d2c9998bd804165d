#include "core/connectors/aws/identity_facts.h"

#include "core/connectors/aws/dependents.h"
#include "core/value/json.h"

#include <algorithm>
#include <functional>

namespace cordon::connectors::aws {
namespace {

constexpr int mostPages = 50; ///< of a list; a longer one is no honest answer

using Parameters = std::map<std::string, std::string>;

Call reading(std::string action, Parameters parameters)
{
    return {"iam", std::move(action), std::move(parameters), Repeat::Freely};
}

/// Every `member` of a list, over all its pages.
Result<void> eachMember(Client& client, const std::string& action, Parameters parameters, const char* list,
                        const std::function<void(const pugi::xml_node&)>& take)
{
    for (int page = 0; page < mostPages; ++page) {
        CORDON_TRY(const Document reply, client.query(reading(action, parameters)));
        const pugi::xml_node items =
            reply->find_node([list](const pugi::xml_node& one) { return std::string_view(one.name()) == list; });
        for (const pugi::xml_node& member : items.children("member"))
            take(member);
        if (textOf(*reply, "IsTruncated") != "true")
            return {};
        parameters["Marker"] = textOf(*reply, "Marker");
    }
    return fail(ErrorCode::Io, "iam:" + action + ": a list without end");
}

std::optional<Timestamp> timeOf(const std::string& text)
{
    const auto time = Timestamp::parse(text);
    return time ? std::optional(*time) : std::nullopt;
}

std::vector<std::string> tagsOf(const pugi::xml_node& owner)
{
    std::vector<std::string> tags;
    for (const pugi::xml_node& tag : owner.child("Tags").children("member")) {
        const std::string value = tag.child_value("Value");
        const std::string key = tag.child_value("Key");
        tags.push_back(value.empty() || value == "true" ? key : key + '=' + value);
    }
    return tags;
}

std::optional<Criticality> criticalityOf(const std::vector<std::string>& tags)
{
    for (const std::string& tag : tags) {
        if (tag.starts_with("criticality="))
            return criticalityFrom(tag.substr(12));
    }
    return std::nullopt;
}

std::string statusOf(const std::string& text)
{
    return text == "Active" ? "active" : "inactive";
}

/// The time in the policy that denies older sessions, or null.
Value notBefore(const std::string& document)
{
    const auto policy = json::parse(document);
    if (!policy)
        return {};
    for (const Value& statement : (*policy)["Statement"].asArray()) {
        const std::string& time = statement["Condition"]["DateLessThan"]["aws:TokenIssueTime"].asString();
        if (const auto parsed = timeOf(time))
            return parsed->toString();
    }
    return {};
}

/// Policies of a user or role, attached and inline, by id; and what Cordon's own two say.
Result<void> addPolicies(Client& client, TargetFacts& facts, const std::string& name)
{
    const bool isRole = facts.target.kind == EntityKind::Role;
    const Parameters who{{isRole ? "RoleName" : "UserName", name}};
    std::vector<std::string> ids;
    CORDON_CHECK(eachMember(client, isRole ? "ListAttachedRolePolicies" : "ListAttachedUserPolicies", who, "AttachedPolicies",
                            [&ids](const pugi::xml_node& member) { ids.emplace_back(member.child_value("PolicyArn")); }));
    bool isRevoked = false;
    bool isSuspended = false;
    CORDON_CHECK(eachMember(client, isRole ? "ListRolePolicies" : "ListUserPolicies", who, "PolicyNames",
                            [&](const pugi::xml_node& member) {
                                const std::string policy = member.child_value();
                                isRevoked |= policy == revokePolicy;
                                isSuspended |= policy == suspendPolicy;
                                ids.push_back(facts.target.id + "/policy/" + policy);
                            }));
    std::sort(ids.begin(), ids.end());
    facts.state["policies"] = Value::Array(ids.begin(), ids.end());
    facts.state["sessions_not_before"] = Value();
    facts.state["status"] = isSuspended ? "suspended" : "active";
    if (isRevoked) {
        CORDON_TRY(const std::string document, inlineDocument(client, facts.target, revokePolicy));
        facts.state["sessions_not_before"] = notBefore(document);
    }
    return {};
}

Value withoutDates(const Value& keys, const std::string& exceptId)
{
    Value::Array list;
    for (const Value& key : keys.asArray()) {
        if (key["id"].asString() != exceptId)
            list.push_back(Value::Object{{"id", key["id"]}, {"status", key["status"]}});
    }
    return list;
}

Result<void> addUser(Client& client, TargetFacts& facts)
{
    const std::string name = nameInArn(facts.target.id, "user");
    if (name.empty())
        return fail(ErrorCode::Unsupported, "iam: " + facts.target.id + " is no user");
    const auto user = client.query(reading("GetUser", {{"UserName", name}}));
    if (!user && user.error().code == ErrorCode::NotFound)
        return {};
    if (!user)
        return fail(user.error());
    const pugi::xml_node node = (*user)->find_node([](const pugi::xml_node& one) { return std::string_view(one.name()) == "User"; });
    facts.exists = true;
    facts.target.name = node.child_value("UserName");
    facts.tags = tagsOf(node);
    facts.ownerTags = facts.tags;
    facts.criticality = criticalityOf(*facts.tags);
    facts.createdAt = timeOf(node.child_value("CreateDate"));
    facts.lastUsedAt = timeOf(node.child_value("PasswordLastUsed"));
    CORDON_TRY(const Value keys, keysOf(client, name));
    facts.state["keys"] = withoutDates(keys, {});
    CORDON_CHECK(addPolicies(client, facts, name));
    std::vector<std::string> groups;
    CORDON_CHECK(eachMember(client, "ListGroupsForUser", {{"UserName", name}}, "Groups",
                            [&groups](const pugi::xml_node& member) { groups.emplace_back(member.child_value("Arn")); }));
    std::sort(groups.begin(), groups.end());
    facts.state["grants"] = Value::Array(groups.begin(), groups.end());
    const auto login = client.query(reading("GetLoginProfile", {{"UserName", name}}));
    if (!login && login.error().code != ErrorCode::NotFound)
        return fail(login.error());
    facts.target.type = login ? "human" : "service";
    return {};
}

Result<void> addRole(Client& client, TargetFacts& facts)
{
    const std::string name = nameInArn(facts.target.id, "role");
    if (name.empty())
        return fail(ErrorCode::Unsupported, "iam: " + facts.target.id + " is no role");
    const auto role = client.query(reading("GetRole", {{"RoleName", name}}));
    if (!role && role.error().code == ErrorCode::NotFound)
        return {};
    if (!role)
        return fail(role.error());
    const pugi::xml_node node = (*role)->find_node([](const pugi::xml_node& one) { return std::string_view(one.name()) == "Role"; });
    facts.exists = true;
    facts.target.name = node.child_value("RoleName");
    facts.tags = tagsOf(node);
    facts.criticality = criticalityOf(*facts.tags);
    facts.createdAt = timeOf(node.child_value("CreateDate"));
    facts.lastUsedAt = timeOf(node.child("RoleLastUsed").child_value("LastUsedDate"));
    facts.lastUsedRegion = node.child("RoleLastUsed").child_value("Region");
    // Where its owner does not let it be asked, nobody is known.
    auto running = runningAs(client, node.child_value("Arn"), facts.target.name);
    if (!running && running.error().code != ErrorCode::Denied)
        return fail(running.error());
    if (running)
        addSeen(facts, std::move(*running), !facts.lastUsedAt, client.context().now);
    facts.state["trust"] = percentDecoded(node.child_value("AssumeRolePolicyDocument"));
    CORDON_CHECK(addPolicies(client, facts, name));
    facts.state["status"] = "active";
    return {};
}

/// What a user signs in with at the console: `USER/password`.
Result<void> addPassword(Client& client, TargetFacts& facts)
{
    const std::string user = facts.target.id.substr(0, facts.target.id.rfind('/'));
    const std::string name = nameInArn(user, "user");
    if (name.empty())
        return fail(ErrorCode::Unsupported, "iam: " + facts.target.id + " is no password of a user");
    const auto login = client.query(reading("GetLoginProfile", {{"UserName", name}}));
    if (!login && login.error().code != ErrorCode::NotFound)
        return fail(login.error());
    if (!login)
        return {};
    facts.exists = true;
    facts.target.type = "password";
    facts.createdAt = timeOf(textOf(**login, "CreateDate"));
    facts.state["status"] = "active";
    facts.owner = user;
    facts.ownerEntity = EntityRef{EntityKind::Account, user, {}, name};
    return {};
}

/// A second factor: `arn:aws:iam::123456789012:mfa/NAME`, or `…:u2f/user/USER/NAME`.
Result<void> addMfaDevice(Client& client, TargetFacts& facts)
{
    const bool isVirtual = facts.target.id.find(":mfa/") != std::string::npos;
    std::string user;
    const auto take = [&](const pugi::xml_node& member) {
        if (facts.target.id != member.child_value("SerialNumber"))
            return;
        user = isVirtual ? member.child("User").child_value("UserName") : member.child_value("UserName");
        facts.createdAt = timeOf(member.child_value("EnableDate"));
    };
    if (isVirtual) {
        CORDON_CHECK(eachMember(client, "ListVirtualMFADevices", {{"AssignmentStatus", "Assigned"}}, "VirtualMFADevices", take));
    } else {
        const auto from = facts.target.id.find(":u2f/user/") + 10;
        CORDON_CHECK(eachMember(client, "ListMFADevices", {{"UserName", facts.target.id.substr(from, facts.target.id.find('/', from) - from)}}, "MFADevices", take));
    }
    if (user.empty())
        return {};
    facts.exists = true;
    facts.target.type = "mfa";
    facts.state["status"] = "active";
    facts.owner = facts.target.id.substr(0, facts.target.id.find(isVirtual ? ":mfa/" : ":u2f/")) + ":user/" + user;
    facts.ownerEntity = EntityRef{EntityKind::Account, *facts.owner, {}, user};
    return {};
}

Result<void> addKey(Client& client, TargetFacts& facts)
{
    if (facts.target.id.ends_with("/password"))
        return addPassword(client, facts);
    if (facts.target.id.find(":mfa/") != std::string::npos || facts.target.id.find(":u2f/user/") != std::string::npos)
        return addMfaDevice(client, facts);
    if (!facts.target.id.starts_with("AKIA"))
        return fail(ErrorCode::Unsupported, "iam: " + facts.target.id + " is no long-term access key; a session is ended through its role or user");
    const auto used = client.query(reading("GetAccessKeyLastUsed", {{"AccessKeyId", facts.target.id}}));
    if (!used && used.error().code == ErrorCode::NotFound)
        return {};
    if (!used)
        return fail(used.error());
    const std::string user = textOf(**used, "UserName");
    if (user.empty())
        return fail(ErrorCode::Unsupported, "iam: " + facts.target.id + " belongs to no user; keys of the root account are a person's to remove");
    CORDON_TRY(const Value keys, keysOf(client, user));
    for (const Value& key : keys.asArray()) {
        if (key["id"].asString() != facts.target.id)
            continue;
        facts.exists = true;
        facts.state["status"] = key["status"];
        facts.createdAt = timeOf(key["created"].asString());
    }
    facts.state["siblings"] = withoutDates(keys, facts.target.id);
    facts.state["keys_of_user"] = static_cast<std::int64_t>(keys.asArray().size());
    facts.lastUsedAt = timeOf(textOf(**used, "LastUsedDate")); // "N/A" when it never was
    addSeen(facts, {}, !facts.lastUsedAt, client.context().now);
    facts.lastUsedService = facts.lastUsedAt ? textOf(**used, "ServiceName") : std::string();
    facts.lastUsedRegion = facts.lastUsedAt ? textOf(**used, "Region") : std::string();
    CORDON_TRY(const Document owner, client.query(reading("GetUser", {{"UserName", user}})));
    const pugi::xml_node node = owner->find_node([](const pugi::xml_node& one) { return std::string_view(one.name()) == "User"; });
    facts.target.type = "access_key";
    facts.tags = std::vector<std::string>(); // a key has none of its own
    facts.ownerTags = tagsOf(node);
    facts.criticality = criticalityOf(*facts.ownerTags);
    // Owners are told without their path, as logs name them.
    const std::string arn = node.child_value("Arn");
    const std::string plain = arn.substr(0, arn.find(":user/") + 6) + user;
    facts.owner = plain;
    facts.ownerEntity = EntityRef{EntityKind::Account, plain, {}, user};
    return {};
}

} // namespace

Result<Value> keysOf(Client& client, const std::string& user)
{
    std::map<std::string, Value> keys; // by id
    CORDON_CHECK(eachMember(client, "ListAccessKeys", {{"UserName", user}}, "AccessKeyMetadata", [&keys](const pugi::xml_node& member) {
        const std::string id = member.child_value("AccessKeyId");
        keys[id] = Value::Object{{"id", id},
                                 {"status", statusOf(member.child_value("Status"))},
                                 {"created", std::string(member.child_value("CreateDate"))}};
    }));
    Value::Array list;
    for (auto& [id, key] : keys)
        list.push_back(std::move(key));
    return list;
}

std::string percentDecoded(std::string_view text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string hex(text.substr(i, 3));
        std::transform(hex.begin(), hex.end(), hex.begin(), [](unsigned char c) { return c >= 'A' && c <= 'F' ? c + 32 : c; });
        const auto byte = hex.size() == 3 && hex[0] == '%' ? fromHex(std::string_view(hex).substr(1)) : Result<std::string>(fail(ErrorCode::Invalid, ""));
        if (byte) {
            decoded += *byte;
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

std::string nameInArn(const std::string& arn, std::string_view kind)
{
    const std::string part = ':' + std::string(kind) + '/';
    const auto at = arn.find(part);
    if (!arn.starts_with("arn:") || at == std::string::npos)
        return {};
    return arn.substr(arn.rfind('/') + 1);
}

std::string inlineName(const std::string& owner, const std::string& policy)
{
    const std::string beginning = owner + "/policy/";
    return policy.starts_with(beginning) ? policy.substr(beginning.size()) : std::string();
}

Result<std::string> inlineDocument(Client& client, const EntityRef& owner, const std::string& name)
{
    const bool isRole = owner.kind == EntityKind::Role;
    CORDON_TRY(const Document reply,
               client.query(reading(isRole ? "GetRolePolicy" : "GetUserPolicy",
                                    {{isRole ? "RoleName" : "UserName", nameInArn(owner.id, isRole ? "role" : "user")},
                                     {"PolicyName", name}})));
    return percentDecoded(textOf(*reply, "PolicyDocument"));
}

Result<TargetFacts> identityFacts(Client& client, const EntityRef& target)
{
    TargetFacts facts;
    facts.target = target;
    switch (target.kind) {
    case EntityKind::Credential: CORDON_CHECK(addKey(client, facts)); break;
    case EntityKind::Account: CORDON_CHECK(addUser(client, facts)); break;
    case EntityKind::Role: CORDON_CHECK(addRole(client, facts)); break;
    case EntityKind::Policy:
        if (target.id.find(":iam::aws:policy/") != std::string::npos) { // AWS's own: everywhere the same, without tags
            facts.exists = true;
            facts.tags.emplace();
            break;
        }
        return fail(ErrorCode::Unsupported, "iam: policies of the account itself are not looked at");
    default: return fail(ErrorCode::Unsupported, "iam: knows no " + std::string(toString(target.kind)));
    }
    return facts;
}

} // namespace cordon::connectors::aws
