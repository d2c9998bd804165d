#include "core/investigate/access_document.h"

#include "core/value/json.h"

#include <algorithm>

namespace cordon::investigate {
namespace {

constexpr std::size_t longestRecord = 1U << 20U;

/// A member that may be one thing or a list of them.
Value::Array listOf(const Value& value)
{
    if (value.isArray())
        return value.asArray();
    return value.isNull() ? Value::Array() : Value::Array{value};
}

void addTexts(const Value& value, std::set<std::string>& texts)
{
    if (value.isString())
        texts.insert(value.asString());
    for (const Value& item : value.asArray())
        addTexts(item, texts);
    for (const auto& [name, member] : value.asObject())
        addTexts(member, texts);
}

/// Whom a statement of trust lets in; of a policy, what it allows.
std::set<std::string> doorsOf(const Value& statement)
{
    std::set<std::string> doors;
    for (const char* name : {"Principal", "NotPrincipal"})
        addTexts(statement[name], doors);
    for (const char* name : {"Action", "NotAction"}) {
        if (!statement.has("Principal") && !statement.has("NotPrincipal"))
            addTexts(statement[name], doors);
    }
    return doors;
}

bool holds(const AccessDocument& document, const Value& statement)
{
    return std::find(document.allows.begin(), document.allows.end(), statement) != document.allows.end();
}

} // namespace

AccessDocument accessDocumentIn(std::string_view record)
{
    AccessDocument document;
    if (record.size() > longestRecord)
        return document;
    const auto parsed = json::parse(record);
    if (!parsed)
        return document;
    const Value& asked = (*parsed)["requestParameters"];
    const bool isInline =
        asked.has("policyName") && (asked.has("userName") || asked.has("roleName") || asked.has("groupName"));
    if (isInline)
        return document; // a right of its own, neither trust nor a policy that others have
    const Value& version = (*parsed)["responseElements"]["policyVersion"]["versionId"];
    document.version = (version.isString() ? version : asked["versionId"]).asString();
    for (const char* name : {"policyDocument", "assumeRolePolicyDocument", "bucketPolicy", "resourcePolicy", "policy"}) {
        const Value& text = asked[name];
        if (text.isNull())
            continue;
        const auto content = text.isString() ? json::parse(text.asString()) : Result<Value>(text);
        if (!content)
            continue;
        document.isKnown = true;
        for (Value& statement : listOf((*content)["Statement"])) {
            if (statement["Effect"].asString() != "Deny")
                document.allows.push_back(std::move(statement));
        }
    }
    // A version of a policy counts once it is the default; a document without versions does at once.
    document.isVersion = asked.has("policyArn");
    const bool isPutInForce = !asked.has("policyDocument") && asked.has("versionId") &&
                              (*parsed)["eventName"].asString().starts_with("SetDefault");
    document.isInForce = isPutInForce || (document.isKnown && (!document.isVersion || asked["setAsDefault"].asBool()));
    return document;
}

bool keepsDoor(const AccessDocument& last, const AccessDocument& written, const AccessDocument& before)
{
    if (!last.isKnown)
        return written.version.empty() || last.version.empty() || last.version == written.version;
    if (!written.isKnown)
        return true;
    std::set<std::string> doors;
    for (const Value& statement : written.allows) {
        if (!holds(before, statement))
            doors.merge(doorsOf(statement));
    }
    return std::any_of(last.allows.begin(), last.allows.end(), [&](const Value& statement) {
        if (holds(before, statement))
            return false;
        const std::set<std::string> open = doorsOf(statement);
        return std::any_of(open.begin(), open.end(), [&](const std::string& door) { return doors.contains(door); });
    });
}

} // namespace cordon::investigate
