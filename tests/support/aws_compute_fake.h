#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cordon::test {

/// EC2 as far as containing an instance goes: its parameters, its XML, its error codes.
class AwsComputeFake
{
public:
    using Parameters = std::map<std::string, std::string>;
    struct Instance
    {
        std::string state = "running";
        std::string vpc = "vpc-1";
        std::map<std::string, std::vector<std::string>> interfaces; ///< id to groups
        std::map<std::string, std::string> tags;
        std::string profile; ///< ARN
        std::string association;
        bool isProtected = false;
    };
    struct Group
    {
        std::string vpc = "vpc-1";
        int rules = 0;
    };
    struct Reply
    {
        std::string problem; ///< error code, or ""
        std::string text;    ///< XML, or the error's message
        bool changes = false;
    };

    std::map<std::string, Instance> instances;
    std::map<std::string, Group> groups;
    std::map<std::string, std::string> snapshots; ///< id to the value of its tag

    Reply ask(const std::string& action, const Parameters& said)
    {
        for (const auto& [name, value] : said) {
            if (!knows(action, name))
                return {"UnknownParameter", "The parameter " + name + " is not recognized", false};
        }
        if (action == "DescribeInstances")
            return said.contains("Filter.1.Name") ? describeWith(said) : described(at(said, "InstanceId.1"));
        if (action == "DescribeIamInstanceProfileAssociations")
            return associations(at(said, "Filter.1.Name"), at(said, "Filter.1.Value.1"));
        if (action == "DescribeSecurityGroups")
            return describeGroups(said);
        if (action == "DescribeSnapshots")
            return describeSnapshots(at(said, "Filter.1.Value.1"));
        if (action == "ModifyNetworkInterfaceAttribute")
            return setGroups(said);
        if (action == "CreateSnapshots")
            return snapshot(said);
        if (action == "TerminateInstances")
            return terminate(at(said, "InstanceId.1"));
        if (action == "DisassociateIamInstanceProfile")
            return disassociate(at(said, "AssociationId"));
        if (action == "AssociateIamInstanceProfile")
            return associate(at(said, "InstanceId"), at(said, "IamInstanceProfile.Arn"));
        return {"InvalidAction", "The action " + action + " is not valid for this web service.", false};
    }

private:
    static std::string at(const Parameters& said, const std::string& name)
    {
        const auto found = said.find(name);
        return found == said.end() ? std::string() : found->second;
    }
    static bool knows(const std::string& action, const std::string& name)
    {
        static const std::map<std::string, std::vector<std::string>> known{
            {"DescribeInstances", {"InstanceId.", "Filter.", "NextToken", "MaxResults"}},
            {"DescribeIamInstanceProfileAssociations", {"Filter.", "AssociationId."}},
            {"DescribeSecurityGroups", {"GroupId."}},
            {"DescribeSnapshots", {"Filter.", "Owner."}},
            {"ModifyNetworkInterfaceAttribute", {"NetworkInterfaceId", "SecurityGroupId."}},
            {"CreateSnapshots", {"InstanceSpecification.InstanceId", "Description", "TagSpecification."}},
            {"TerminateInstances", {"InstanceId."}},
            {"DisassociateIamInstanceProfile", {"AssociationId"}},
            {"AssociateIamInstanceProfile", {"InstanceId", "IamInstanceProfile.Arn"}}};
        if (name == "Action" || name == "Version" || !known.contains(action))
            return true;
        for (const std::string& one : known.at(action)) {
            if (one.back() == '.' ? name.starts_with(one) : name == one)
                return true;
        }
        return false;
    }
    static Reply missing(const std::string& id) { return {"InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist", false}; }

