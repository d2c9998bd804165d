#include "core/connectors/aws/compute.h"

#include "core/connectors/aws/runbook.h"
#include "core/crypto/sha256.h"

#include <algorithm>
#include <functional>
#include <set>

namespace cordon::connectors::aws {
namespace {

using Parameters = std::map<std::string, std::string>;

constexpr std::size_t mostGroups = 16; ///< of one interface, as AWS allows
constexpr const char* snapshotTag = "cordon-action";

Call reading(std::string action, Parameters parameters)
{
    return {"ec2", std::move(action), std::move(parameters), Repeat::Freely};
}

std::string instanceId(const std::string& id)
{
    return id.substr(id.rfind('/') + 1);
}

/// `item`s of the first list of that name anywhere below.
void eachItem(const pugi::xml_node& reply, const char* list, const std::function<void(const pugi::xml_node&)>& take)
{
    const pugi::xml_node items = reply.find_node([list](const pugi::xml_node& one) { return std::string_view(one.name()) == list; });
    for (const pugi::xml_node& item : items.children("item"))
        take(item);
}

std::string statusOf(const std::string& state)
{
    return state == "terminated" || state == "shutting-down" ? "terminated" : state == "stopped" || state == "stopping" ? "stopped" : "running";
}

void addTags(TargetFacts& facts, const pugi::xml_node& instance)
{
    std::vector<std::string> tags;
    for (const pugi::xml_node& tag : instance.child("tagSet").children("item")) {
        const std::string key = tag.child_value("key");
        const std::string value = tag.child_value("value");
        tags.push_back(value.empty() || value == "true" ? key : key + '=' + value);
        if (key == "Name")
            facts.target.name = value;
        if (key == "criticality")
            facts.criticality = criticalityFrom(value);
        if (key == "aws:autoscaling:groupName")
            facts.state["scaling_group"] = value;
    }
    std::sort(tags.begin(), tags.end());
    facts.tags = tags;
}

/// One interface: its groups. Several: each with its groups, so that all can be put back.
Value groupsOf(const Value& interfaces)
{
    if (interfaces.asArray().size() == 1)
        return interfaces.asArray().front()["groups"];
    Value::Array all;
    for (const Value& one : interfaces.asArray()) {
        for (const Value& group : one["groups"].asArray())
            all.push_back(one["id"].asString() + '/' + group.asString());
    }
    return all;
}

Value interfacesOf(const pugi::xml_node& instance)
{
    std::map<std::string, Value> byId;
    for (const pugi::xml_node& item : instance.child("networkInterfaceSet").children("item")) {
        Value::Array groups;
        for (const pugi::xml_node& group : item.child("groupSet").children("item"))
            groups.push_back(std::string(group.child_value("groupId")));
        const std::string id = item.child_value("networkInterfaceId");
        byId[id] = Value::Object{{"id", id}, {"groups", std::move(groups)}};
    }
    Value::Array list;
    for (auto& [id, one] : byId)
        list.push_back(std::move(one));
    return list;
}

/// Whether no group of any interface lets anything through, whatever it is called.
Result<bool> isClosed(Client& client, const Value& interfaces)
{
    Parameters which;
    std::set<std::string> groups;
    for (const Value& one : interfaces.asArray()) {
        for (const Value& group : one["groups"].asArray())
            groups.insert(group.asString());
    }
    for (const std::string& group : groups)
        which.emplace("GroupId." + std::to_string(which.size() + 1), group);
    if (which.empty())
        return false;
    CORDON_TRY(const Document reply, client.query(reading("DescribeSecurityGroups", which)));
    std::size_t closed = 0;
    eachItem(*reply, "securityGroupInfo", [&closed](const pugi::xml_node& item) {
        closed += item.child("ipPermissions").child("item").empty() && item.child("ipPermissionsEgress").child("item").empty() ? 1 : 0;
    });
    return closed == groups.size();
}

bool isCutOff(const Value& interfaces, const std::string& group)
{
    const Value::Array& all = interfaces.asArray();
    return !group.empty() && !all.empty() && std::all_of(all.begin(), all.end(), [&group](const Value& one) { return one["groups"] == Value(Value::Array{group}); });
}

Step setGroups(const std::string& interface, const Value& groups)
{
    Call call{"ec2", "ModifyNetworkInterfaceAttribute", {{"NetworkInterfaceId", interface}}};
    for (std::size_t i = 0; i < groups.asArray().size() && i < mostGroups; ++i)
        call.parameters.emplace("SecurityGroupId." + std::to_string(i + 1), groups.asArray()[i].asString());
    return call.step();
}

/// The group must be there, in the instance's own network; what it lets through is told.
Result<void> checkGroup(Client& client, Deed& deed, const std::string& group, const std::string& network)
{
    const auto reply = client.query(reading("DescribeSecurityGroups", {{"GroupId.1", group}}));
    if (!reply && reply.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::Denied, "ec2: the security group " + group + " is not there");
    if (!reply)
        return fail(reply.error());
    std::string where;
    std::ptrdiff_t open = 0;
    eachItem(**reply, "securityGroupInfo", [&](const pugi::xml_node& item) {
        where = item.child_value("vpcId");
        for (const char* way : {"ipPermissions", "ipPermissionsEgress"})
            open += std::distance(item.child(way).children("item").begin(), item.child(way).children("item").end());
    });
    if (where != network)
        return fail(ErrorCode::Denied, "ec2: the security group " + group + " is of " + where + ", the instance of " + network);
    if (open > 0)
        deed.stillOpen.push_back(group + " lets through what its " + std::to_string(open) + " rules say, in and out");
    return {};
}

Result<Deed> move(Client& client, const Action& action, const TargetFacts& facts)
{
    const bool isolates = action.type == "workload.isolate";
    const std::string& quarantine = client.options().quarantineGroup;
    const std::string& named = action.params["group"].asString();
    const std::string group = isolates ? quarantine : named;
    if (isolates && (quarantine.empty() || (!named.empty() && named != quarantine)))
        return fail(ErrorCode::Invalid, "ec2: the option 'quarantine_group' names the group that an instance is isolated by");
    if (!isolates && group.empty())
        return fail(ErrorCode::Invalid, "ec2: which group is it to have again? Undo the isolation, or name 'group'");
    if (stateOf(facts, "status").asString() == "terminated")
        return fail(ErrorCode::Denied, "ec2: " + facts.target.id + " is terminated");
    Deed deed;
    CORDON_CHECK(checkGroup(client, deed, group, stateOf(facts, "network_of").asString()));
    const Value& interfaces = stateOf(facts, "interfaces");
    Value after = Value::Array{};
    for (const Value& one : interfaces.asArray()) {
        const Value groups = Value::Array{group};
        deed.calls.push_back(setGroups(one["id"].asString(), groups));
        deed.undo.push_back(setGroups(one["id"].asString(), one["groups"]));
        after.append(Value::Object{{"id", one["id"]}, {"groups", groups}});
    }
    if (deed.calls.empty())
        return fail(ErrorCode::Denied, "ec2: " + facts.target.id + " has no network interface");
    deed.change(facts, "network", isolates ? "isolated" : "normal");
    deed.change(facts, "security_groups", groupsOf(after));
    deed.undoCost = isolates ? "Puts the saved security groups back." : "Puts the groups back that it has now.";
    if (!isolates)
        return deed;
    deed.stillOpen.emplace_back("connections that are tracked already may last until they close");
    deed.stillOpen.emplace_back("credentials of its role that were taken from it stay valid elsewhere: end the role's sessions, too");
    if (const std::string& scaling = stateOf(facts, "scaling_group").asString(); !scaling.empty())
        deed.stillOpen.push_back("the Auto Scaling group " + scaling + " may replace it, and end it with what is on it: set it to standby first");
    return deed;
}

/// The association of the instance's profile: its id and the profile's ARN, both "" when there is none.
Result<std::pair<std::string, std::string>> profileOf(Client& client, const std::string& instance)
{
    CORDON_TRY(const Document associations, client.query(reading("DescribeIamInstanceProfileAssociations", {{"Filter.1.Name", "instance-id"}, {"Filter.1.Value.1", instance}})));
    std::pair<std::string, std::string> found;
    eachItem(*associations, "iamInstanceProfileAssociationSet", [&found](const pugi::xml_node& item) {
        const std::string_view state = item.child_value("state");
        if (state == "associated" || state == "associating")
            found = {item.child_value("associationId"), textOf(item.child("iamInstanceProfile"), "arn")};
    });
    return found;
}

Result<Deed> dropProfile(Client& client, const Action& action, const TargetFacts& facts)
{
    const std::string grant = grantOf(action);
    if (!holds(stateOf(facts, "grants"), grant))
        return fail(ErrorCode::NotFound, "ec2: " + facts.target.id + " has no instance profile '" + grant + "'");
    CORDON_TRY(const auto profile, profileOf(client, instanceId(facts.target.id)));
    if (profile.second != grant)
        return fail(ErrorCode::Conflict, "ec2: the profile of " + facts.target.id + " changed meanwhile");
    Deed deed;
    deed.calls.push_back(Call{"ec2", "DisassociateIamInstanceProfile", {{"AssociationId", profile.first}}}.step());
    deed.undo.push_back(Call{"ec2", "AssociateIamInstanceProfile", {{"InstanceId", instanceId(facts.target.id)}, {"IamInstanceProfile.Arn", grant}}}.step());
    deed.change(facts, "grants", without(stateOf(facts, "grants"), grant));
    deed.undoCost = "Gives the instance its profile again, as a new association.";
    deed.stillOpen.emplace_back("credentials that it holds already are good for hours: end the role's sessions, too");
    return deed;
}

/// The mark by which the snapshots of an action are found again: made twice, they are made once.
std::string markOf(const Action& action)
{
    return crypto::sha256(action.canonical().value_or(std::string())).hex().substr(0, 32);
}

/// AWS's own runbook makes the groups that it needs, and takes the instance out of its Auto Scaling group.
Result<Deed> containByRunbook(Client& client, const Action& action, const TargetFacts& facts)
{
    if (action.params.has("group"))
        return fail(ErrorCode::Invalid, "ssm: the runbook makes the group itself; 'group' is left out");
    if (stateOf(facts, "status").asString() == "terminated")
        return fail(ErrorCode::Denied, "ec2: " + facts.target.id + " is terminated");
    Deed deed;
    planContainment(client, deed, instanceId(facts.target.id), markOf(action));
    deed.change(facts, "network", "isolated");
    deed.stillOpen.emplace_back("connections that are tracked already may last until they close");
    deed.stillOpen.emplace_back("credentials of its role that were taken from it stay valid elsewhere: end the role's sessions, too");
    if (const std::string& scaling = stateOf(facts, "scaling_group").asString(); !scaling.empty())
        deed.stillOpen.push_back("the runbook sets it to standby in the Auto Scaling group " + scaling + ", which may start another from the same image");
    return deed;
}

Result<Value> snapshotsOf(Client& client, const Action& action)
{
    CORDON_TRY(const Document reply, client.query(reading("DescribeSnapshots", {{"Owner.1", "self"}, {std::string("Filter.1.Name"), std::string("tag:") + snapshotTag}, {"Filter.1.Value.1", markOf(action)}})));
    std::vector<std::string> ids;
    eachItem(*reply, "snapshotSet", [&ids](const pugi::xml_node& item) {
        if (std::string_view(item.child_value("status")) != "error")
            ids.emplace_back(item.child_value("snapshotId"));
    });
    return sortedList(std::move(ids));
}

Result<Deed> snapshot(Client& client, const Action& action, const TargetFacts& facts)
{
    CORDON_TRY(const Value there, snapshotsOf(client, action));
    Deed deed;
    const std::string id = instanceId(facts.target.id);
    deed.calls.push_back(Call{"ec2", "CreateSnapshots", {{"InstanceSpecification.InstanceId", id},
                                                         {"Description", "Evidence of " + id + ", by Cordon"},
                                                         {"TagSpecification.1.ResourceType", "snapshot"},
                                                         {"TagSpecification.1.Tag.1.Key", snapshotTag},
                                                         {"TagSpecification.1.Tag.1.Value", markOf(action)}}}.step());
    deed.before.set("snapshot", !there.asArray().empty());
    deed.after.set("snapshot", true);
    deed.stillOpen.emplace_back("what is in memory, and on disks that belong to the machine itself, is not in a snapshot");
    return deed;
}

} // namespace

bool isInstance(const EntityRef& target)
{
    return (target.kind == EntityKind::Workload || target.kind == EntityKind::Host) && instanceId(target.id).starts_with("i-");
}

Result<TargetFacts> instanceFacts(Client& client, const EntityRef& target)
{
    if (!isInstance(target) || (target.id.starts_with("arn:") && target.id.find(":ec2:" + client.options().region + ':') == std::string::npos))
        return fail(ErrorCode::Unsupported, "ec2: " + target.id + " is no instance in " + client.options().region);
    TargetFacts facts;
    facts.target = target;
    const std::string id = instanceId(target.id);
    const auto reply = client.query(reading("DescribeInstances", {{"InstanceId.1", id}}));
    if (!reply && reply.error().code == ErrorCode::NotFound)
        return facts;
    if (!reply)
        return fail(reply.error());
    pugi::xml_node instance;
    eachItem(**reply, "instancesSet", [&instance](const pugi::xml_node& item) { instance = item; });
    if (id != instance.child_value("instanceId"))
        return facts;
    facts.exists = true;
    facts.target.type = "instance";
    addTags(facts, instance);
    if (const auto launched = Timestamp::parse(instance.child_value("launchTime")))
        facts.createdAt = *launched;
    const Value interfaces = interfacesOf(instance);
    facts.state["status"] = statusOf(textOf(instance.child("instanceState"), "name"));
    facts.state["interfaces"] = interfaces;
    facts.state["network_of"] = std::string(instance.child_value("vpcId"));
    bool isIsolated = isCutOff(interfaces, client.options().quarantineGroup);
    if (hasRunbook(client)) {
        CORDON_TRY(isIsolated, isClosed(client, interfaces));
    }
    facts.state["network"] = isIsolated ? "isolated" : "normal";
    facts.state["security_groups"] = groupsOf(interfaces);
    facts.state["grants"] = Value::Array{};
    CORDON_TRY(const auto profile, profileOf(client, id));
    if (!profile.second.empty())
        facts.state["grants"] = Value::Array{profile.second};
    return facts;
}

Result<Deed> planInstance(Client& client, const Action& action, const TargetFacts& facts)
{
    if (action.type == "workload.isolate" && hasRunbook(client))
        return containByRunbook(client, action, facts);
    if (action.type == "workload.isolate" || action.type == "workload.release")
        return move(client, action, facts);
    if (action.type == "grant.remove")
        return dropProfile(client, action, facts);
    if (action.type == "evidence.snapshot")
        return snapshot(client, action, facts);
    if (action.type != "workload.terminate")
        return fail(ErrorCode::Unsupported, "ec2: " + action.type + " does not fit " + facts.target.id);
    Deed deed;
    deed.calls.push_back(Call{"ec2", "TerminateInstances", {{"InstanceId.1", instanceId(facts.target.id)}}}.step());
    deed.change(facts, "status", "terminated");
    deed.stillOpen.emplace_back("disks that are to be kept when it ends stay, and so do its snapshots");
    return deed;
}

Result<Effect> instanceEffect(Client& client, const Action& action, const TargetFacts& facts, std::optional<Timestamp> since)
{
    if (action.type == "workload.release")
        return isCutOff(stateOf(facts, "interfaces"), action.params["group"].asString()) ? Effect::There : Effect::NotThere;
    if (action.type == "workload.isolate" && hasRunbook(client) && stateOf(facts, "network").asString() != "isolated") {
        CORDON_TRY(const bool goesOn, isContaining(client, markOf(action)));
        if (goesOn)
            return Effect::Unclear;
        // It may have ended since the facts were read.
        CORDON_TRY(const TargetFacts now, instanceFacts(client, facts.target));
        return effectIn(action, now, since);
    }
    if (action.type != "evidence.snapshot")
        return effectIn(action, facts, since);
    CORDON_TRY(const Value there, snapshotsOf(client, action));
    return there.asArray().empty() ? Effect::NotThere : Effect::There;
}

const std::vector<std::string>& instanceVerbs()
{
    static const std::vector<std::string> verbs{"workload.isolate", "workload.release", "workload.terminate"};
    return verbs;
}

} // namespace cordon::connectors::aws
