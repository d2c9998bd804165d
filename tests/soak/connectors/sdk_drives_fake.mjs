// The official SDK of AWS against the account that the tests play: what it sends is taken, what it reads makes sense to it, refusals have
// the names that it knows. Prints one line for each thing seen; ends with 1 when something is otherwise.
import * as iam from "@aws-sdk/client-iam";
import * as sts from "@aws-sdk/client-sts";
import * as ec2 from "@aws-sdk/client-ec2";
import * as secrets from "@aws-sdk/client-secrets-manager";
import * as automation from "@aws-sdk/client-ssm";
import * as lambda from "@aws-sdk/client-lambda";

const [endpoint, accessKeyId, secretAccessKey] = process.argv.slice(2);
const settings = (secret = secretAccessKey, region = "eu-central-1") => ({ endpoint, region, credentials: { accessKeyId, secretAccessKey: secret }, maxAttempts: 4 });
const account = new iam.IAMClient(settings(secretAccessKey, "us-east-1"));
const machines = new ec2.EC2Client(settings());
const vault = new secrets.SecretsManagerClient(settings());
let failures = 0;

function see(what, isSo, seen) {
  console.log(`${isSo ? "ok  " : "NOT "} ${what}${isSo ? "" : ": " + JSON.stringify(seen)}`);
  failures += isSo ? 0 : 1;
}
async function refusal(promise) {
  try { await promise; return "none"; } catch (error) { return error.name; }
}

const me = await new sts.STSClient(settings()).send(new sts.GetCallerIdentityCommand({}));
see("sts: whose credential it is", me.Account === "123456789012", me);
const keys = await account.send(new iam.ListAccessKeysCommand({ UserName: "build-bot" }));
see("iam: keys are listed", keys.AccessKeyMetadata.length === 2 && keys.AccessKeyMetadata[0].Status === "Active", keys);
await account.send(new iam.UpdateAccessKeyCommand({ UserName: "build-bot", AccessKeyId: "AKIAVICTIM0000000001", Status: "Inactive" }));
see("iam: a key is switched off", (await account.send(new iam.ListAccessKeysCommand({ UserName: "build-bot" }))).AccessKeyMetadata[0].Status === "Inactive");
see("iam: a third key is refused", (await refusal(account.send(new iam.CreateAccessKeyCommand({ UserName: "build-bot" })))) === "LimitExceededException");
await account.send(new iam.DeleteAccessKeyCommand({ UserName: "build-bot", AccessKeyId: keys.AccessKeyMetadata[1].AccessKeyId }));
const { AccessKey: another } = await account.send(new iam.CreateAccessKeyCommand({ UserName: "build-bot" }));
see("iam: a new key with its secret", another?.Status === "Active" && another.SecretAccessKey?.length > 30 && another.CreateDate instanceof Date && another.UserName === "build-bot", another);
const policies = [];
for await (const page of iam.paginateListAttachedUserPolicies({ client: account }, { UserName: "build-bot" })) policies.push(...page.AttachedPolicies);
see("iam: policies over pages", policies.length === 2, policies);
const document = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] });
await account.send(new iam.PutUserPolicyCommand({ UserName: "build-bot", PolicyName: "Deny", PolicyDocument: document }));
const put = await account.send(new iam.GetUserPolicyCommand({ UserName: "build-bot", PolicyName: "Deny" }));
see("iam: a policy comes back as it was put", decodeURIComponent(put.PolicyDocument) === document, put);
see("iam: nobody", (await refusal(account.send(new iam.GetUserCommand({ UserName: "nobody" })))) === "NoSuchEntityException");
see("iam: a policy that is none", (await refusal(account.send(new iam.PutUserPolicyCommand({ UserName: "build-bot", PolicyName: "x", PolicyDocument: "{}" })))) === "MalformedPolicyDocumentException");
see("a wrong secret", (await refusal(new iam.IAMClient(settings("wrong", "us-east-1")).send(new iam.GetUserCommand({ UserName: "build-bot" })))) === "SignatureDoesNotMatch");

const shown = await machines.send(new ec2.DescribeInstancesCommand({ InstanceIds: ["i-0one"] }));
const instance = shown.Reservations?.[0]?.Instances?.[0];
see("ec2: an instance with its groups", instance?.NetworkInterfaces?.[0]?.Groups?.map((one) => one.GroupId).join() === "sg-web,sg-db", shown);
see("ec2: its state, network and tags", instance?.State?.Name === "running" && instance?.VpcId === "vpc-1" && instance?.Tags?.some((tag) => tag.Key === "Name" && tag.Value === "web-7"), instance);
await machines.send(new ec2.ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: "eni-1", Groups: ["sg-quarantine"] }));
see("ec2: groups are set", (await machines.send(new ec2.DescribeInstancesCommand({ InstanceIds: ["i-0one"] }))).Reservations[0].Instances[0].NetworkInterfaces[0].Groups[0].GroupId === "sg-quarantine");
const profiles = await machines.send(new ec2.DescribeIamInstanceProfileAssociationsCommand({ Filters: [{ Name: "instance-id", Values: ["i-0one"] }] }));
see("ec2: the profile's association", profiles.IamInstanceProfileAssociations?.[0]?.AssociationId === "iip-assoc-1", profiles);
const made = await machines.send(new ec2.CreateSnapshotsCommand({ InstanceSpecification: { InstanceId: "i-0one" }, Description: "d",
  TagSpecifications: [{ ResourceType: "snapshot", Tags: [{ Key: "cordon-action", Value: "m" }] }] }));
