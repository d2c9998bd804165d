#include "core/connectors/aws/rights.h"

#include <functional>
#include <map>

namespace cordon::connectors::aws {

std::vector<std::string> neededActions(const std::string& verb, bool byRunbook)
{
    static const std::map<std::string, std::vector<std::string>, std::less<>> changes{
        {"credential.deactivate", {"iam:UpdateAccessKey"}},
        {"credential.activate", {"iam:UpdateAccessKey"}},
        {"credential.delete", {"iam:DeactivateMFADevice", "iam:DeleteAccessKey", "iam:DeleteLoginProfile"}},
        {"credential.replace", {"iam:CreateAccessKey", "iam:DeleteAccessKey", "iam:UpdateAccessKey"}},
        {"session.revoke", {"iam:PutRolePolicy", "iam:DeleteRolePolicy", "iam:PutUserPolicy", "iam:DeleteUserPolicy"}},
        {"account.suspend", {"iam:PutUserPolicy", "iam:DeleteUserPolicy"}},
        {"account.resume", {"iam:PutUserPolicy", "iam:DeleteUserPolicy"}},
        {"account.delete", {"iam:DeleteUser"}},
        {"policy.detach",
         {"iam:AttachRolePolicy", "iam:AttachUserPolicy", "iam:DeleteRolePolicy", "iam:DeleteUserPolicy", "iam:DetachRolePolicy",
          "iam:DetachUserPolicy", "iam:PutRolePolicy", "iam:PutUserPolicy"}},
        {"grant.remove",
         {"iam:AddUserToGroup", "iam:RemoveUserFromGroup", "ec2:AssociateIamInstanceProfile", "ec2:DisassociateIamInstanceProfile", "iam:PassRole"}},
        {"trust.restore", {"iam:UpdateAssumeRolePolicy"}},
        {"workload.isolate", {"ec2:ModifyNetworkInterfaceAttribute"}},
        {"workload.release", {"ec2:ModifyNetworkInterfaceAttribute"}},
        {"workload.terminate", {"ec2:TerminateInstances"}},
        {"evidence.snapshot", {"ec2:CreateSnapshots", "ec2:CreateTags"}},
        {"secret.add_version", {"secretsmanager:PutSecretValue", "secretsmanager:RotateSecret", "secretsmanager:UpdateSecretVersionStage", "lambda:InvokeFunction"}},
        {"secret.retire_version", {"secretsmanager:UpdateSecretVersionStage"}},
        {"secret.delete_version", {"secretsmanager:DeleteSecret", "secretsmanager:RestoreSecret"}},
    };
    std::vector<std::string> actions{"ec2:DescribeIamInstanceProfileAssociations", "ec2:DescribeInstances", "ec2:DescribeSecurityGroups",
                                     "ec2:DescribeSnapshots", "iam:GetAccessKeyLastUsed", "iam:GetLoginProfile", "iam:GetRole", "iam:GetRolePolicy",
                                     "iam:GetUser", "iam:GetUserPolicy", "iam:ListAccessKeys", "iam:ListAttachedRolePolicies",
                                     "iam:ListAttachedUserPolicies", "iam:ListGroupsForUser", "iam:ListInstanceProfilesForRole", "iam:ListMFADevices", "iam:ListRolePolicies",
                                     "iam:ListUserPolicies", "iam:ListVirtualMFADevices", "lambda:ListFunctions", "secretsmanager:DescribeSecret",
                                     "secretsmanager:ListSecretVersionIds", "sts:GetCallerIdentity"};
    if (byRunbook)
        actions.insert(actions.end(), {"ssm:DescribeAutomationExecutions", "ssm:GetAutomationExecution"});
    if (const auto found = changes.find(verb); found != changes.end() && !(byRunbook && verb == "workload.isolate"))
        actions.insert(actions.end(), found->second.begin(), found->second.end());
    return actions;
}

Value::Array runbookRights(const std::string& role)
{
    if (role.empty())
        return {};
    const std::string ssm = role.substr(0, role.find(':', 4)) + ":ssm:*:*:"; // in the role's own partition
    return {Value::Object{{"Effect", "Allow"},
                          {"Action", Value::Array{"ssm:StartAutomationExecution"}},
                          {"Resource", ssm + "automation-definition/AWSSupport-ContainEC2Instance:*"}},
            Value::Object{{"Effect", "Allow"}, {"Action", Value::Array{"ssm:AddTagsToResource"}}, {"Resource", ssm + "automation-execution/*"}},
            Value::Object{{"Effect", "Allow"},
                          {"Action", Value::Array{"iam:PassRole"}},
                          {"Resource", role},
                          {"Condition", Value::Object{{"StringEquals", Value::Object{{"iam:PassedToService", "ssm.amazonaws.com"}}}}}}};
}

} // namespace cordon::connectors::aws
