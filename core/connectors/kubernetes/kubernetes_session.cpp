#include "core/connectors/kubernetes/kubernetes_session.h"

#include "core/connectors/kubernetes/rollout.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::connectors::kubernetes {
namespace {

using Kind = ObjectName::Kind;

constexpr const char* label = "cordon-isolated";
constexpr const char* mergePatch = "application/merge-patch+json";
constexpr const char* jsonPatch = "application/json-patch+json";
constexpr const char* actionAnnotation = "cordon-action";
constexpr const char* onlyMetadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
constexpr const char* accountAnnotation = "kubernetes.io/service-account.name";

RestCall patch(const std::string& path, Value body)
{
    return {"PATCH", path, std::move(body), Repeat::Freely, mergePatch};
}

/// Replaces the subjects of a binding, if they are still those that were seen.
RestCall resubject(const std::string& path, const Value& from, const Value& to)
{
    const auto operation = [](const char* op, const Value& value) { return Value::Object{{"op", op}, {"path", "/subjects"}, {"value", value}}; };
    return {"PATCH", path, Value::Array{operation("test", from), operation("replace", to)}, Repeat::IfNotBegun, jsonPatch};
}

std::vector<std::string> tagsOf(const Value& labels)
{
    std::vector<std::string> tags;
    for (const auto& [key, value] : labels.asObject())
        tags.push_back(value.asString().empty() || value.asString() == "true" ? key : key + '=' + value.asString());
    return tags;
}

/// What an object is made with again: not what the server adds.
Value manifest(const Value& binding, const char* kind)
{
    Value metadata = Value::Object{};
    for (const char* member : {"name", "namespace", "labels", "annotations"}) {
        if (!binding["metadata"][member].isNull())
            metadata.set(member, binding["metadata"][member]);
    }
    return Value::Object{{"apiVersion", "rbac.authorization.k8s.io/v1"}, {"kind", kind}, {"metadata", metadata},
                         {"roleRef", binding["roleRef"]}, {"subjects", binding["subjects"]}};
}

} // namespace

Result<Value::Array> KubernetesSession::list(const std::string& path)
{
    const std::string first = path + (path.find('?') == std::string::npos ? "?" : "&") + "limit=500";
    return client().all(first, "items", [first](const net::HttpReply&, const Value& page) {
        const std::string& mark = page["metadata"]["continue"].asString();
        return mark.empty() ? std::string() : first + "&continue=" + net::percentEncoded(mark);
    });
}

