#include "core/tenant/deed_verbs.h"

#include <map>

namespace cordon::tenant {
namespace {

constexpr const char* quarantineGroup = "sg-cordon-quarantine";
constexpr const char* current = "AWSCURRENT";
constexpr const char* previous = "AWSPREVIOUS";

Result<void> isolate(const DeedContext& context, Deed& deed)
{
    const TargetFacts& facts = context.facts;
    if (stateOf(facts, "status").asString() == "terminated")
        return fail(ErrorCode::Denied, "IncorrectInstanceState: " + nameOf(facts.target) + " is terminated");
    deed.requests.push_back("ec2:ModifyNetworkInterfaceAttribute " + nameOf(facts.target) +
                            " Groups=" + quarantineGroup);
    if (stateOf(facts, "network").asString() != "isolated")
        addChange(deed, facts, "saved_groups", stateOf(facts, "security_groups"));
    addChange(deed, facts, "network", "isolated");
    addChange(deed, facts, "security_groups", Value::Array{quarantineGroup});
    deed.undo = "Puts the saved security groups back; a restore passes the policy checks first.";
    deed.stillOpen.push_back("connections that are tracked already may last until they close");
    deed.stillOpen.push_back("credentials that the workload holds stay valid outside it");
    return {};
}

Result<void> release(const DeedContext& context, Deed& deed)
{
    const TargetFacts& facts = context.facts;
    const Value& saved = stateOf(facts, "saved_groups");
    deed.requests.push_back("ec2:ModifyNetworkInterfaceAttribute " + nameOf(facts.target) + " Groups=<saved>");
    addChange(deed, facts, "network", "normal");
    if (saved.isArray())
        addChange(deed, facts, "security_groups", saved);
    deed.undo = "Isolates the workload again.";
    return {};
}

Result<void> terminate(const DeedContext& context, Deed& deed)
{
    deed.requests.push_back("ec2:TerminateInstances " + nameOf(context.facts.target));
    addChange(deed, context.facts, "status", "terminated");
    deed.removed.push_back(context.facts.target);
    deed.hasUndo = false;
    deed.undo.clear();
    return {};
}

Result<void> block(const DeedContext& context, Deed& deed)
{
    deed.requests.push_back("organizations:UpdatePolicy Deny aws:SourceIp=" + context.facts.target.id);
    addChange(deed, context.facts, "blocked", true);
    deed.undo = "Allows calls from the address again.";
    deed.stillOpen.push_back("the same intruder may come from another address");
    return {};
}

Result<void> unblock(const DeedContext& context, Deed& deed)
{
    deed.requests.push_back("organizations:UpdatePolicy Allow aws:SourceIp=" + context.facts.target.id);
    addChange(deed, context.facts, "blocked", false);
    deed.undo = "Blocks the address again.";
    return {};
}

Result<void> addVersion(const DeedContext& context, Deed& deed)
{
    const Value& before = stateOf(context.facts, "versions");
    const std::string& named = context.action.params["version"].asString();
    const std::string id = named.empty() ? 'v' + std::to_string(before.asArray().size() + 1) : named;
    Value versions = Value::Array{};
    for (const Value& version : before.asArray()) {
        if (version["id"].asString() == id)
            return fail(ErrorCode::Denied, "ResourceExistsException: version " + id + " exists");
        const std::string& stage = version["stage"].asString();
        versions.append(Value::Object{{"id", version["id"]},
                                      {"stage", stage == current    ? previous
                                                : stage == previous ? ""
                                                                    : stage.c_str()}});
    }
    versions.append(Value::Object{{"id", id}, {"stage", current}});
    deed.requests.push_back("secretsmanager:PutSecretValue " + nameOf(context.facts.target) + " Version=" + id);
    deed.note.set("made:" + context.facts.target.id, id);
    addChange(deed, context.facts, "versions", std::move(versions));
    deed.undo = "Removes the new version; dependents that took it must take the old one again.";
    deed.stillOpen.push_back("the old version still opens what it opened");
    return {};
}

/// The version that the action names, else the newest one that is no longer current.
Result<std::string> namedVersion(const DeedContext& context)
{
    const std::string& named = context.action.params["version"].asString();
    std::string fallback;
    for (const Value& version : stateOf(context.facts, "versions").asArray()) {
        const bool isCurrent = version["stage"].asString() == current;
        if (version["id"].asString() == named && isCurrent)
            return fail(ErrorCode::Denied, "InvalidRequestException: version " + named + " is the current one");
        if (version["id"].asString() == named)
            return named;
        if (!isCurrent && version["stage"].asString() != "RETIRED")
            fallback = version["id"].asString();
    }
    if (!named.empty() || fallback.empty())
        return fail(ErrorCode::NotFound,
                    "ResourceNotFoundException: no such old version of " + nameOf(context.facts.target));
    return fallback;
}

Result<void> retireVersion(const DeedContext& context, Deed& deed)
{
    CORDON_TRY(const std::string id, namedVersion(context));
    Value versions = Value::Array{};
    for (const Value& version : stateOf(context.facts, "versions").asArray())
        versions.append(version["id"].asString() == id ? Value(Value::Object{{"id", id}, {"stage", "RETIRED"}})
                                                       : version);
    deed.requests.push_back("secretsmanager:UpdateSecretVersionStage " + nameOf(context.facts.target) + " retire " +
                            id);
    deed.note.set("version:" + context.facts.target.id, id);
    addChange(deed, context.facts, "versions", std::move(versions));
    deed.undo = "Refused: it would expose the old value again.";
    return {};
}

Result<void> deleteVersion(const DeedContext& context, Deed& deed)
{
    const std::string& asked = context.action.params["version"].asString();
    std::string id = asked;
    if (asked.empty()) {
        for (const Value& version : stateOf(context.facts, "versions").asArray()) {
            if (version["stage"].asString() == "RETIRED")
                id = version["id"].asString();
        }
    }
    Value versions = Value::Array{};
    bool isThere = false;
    for (const Value& version : stateOf(context.facts, "versions").asArray()) {
        if (version["id"].asString() != id) {
            versions.append(version);
            continue;
        }
        if (version["stage"].asString() == current)
            return fail(ErrorCode::Denied, "InvalidRequestException: version " + id + " is the current one");
        isThere = true;
    }
    if (!isThere)
        return fail(ErrorCode::NotFound,
                    "ResourceNotFoundException: no such retired version of " + nameOf(context.facts.target));
    deed.requests.push_back("secretsmanager:DeleteSecretVersion " + nameOf(context.facts.target) + " Version=" + id);
    deed.note.set("version:" + context.facts.target.id, id);
    addChange(deed, context.facts, "versions", std::move(versions));
    deed.hasUndo = false;
    deed.undo.clear();
    return {};
}

/// The thing that took the place of `old`, or `old` itself and what it replaced: {from, to}.
Result<std::pair<EntityRef, EntityRef>> succession(Tenant& tenant, const EntityRef& named)
{
    CORDON_TRY(const std::vector<EntityRef> all, tenant.entities(named.kind));
    for (const EntityRef& other : all) {
        CORDON_TRY(const StateRow replaces, tenant.state(other, "replaces"));
        if (replaces.value.asString() == named.id)
            return std::pair(named, other);
        if (other == named && replaces.value.isString())
            return std::pair(EntityRef{named.kind, replaces.value.asString(), {}, {}}, named);
    }
    return fail(ErrorCode::Denied, "nothing has replaced " + named.id + " yet");
}

Result<void> updateDependent(const DeedContext& context, Deed& deed)
{
    const Value& params = context.action.params;
    Value configuration = stateOf(context.facts, "configuration");
    if (configuration.isNull())
        configuration = Value::Object{};
    if (params.has("credential")) {
        const EntityRef named{EntityKind::Credential, params["credential"].asString(), {}, {}};
        CORDON_TRY(const auto moved, succession(context.tenant, named));
        configuration.set("credential", moved.second.id);
        deed.moves.push_back({context.facts.target, moved.first, moved.second});
    } else if (params.has("secret")) {
        const EntityRef secret{EntityKind::Secret, params["secret"].asString(), {}, {}};
        const std::string& version = params["version"].asString();
        configuration.set("secret", secret.id).set("secret_version", version.empty() ? current : version.c_str());
    } else {
        return fail(ErrorCode::Invalid, "dependent.update: 'credential' or 'secret' must say what to use from now on");
    }
    deed.requests.push_back("codebuild:UpdateProject " + nameOf(context.facts.target));
    addChange(deed, context.facts, "configuration", std::move(configuration));
    deed.undo = "Puts the previous value back.";
    return {};
}

Result<void> readOnly(const DeedContext& context, Deed& deed)
{
    deed.requests.push_back("read " + context.facts.target.key());
    return {};
}

Result<void> snapshot(const DeedContext& context, Deed& deed)
{
    if (context.facts.target.kind == EntityKind::Workload || context.facts.target.kind == EntityKind::Host) {
        const std::string id =
            madeUpId("snap-", context.facts.target.key() + '\n' + context.tenant.now().toString(), 12);
        deed.requests.push_back("ec2:CreateSnapshot " + nameOf(context.facts.target));
        deed.note.set(context.facts.target.id, id);
        return {};
    }
    return readOnly(context, deed);
}

Result<void> watch(const DeedContext& context, Deed& deed)
{
    deed.requests.push_back("watch " + context.facts.target.key());
    return {};
}

Result<void> openChange(const DeedContext& context, Deed& deed)
{
    deed.requests.push_back("change:Open for " + nameOf(context.facts.target));
    deed.note.set("open", true);
    return {};
}

Result<void> noteChange(const DeedContext& context, Deed& deed)
{
    deed.requests.push_back("change:Note for " + nameOf(context.facts.target));
    deed.note.set("note", true);
    return {};
}

} // namespace

DeedVerb resourceVerb(std::string_view verb)
{
    static const std::map<std::string_view, DeedVerb> verbs{
        {"workload.isolate", isolate},
        {"workload.release", release},
        {"workload.terminate", terminate},
        {"address.block", block},
        {"address.unblock", unblock},
        {"secret.add_version", addVersion},
        {"secret.retire_version", retireVersion},
        {"secret.delete_version", deleteVersion},
        {"dependent.update", updateDependent},
        {"evidence.collect", readOnly},
        {"evidence.snapshot", snapshot},
        {"inventory.read", readOnly},
        {"activity.watch", watch},
        {"change.open", openChange},
        {"change.note", noteChange},
    };
    const auto found = verbs.find(verb);
    return found == verbs.end() ? nullptr : found->second;
}

} // namespace cordon::tenant
