#include "core/connectors/aws/dependents.h"

#include <algorithm>
#include <set>

namespace cordon::connectors::aws {
namespace {

using Parameters = std::map<std::string, std::string>;

constexpr int mostPages = 50;
/// AWS shows a use hours later: of what is younger, nobody knows yet.
constexpr std::chrono::hours toldAfter{24};

tl::unexpected<Error> endless(const char* what)
{
    return fail(ErrorCode::Io, std::string(what) + ": a list without end");
}

Result<std::vector<std::string>> profilesOf(Client& client, const std::string& role)
{
    std::vector<std::string> arns;
    Parameters parameters{{"RoleName", role}};
    for (int page = 0; page < mostPages; ++page) {
        CORDON_TRY(const Document reply, client.query({"iam", "ListInstanceProfilesForRole", parameters, Repeat::Freely}));
        const pugi::xml_node list = reply->find_node([](const pugi::xml_node& one) { return std::string_view(one.name()) == "InstanceProfiles"; });
        for (const pugi::xml_node& member : list.children("member"))
            arns.emplace_back(member.child_value("Arn"));
        if (textOf(*reply, "IsTruncated") != "true")
            return arns;
        parameters["Marker"] = textOf(*reply, "Marker");
    }
    return endless("iam:ListInstanceProfilesForRole");
}

Result<void> addInstances(Client& client, const std::vector<std::string>& profiles, std::set<EntityRef>& found)
{
    if (profiles.empty())
        return {};
    Parameters parameters{{"Filter.1.Name", "iam-instance-profile.arn"}};
    for (std::size_t i = 0; i < profiles.size(); ++i)
        parameters.emplace("Filter.1.Value." + std::to_string(i + 1), profiles[i]);
    for (int page = 0; page < mostPages; ++page) {
        CORDON_TRY(const Document reply, client.query({"ec2", "DescribeInstances", parameters, Repeat::Freely}));
        for (const pugi::xpath_node& item : reply->select_nodes("//instancesSet/item")) {
            const std::string state = textOf(item.node().child("instanceState"), "name");
            if (state != "terminated" && state != "shutting-down")
                found.insert({EntityKind::Workload, item.node().child_value("instanceId"), "instance", item.node().child_value("instanceId")});
        }
        parameters["NextToken"] = textOf(*reply, "nextToken");
        if (parameters["NextToken"].empty())
            return {};
    }
    return endless("ec2:DescribeInstances");
}

Result<void> addFunctions(Client& client, const std::string& role, std::set<EntityRef>& found)
{
    std::string marker;
    for (int page = 0; page < mostPages; ++page) {
        // In the order of their bytes, as the signature has them.
        CORDON_TRY(const Value said, client.get("lambda", "/2015-03-31/functions/?" + (marker.empty() ? std::string() : "Marker=" + net::percentEncoded(marker) + '&') + "MaxItems=50"));
        for (const Value& function : said["Functions"].asArray()) {
            if (function["Role"].asString() == role)
                found.insert({EntityKind::Workload, function["FunctionArn"].asString(), "function", function["FunctionName"].asString()});
        }
        marker = said["NextMarker"].asString();
        if (marker.empty())
            return {};
    }
    return endless("lambda:ListFunctions");
}

} // namespace

Result<std::vector<EntityRef>> runningAs(Client& client, const std::string& arn, const std::string& name)
{
    std::set<EntityRef> found;
    CORDON_TRY(const std::vector<std::string> profiles, profilesOf(client, name));
    CORDON_CHECK(addInstances(client, profiles, found));
    CORDON_CHECK(addFunctions(client, arn, found));
    return std::vector<EntityRef>(found.begin(), found.end());
}

void addSeen(TargetFacts& facts, std::vector<EntityRef> seen, bool neverUsed, Timestamp now)
{
    const bool isTold = facts.createdAt && *facts.createdAt < now - toldAfter;
    if (seen.empty() && !(neverUsed && isTold))
        return; // nobody is seen: unknown, not none
    facts.dependents = std::move(seen);
    facts.state["dependents_listed"] = "in part";
}

} // namespace cordon::connectors::aws
