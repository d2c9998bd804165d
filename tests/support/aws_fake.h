#pragma once

#include "tests/support/aws_automation_fake.h"
#include "tests/support/aws_compute_fake.h"
#include "tests/support/aws_secrets_fake.h"
#include "tests/support/http_peer.h"

#include <algorithm>
#include <ctime>
#include <map>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <set>
#include <string>
#include <vector>

namespace cordon::test {

/// An account of AWS (IAM, STS, EC2, Secrets Manager, Systems Manager, Lambda), small but strict: it works out Signature Version 4 by itself from the bytes that
/// arrived and refuses what does not fit, gives the services' own error codes, can throttle, can be slow to show what was changed, and can lie.
class AwsFake
{
public:
    struct Key
    {
        std::string user;
        std::string status = "Active";
        std::string lastUsed = "N/A";
        std::string service = "s3"; ///< that it was used with last
        std::string region = "eu-central-1";
        std::string created = "2025-01-02T03:04:05Z";
    };
    struct Holder ///< a user or a role
    {
        std::map<std::string, std::string> tags;
        std::set<std::string> attached;
        std::map<std::string, std::string> inlined; ///< name to document
        std::set<std::string> groups;
        std::string trust = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
        bool hasLogin = false;
        std::string lastUsed = {};        ///< of a role
        std::set<std::string> profiles = {}; ///< ARNs of a role's instance profiles
    };

    struct Device ///< a virtual second factor
    {
        std::string user;
    };

    std::string account = "123456789012";
    std::string accessKeyId = "AKIDEXAMPLE";
    std::string secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    std::string sessionToken; ///< wanted with the key when not empty
    std::map<std::string, Key> keys;
    std::map<std::string, std::string> secretsOfKeys; ///< of those made here, by id; told once
    std::map<std::string, Holder> users;
    std::map<std::string, Holder> roles;
    std::map<std::string, Device> devices; ///< by serial number
    AwsComputeFake compute;
    AwsSecretsFake secrets;
    AwsAutomationFake automation{compute};
    std::map<std::string, std::string> functions; ///< ARN of a function of Lambda to the ARN of its role
    std::set<std::string> forbidden;              ///< actions that the credential has no right to
    int lag = 0;                    ///< after a change so many reads still show what was before
    int throttled = 0;              ///< the next so many calls are throttled
    std::set<std::string> failing;  ///< actions that answer 500 and do nothing
    std::set<std::string> lying;    ///< actions that say done and do nothing
    std::set<std::string> silent;   ///< actions that are done and answer nothing
    std::vector<std::string> done;  ///< actions that changed something, in order
    std::string lastPolicyOfSession;

    [[nodiscard]] HttpPeer::Answer answer()
    {
        return [this](const PeerRequest& request) {
            const std::lock_guard lock(m_mutex);
            return take(request);
        };
    }

private:
    using Parameters = std::map<std::string, std::string>;

