#include "core/connectors/effects.h"

#include "core/connectors/deed.h"

#include <algorithm>

namespace cordon::connectors {
namespace {

Effect there(bool isSo)
{
    return isSo ? Effect::There : Effect::NotThere;
}

Effect hasStatus(const TargetFacts& facts, std::string_view wanted)
{
    return there(facts.exists && stateOf(facts, "status").asString() == wanted);
}

Effect isGone(const TargetFacts& facts)
{
    const std::string& status = stateOf(facts, "status").asString();
    return there(!facts.exists || status == "deleted" || status == "revoked" || status == "terminated" || status == "stopped");
}

Effect isSince(const TargetFacts& facts, const std::string& attribute, std::optional<Timestamp> since)
{
    const auto time = Timestamp::parse(stateOf(facts, attribute).asString());
    if (!facts.exists || !time)
        return Effect::NotThere;
    return since ? there(*time >= *since) : Effect::Unclear;
}

Effect isWithout(const TargetFacts& facts, const std::string& attribute, const std::string& id)
{
    return there(!facts.exists || !holds(stateOf(facts, attribute), id));
}

/// A version that is no longer in use, or no longer there.
Effect hasVersion(const TargetFacts& facts, const std::string& id, bool isDeleted)
{
    for (const Value& version : stateOf(facts, "versions").asArray()) {
        if (version["id"].asString() == id)
            return there(!isDeleted && version["stage"].asString() == "RETIRED");
    }
    return there(isDeleted);
}

} // namespace

std::string grantOf(const Action& action)
{
    for (const char* name : {"grant", "role", "group", "policy", "resource"}) {
        if (const std::string& id = action.params[name].asString(); !id.empty())
            return id;
    }
    return {};
}

Result<Effect> effectIn(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since)
{
    const std::string& verb = action.type;
    const Value& params = action.params;
    if (verb == "credential.deactivate")
        return hasStatus(facts, "inactive");
    if (verb == "credential.activate" || verb == "account.resume")
        return hasStatus(facts, "active");
    if (verb == "account.suspend")
        return hasStatus(facts, "suspended");
    if (verb == "credential.delete" || verb == "account.delete" || verb == "token.destroy" || verb == "workload.terminate")
        return isGone(facts);
    if (verb == "session.revoke")
        return isSince(facts, "sessions_not_before", since);
    if (verb == "credential.replace")
        return facts.exists && stateOf(facts, "replaced").isNull() ? Effect::Unclear : isSince(facts, "replaced", since);
    if (verb == "policy.detach")
        return isWithout(facts, "policies", params["policy"].asString());
    if (verb == "grant.remove")
        return isWithout(facts, "grants", grantOf(action));
    if (verb == "consent.revoke")
        return isWithout(facts, "consents", params["application"].isString() ? params["application"].asString() : params["grant"].asString());
    if (verb == "workload.isolate")
        return there(facts.exists && (stateOf(facts, "network").asString() == "isolated" || stateOf(facts, "network").asString() == "cordoned"));
    if (verb == "workload.release")
        return there(facts.exists && stateOf(facts, "network").asString() == "normal");
    if (verb == "address.block" || verb == "address.unblock")
        return stateOf(facts, "blocked").isBool() ? there(stateOf(facts, "blocked").asBool() == (verb == "address.block")) : Effect::Unclear;
    if (verb == "secret.retire_version" || verb == "secret.delete_version")
        return hasVersion(facts, params["version"].asString(), verb == "secret.delete_version");
    return fail(ErrorCode::Unsupported, "nobody can tell from " + facts.target.id + " whether " + verb + " was done");
}

} // namespace cordon::connectors
