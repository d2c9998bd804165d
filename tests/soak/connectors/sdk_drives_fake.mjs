// The official SDK of AWS against the account that the tests play: what it sends is taken, what it reads makes sense to it, refusals have
// the names that it knows. Prints one line for each thing seen; ends with 1 when something is otherwise.
import * as iam from "@aws-sdk/client-iam";
import * as sts from "@aws-sdk/client-sts";
import * as ec2 from "@aws-sdk/client-ec2";
import * as secrets from "@aws-sdk/client-secrets-manager";

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
process.exit(failures === 0 ? 0 : 1);
