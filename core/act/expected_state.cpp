#include "core/act/expected_state.h"

#include "core/crypto/sha256.h"
#include "core/value/json.h"

#include <map>

namespace cordon::act {
namespace {

using Attributes = std::vector<std::string_view>;

const std::map<std::string_view, Attributes>& table()
{
    static const std::map<std::string_view, Attributes> attributes{
        {"evidence.collect", {}},
        {"evidence.snapshot", {}},
        {"inventory.read", {}},
        {"activity.watch", {}},
        {"change.open", {}},
        {"change.note", {}},
        {"credential.deactivate", {"status"}},
        {"credential.activate", {"status"}},
        {"credential.delete", {"status"}},
        {"credential.replace", {"siblings", "status"}},
        {"session.revoke", {"sessions_not_before", "status"}},
        {"account.suspend", {"status"}},
        {"account.resume", {"status"}},
        {"account.delete", {"keys", "policies", "status"}},
        {"workload.isolate", {"network", "security_groups"}},
        {"workload.release", {"network", "security_groups"}},
        {"workload.terminate", {"status"}},
        {"address.block", {"blocked"}},
        {"address.unblock", {"blocked"}},
        {"policy.detach", {"policies"}},
        {"grant.remove", {"grants"}},
        {"consent.revoke", {"consents"}},
        {"trust.restore", {"trust"}},
        {"secret.add_version", {"versions"}},
        {"secret.retire_version", {"versions"}},
        {"secret.delete_version", {"versions"}},
        {"dependent.update", {"configuration"}},
        {"token.destroy", {"status"}},
    };
    return attributes;
}

Value changedState(const Attributes& attributes, const TargetFacts& facts)
{
    Value::Object state;
    for (const std::string_view attribute : attributes) {
        const auto found = facts.state.find(std::string(attribute));
        state.emplace(attribute, found == facts.state.end() ? Value() : found->second);
    }
    return state;
}

Result<std::string> digestOf(const Value& value)
{
    CORDON_TRY(const std::string canonical, json::canonical(value));
    return crypto::sha256(canonical).hex();
}

} // namespace

const std::vector<std::string_view>* attributesChangedBy(std::string_view verb)
{
    const auto found = table().find(verb);
    return found == table().end() ? nullptr : &found->second;
}

Result<std::string> expectedState(const std::string& verb, const TargetFacts& facts)
{
    const Attributes* attributes = attributesChangedBy(verb);
    if (!attributes)
        return fail(ErrorCode::Unsupported, "expected_state: unknown verb '" + verb + "'");
    return digestOf(changedState(*attributes, facts));
}

Result<std::string> expectedState(const std::string& verb, const std::vector<TargetFacts>& facts)
{
    if (facts.empty())
        return fail(ErrorCode::Invalid, "expected_state: no target");
    if (facts.size() == 1)
        return expectedState(verb, facts.front());
    const Attributes* attributes = attributesChangedBy(verb);
    if (!attributes)
        return fail(ErrorCode::Unsupported, "expected_state: unknown verb '" + verb + "'");
    Value::Array all;
    for (const TargetFacts& one : facts) {
        all.push_back(Value::Object{
            {"kind", toString(one.target.kind)}, {"id", one.target.id}, {"state", changedState(*attributes, one)}});
    }
    return digestOf(all);
}

} // namespace cordon::act
