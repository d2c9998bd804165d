#pragma once

#include "core/value/json.h"

#include <map>
#include <set>
#include <string>

namespace cordon::test {

/// Secrets Manager as far as replacing a value goes: its members, its stages, its error codes.
class AwsSecretsFake
{
public:
    struct Secret
    {
        std::map<std::string, std::set<std::string>> versions; ///< id to stages
        std::map<std::string, std::string> values;
        std::map<std::string, std::string> tags;
        bool rotates = false;
        bool isDeleted = false;
        double lastRead = 0;          ///< seconds; AWS tells the day
        std::string function = {};    ///< ARN of the function that rotates it
    };
    struct Reply
    {
        std::string problem; ///< error type, or ""
        Value body = Value::Object{};
        bool changes = false;
    };

    std::map<std::string, Secret> secrets; ///< by ARN
    bool rotationHangs = false;            ///< the function does not come to its end

    Reply ask(const std::string& action, const Value& said)
    {
        static const std::map<std::string, std::set<std::string>> members{
            {"DescribeSecret", {"SecretId"}},
            {"ListSecretVersionIds", {"SecretId", "IncludeDeprecated", "MaxResults", "NextToken"}},
            {"PutSecretValue", {"SecretId", "ClientRequestToken", "SecretString", "VersionStages"}},
            {"RotateSecret", {"SecretId", "ClientRequestToken", "RotateImmediately"}},
            {"UpdateSecretVersionStage", {"SecretId", "VersionStage", "MoveToVersionId", "RemoveFromVersionId"}},
            {"DeleteSecret", {"SecretId", "RecoveryWindowInDays"}},
            {"RestoreSecret", {"SecretId"}}};
        if (!members.contains(action))
            return {"UnknownOperationException"};
        for (const auto& [name, value] : said.asObject()) {
            if (!members.at(action).contains(name))
                return {"SerializationException"};
        }
        const auto found = secrets.find(said["SecretId"].asString());
        if (found == secrets.end())
            return {"ResourceNotFoundException"};
        Secret& secret = found->second;
        if (action == "DescribeSecret")
            return {"", describe(found->first, secret)};
        if (action == "ListSecretVersionIds")
            return {"", list(secret, said)};
        if (action == "RestoreSecret") {
            secret.isDeleted = false;
            return {"", Value::Object{{"ARN", found->first}}, true};
        }
        if (secret.isDeleted)
            return {"InvalidRequestException"};
        if (action == "DeleteSecret") {
            if (said["RecoveryWindowInDays"].asInt() < 7 || said["RecoveryWindowInDays"].asInt() > 30)
                return {"InvalidParameterException"};
            secret.isDeleted = true;
            return {"", Value::Object{{"ARN", found->first}, {"DeletionDate", 1.8e9}}, true};
        }
        return action == "UpdateSecretVersionStage" ? move(secret, said) : add(secret, action, said);
    }

private:
    static Value::Array texts(const std::set<std::string>& all) { return {all.begin(), all.end()}; }
    static Value describe(const std::string& arn, const Secret& secret)
    {
        Value::Array tags;
        for (const auto& [key, value] : secret.tags)
            tags.push_back(Value::Object{{"Key", key}, {"Value", value}});
        Value::Object stages;
        for (const auto& [id, its] : secret.versions) {
            if (!its.empty())
                stages.emplace(id, texts(its));
        }
        Value said = Value::Object{{"ARN", arn}, {"Name", "shop/db"}, {"RotationEnabled", secret.rotates}, {"Tags", std::move(tags)}, {"VersionIdsToStages", std::move(stages)}};
        said.set("CreatedDate", 1.6e9);
        if (secret.lastRead > 0)
            said.set("LastAccessedDate", secret.lastRead);
        if (!secret.function.empty())
            said.set("RotationLambdaARN", secret.function);
        if (secret.isDeleted)
            said.set("DeletedDate", 1.7e9);
        return said;
    }
    /// In pages of two.
    static Value list(const Secret& secret, const Value& said)
    {
        Value::Array all;
        for (const auto& [id, stages] : secret.versions) {
            if (stages.empty() && !said["IncludeDeprecated"].asBool())
                continue;
            Value version = Value::Object{{"VersionId", id}, {"CreatedDate", 1.7e9}};
            if (!stages.empty())
                version.set("VersionStages", texts(stages));
            all.push_back(version);
        }
        const std::size_t from = said["NextToken"].isString() ? std::stoul(said["NextToken"].asString()) : 0;
        Value::Array page(all.begin() + static_cast<std::ptrdiff_t>(std::min(from, all.size())), all.begin() + static_cast<std::ptrdiff_t>(std::min(from + 2, all.size())));
        Value reply = Value::Object{{"Versions", std::move(page)}};
        if (from + 2 < all.size())
            reply.set("NextToken", std::to_string(from + 2));
        return reply;
    }
    static void take(Secret& secret, const std::string& version, const std::string& stage)
    {
        for (auto& [id, stages] : secret.versions) {
            if (stages.erase(stage) == 1 && stage == "AWSCURRENT" && id != version) {
                for (auto& [other, others] : secret.versions)
                    others.erase("AWSPREVIOUS");
                stages.insert("AWSPREVIOUS");
            }
        }
        secret.versions[version].insert(stage);
    }
    Reply add(Secret& secret, const std::string& action, const Value& said)
    {
        const std::string& token = said["ClientRequestToken"].asString();
        const bool rotates = action == "RotateSecret";
        if (token.size() < 32 || token.size() > 64 || (rotates && !secret.rotates) || (!rotates && !said["SecretString"].isString()))
            return {rotates && !secret.rotates ? "InvalidRequestException" : "InvalidParameterException"};
        const std::string value = rotates ? "made-by-the-function" : said["SecretString"].asString();
        if (secret.versions.contains(token) && secret.values[token] != value)
            return {"ResourceExistsException"};
        if (secret.versions.contains(token))
            return {"", Value::Object{{"VersionId", token}}};
        secret.values[token] = value;
        if (rotates && rotationHangs)
            secret.versions[token] = {"AWSPENDING"};
        else
            take(secret, token, "AWSCURRENT");
        return {"", Value::Object{{"VersionId", token}}, true};
    }
    static Reply move(Secret& secret, const Value& said)
    {
        const std::string& stage = said["VersionStage"].asString();
        const std::string& from = said["RemoveFromVersionId"].asString();
        const std::string& to = said["MoveToVersionId"].asString();
        for (const auto& [id, stages] : secret.versions) {
            if (stages.contains(stage) && id != from) // AWS wants to be told where the stage is
                return {"InvalidParameterException"};
        }
        if (!from.empty() && (!secret.versions.contains(from) || secret.versions.at(from).erase(stage) == 0))
            return {"InvalidParameterException"};
        if (!to.empty() && !secret.versions.contains(to))
            return {"ResourceNotFoundException"};
        if (stage == "AWSCURRENT" && to.empty())
            return {"InvalidParameterException"};
        if (!to.empty() && stage == "AWSCURRENT") {
            for (auto& [id, stages] : secret.versions)
                stages.erase("AWSPREVIOUS");
            secret.versions[from].insert("AWSPREVIOUS");
        }
        if (!to.empty())
            secret.versions[to].insert(stage);
        return {"", Value::Object{{"ARN", "a"}}, true};
    }
};

} // namespace cordon::test