see("ec2: snapshots", made.Snapshots?.length === 1, made);
const found = await machines.send(new ec2.DescribeSnapshotsCommand({ OwnerIds: ["self"], Filters: [{ Name: "tag:cordon-action", Values: ["m"] }] }));
see("ec2: found by their tag", found.Snapshots?.[0]?.SnapshotId === made.Snapshots?.[0]?.SnapshotId, found);
see("ec2: nobody", (await refusal(machines.send(new ec2.DescribeInstancesCommand({ InstanceIds: ["i-0nobody"] })))) === "InvalidInstanceID.NotFound");

const arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/db-AbCdEf";
const told = await vault.send(new secrets.DescribeSecretCommand({ SecretId: arn }));
see("secrets: described", told.ARN === arn && Object.values(told.VersionIdsToStages ?? {}).flat().includes("AWSCURRENT"), told);
const token = "33333333-3333-3333-3333-333333333333";
await vault.send(new secrets.PutSecretValueCommand({ SecretId: arn, SecretString: "next", ClientRequestToken: token }));
const versions = (await vault.send(new secrets.ListSecretVersionIdsCommand({ SecretId: arn }))).Versions;
see("secrets: the new version is the current one", versions.find((one) => one.VersionId === token)?.VersionStages?.includes("AWSCURRENT"), versions);
see("secrets: a stage that is elsewhere", (await refusal(vault.send(new secrets.UpdateSecretVersionStageCommand({ SecretId: arn, VersionStage: "AWSCURRENT",
  MoveToVersionId: "22222222-2222-2222-2222-222222222222" })))) === "InvalidParameterException");
await vault.send(new secrets.DeleteSecretCommand({ SecretId: arn, RecoveryWindowInDays: 30 }));
see("secrets: marked for deletion", (await vault.send(new secrets.DescribeSecretCommand({ SecretId: arn }))).DeletedDate instanceof Date);
await vault.send(new secrets.RestoreSecretCommand({ SecretId: arn }));
see("secrets: restored", (await vault.send(new secrets.DescribeSecretCommand({ SecretId: arn }))).DeletedDate === undefined);
see("secrets: nobody", (await refusal(vault.send(new secrets.DescribeSecretCommand({ SecretId: arn + "x" })))) === "ResourceNotFoundException");

const role = await account.send(new iam.GetRoleCommand({ RoleName: "app" }));
see("iam: when a role was used last", role.Role?.RoleLastUsed?.Region === "eu-central-1" && role.Role?.RoleLastUsed?.LastUsedDate instanceof Date, role);
const carriers = await account.send(new iam.ListInstanceProfilesForRoleCommand({ RoleName: "app" }));
see("iam: a role's instance profiles", carriers.InstanceProfiles?.[0]?.Arn?.endsWith("instance-profile/web"), carriers);
const running = await machines.send(new ec2.DescribeInstancesCommand({ Filters: [{ Name: "iam-instance-profile.arn", Values: [carriers.InstanceProfiles[0].Arn] }] }));
see("ec2: instances by their profile", running.Reservations?.[0]?.Instances?.[0]?.InstanceId === "i-0one", running);
const functions = [];
for await (const page of lambda.paginateListFunctions({ client: new lambda.LambdaClient(settings()) }, { MaxItems: 50 })) functions.push(...page.Functions);
see("lambda: functions over pages, with their roles", functions.length === 2 && functions[0].Role === "arn:aws:iam::123456789012:role/app", functions);

const runner = new automation.SSMClient(settings());
const parameters = { Action: ["Contain"], AutomationAssumeRole: ["arn:aws:iam::123456789012:role/runbook"], BackupS3BucketAccess: ["arn:aws:iam::123456789012:role/runbook"],
  BackupS3BucketName: ["evidence"], CreateAMIBackup: ["false"], DryRun: ["false"], InstanceId: ["i-0one"] };
const start = { DocumentName: "AWSSupport-ContainEC2Instance", Parameters: parameters, Tags: [{ Key: "cordon-1", Value: "Cordon" }], ClientToken: "44444444-4444-4444-4444-444444444444" };
const run = await runner.send(new automation.StartAutomationExecutionCommand(start));
see("ssm: the runbook is started", typeof run.AutomationExecutionId === "string", run);
see("ssm: not twice with one token", (await refusal(runner.send(new automation.StartAutomationExecutionCommand(start)))) === "IdempotentParameterMismatch");
see("ssm: a parameter that it does not have", (await refusal(runner.send(new automation.StartAutomationExecutionCommand({ ...start, Parameters: { ...parameters, Force: ["true"] } })))) === "InvalidAutomationExecutionParametersException");
let seen;
do {
  seen = (await runner.send(new automation.GetAutomationExecutionCommand({ AutomationExecutionId: run.AutomationExecutionId }))).AutomationExecution;
} while (seen.AutomationExecutionStatus === "InProgress");
see("ssm: it ends, and names its backup", seen.AutomationExecutionStatus === "Success" && JSON.stringify(seen.Outputs).includes(`${run.AutomationExecutionId}.json`) && seen.ExecutionStartTime instanceof Date, seen);
const byTag = await runner.send(new automation.DescribeAutomationExecutionsCommand({ Filters: [{ Key: "TagKey", Values: ["cordon-1"] }], MaxResults: 50 }));
see("ssm: found by its tag", byTag.AutomationExecutionMetadataList?.[0]?.AutomationExecutionId === run.AutomationExecutionId, byTag);
see("ssm: nobody", (await refusal(runner.send(new automation.GetAutomationExecutionCommand({ AutomationExecutionId: "00000009-aaaa-bbbb-cccc-000000000000" })))) === "AutomationExecutionNotFoundException");
process.exit(failures === 0 ? 0 : 1);
