#include "core/connectors/aws/made_key.h"

#include "core/connectors/aws/identity_facts.h"
#include "core/value/json.h"

namespace cordon::connectors::aws {
namespace {

constexpr const char* making = "make key";
constexpr const char* removing = "remove made key";
constexpr std::chrono::minutes clockDifference{5}; ///< between this machine and AWS, at most

std::string valueIdOf(const Action& action)
{
    const std::string& secret = action.params["secret"].asString();
    return secret.empty() ? action.targets.front().id : secret;
}

/// The id of the key whose secret the vault holds under that id, or "".
std::string keptKey(const Client& client, const std::string& valueFor)
{
    const crypto::SecretBytes* kept = client.newValue(valueFor);
    const auto value = kept ? json::parse(kept->text()) : Result<Value>(Value());
    return value ? (*value)["AccessKeyId"].asString() : std::string();
}

Result<std::optional<act::MadeValue>> make(Client& client, const Value& call)
{
    // Asked for twice, it would make two.
    CORDON_TRY(const Document said, client.query({"iam", "CreateAccessKey", {{"UserName", call["user"].asString()}}, Repeat::IfNotBegun}));
    const std::string id = textOf(*said, "AccessKeyId");
    const std::string secret = textOf(*said, "SecretAccessKey");
    if (id.empty() || secret.empty())
        return fail(ErrorCode::Io, "iam:CreateAccessKey: a key was made, and its secret did not come");
    const std::string value = json::write(Value::Object{{"AccessKeyId", id}, {"SecretAccessKey", secret}});
    return act::MadeValue{call["value_for"].asString(), crypto::SecretBytes::copyOf(value)};
}

/// INVARIANT: no key is deleted but one that the vault says was made here. One whose answer was lost is known by its time alone,
/// so it is only switched off.
Result<void> remove(Client& client, const Value& call)
{
    const std::string& user = call["user"].asString();
    const auto since = Timestamp::parse(call["since"].asString());
    if (!since)
        return fail(ErrorCode::Invalid, "aws: a call that is none");
    const std::string kept = keptKey(client, call["value_for"].asString());
    CORDON_TRY(const Value keys, keysOf(client, user));
    for (const Value& key : keys.asArray()) {
        const std::string& id = key["id"].asString();
        const auto created = Timestamp::parse(key["created"].asString());
        const bool isKept = !kept.empty() && id == kept;
        const bool isLost = kept.empty() && id != call["old"].asString() && created && *created >= *since - clockDifference;
        if (!isKept && !isLost)
            continue;
        CORDON_TRY(const Document used, client.query({"iam", "GetAccessKeyLastUsed", {{"AccessKeyId", id}}, Repeat::Freely}));
        if (Timestamp::parse(textOf(*used, "LastUsedDate")))
            return fail(ErrorCode::Denied, "iam: the new key " + id + " is in use: move who uses it back first");
        const Call off{"iam", "UpdateAccessKey", {{"UserName", user}, {"AccessKeyId", id}, {"Status", "Inactive"}}, Repeat::Freely};
        const Call away{"iam", "DeleteAccessKey", {{"UserName", user}, {"AccessKeyId", id}}, Repeat::IfNotBegun};
        CORDON_CHECK(client.query(isKept ? away : off).map([](const Document&) {}));
    }
    return {};
}

} // namespace

Result<Deed> planMadeKey(Client& client, const Action& action, const TargetFacts& facts)
{
    if (facts.target.type != "access_key" || !facts.ownerEntity)
        return fail(ErrorCode::Unsupported, "iam: only a user's access key is replaced");
    const std::string& user = facts.ownerEntity->name;
    const std::string valueFor = valueIdOf(action);
    const Value::Array& siblings = stateOf(facts, "siblings").asArray();
    const bool isThere = madeKeyEffect(client, action, facts) == Effect::There;
    if (!siblings.empty() && !isThere)
        return fail(ErrorCode::Denied, "iam: " + user + " has two keys, the most that there may be, inactive ones included: " +
                                           siblings.front()["id"].asString() + " has to be deleted first");
    Deed deed;
    deed.calls.push_back({Value::Object{{"do", making}, {"user", user}, {"value_for", valueFor}},
                          "iam:CreateAccessKey UserName=" + user + " (its secret goes to the vault, as " + valueFor + ')'});
    deed.undo.push_back({Value::Object{{"do", removing}, {"user", user}, {"old", facts.target.id}, {"value_for", valueFor}, {"since", client.context().now.toString()}},
                         "iam:DeleteAccessKey UserName=" + user + " of the key that was made"});
    deed.change(facts, "keys_of_user", 2);
    deed.stillOpen.push_back("the old key " + facts.target.id + " is as it was: switching it off and deleting it are steps of their own");
    deed.undoCost = "Deletes the new key, unless it is in use by then; the old one was never touched.";
    return deed;
}

bool isMadeKeyCall(const Value& call)
{
    return call["do"].asString() == making || call["do"].asString() == removing;
}

Result<std::optional<act::MadeValue>> changeMadeKey(Client& client, const Value& call)
{
    if (call["user"].asString().empty() || call["value_for"].asString().empty())
        return fail(ErrorCode::Invalid, "aws: a call that is none");
    if (call["do"].asString() == making)
        return make(client, call);
    CORDON_CHECK(remove(client, call));
    return std::optional<act::MadeValue>();
}

Effect madeKeyEffect(Client& client, const Action& action, const TargetFacts& facts)
{
    const std::string kept = keptKey(client, valueIdOf(action));
    for (const Value& key : stateOf(facts, "siblings").asArray()) {
        if (!kept.empty() && key["id"].asString() == kept)
            return key["status"].asString() == "active" ? Effect::There : Effect::NotThere;
    }
    return Effect::NotThere;
}

} // namespace cordon::connectors::aws
