#pragma once

#include "core/value/json.h"
#include "tests/support/aws_compute_fake.h"

#include <algorithm>
#include <set>

namespace cordon::test {

/// Systems Manager as far as its runbook for containing an instance goes: its members, parameters and statuses, and what the runbook does to
/// the instances of EC2 beside it, bit by bit, while it is looked at.
class AwsAutomationFake
{
public:
    struct Run
    {
        std::map<std::string, std::string> parameters;
        std::set<std::string> tags;
        std::string token;
        std::string status = "InProgress";
        std::string backup; ///< key in the bucket, once it is kept
        int looks = 0;      ///< so many more until it has ended
    };
    struct Reply
    {
        std::string problem; ///< error type, or ""
        Value body = Value::Object{};
    };

    explicit AwsAutomationFake(AwsComputeFake& compute)
        : m_compute(compute)
    {}

    std::string role = "arn:aws:iam::123456789012:role/runbook";
    std::map<std::string, Run> runs;         ///< by id
    std::map<std::string, int> looksNeeded{{"dry", 2}, {"Contain", 2}, {"Release", 2}}; ///< until a run of that kind has ended
    std::set<std::string> failing;           ///< "dry", "Contain", "Release": ends as Failed and does nothing
    std::set<std::string> standby;           ///< instances that left their scaling group
    bool namesBackup = true;

    Reply ask(const std::string& action, const Value& said)
    {
        static const std::map<std::string, std::set<std::string>> members{
            {"StartAutomationExecution", {"DocumentName", "Parameters", "Tags", "ClientToken"}},
            {"GetAutomationExecution", {"AutomationExecutionId"}},
            {"DescribeAutomationExecutions", {"Filters", "MaxResults", "NextToken"}}};
        if (!members.contains(action))
            return {"UnknownOperationException"};
        for (const auto& [name, value] : said.asObject()) {
            if (!members.at(action).contains(name))
                return {"SerializationException"};
        }
        return action == "StartAutomationExecution" ? start(said) : action == "GetAutomationExecution" ? get(said) : list(said);
    }
    /// Whether a run of that kind was started. @param kind  "dry", "Contain", "Release"
    [[nodiscard]] int started(const std::string& kind) const
    {
        return static_cast<int>(std::count_if(runs.begin(), runs.end(), [&kind](const auto& run) { return kindOf(run.second) == kind; }));
    }

private:
    static std::string kindOf(const Run& run) { return run.parameters.at("DryRun") == "true" ? "dry" : run.parameters.at("Action"); }

    Reply start(const Value& said)
    {
        if (said["DocumentName"].asString() != "AWSSupport-ContainEC2Instance")
            return {"AutomationDefinitionNotFoundException"};
        static const std::set<std::string> known{"Action", "AutomationAssumeRole", "BackupS3BucketAccess", "BackupS3BucketName", "BackupS3KeyName",
                                                 "CreateAMIBackup", "DryRun", "InstanceId", "TagIdentifier"};
        Run run;
        for (const auto& [name, value] : said["Parameters"].asObject()) {
            if (!known.contains(name) || value.asArray().size() != 1 || !value.asArray().front().isString())
                return {"InvalidAutomationExecutionParametersException"};
            run.parameters[name] = value.asArray().front().asString();
        }
        for (const Value& tag : said["Tags"].asArray())
            run.tags.insert(tag["Key"].asString());
        run.token = said["ClientToken"].asString();
        const bool isContain = run.parameters["Action"] == "Contain";
        const std::string& dry = run.parameters["DryRun"];
        if ((!isContain && run.parameters["Action"] != "Release") || (dry != "true" && dry != "false") || run.parameters["BackupS3BucketName"].empty() ||
            run.parameters["AutomationAssumeRole"] != role || isContain == run.parameters.contains("BackupS3KeyName") ||
            (isContain && run.parameters["BackupS3BucketAccess"].empty()) || run.token.size() != 36)
            return {"InvalidAutomationExecutionParametersException"};
        if (std::any_of(runs.begin(), runs.end(), [&run](const auto& other) { return other.second.token == run.token; }))
            return {"IdempotentParameterMismatch"};
        run.looks = looksNeeded[kindOf(run)];
        const std::string id = "0000000" + std::to_string(runs.size() + 1) + "-aaaa-bbbb-cccc-000000000000";
        runs[id] = run;
        return {"", Value::Object{{"AutomationExecutionId", id}}};
    }

    Reply get(const Value& said)
    {
        const auto found = runs.find(said["AutomationExecutionId"].asString());
        if (found == runs.end())
            return {"AutomationExecutionNotFoundException"};
        Run& run = found->second;
        if (run.status == "InProgress" && --run.looks < 0)
            end(found->first, run);
        Value parameters = Value::Object{};
        for (const auto& [name, value] : run.parameters)
            parameters.set(name, Value::Array{value});
        Value shown = Value::Object{{"AutomationExecutionId", found->first}, {"AutomationExecutionStatus", run.status}, {"Parameters", parameters},
                                    {"ExecutionStartTime", 1.7e9 + static_cast<double>(std::distance(runs.begin(), found))}, {"Outputs", Value::Object{}}};
        if (!run.backup.empty() && namesBackup)
            shown.set("Outputs", Value::Object{{"ReportContain.Output", Value::Array{"kept in s3://evidence/" + run.backup}}});
        if (run.status == "Failed")
            shown.set("FailureMessage", "Step fails when it is validating: no access to the bucket");
        return {"", Value::Object{{"AutomationExecution", shown}}};
    }

    Reply list(const Value& said)
    {
        const Value& filter = said["Filters"].asArray().empty() ? said : said["Filters"].asArray().front();
        if (filter["Key"].asString() != "TagKey" || filter["Values"].asArray().size() != 1)
            return {"InvalidFilterKey"};
        Value::Array all;
        for (const auto& [id, run] : runs) {
            if (run.tags.contains(filter["Values"].asArray().front().asString()))
                all.push_back(Value::Object{{"AutomationExecutionId", id}, {"AutomationExecutionStatus", run.status}});
        }
        return {"", Value::Object{{"AutomationExecutionMetadataList", std::move(all)}}};
    }

    void end(const std::string& id, Run& run)
    {
        const std::string kind = kindOf(run);
        const auto instance = m_compute.instances.find(run.parameters["InstanceId"]);
        run.status = failing.contains(kind) || instance == m_compute.instances.end() ? "Failed" : "Success";
        if (run.status == "Failed" || kind == "dry")
            return;
        if (kind == "Contain") {
            run.backup = "2026/01/02/03/04/" + id + ".json";
            m_backups[run.backup] = instance->second.interfaces;
            m_compute.groups["sg-contained"] = {instance->second.vpc, 0};
            for (auto& [interface, groups] : instance->second.interfaces)
                groups = {"sg-contained"};
            standby.insert(instance->first);
            return;
        }
        const auto backup = m_backups.find(run.parameters["BackupS3KeyName"]);
        if (backup == m_backups.end()) {
            run.status = "Failed";
            return;
        }
        instance->second.interfaces = backup->second;
        standby.erase(instance->first);
    }

    AwsComputeFake& m_compute;
    std::map<std::string, std::map<std::string, std::vector<std::string>>> m_backups;
};

} // namespace cordon::test