    Reply described(const std::string& id)
    {
        const auto found = instances.find(id);
        return found == instances.end() ? missing(id) : Reply{"", "<reservationSet>" + describe(id, found->second) + "</reservationSet>", false};
    }
    /// By instance profile, in pages of one.
    Reply describeWith(const Parameters& said)
    {
        if (at(said, "Filter.1.Name") != "iam-instance-profile.arn")
            return {"InvalidParameterValue", at(said, "Filter.1.Name"), false};
        std::vector<std::string> xml;
        for (const auto& [id, one] : instances) {
            for (int i = 1; said.contains("Filter.1.Value." + std::to_string(i)); ++i) {
                if (!one.profile.empty() && one.profile == said.at("Filter.1.Value." + std::to_string(i)))
                    xml.push_back(describe(id, one));
            }
        }
        const std::size_t page = said.contains("NextToken") ? std::stoul(said.at("NextToken")) : 0;
        return {"", "<reservationSet>" + (page < xml.size() ? xml[page] : std::string()) + "</reservationSet>" +
                        (page + 1 < xml.size() ? "<nextToken>" + std::to_string(page + 1) + "</nextToken>" : std::string()), false};
    }
    static std::string describe(const std::string& id, const Instance& one)
    {
        std::string xml = "<item><reservationId>r-1</reservationId><groupSet/><instancesSet><item><instanceId>" + id + "</instanceId><instanceState><code>16</code><name>" +
                          one.state + "</name></instanceState><launchTime>2026-01-02T03:04:05.000Z</launchTime><vpcId>" + one.vpc + "</vpcId><groupSet/><networkInterfaceSet>";
        for (const auto& [interface, itsGroups] : one.interfaces) {
            xml += "<item><networkInterfaceId>" + interface + "</networkInterfaceId><status>in-use</status><groupSet>";
            for (const std::string& group : itsGroups)
                xml += "<item><groupId>" + group + "</groupId><groupName>n</groupName></item>";
            xml += "</groupSet></item>";
        }
        xml += "</networkInterfaceSet>";
        if (!one.profile.empty())
            xml += "<iamInstanceProfile><arn>" + one.profile + "</arn><id>AIPA</id></iamInstanceProfile>";
        xml += "<tagSet>";
        for (const auto& [key, value] : one.tags)
            xml += "<item><key>" + key + "</key><value>" + value + "</value></item>";
        return xml + "</tagSet></item></instancesSet></item>";
    }
    Reply associations(const std::string& filter, const std::string& id)
    {
        if (filter != "instance-id")
            return {"InvalidParameterValue", filter, false};
        const auto found = instances.find(id);
        std::string xml = "<iamInstanceProfileAssociationSet>";
        if (found != instances.end() && !found->second.profile.empty())
            xml += "<item><associationId>" + found->second.association + "</associationId><iamInstanceProfile><arn>" + found->second.profile +
                   "</arn><id>AIPA</id></iamInstanceProfile><instanceId>" + id + "</instanceId><state>associated</state></item>";
        return {"", xml + "</iamInstanceProfileAssociationSet>", false};
    }
    Reply describeGroups(const Parameters& said)
    {
        std::string xml = "<securityGroupInfo>";
        for (int i = 1; said.contains("GroupId." + std::to_string(i)); ++i) {
            const std::string& id = said.at("GroupId." + std::to_string(i));
            const auto found = groups.find(id);
            if (found == groups.end())
                return {"InvalidGroup.NotFound", "The security group '" + id + "' does not exist", false};
            xml += "<item><groupId>" + id + "</groupId><vpcId>" + found->second.vpc + "</vpcId><ipPermissions>";
            for (int rule = 0; rule < found->second.rules; ++rule)
                xml += "<item><ipProtocol>tcp</ipProtocol></item>";
            xml += "</ipPermissions><ipPermissionsEgress/></item>";
        }
        return {"", xml + "</securityGroupInfo>", false};
    }
    Reply describeSnapshots(const std::string& mark)
    {
        std::string xml = "<snapshotSet>";
        for (const auto& [id, tag] : snapshots) {
            if (tag == mark)
                xml += "<item><snapshotId>" + id + "</snapshotId><volumeId>vol-1</volumeId><status>pending</status></item>";
        }
        return {"", xml + "</snapshotSet>", false};
    }
    Reply setGroups(const Parameters& said)
    {
        std::vector<std::string> wanted;
        for (int i = 1; said.contains("SecurityGroupId." + std::to_string(i)); ++i)
            wanted.push_back(said.at("SecurityGroupId." + std::to_string(i)));
        if (wanted.empty())
            return {"MissingParameter", "SecurityGroupId", false};
        for (auto& [id, instance] : instances) {
            const auto interface = instance.interfaces.find(at(said, "NetworkInterfaceId"));
            if (interface == instance.interfaces.end())
                continue;
            for (const std::string& group : wanted) {
                if (!groups.contains(group) || groups.at(group).vpc != instance.vpc)
                    return {"InvalidGroup.NotFound", "The security group '" + group + "' does not exist in " + instance.vpc, false};
            }
            interface->second = wanted;
            return {"", "<return>true</return>", true};
        }
        return {"InvalidNetworkInterfaceID.NotFound", at(said, "NetworkInterfaceId"), false};
    }
    Reply snapshot(const Parameters& said)
    {
        const std::string id = at(said, "InstanceSpecification.InstanceId");
        if (!instances.contains(id))
            return missing(id);
        if (at(said, "TagSpecification.1.ResourceType") != "snapshot")
            return {"InvalidParameterValue", "TagSpecification", false};
        const std::string made = "snap-" + std::to_string(snapshots.size() + 1);
        snapshots[made] = at(said, "TagSpecification.1.Tag.1.Value");
        return {"", "<snapshotSet><item><snapshotId>" + made + "</snapshotId></item></snapshotSet>", true};
    }
    Reply terminate(const std::string& id)
    {
        const auto found = instances.find(id);
        if (found == instances.end())
            return missing(id);
        if (found->second.isProtected)
            return {"OperationNotPermitted", "The instance '" + id + "' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.", false};
        found->second.state = "shutting-down";
        return {"", "<instancesSet><item><instanceId>" + id + "</instanceId></item></instancesSet>", true};
    }
    Reply disassociate(const std::string& association)
    {
        for (auto& [id, instance] : instances) {
            if (!association.empty() && instance.association == association) {
                instance.association.clear();
                instance.profile.clear();
                return {"", "<iamInstanceProfileAssociation/>", true};
            }
        }
        return {"NoSuchAssociation", "There is no such association", false};
    }
    Reply associate(const std::string& id, const std::string& profile)
    {
        const auto found = instances.find(id);
        if (found == instances.end())
            return missing(id);
        if (!found->second.profile.empty())
            return {"IncorrectState", "There is an existing association for instance " + id, false};
        found->second.profile = profile;
        found->second.association = "iip-assoc-" + std::to_string(++m_associations);
        return {"", "<iamInstanceProfileAssociation/>", true};
    }

    int m_associations = 10;
};

} // namespace cordon::test
