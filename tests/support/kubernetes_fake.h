#pragma once

#include "tests/support/json_fake.h"

namespace cordon::test {

/// A cluster's API server, after its published description: objects by path, created once, patched by the patch that is named.
class KubernetesFake final : public JsonFake
{
public:
    std::map<std::string, Value> objects; ///< by path below the server
    bool rolloutHangs = false;
    bool takesCheckpoints = true;
    std::vector<std::string> checkpoints; ///< node, namespace, pod, container
    std::string token = "cluster-secret-token";
    std::string cluster = "aaaaaaaa-0000-0000-0000-0000000000ff";

    KubernetesFake()
    {
        route("getReview", "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", [](const Asked&) {
            return json(Value::Object{{"status", Value::Object{{"userInfo", Value::Object{{"username", "system:serviceaccount:cordon:responder"}}}}}}, 201);
        }, {"apiVersion", "kind"});
        route("getSystem", "GET", "/api/v1/namespaces/kube-system", [this](const Asked&) {
            return json(Value::Object{{"metadata", Value::Object{{"name", "kube-system"}, {"uid", cluster}}}});
        });
        const std::string core = "/api/v1";
        const std::string rbac = "/apis/rbac.authorization.k8s.io/v1";
        object("Pod", core + "/namespaces/{}/pods", "metadata", {});
        object("Node", core + "/nodes", "spec", {});
        object("ServiceAccount", core + "/namespaces/{}/serviceaccounts", "", {});
        object("Secret", core + "/namespaces/{}/secrets", "", {});
        object("Deployment", "/apis/apps/v1/namespaces/{}/deployments", "", {});
        route("patchSecret", "PATCH", core + "/namespaces/{}/secrets/{}", [this](const Asked& asked) {
            if (asked.request.header("accept").find("PartialObjectMetadata") == std::string::npos)
                return refusal(400, "the content of a secret was asked for");
            const PeerReply reply = patchedOf(asked);
            if (const auto found = objects.find(asked.request.path()); found != objects.end()) {
                Value metadata = found->second["metadata"];
                found->second.set("metadata", metadata.set("resourceVersion", std::to_string(++m_made)));
            }
            return reply;
        }, {"metadata", "stringData"});
        route("patchDeployment", "PATCH", "/apis/apps/v1/namespaces/{}/deployments/{}", [this](const Asked& asked) {
            const PeerReply reply = patchedOf(asked);
            if (const auto found = objects.find(asked.request.path()); found != objects.end()) {
                const Value& replicas = found->second["spec"]["replicas"];
                found->second.set("status", Value::Object{{"observedGeneration", 1}, {"replicas", replicas}, {"updatedReplicas", rolloutHangs ? Value(1) : replicas}, {"availableReplicas", replicas}});
            }
            return reply;
        }, {"spec"});
        route("checkpoint", "POST", core + "/nodes/{}/proxy/checkpoint/{}/{}/{}", [this](const Asked& asked) {
            if (!takesCheckpoints)
                return refusal(404, "page not found");
            checkpoints.push_back(asked.parts[0] + ' ' + asked.parts[1] + ' ' + asked.parts[2] + ' ' + asked.parts[3]);
            return json(Value::Object{{"items", Value::Array{"/var/lib/kubelet/checkpoints/checkpoint-x.tar"}}});
        });
        object("Policy", "/apis/networking.k8s.io/v1/namespaces/{}/networkpolicies", "", {"apiVersion", "kind", "metadata", "spec"});
        object("RoleBinding", rbac + "/namespaces/{}/rolebindings", "subjects", {"apiVersion", "kind", "metadata", "roleRef", "subjects"});
        object("ClusterRoleBinding", rbac + "/clusterrolebindings", "subjects", {"apiVersion", "kind", "metadata", "roleRef", "subjects"});
        list("AllRoleBindings", rbac + "/rolebindings", "/rolebindings/");
        route("scale", "PATCH", "/apis/apps/v1/namespaces/{}/deployments/{}/scale", [this](const Asked& asked) {
            const std::string path = asked.request.path();
            Value& deployment = objects.at(path.substr(0, path.rfind('/')));
            Value spec = deployment["spec"];
            deployment.set("spec", spec.set("replicas", asked.body["spec"]["replicas"]));
            return json(Value::Object{{"kind", "Scale"}});
        }, {"spec"});
    }

private:
    PeerReply refusal(int status, const std::string& words) override
    {
        const char* reason = status == 404 ? "NotFound" : status == 409 ? "AlreadyExists" : status == 422 ? "Invalid" : status == 429 ? "TooManyRequests" : "BadRequest";
        return json(Value::Object{{"kind", "Status"}, {"apiVersion", "v1"}, {"status", "Failure"}, {"message", words}, {"reason", reason}, {"code", status}}, status);
    }
    std::optional<PeerReply> denied(const PeerRequest& request) override
    {
        if (request.header("authorization") == "Bearer " + token)
            return std::nullopt;
        return json(Value::Object{{"kind", "Status"}, {"status", "Failure"}, {"message", "Unauthorized"}, {"reason", "Unauthorized"}, {"code", 401}}, 401);
    }

