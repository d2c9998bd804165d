#include "core/connectors/aws/secrets.h"

#include "core/connectors/aws/dependents.h"
#include "core/crypto/sha256.h"

#include <algorithm>

namespace cordon::connectors::aws {
namespace {

constexpr const char* current = "AWSCURRENT";
constexpr const char* previous = "AWSPREVIOUS";
constexpr const char* pending = "PENDING";
constexpr const char* retired = "RETIRED";
constexpr int recoveryDays = 30; ///< the longest that AWS offers
constexpr int mostPages = 20;

Step change(const char* action, Value body)
{
    Call call{"secretsmanager", action, {}};
    call.body = std::move(body);
    return call.step();
}

std::string stageOf(const Value& stages)
{
    bool isPending = false;
    bool isPrevious = false;
    for (const Value& stage : stages.asArray()) {
        if (stage.asString() == current)
            return current;
        isPrevious = isPrevious || stage.asString() == previous;
        isPending = isPending || stage.asString() == "AWSPENDING";
    }
    return isPrevious ? previous : isPending ? pending : stages.asArray().empty() ? retired : "";
}

/// Versions that AWS removes one day as well: their value can be read until then.
Result<Value> versionsOf(Client& client, const std::string& secret)
{
    std::map<std::string, std::string> stages;
    Value asked = Value::Object{{"SecretId", secret}, {"IncludeDeprecated", true}, {"MaxResults", 100}};
    for (int page = 0;; ++page) {
        if (page == mostPages)
            return fail(ErrorCode::Io, "secretsmanager:ListSecretVersionIds: a list without end");
        CORDON_TRY(const Value said, client.json("secretsmanager", "secretsmanager.ListSecretVersionIds", asked, Repeat::Freely));
        for (const Value& version : said["Versions"].asArray())
            stages[version["VersionId"].asString()] = stageOf(version["VersionStages"]);
        if (!said["NextToken"].isString())
            break;
        asked.set("NextToken", said["NextToken"]);
    }
    Value::Array list;
    for (const auto& [id, stage] : stages)
        list.push_back(Value::Object{{"id", id}, {"stage", stage}});
    return list;
}

std::string versionAt(const TargetFacts& facts, std::string_view stage)
{
    for (const Value& version : stateOf(facts, "versions").asArray()) {
        if (version["stage"].asString() == stage)
            return version["id"].asString();
    }
    return {};
}

std::string stageOf(const TargetFacts& facts, const std::string& version)
{
    for (const Value& one : stateOf(facts, "versions").asArray()) {
        if (one["id"].asString() == version)
            return one["stage"].asString();
    }
    return {};
}

/// The versions with one at another stage; who held that stage moves on as AWS moves it.
Value withStage(const TargetFacts& facts, const std::map<std::string, std::string>& stages)
{
    std::map<std::string, std::string> all;
    for (const Value& one : stateOf(facts, "versions").asArray())
        all[one["id"].asString()] = one["stage"].asString();
    for (const auto& [id, stage] : stages)
        all[id] = stage;
    Value::Array list;
    for (const auto& [id, stage] : all)
        list.push_back(Value::Object{{"id", id}, {"stage", stage}});
    return list;
}

/// The version's id comes from the action: asked for twice, it is made once.
std::string newVersion(const Action& action)
{
    if (const std::string& named = action.params["version"].asString(); !named.empty())
        return named;
    const std::string hash = crypto::sha256(action.canonical().value_or(std::string())).hex();
    return hash.substr(0, 8) + '-' + hash.substr(8, 4) + '-' + hash.substr(12, 4) + '-' + hash.substr(16, 4) + '-' + hash.substr(20, 12);
}

Result<Deed> addVersion(Client& client, const Action& action, const TargetFacts& facts)
{
    const std::string version = newVersion(action);
    const std::string& secret = facts.target.id;
    const std::string now = versionAt(facts, current);
    if (version.size() < 32 || version.size() > 64)
        return fail(ErrorCode::Invalid, "secretsmanager: 'version' has 32 to 64 characters, or is left out");
    const bool rotates = stateOf(facts, "rotates").asBool();
    if (!rotates && !client.newValue(secret))
        return fail(ErrorCode::Denied, "secretsmanager: " + secret + " does not rotate by itself; keep its next value in the vault under 'new_values'");
    Deed deed;
    if (stageOf(facts, version) == current) {
        deed.change(facts, "versions", stateOf(facts, "versions"));
        return deed; // was done already
    }
    Value body = Value::Object{{"SecretId", secret}, {"ClientRequestToken", version}};
    deed.calls.push_back(rotates ? change("RotateSecret", body.set("RotateImmediately", true)) : change("PutSecretValue", body));
    std::map<std::string, std::string> stages{{version, current}};
    if (!now.empty())
        stages[now] = previous;
    if (const std::string older = versionAt(facts, previous); !older.empty())
        stages[older] = retired;
    deed.change(facts, "versions", withStage(facts, stages));
    if (!now.empty()) {
        deed.undo.push_back(change("UpdateSecretVersionStage", Value::Object{{"SecretId", secret}, {"VersionStage", current}, {"MoveToVersionId", now}, {"RemoveFromVersionId", version}}));
        deed.undoCost = "Makes the old value the current one again; refused unless a person says so, since it is the one that leaked.";
        deed.exposes = true;
    }
    deed.stillOpen.emplace_back("the old version still opens what it opened, until it is retired and changed there");
    if (rotates)
        deed.stillOpen.emplace_back("its rotation function makes the new value and sets it where it opens something; that takes a while and may fail");
    return deed;
}

Result<Deed> retire(const Action& action, const TargetFacts& facts)
{
    const std::string& named = action.params["version"].asString();
    const std::string version = named.empty() ? versionAt(facts, previous) : named;
    const std::string stage = stageOf(facts, version);
    if (stage == current)
        return fail(ErrorCode::Denied, "secretsmanager: version " + version + " is the current one; add a version first");
    if (version.empty() || (stage != previous && stage != retired))
        return fail(ErrorCode::NotFound, "secretsmanager: " + facts.target.id + " has no old version '" + version + "'");
    Deed deed;
    deed.change(facts, "versions", withStage(facts, {{version, retired}}));
    const Value secret = facts.target.id;
    deed.calls.push_back(change("UpdateSecretVersionStage", Value::Object{{"SecretId", secret}, {"VersionStage", previous}, {"RemoveFromVersionId", version}}));
    deed.undo.push_back(change("UpdateSecretVersionStage", Value::Object{{"SecretId", secret}, {"VersionStage", previous}, {"MoveToVersionId", version}}));
    deed.undoCost = "Gives the old value its stage back; refused unless a person says so.";
    deed.exposes = true;
    deed.stillOpen.emplace_back("who names the version's id reads it until AWS removes it; the value must be changed where it opens something");
    return deed;
}

Result<Deed> removeSecret(const Action& action, const TargetFacts& facts)
{
    if (action.params.has("version"))
        return fail(ErrorCode::Unsupported, "secretsmanager: AWS removes single versions by itself, once they bear no stage; without 'version' the whole secret goes");
    Deed deed;
    deed.change(facts, "status", "deleted");
    const Value secret = facts.target.id;
    deed.calls.push_back(change("DeleteSecret", Value::Object{{"SecretId", secret}, {"RecoveryWindowInDays", recoveryDays}}));
    deed.undo.push_back(change("RestoreSecret", Value::Object{{"SecretId", secret}}));
    deed.undoCost = "Restores the secret as it was, within 30 days; afterwards nobody can.";
    deed.stillOpen.emplace_back("everything that reads the secret fails at once; who read its value has it");
    return deed;
}

} // namespace

Result<TargetFacts> secretFacts(Client& client, const EntityRef& target)
{
    if (!target.id.starts_with("arn:") || target.id.find(":secretsmanager:" + client.options().region + ':') == std::string::npos)
        return fail(ErrorCode::Unsupported, "secretsmanager: " + target.id + " is no secret's ARN in " + client.options().region);
    TargetFacts facts;
    facts.target = target;
    const auto said = client.json("secretsmanager", "secretsmanager.DescribeSecret", Value::Object{{"SecretId", target.id}}, Repeat::Freely);
    if (!said && said.error().code == ErrorCode::NotFound)
        return facts;
    if (!said)
        return fail(said.error());
    facts.exists = true;
    facts.target.name = (*said)["Name"].asString();
    std::vector<std::string> tags;
    for (const Value& tag : (*said)["Tags"].asArray()) {
        const std::string& value = tag["Value"].asString();
        tags.push_back(value.empty() || value == "true" ? tag["Key"].asString() : tag["Key"].asString() + '=' + value);
        if (tag["Key"].asString() == "criticality")
            facts.criticality = criticalityFrom(value);
    }
    std::sort(tags.begin(), tags.end());
    facts.tags = tags;
    // Reads are told by their day: one of today stands for its beginning.
    const auto timeOf = [&said](const char* name) {
        const double seconds = (*said)[name].asDouble();
        return seconds > 0 ? std::optional(Timestamp::fromMicros(static_cast<std::int64_t>(seconds * 1e6))) : std::nullopt;
    };
    facts.createdAt = timeOf("CreatedDate");
    facts.lastUsedAt = timeOf("LastAccessedDate");
    std::vector<EntityRef> seen;
    if (const std::string& function = (*said)["RotationLambdaARN"].asString(); (*said)["RotationEnabled"].asBool() && !function.empty())
        seen.push_back({EntityKind::Workload, function, "function", function.substr(function.rfind(':') + 1)});
    addSeen(facts, std::move(seen), !facts.lastUsedAt, client.context().now);
    facts.state["rotates"] = (*said)["RotationEnabled"].asBool();
    facts.state["status"] = (*said)["DeletedDate"].isNull() ? "active" : "deleted";
    CORDON_TRY(facts.state["versions"], versionsOf(client, target.id));
    return facts;
}

Result<Deed> planSecret(Client& client, const Action& action, const TargetFacts& facts)
{
    if (stateOf(facts, "status").asString() == "deleted" && action.type != "secret.delete_version")
        return fail(ErrorCode::Denied, "secretsmanager: " + facts.target.id + " is marked for deletion");
    if (action.type == "secret.add_version")
        return addVersion(client, action, facts);
    if (action.type == "secret.retire_version")
        return retire(action, facts);
    if (action.type == "secret.delete_version")
        return removeSecret(action, facts);
    return fail(ErrorCode::Unsupported, "secretsmanager: " + action.type + " does not fit " + facts.target.id);
}

/// A rotation that goes on is neither done nor undone.
Result<Effect> secretEffect(const Action& action, const TargetFacts& facts)
{
    if (action.type == "secret.delete_version")
        return !facts.exists || stateOf(facts, "status").asString() == "deleted" ? Effect::There : Effect::NotThere;
    if (action.type == "secret.retire_version") {
        const std::string& named = action.params["version"].asString();
        return named.empty() ? (versionAt(facts, previous).empty() ? Effect::There : Effect::NotThere) : effectIn(action, facts, std::nullopt);
    }
    const std::string stage = stageOf(facts, newVersion(action));
    return stage == current ? Effect::There : stage == pending ? Effect::Unclear : Effect::NotThere;
}

const std::vector<std::string>& secretVerbs()
{
    static const std::vector<std::string> verbs{"secret.add_version", "secret.retire_version", "secret.delete_version"};
    return verbs;
}

} // namespace cordon::connectors::aws
