#include "core/connectors/aws/runbook.h"

#include "core/crypto/sha256.h"
#include "core/value/json.h"

#include <algorithm>
#include <set>

namespace cordon::connectors::aws {
namespace {

using namespace std::chrono_literals;

constexpr const char* document = "AWSSupport-ContainEC2Instance";
constexpr const char* markBegin = "cordon-";
constexpr std::chrono::milliseconds firstPause = 500ms;
constexpr std::chrono::milliseconds longestPause = 4s;

Result<Value> ask(Client& client, const char* action, const Value& body, Repeat repeat)
{
    return client.json("ssm", std::string("AmazonSSM.") + action, body, repeat);
}

Value one(const std::string& text)
{
    return Value::Array{text};
}

Step start(const Client& client, const char* what, bool isDry, const std::string& instance, const std::string& mark)
{
    Value parameters = Value::Object{{"Action", one(what)},
                                     {"AutomationAssumeRole", one(client.options().runbookRole)},
                                     {"BackupS3BucketName", one(client.options().runbookBucket)},
                                     {"DryRun", one(isDry ? "true" : "false")},
                                     {"InstanceId", one(instance)}};
    if (std::string_view(what) == "Contain") {
        parameters.set("BackupS3BucketAccess", one(client.options().runbookRole));
        parameters.set("CreateAMIBackup", one("false")); // an image may start the instance anew: evidence is a step of its own, before
    }
    Call call{"ssm", "StartAutomationExecution", {}};
    call.body = Value::Object{{"DocumentName", document},
                              {"Parameters", std::move(parameters)},
                              {"Tags", Value::Array{Value::Object{{"Key", markBegin + mark}, {"Value", "Cordon"}}}}};
    return call.step();
}

std::string parameter(const Value& execution, const char* name)
{
    const Value::Array& values = execution["Parameters"][name].asArray();
    return values.empty() ? std::string() : values.front().asString();
}

Result<Value> execution(Client& client, const std::string& id)
{
    CORDON_TRY(Value said, ask(client, "GetAutomationExecution", Value::Object{{"AutomationExecutionId", id}}, Repeat::Freely));
    return said["AutomationExecution"];
}

bool hasEnded(const Value& execution)
{
    static const std::set<std::string, std::less<>> going{"Pending", "InProgress", "Waiting", "Cancelling", "PendingApproval", "Scheduled", "RunbookInProgress", "PendingChangeCalendarOverride", "ChangeCalendarOverrideApproved"};
    return !going.contains(execution["AutomationExecutionStatus"].asString());
}

/// The newest real containment of that mark, or null.
Result<Value> containmentOf(Client& client, const std::string& mark)
{
    const Value filter = Value::Object{{"Key", "TagKey"}, {"Values", one(markBegin + mark)}};
    CORDON_TRY(const Value said, ask(client, "DescribeAutomationExecutions", Value::Object{{"Filters", Value::Array{filter}}, {"MaxResults", 50}}, Repeat::Freely));
    Value newest;
    double when = -1;
    for (const Value& item : said["AutomationExecutionMetadataList"].asArray()) {
        CORDON_TRY(Value found, execution(client, item["AutomationExecutionId"].asString()));
        const double started = found["ExecutionStartTime"].asDouble();
        if (parameter(found, "Action") == "Contain" && parameter(found, "DryRun") == "false" && started > when) {
            when = started;
            newest = std::move(found);
        }
    }
    return newest;
}

/// What the runbook kept is named in its outputs, by the moment and the run: `2026/01/02/03/04/ID.json`.
std::string backupIn(const Value& value, const std::string& end)
{
    if (value.isString() && value.asString().ends_with(end)) {
        const std::string& text = value.asString();
        const std::size_t length = std::string_view("2026/01/02/03/04").size() + end.size();
        return text.size() < length ? std::string() : text.substr(text.size() - length);
    }
    for (const Value& item : value.asArray()) {
        if (std::string found = backupIn(item, end); !found.empty())
            return found;
    }
    for (const auto& [name, item] : value.asObject()) {
        if (std::string found = backupIn(item, end); !found.empty())
            return found;
    }
    return {};
}

std::string backupOf(const Value& execution)
{
    const std::string end = '/' + execution["AutomationExecutionId"].asString() + ".json";
    if (std::string found = backupIn(execution["Outputs"], end); !found.empty())
        return found;
    for (const Value& step : execution["StepExecutions"].asArray()) {
        if (std::string found = backupIn(step["Outputs"], end); !found.empty())
            return found;
    }
    return {};
}

/// A release gives back what the containment of the same mark kept.
Result<void> addBackup(Client& client, Value& body)
{
    const std::string mark = body["Tags"].asArray().empty() ? std::string() : body["Tags"].asArray().front()["Key"].asString();
    if (!mark.starts_with(markBegin))
        return fail(ErrorCode::Invalid, "ssm: a release without its mark");
    CORDON_TRY(const Value contained, containmentOf(client, mark.substr(std::string_view(markBegin).size())));
    if (contained.isNull())
        return fail(ErrorCode::Denied, "ssm: no run of the runbook is known that contained it; release it at AWS");
    if (!hasEnded(contained))
        return fail(ErrorCode::Denied, "ssm: the containment still runs; nothing was released");
    const std::string backup = backupOf(contained);
    if (backup.empty())
        return fail(ErrorCode::Denied, "ssm: the run that contained it names no backup; release it at AWS from " + client.options().runbookBucket);
    Value parameters = body["Parameters"];
    body.set("Parameters", parameters.set("BackupS3KeyName", one(backup)));
    return {};
}

/// In the form of a UUID, from the permit: asked for twice with one permit, it is started once.
std::string tokenOf(const Client& client, const Value& body)
{
    const std::string hash = crypto::sha256(client.context().key + '\n' + json::write(body)).hex();
    return hash.substr(0, 8) + '-' + hash.substr(8, 4) + '-' + hash.substr(12, 4) + '-' + hash.substr(16, 4) + '-' + hash.substr(20, 12);
}

/// The run as it was last seen, ended or not.
Result<Value> followed(Client& client, const std::string& id)
{
    const auto most = client.context().timeLimit / 3; // of a dry run and a real one; the rest is for reading back
    std::chrono::milliseconds waited{0};
    for (std::chrono::milliseconds pause = firstPause;; pause = std::min(pause * 2, longestPause)) {
        auto seen = execution(client, id);
        if (!seen || hasEnded(*seen) || waited + pause > most || !client.wait(pause))
            return seen;
        waited += pause;
    }
}

} // namespace

bool hasRunbook(const Client& client)
{
    return !client.options().runbookRole.empty();
}

void planContainment(const Client& client, Deed& deed, const std::string& instance, const std::string& mark)
{
    deed.calls.push_back(start(client, "Contain", true, instance, mark));
    deed.calls.push_back(start(client, "Contain", false, instance, mark));
    deed.undo.push_back(start(client, "Release", false, instance, mark));
    deed.undoCost = "Runs the runbook once more: it puts back what it kept in " + client.options().runbookBucket + '.';
}

Result<void> runRunbook(Client& client, const Call& call)
{
    Value body = call.body;
    const bool isDry = parameter(body, "DryRun") != "false";
    const bool isRelease = parameter(body, "Action") == "Release";
    if (body["DocumentName"].asString() != document || parameter(body, "AutomationAssumeRole") != client.options().runbookRole)
        return fail(ErrorCode::Invalid, "ssm: another runbook, or another role, than this system's");
    if (isRelease)
        CORDON_CHECK(addBackup(client, body));
    body.set("ClientToken", tokenOf(client, body));
    CORDON_TRY(const Value started, ask(client, "StartAutomationExecution", body, Repeat::IfNotBegun));
    const std::string& id = started["AutomationExecutionId"].asString();
    if (id.empty())
        return fail(ErrorCode::Io, "ssm: the runbook was started, and nobody knows which run it is");
    const auto seen = followed(client, id);
    const std::string what = "ssm: " + std::string(document) + (isDry ? ", dry run " : ", run ") + id + ": ";
    if (!seen)
        return isDry ? fail(ErrorCode::Denied, what + seen.error().detail + "; nothing was changed") : fail(ErrorCode::Io, what + seen.error().detail);
    const std::string status = (*seen)["AutomationExecutionStatus"].asString();
    if (status == "Success" || (!isDry && !isRelease && !hasEnded(*seen)))
        return {};
    const std::string detail = what + status + ' ' + (*seen)["FailureMessage"].asString();
    return isDry ? fail(ErrorCode::Denied, detail + "; nothing was changed") : fail(ErrorCode::Io, detail);
}

Result<bool> isContaining(Client& client, const std::string& mark)
{
    CORDON_TRY(const Value contained, containmentOf(client, mark));
    return !contained.isNull() && !hasEnded(contained);
}

} // namespace cordon::connectors::aws