Result<Value> KubernetesSession::identity()
{
    CORDON_TRY(const Value me, client().send({"POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                                              Value::Object{{"apiVersion", "authentication.k8s.io/v1"}, {"kind", "SelfSubjectReview"}}}));
    CORDON_TRY(const Value system, client().read("/api/v1/namespaces/kube-system"));
    return Value(Value::Object{{"identity", me["status"]["userInfo"]["username"]}, {"tenant", system["metadata"]["uid"]}});
}

Result<TargetFacts> KubernetesSession::facts(const EntityRef& target)
{
    TargetFacts facts;
    facts.target = target;
    const ObjectName name = ObjectName::of(target);
    if (name.kind == Kind::None)
        return fail(ErrorCode::Unsupported, "kubernetes: knows no " + std::string(toString(target.kind)) + ' ' + target.id);
    RestCall look{"GET", name.path()};
    if (name.kind == Kind::Secret) // the server need not say what is in it
        look.accept = onlyMetadata;
    const auto object = client().send(look);
    if (!object && object.error().code == ErrorCode::NotFound)
        return facts;
    if (!object)
        return fail(object.error());
    m_object = *object;
    const Value& metadata = m_object["metadata"];
    facts.exists = true;
    facts.target.name = metadata["name"].asString();
    facts.tags = tagsOf(metadata["labels"]);
    facts.criticality = criticalityFrom(metadata["labels"]["criticality"].asString());
    if (const auto created = Timestamp::parse(metadata["creationTimestamp"].asString()))
        facts.createdAt = *created;
    facts.state["status"] = metadata["deletionTimestamp"].isString() ? "terminated" : name.kind == Kind::Pod || name.kind == Kind::Node ? "running" : "active";
    if (name.kind == Kind::Node)
        facts.state["network"] = m_object["spec"]["unschedulable"].asBool() ? "cordoned" : "normal";
    if (name.kind == Kind::Deployment) {
        const std::int64_t replicas = m_object["spec"]["replicas"].asInt(1);
        facts.state["replicas"] = replicas;
        facts.state["status"] = replicas == 0 ? "stopped" : "running";
        facts.state["configuration"] = configurationOf(m_object);
    }
    if (name.kind == Kind::Pod || name.kind == Kind::Deployment)
        CORDON_CHECK(addIsolation(facts, name));
    if (name.kind == Kind::ServiceAccount)
        CORDON_CHECK(addGrants(facts, name));
    if (name.kind == Kind::Secret)
        facts.state["versions"] = Value::Array{Value::Object{{"id", metadata["resourceVersion"]}, {"stage", "AWSCURRENT"}}};
    if (const std::string& owner = metadata["annotations"][accountAnnotation].asString(); name.kind == Kind::Secret && !owner.empty()) {
        facts.owner = "system:serviceaccount:" + name.space + ':' + owner;
        facts.ownerEntity = EntityRef{EntityKind::Account, *facts.owner, "service", owner};
        facts.target.type = "token";
    }
    return facts;
}

Result<void> KubernetesSession::addIsolation(TargetFacts& facts, const ObjectName& name)
{
    CORDON_TRY(m_policies, list(policiesPath(name.space)));
    const std::string mark = name.mark();
    const bool hasPolicy = std::any_of(m_policies.begin(), m_policies.end(),
                                       [&mark](const Value& policy) { return policy["metadata"]["name"].asString() == mark; });
    const bool isMarked = name.kind == Kind::Deployment || m_object["metadata"]["labels"][label].asString() == mark;
    facts.state["network"] = hasPolicy && isMarked ? "isolated" : "normal";
    return {};
}

Result<void> KubernetesSession::addGrants(TargetFacts& facts, const ObjectName& name)
{
    m_bindings.clear();
    std::vector<std::string> grants;
    for (const char* kind : {"rolebindings", "clusterrolebindings"}) {
        CORDON_TRY(const Value::Array all, list(std::string("/apis/rbac.authorization.k8s.io/v1/") + kind));
        for (const Value& binding : all) {
            const Value::Array& subjects = binding["subjects"].asArray();
            if (std::none_of(subjects.begin(), subjects.end(), [&name](const Value& subject) { return isSubject(subject, name); }))
                continue;
            grants.push_back(bindingId(binding));
            m_bindings.push_back(binding);
        }
    }
    facts.target.type = "service";
    facts.state["grants"] = sortedList(std::move(grants));
    facts.state["keys"] = Value();
    facts.state["policies"] = Value();
    CORDON_TRY(const Value::Array pods, list("/api/v1/namespaces/" + net::percentEncoded(name.space) + "/pods?fieldSelector=" +
                                             net::percentEncoded("spec.serviceAccountName=" + name.name)));
    facts.dependents = std::vector<EntityRef>();
    for (const Value& pod : pods) {
        const std::string id = name.space + '/' + pod["metadata"]["name"].asString();
        facts.dependents->push_back({EntityKind::Workload, id, "pod", pod["metadata"]["name"].asString()});
    }
    return {};
}

Result<Deed> KubernetesSession::plan(const Action& action, const TargetFacts& facts)
{
    const ObjectName name = ObjectName::of(facts.target);
    const bool isWorkload = name.kind == Kind::Pod || name.kind == Kind::Deployment;
    if (name.kind == Kind::Node && (action.type == "workload.isolate" || action.type == "workload.release")) {
        const bool cordons = action.type == "workload.isolate";
        const auto call = [&name](bool isOff) { return patch(name.path(), Value::Object{{"spec", Value::Object{{"unschedulable", isOff ? Value(true) : Value()}}}}).step(); };
        Deed deed;
        deed.calls.push_back(call(cordons));
        deed.undo.push_back(call(!cordons));
        deed.change(facts, "network", cordons ? "cordoned" : "normal");
        deed.undoCost = cordons ? "Lets the node take pods again." : "Cordons the node again.";
        if (cordons)
            deed.stillOpen.emplace_back("pods that are on the node go on, with all their connections; the node only takes no new ones");
        return deed;
    }
    if (isWorkload && (action.type == "workload.isolate" || action.type == "workload.release"))
        return isolate(facts, name, action.type == "workload.isolate");
    if (isWorkload && action.type == "workload.terminate")
        return terminate(facts, name);
    if (name.kind == Kind::ServiceAccount && action.type == "grant.remove")
        return unbind(action, facts, name);
    if (name.kind == Kind::Deployment && action.type == "dependent.update")
        return planRestart(action, facts, name, m_object);
    if (name.kind == Kind::Pod && action.type == "evidence.snapshot")
        return planCheckpoint(name, m_object);
    Deed deed;
    if (facts.target.kind == EntityKind::Secret && action.type == "secret.add_version") {
        if (!m_newValues.find(facts.target.id))
            return fail(ErrorCode::Denied, "kubernetes: keep the next content of " + facts.target.id + " beside the credential under 'new_values'");
        deed.calls.push_back({Value::Object{{"set", facts.target.id}, {"mark", markOf(action)}}, "PATCH " + name.path() + " (the content that is kept for it)"});
        deed.change(facts, "versions", Value::Array{Value::Object{{"id", markOf(action)}, {"stage", "AWSCURRENT"}}});
        deed.stillOpen.emplace_back("pods that took it as variables keep the old content until they start anew; it opens what it opened until it is ended there");
        return deed;
    }
    deed.calls.push_back(RestCall{"DELETE", name.path(), {}, Repeat::IfNotBegun}.step());
    deed.change(facts, "status", "deleted");
    if (name.kind == Kind::ServiceAccount && action.type == "account.delete") {
        deed.dependents = facts.dependents.value_or(std::vector<EntityRef>());
        deed.stillOpen.emplace_back("who checks its tokens without asking the cluster takes them until they expire");
        return deed;
    }
    if (name.kind == Kind::Secret && action.type == "credential.delete" && facts.owner)
        return deed;
    if (facts.target.kind == EntityKind::Secret && action.type == "secret.delete_version" && !action.params.has("version")) {
        deed.stillOpen.emplace_back("pods that have it go on with it, and new ones that want it do not start");
        return deed;
    }
    return fail(ErrorCode::Unsupported, "kubernetes: " + action.type + " does not fit " + facts.target.id);
}

Result<void> KubernetesSession::run(const Value& call)
{
    const std::string& id = call["set"].asString();
    if (id.empty())
        return RestSession::run(call);
    const crypto::SecretBytes* value = m_newValues.find(id);
    const ObjectName name = ObjectName::of({EntityKind::Secret, id, {}, {}});
    if (!value || name.kind != Kind::Secret)
        return fail(ErrorCode::Denied, "kubernetes: no next content of " + id + " is kept");
    // What begins as an object and is none was meant as one.
    const bool isOneText = !value->text().starts_with('{');
    const auto content = isOneText ? Result<Value>(Value::Object{{"value", std::string(value->text())}}) : json::parse(value->text());
    if (!content || !content->isObject())
        return fail(ErrorCode::Denied, "kubernetes: the next content of " + id + " is kept as an object of texts, or as one text");
    RestCall set = patch(name.path(), Value::Object{{"metadata", Value::Object{{"annotations", Value::Object{{actionAnnotation, call["mark"]}}}}}, {"stringData", *content}});
    set.accept = onlyMetadata; // nor is what is in it sent back
    return client().send(set).map([](const Value&) {});
}

Result<Effect> KubernetesSession::effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since)
{
    if (action.type == "secret.add_version")
        return facts.exists && m_object["metadata"]["annotations"][actionAnnotation].asString() == markOf(action) ? Effect::There : Effect::NotThere;
    if (action.type == "secret.delete_version")
        return facts.exists ? Effect::NotThere : Effect::There;
    if (action.type == "evidence.snapshot")
        return facts.exists ? Effect::Unclear : Effect::NotThere; // it lies on the node, where nobody here can look
    if (action.type == "dependent.update")
        return facts.exists ? restartEffect(action, m_object) : Effect::NotThere;
    return effectIn(action, facts, since);
}

Result<Deed> KubernetesSession::isolate(const TargetFacts& facts, const ObjectName& name, bool isolates)
{
    const bool isPod = name.kind == Kind::Pod;
    const Value& spec = isPod ? m_object["spec"] : m_object["spec"]["template"]["spec"];
    const Value& labels = isPod ? m_object["metadata"]["labels"] : m_object["spec"]["template"]["metadata"]["labels"];
    if (spec["hostNetwork"].asBool())
        return fail(ErrorCode::Denied, "kubernetes: " + facts.target.id + " is on its node's own network, which policies do not touch");
    const std::string mark = name.mark();
    const std::string policies = policiesPath(name.space);
    const Value selector = isPod ? Value(Value::Object{{"matchLabels", Value::Object{{label, mark}}}}) : m_object["spec"]["selector"];
    const Value policy = Value::Object{{"apiVersion", "networking.k8s.io/v1"},
                                       {"kind", "NetworkPolicy"},
                                       {"metadata", Value::Object{{"name", mark}, {"namespace", name.space}}},
                                       {"spec", Value::Object{{"podSelector", selector}, {"policyTypes", Value::Array{"Ingress", "Egress"}}}}};
    const auto marked = [&name](Value value) {
        return patch(name.path(), Value::Object{{"metadata", Value::Object{{"labels", Value::Object{{label, std::move(value)}}}}}}).step();
    };
    const Step put = RestCall{"POST", policies, policy, Repeat::IfNotBegun}.step();
    const Step take = RestCall{"DELETE", policies + '/' + mark, {}, Repeat::IfNotBegun}.step();
    const bool hasPolicy = std::any_of(m_policies.begin(), m_policies.end(), [&mark](const Value& one) { return one["metadata"]["name"].asString() == mark; });
    std::vector<Step> there;
    if (!hasPolicy || !isolates)
        there.push_back(put);
    std::vector<Step> back{take};
    if (isPod) {
        there.push_back(marked(mark));
        back.insert(back.begin(), marked(Value()));
    }
    Deed deed;
    deed.calls = isolates ? there : back;
    deed.undo = isolates ? back : there;
    deed.change(facts, "network", isolates ? "isolated" : "normal");
    deed.undoCost = isolates ? "Takes policy and label away; the network is as before." : "Isolates it again.";
    if (!isolates)
        return deed;
    for (const Value& one : m_policies) {
        const std::string& other = one["metadata"]["name"].asString();
        if (other != mark && selects(one["spec"]["podSelector"], labels))
            deed.stillOpen.push_back("network policy " + other + " selects it, too: policies add up, so what that one allows stays allowed");
    }
    deed.stillOpen.emplace_back("works only where the cluster's network enforces policies; connections that stand may go on");
    deed.stillOpen.emplace_back("kubectl exec and logs go through the node and stay possible");
    return deed;
}

Result<Deed> KubernetesSession::terminate(const TargetFacts& facts, const ObjectName& name)
{
    Deed deed;
    if (name.kind == Kind::Pod) {
        deed.calls.push_back(RestCall{"DELETE", name.path(), {}, Repeat::IfNotBegun}.step());
        deed.change(facts, "status", "terminated");
        deed.stillOpen.emplace_back("its controller starts another one with the same image and rights");
        return deed;
    }
    const auto scale = [&name](Value replicas) { return patch(name.path() + "/scale", Value::Object{{"spec", Value::Object{{"replicas", std::move(replicas)}}}}).step(); };
    deed.calls.push_back(scale(0));
    deed.undo.push_back(scale(stateOf(facts, "replicas")));
    deed.change(facts, "status", "stopped");
    deed.change(facts, "replicas", 0);
    deed.stillOpen.emplace_back("what its pods hold in memory is lost: take evidence first");
    deed.undoCost = "Starts as many new pods as before; what was in the old ones stays lost.";
    return deed;
}

Result<Deed> KubernetesSession::unbind(const Action& action, const TargetFacts& facts, const ObjectName& name)
{
    const std::string grant = grantOf(action);
    for (const Value& binding : m_bindings) {
        if (bindingId(binding) != grant)
            continue;
        Value rest = Value::Array{};
        for (const Value& subject : binding["subjects"].asArray()) {
            if (!isSubject(subject, name))
                rest.append(subject);
        }
        const std::string path = bindingPath(grant);
        Deed deed;
        deed.change(facts, "grants", without(stateOf(facts, "grants"), grant));
        deed.dependents = facts.dependents.value_or(std::vector<EntityRef>());
        if (!rest.asArray().empty()) {
            deed.calls.push_back(resubject(path, binding["subjects"], rest).step());
            deed.undo.push_back(resubject(path, rest, binding["subjects"]).step());
            deed.undoCost = "Names it in the binding again; refused when the binding's subjects changed.";
            return deed;
        }
        const bool isOfCluster = grant.starts_with("clusterrolebindings/");
        deed.calls.push_back(RestCall{"DELETE", path, Value::Object{{"preconditions", Value::Object{{"uid", binding["metadata"]["uid"]}}}}, Repeat::IfNotBegun}.step());
        deed.undo.push_back(RestCall{"POST", path.substr(0, path.rfind('/')), manifest(binding, isOfCluster ? "ClusterRoleBinding" : "RoleBinding"), Repeat::IfNotBegun}.step());
        deed.undoCost = "Makes the binding again, under a new uid.";
        return deed;
    }
    return fail(ErrorCode::NotFound, "kubernetes: no binding '" + grant + "' names " + facts.target.id);
}

} // namespace cordon::connectors::kubernetes