    static std::string hex(const unsigned char* bytes, std::size_t size)
    {
        constexpr const char* digits = "0123456789abcdef";
        std::string text;
        for (std::size_t i = 0; i < size; ++i) {
            text += digits[bytes[i] >> 4U];
            text += digits[bytes[i] & 15U];
        }
        return text;
    }
    static std::string sha(const std::string& text)
    {
        unsigned char bytes[32];
        SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes);
        return hex(bytes, 32);
    }
    static std::string mac(const std::string& key, const std::string& text)
    {
        unsigned char bytes[32];
        unsigned size = 0;
        HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
             text.size(), bytes, &size);
        return {reinterpret_cast<const char*>(bytes), size};
    }
    static std::string between(const std::string& text, const std::string& before, const std::string& after)
    {
        const auto at = text.find(before);
        if (at == std::string::npos)
            return {};
        const auto from = at + before.size();
        return text.substr(from, text.find(after, from) - from);
    }
    static std::string decoded(const std::string& text)
    {
        std::string plain;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '%' && i + 2 < text.size()) {
                plain += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
                i += 2;
            } else {
                plain += text[i] == '+' ? ' ' : text[i];
            }
        }
        return plain;
    }
    static std::string encoded(const std::string& text)
    {
        std::string all;
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            all += std::isalnum(byte) != 0 ? std::string(1, c) : '%' + hex(&byte, 1);
        }
        return all;
    }
    static std::string escaped(const std::string& text)
    {
        std::string all;
        for (const char c : text)
            all += c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string(1, c);
        return all;
    }

    static PeerReply error(int status, const std::string& code, const std::string& message)
    {
        return {status, "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + escaped(message) +
                            "</Message></Error><RequestId>r</RequestId></ErrorResponse>", {}, {}};
    }
    static PeerReply success(const std::string& action, const std::string& result)
    {
        return {200, '<' + action + "Response><" + action + "Result>" + result + "</" + action + "Result></" + action + "Response>", {}, {}};
    }

    /// What AWS does with a request's authorization header.
    PeerReply signatureProblem(const PeerRequest& request, const Parameters& said)
    {
        const std::string authorization = request.header("authorization");
        const std::string credential = between(authorization, "Credential=", ",");
        const std::string names = between(authorization, "SignedHeaders=", ",");
        const std::string signature = between(authorization, "Signature=", " ");
        const std::string scope = credential.substr(credential.find('/') + 1);
        const std::string service = between(scope.substr(9), "/", "/");
        const std::string region = scope.substr(9, scope.find('/', 9) - 9);
        const std::string time = request.header("x-amz-date");
        if (credential.substr(0, credential.find('/')) != accessKeyId)
            return error(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
        const bool isFirst = said.contains("Action") && said.at("Action") == "AssumeRole"; // made with the long-term key
        if (request.header("x-amz-security-token") != (isFirst ? std::string() : sessionToken))
            return error(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
        if (time.substr(0, 8) != scope.substr(0, 8) || names.find("host") == std::string::npos || names.find("x-amz-date") == std::string::npos)
            return error(403, "IncompleteSignature", "date or host are not signed");
        const std::string wantedService = serviceOf(request, said);
        if (service != wantedService || region != (service == "iam" ? "us-east-1" : "eu-central-1") || (!isForm(request) && request.method == "POST" && names.find("x-amz-target") == std::string::npos))
            return error(403, "SignatureDoesNotMatch", "Credential should be scoped to a valid region and service.");
        tm when{};
        if (!strptime(time.c_str(), "%Y%m%dT%H%M%SZ", &when) || std::abs(std::difftime(timegm(&when), std::time(nullptr))) > 300)
            return error(403, "SignatureDoesNotMatch", "Signature expired: more than 5 min.");
        std::string lines;
        std::string rest = names + ';';
        while (!rest.empty()) {
            const std::string name = rest.substr(0, rest.find(';'));
            rest.erase(0, rest.find(';') + 1);
            lines += name + ':' + request.header(name) + '\n';
        }
        const std::string canonical = request.method + '\n' + request.path() + '\n' + request.query() + '\n' + lines + '\n' + names + '\n' + sha(request.body);
        const std::string toSign = "AWS4-HMAC-SHA256\n" + time + '\n' + scope + '\n' + sha(canonical);
        std::string key = mac("AWS4" + secret, time.substr(0, 8));
        for (const std::string& part : {region, service, std::string("aws4_request")})
            key = mac(key, part);
        const std::string wanted = mac(key, toSign);
        if (signature != hex(reinterpret_cast<const unsigned char*>(wanted.data()), wanted.size()))
            return error(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.");
        return {};
    }

    PeerReply take(const PeerRequest& request)
    {
        Parameters said;
        const bool isGet = request.method == "GET";
        if ((!isGet && request.method != "POST") || (!isGet && !isForm(request) && request.header("content-type") != "application/x-amz-json-1.1"))
            return error(400, "MalformedInput", "a form or JSON is wanted");
        std::string rest = isForm(request) ? request.body + '&' : std::string();
        while (!rest.empty()) {
            const std::string pair = rest.substr(0, rest.find('&'));
            rest.erase(0, rest.find('&') + 1);
            said[decoded(pair.substr(0, pair.find('=')))] = decoded(pair.substr(pair.find('=') + 1));
        }
        if (isForm(request) && !said.contains("Version"))
            return error(400, "MalformedInput", "a version is wanted");
        if (PeerReply problem = signatureProblem(request, said); !problem.body.empty())
            return problem;
        if (throttled > 0) {
            --throttled;
            return isForm(request) ? error(400, "Throttling", "Rate exceeded") : jsonError("ThrottlingException", "Rate exceeded");
        }
        const std::string target = request.header("x-amz-target");
        const std::string action = isGet ? "ListFunctions" : isForm(request) ? said["Action"] : target.substr(target.find('.') + 1);
        if (forbidden.contains(action))
            return isForm(request) ? error(403, "AccessDenied", "is not authorized to perform") : PeerReply{403, "{\"Message\":\"is not authorized to perform\"}", {}, {}};
        if (failing.contains(action))
            return error(500, "ServiceFailure", "We cannot process your request at this time.");
        if (lying.contains(action))
            return isForm(request) ? success(action, "") : PeerReply{200, "{}", {}, {}};
        const bool isRead = action.starts_with("Get") || action.starts_with("List") || action.starts_with("Describe") || action == "AssumeRole";
        const std::string question = target + request.target + request.body;
        if (isRead && m_late > 0 && m_seen.contains(question)) {
            --m_late;
            return m_seen[question];
        }
        const PeerReply reply = actOn(request, action, said);
        if (isRead)
            m_seen[question] = reply;
        else if (reply.status == 200) {
            done.push_back(action);
            m_late = lag;
        }
        if (silent.contains(action))
            return {200, "", {}, {}, false, true};
        return reply;
    }

    static bool isForm(const PeerRequest& request) { return request.header("content-type").find("x-www-form-urlencoded") != std::string::npos; }
    static std::string serviceOf(const PeerRequest& request, const Parameters& said)
    {
        if (request.method == "GET")
            return "lambda";
        if (request.header("x-amz-target").starts_with("AmazonSSM."))
            return "ssm";
        if (!isForm(request))
            return request.header("x-amz-target").substr(0, request.header("x-amz-target").find('.'));
        const std::string& version = said.at("Version");
        return version == "2011-06-15" ? "sts" : version == "2016-11-15" ? "ec2" : version == "2010-05-08" ? "iam" : "none";
    }
    static PeerReply jsonError(const std::string& type, const std::string& message)
    {
        return {400, json::write(Value::Object{{"__type", type}, {"Message", message}}), {}, {}};
    }
    PeerReply actOn(const PeerRequest& request, const std::string& action, Parameters& said)
    {
        if (request.method == "GET")
            return listFunctions(request);
        if (serviceOf(request, said) == "ssm") {
            const auto body = json::parse(request.body);
            const auto reply = body ? automation.ask(action, *body) : AwsAutomationFake::Reply{"SerializationException"};
            return reply.problem.empty() ? PeerReply{200, json::write(reply.body), {}, {}} : jsonError(reply.problem, "refused");
        }
        if (!isForm(request)) {
            const auto body = json::parse(request.body);
            const auto reply = body ? secrets.ask(action, *body) : AwsSecretsFake::Reply{"SerializationException"};
            return reply.problem.empty() ? PeerReply{200, json::write(reply.body), {}, {}} : jsonError(reply.problem, "refused");
        }
        if (serviceOf(request, said) != "ec2")
            return act(action, said);
        const auto reply = compute.ask(action, said);
        if (!reply.problem.empty())
            return {400, "<Response><Errors><Error><Code>" + reply.problem + "</Code><Message>" + escaped(reply.text) + "</Message></Error></Errors><RequestID>r</RequestID></Response>", {}, {}};
        return {200, '<' + action + "Response><requestId>r</requestId>" + reply.text + "</" + action + "Response>", {}, {}};
    }

    /// Functions of Lambda, in pages of one; the query names them in the order of their bytes, as it was signed.
    PeerReply listFunctions(const PeerRequest& request)
    {
        if (request.path() != "/2015-03-31/functions/" && request.path() != "/2015-03-31/functions")
            return {404, "{\"Message\":\"no such path\"}", {}, {}};
        const std::string marker = between('&' + request.query() + '&', "&Marker=", "&");
        const std::size_t at = marker.empty() ? 0 : std::stoul(marker);
        Value::Array list;
        if (at < functions.size()) {
            const auto one = std::next(functions.begin(), static_cast<std::ptrdiff_t>(at));
            list.push_back(Value::Object{{"FunctionArn", one->first}, {"FunctionName", one->first.substr(one->first.rfind(':') + 1)}, {"Role", one->second}});
        }
        Value reply = Value::Object{{"Functions", std::move(list)}};
        if (at + 1 < functions.size())
            reply.set("NextMarker", std::to_string(at + 1));
        return {200, json::write(reply), {}, {}};
    }

    PeerReply noSuch(const std::string& what, const std::string& name)
    {
        return error(404, "NoSuchEntity", "The " + what + " with name " + name + " cannot be found.");
    }

    static std::string tagsXml(const Holder& holder)
    {
        std::string xml = "<Tags>";
        for (const auto& [key, value] : holder.tags)
            xml += "<member><Key>" + escaped(key) + "</Key><Value>" + escaped(value) + "</Value></member>";
        return xml + "</Tags>";
    }
    static std::string lastUsedXml(const Key& key)
    {
        return key.lastUsed == "N/A" ? "<AccessKeyLastUsed><ServiceName>N/A</ServiceName><Region>N/A</Region></AccessKeyLastUsed>"
                                     : "<AccessKeyLastUsed><LastUsedDate>" + key.lastUsed + "</LastUsedDate><ServiceName>" + key.service + "</ServiceName><Region>" + key.region + "</Region></AccessKeyLastUsed>";
    }

    PeerReply act(const std::string& action, Parameters& said)
    {
        if (action == "GetCallerIdentity")
            return success(action, "<Arn>arn:aws:sts::" + account + ":assumed-role/responder/cordon</Arn><UserId>U</UserId><Account>" + account + "</Account>");
        if (action == "AssumeRole") {
            lastPolicyOfSession = said["Policy"];
            return success(action, "<Credentials><AccessKeyId>" + accessKeyId + "</AccessKeyId><SecretAccessKey>" + secret +
                                       "</SecretAccessKey><SessionToken>" + sessionToken + "</SessionToken></Credentials>");
        }
        if (action == "GetAccessKeyLastUsed") {
            const auto key = keys.find(said["AccessKeyId"]);
            return key == keys.end() ? noSuch("Access Key", said["AccessKeyId"]) : success(action, "<UserName>" + key->second.user + "</UserName>" + lastUsedXml(key->second));
        }
        if (action == "ListVirtualMFADevices") {
            std::string xml = "<VirtualMFADevices>";
            for (const auto& [serial, device] : devices) {
                if (said["AssignmentStatus"] == "Assigned" && device.user.empty())
                    continue;
                xml += "<member><SerialNumber>" + serial + "</SerialNumber><EnableDate>2026-01-02T03:04:05Z</EnableDate><User><UserName>" + device.user + "</UserName></User></member>";
            }
            return success(action, xml + "</VirtualMFADevices><IsTruncated>false</IsTruncated>");
        }
        const bool isRole = said.contains("RoleName");
        const std::string name = isRole ? said["RoleName"] : said["UserName"];
        auto& holders = isRole ? roles : users;
        const auto found = holders.find(name);
        if (found == holders.end())
            return noSuch(isRole ? "role" : "user", name);
        Holder& holder = found->second;
        const std::string arn = "arn:aws:iam::" + account + (isRole ? ":role/" : ":user/") + name;
        if (action == "GetUser")
            return success(action, "<User><UserName>" + name + "</UserName><Arn>" + arn + "</Arn><CreateDate>2024-01-02T03:04:05Z</CreateDate>" + tagsXml(holder) + "</User>");
        if (action == "GetRole")
            return success(action, "<Role><RoleName>" + name + "</RoleName><Arn>" + arn + "</Arn><AssumeRolePolicyDocument>" + encoded(holder.trust) +
                                       "</AssumeRolePolicyDocument><CreateDate>2024-01-02T03:04:05Z</CreateDate>" + tagsXml(holder) +
                                       (holder.lastUsed.empty() ? "<RoleLastUsed/>" : "<RoleLastUsed><LastUsedDate>" + holder.lastUsed + "</LastUsedDate><Region>eu-central-1</Region></RoleLastUsed>") + "</Role>");
        if (action == "ListInstanceProfilesForRole") {
            std::string xml = "<InstanceProfiles>";
            for (const std::string& profile : holder.profiles)
                xml += "<member><Roles><member><Arn>" + arn + "</Arn></member></Roles><Arn>" + profile + "</Arn></member>";
            return success(action, xml + "</InstanceProfiles><IsTruncated>false</IsTruncated>");
        }
        if (action == "GetLoginProfile")
            return holder.hasLogin ? success(action, "<LoginProfile><UserName>" + name + "</UserName></LoginProfile>") : noSuch("Login Profile for User", name);
        if (action == "ListAccessKeys") {
            std::string xml = "<AccessKeyMetadata>";
            for (const auto& [id, key] : keys) {
                if (key.user == name)
                    xml += "<member><UserName>" + name + "</UserName><AccessKeyId>" + id + "</AccessKeyId><Status>" + key.status +
                           "</Status><CreateDate>" + key.created + "</CreateDate></member>";
            }
            return success(action, xml + "</AccessKeyMetadata><IsTruncated>false</IsTruncated>");
        }
        if (action.ends_with("edUserPolicies") || action.ends_with("edRolePolicies")) { // in pages of one
            const std::vector<std::string> all(holder.attached.begin(), holder.attached.end());
            const std::size_t at = said.contains("Marker") ? std::stoul(said["Marker"]) : 0;
            std::string xml = "<AttachedPolicies>";
            if (at < all.size())
                xml += "<member><PolicyName>p</PolicyName><PolicyArn>" + all[at] + "</PolicyArn></member>";
            xml += "</AttachedPolicies>";
            return success(action, at + 1 < all.size() ? xml + "<IsTruncated>true</IsTruncated><Marker>" + std::to_string(at + 1) + "</Marker>"
                                                       : xml + "<IsTruncated>false</IsTruncated>");
        }
        if (action == "ListUserPolicies" || action == "ListRolePolicies") {
            std::string xml = "<PolicyNames>";
            for (const auto& [policy, document] : holder.inlined)
                xml += "<member>" + policy + "</member>";
            return success(action, xml + "</PolicyNames><IsTruncated>false</IsTruncated>");
        }
        if (action == "ListGroupsForUser") {
            std::string xml = "<Groups>";
            for (const std::string& group : holder.groups)
                xml += "<member><GroupName>" + group + "</GroupName><Arn>arn:aws:iam::" + account + ":group/" + group + "</Arn></member>";
            return success(action, xml + "</Groups><IsTruncated>false</IsTruncated>");
        }
        if (action == "GetUserPolicy" || action == "GetRolePolicy") {
            const auto policy = holder.inlined.find(said["PolicyName"]);
            return policy == holder.inlined.end() ? noSuch("policy", said["PolicyName"])
                                                  : success(action, "<PolicyName>" + policy->first + "</PolicyName><PolicyDocument>" + encoded(policy->second) + "</PolicyDocument>");
        }
        return change(action, said, name, holder);
    }

    PeerReply createKey(const std::string& user)
    {
        const auto isOfUser = [&user](const auto& one) { return one.second.user == user; };
        if (std::count_if(keys.begin(), keys.end(), isOfUser) >= 2)
            return error(409, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2");
        const std::string number = std::to_string(1001 + secretsOfKeys.size());
        const std::string id = "AKIAMADEBYAWS000" + number;
        const std::time_t now = std::time(nullptr);
        tm when{};
        char created[32];
        (void)std::strftime(created, sizeof created, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &when));
        keys[id].user = user;
        keys[id].created = created;
        secretsOfKeys[id] = "madeByAws/+" + number + "abcdefghijklmnopqrstuvwxy";
        return success("CreateAccessKey", "<AccessKey><UserName>" + user + "</UserName><AccessKeyId>" + id + "</AccessKeyId><Status>Active</Status><SecretAccessKey>" +
                                              secretsOfKeys[id] + "</SecretAccessKey><CreateDate>" + created + "</CreateDate></AccessKey>");
    }

    PeerReply change(const std::string& action, Parameters& said, const std::string& name, Holder& holder)
    {
        if (action == "CreateAccessKey")
            return createKey(name);
        if (action == "UpdateAccessKey" || action == "DeleteAccessKey") {
            const auto key = keys.find(said["AccessKeyId"]);
            if (key == keys.end() || key->second.user != name)
                return noSuch("Access Key", said["AccessKeyId"]);
            if (action == "DeleteAccessKey") {
                keys.erase(key);
                return success(action, "");
            }
            if (said["Status"] != "Active" && said["Status"] != "Inactive")
                return error(400, "ValidationError", "Status");
            key->second.status = said["Status"];
            return success(action, "");
        }
        if (action == "DeactivateMFADevice") {
            const auto device = devices.find(said["SerialNumber"]);
            if (device == devices.end() || device->second.user != name)
                return noSuch("MFA Device", said["SerialNumber"]);
            device->second.user.clear();
            return success(action, "");
        }
        if (action == "UpdateAssumeRolePolicy") {
            if (said["PolicyDocument"].find("\"Statement\":[{") == std::string::npos)
                return error(400, "MalformedPolicyDocument", "AssumeRolepolicy must have at least one statement.");
            holder.trust = said["PolicyDocument"];
            return success(action, "");
        }
        if (action == "DeleteLoginProfile") {
            if (!holder.hasLogin)
                return noSuch("Login Profile for User", name);
            holder.hasLogin = false;
            return success(action, "");
        }
        if (action == "PutUserPolicy" || action == "PutRolePolicy") {
            if (said["PolicyDocument"].find("\"Version\":\"2012-10-17\"") == std::string::npos)
                return error(400, "MalformedPolicyDocument", "Syntax errors in policy.");
            holder.inlined[said["PolicyName"]] = said["PolicyDocument"];
            return success(action, "");
        }
        if (action == "DeleteUserPolicy" || action == "DeleteRolePolicy")
            return holder.inlined.erase(said["PolicyName"]) == 1 ? success(action, "") : noSuch("policy", said["PolicyName"]);
        if (action.starts_with("Attach")) {
            holder.attached.insert(said["PolicyArn"]);
            return success(action, "");
        }
        if (action.starts_with("Detach"))
            return holder.attached.erase(said["PolicyArn"]) == 1 ? success(action, "") : noSuch("policy", said["PolicyArn"]);
        if (action == "AddUserToGroup") {
            holder.groups.insert(said["GroupName"]);
            return success(action, "");
        }
        if (action == "RemoveUserFromGroup")
            return holder.groups.erase(said["GroupName"]) == 1 ? success(action, "") : noSuch("group", said["GroupName"]);
        if (action == "DeleteUser") {
            if (!holder.attached.empty() || !holder.inlined.empty() || !holder.groups.empty())
                return error(409, "DeleteConflict", "Cannot delete entity, must detach all policies first.");
            users.erase(name);
            return success(action, "");
        }
        return error(400, "InvalidAction", "The action " + action + " is not valid for this endpoint.");
    }

    std::map<std::string, PeerReply> m_seen; ///< what reads answered last
    int m_late = 0;
    std::mutex m_mutex;
};

} // namespace cordon::test
