#include "core/connectors/kubernetes/rollout.h"

#include "core/connectors/rest_call.h"
#include "core/crypto/sha256.h"
#include "core/net/http_client.h"

#include <algorithm>

namespace cordon::connectors::kubernetes {
namespace {

constexpr const char* restarted = "kubectl.kubernetes.io/restartedAt";
constexpr const char* startedBy = "cordon-action";

/// Whether a pod's description takes something from that secret: as variables, as a file, or to pull its image.
bool uses(const Value& description, const std::string& secret)
{
    for (const auto& [name, value] : description.asObject()) {
        const bool isReference = name == "secretKeyRef" || name == "secretRef";
        if ((name == "secretName" && value.asString() == secret) || (isReference && value["name"].asString() == secret) || uses(value, secret))
            return true;
        if (name == "imagePullSecrets" && std::any_of(value.asArray().begin(), value.asArray().end(), [&secret](const Value& one) { return one["name"].asString() == secret; }))
            return true;
    }
    return std::any_of(description.asArray().begin(), description.asArray().end(), [&secret](const Value& one) { return uses(one, secret); });
}

Step annotate(const ObjectName& name, const Value& configuration)
{
    Value annotations = Value::Object{{restarted, configuration["restarted_at"]}, {startedBy, configuration["action"]}};
    Value patch = Value::Object{{"spec", Value::Object{{"template", Value::Object{{"metadata", Value::Object{{"annotations", std::move(annotations)}}}}}}}};
    return RestCall{"PATCH", name.path(), std::move(patch), Repeat::Freely, "application/merge-patch+json"}.step();
}

} // namespace

Value configurationOf(const Value& deployment)
{
    const Value& annotations = deployment["spec"]["template"]["metadata"]["annotations"];
    return Value::Object{{"restarted_at", annotations[restarted]}, {"action", annotations[startedBy]}};
}

Result<Deed> planRestart(const Action& action, const TargetFacts& facts, const ObjectName& name, const Value& deployment)
{
    if (action.params.has("setting") || action.params.has("credential"))
        return fail(ErrorCode::Unsupported, "kubernetes: a deployment is started anew, so that it takes what its secret holds; nothing else of it is set");
    const std::string& secret = action.params["secret"].asString();
    const std::string plain = secret.substr(secret.rfind('/') + 1);
    if (!secret.empty() && (!uses(deployment["spec"]["template"]["spec"], plain) || !secret.starts_with(name.space + "/secrets/")))
        return fail(ErrorCode::NotFound, "kubernetes: " + facts.target.id + " does not use " + secret);
    const Value before = configurationOf(deployment);
    const bool isDone = before["action"].asString() == markOf(action);
    const Value after = isDone ? before : Value(Value::Object{{"restarted_at", facts.asked.toString().substr(0, 19) + 'Z'}, {"action", markOf(action)}});
    Deed deed;
    deed.calls.push_back(annotate(name, after));
    deed.undo.push_back(annotate(name, before));
    deed.change(facts, "configuration", after);
    deed.undoCost = "Starts the pods anew once more, as they were described before; they take what the secret holds then.";
    deed.stillOpen.emplace_back("old pods go on until new ones are ready; a deployment whose new pods do not start keeps the old ones");
    return deed;
}

Effect restartEffect(const Action& action, const Value& deployment)
{
    if (configurationOf(deployment)["action"].asString() != markOf(action))
        return Effect::NotThere;
    const Value& status = deployment["status"];
    const std::int64_t wanted = deployment["spec"]["replicas"].asInt(1);
    const bool isSeen = status["observedGeneration"].asInt() >= deployment["metadata"]["generation"].asInt();
    const bool isThrough = status["updatedReplicas"].asInt() == wanted && status["availableReplicas"].asInt() == wanted && status["replicas"].asInt() == wanted;
    return isSeen && isThrough ? Effect::There : Effect::Unclear;
}

Result<Deed> planCheckpoint(const ObjectName& name, const Value& pod)
{
    const std::string& node = pod["spec"]["nodeName"].asString();
    if (node.empty())
        return fail(ErrorCode::Denied, "kubernetes: " + name.space + '/' + name.name + " runs on no node");
    const std::string base = "/api/v1/nodes/" + net::percentEncoded(node) + "/proxy/checkpoint/" + net::percentEncoded(name.space) + '/' + net::percentEncoded(name.name) + '/';
    Deed deed;
    for (const Value& container : pod["spec"]["containers"].asArray())
        deed.calls.push_back(RestCall{"POST", base + net::percentEncoded(container["name"].asString()), {}, Repeat::IfNotBegun}.step());
    deed.before.set("checkpoint", false);
    deed.after.set("checkpoint", true);
    deed.stillOpen.emplace_back("the files lie on the node, below /var/lib/kubelet/checkpoints; they hold memory, and secrets in it: seal them");
    return deed;
}

std::string markOf(const Action& action)
{
    return crypto::sha256(action.canonical().value_or(std::string())).hex().substr(0, 32);
}

} // namespace cordon::connectors::kubernetes