    /// In pages of one, as `continue` leads on.
    void list(const std::string& name, const std::string& path, const std::string& mark)
    {
        route("get" + name, "GET", path, [this, mark](const Asked& asked) {
            const std::string under = asked.request.path().substr(0, asked.request.path().find_last_of('/'));
            std::vector<Value> all;
            for (const auto& [at, one] : objects) {
                if (at.find(mark) != std::string::npos && at.starts_with(under) && isField(asked, one))
                    all.push_back(one);
            }
            const auto mine = asked.query.find("continue");
            const std::size_t from = mine == asked.query.end() ? 0 : std::stoul(mine->second);
            Value::Array page;
            if (from < all.size())
                page.push_back(all[from]);
            return json(Value::Object{{"items", page}, {"metadata", Value::Object{{"continue", from + 1 < all.size() ? std::to_string(from + 1) : ""}}}});
        }, {}, {"limit", "continue", "fieldSelector"});
    }
    static bool isField(const Asked& asked, const Value& one)
    {
        const auto selector = asked.query.find("fieldSelector");
        return selector == asked.query.end() || selector->second == "spec.serviceAccountName=" + one["spec"]["serviceAccountName"].asString();
    }

    /// @param patched  the member that a patch may change, "" = none;  @param made  members of a new one, none = it is not made
    void object(const std::string& name, const std::string& base, const std::string& patched, const std::set<std::string>& made)
    {
        list(name + "s", base, base.substr(base.rfind('/')) + '/');
        route("get" + name, "GET", base + "/{}", [this](const Asked& asked) {
            const auto found = objects.find(asked.request.path());
            if (found == objects.end())
                return missing(asked);
            if (asked.request.path().find("/secrets/") != std::string::npos && asked.request.header("accept").find("PartialObjectMetadata") == std::string::npos)
                return refusal(400, "the content of a secret was asked for");
            return json(found->second);
        });
        route("delete" + name, "DELETE", base + "/{}", [this](const Asked& asked) {
            const auto found = objects.find(asked.request.path());
            if (found == objects.end())
                return missing(asked);
            if (const Value& uid = asked.body["preconditions"]["uid"]; !uid.isNull() && !(uid == found->second["metadata"]["uid"]))
                return refusal(409, "the UID in the precondition does not match the UID in record");
            objects.erase(found);
            return json(Value::Object{{"kind", "Status"}, {"status", "Success"}});
        }, {"preconditions"});
        if (!patched.empty())
            route("patch" + name, "PATCH", base + "/{}", [this](const Asked& asked) { return patchedOf(asked); }, {patched});
        if (!made.empty()) {
            route("create" + name, "POST", base, [this](const Asked& asked) {
                const std::string path = asked.request.path() + '/' + asked.body["metadata"]["name"].asString();
                if (objects.contains(path))
                    return refusal(409, "object already exists");
                Value one = asked.body;
                Value metadata = one["metadata"];
                objects[path] = one.set("metadata", metadata.set("uid", "made" + std::to_string(++m_made)));
                return json(objects[path], 201);
            }, made);
        }
    }
    PeerReply missing(const Asked& asked) { return refusal(404, asked.request.path() + " not found"); }

    static Value merged(const Value& into, const Value& change)
    {
        if (!change.isObject())
            return change;
        Value::Object all = into.asObject();
        for (const auto& [name, value] : change.asObject()) {
            if (value.isNull())
                all.erase(name);
            else
                all[name] = merged(all[name], value);
        }
        return all;
    }
    PeerReply patchedOf(const Asked& asked)
    {
        const auto found = objects.find(asked.request.path());
        if (found == objects.end())
            return missing(asked);
        const std::string type = asked.request.header("content-type");
        if (type == "application/merge-patch+json") {
            found->second = merged(found->second, asked.body);
            return json(found->second);
        }
        if (type != "application/json-patch+json")
            return refusal(415, "the body of the request was in an unknown format");
        for (const Value& step : asked.body.asArray()) {
            if (step["path"].asString() != "/subjects")
                return refusal(422, "path");
            if (step["op"].asString() == "test" && !(found->second["subjects"] == step["value"]))
                return refusal(422, "the server rejected our request due to an error in our request");
            if (step["op"].asString() == "replace")
                found->second.set("subjects", step["value"]);
        }
        return json(found->second);
    }

    int m_made = 0;
};

} // namespace cordon::test
