#include "core/connectors/aws/trust_policy.h"

#include "core/value/json.h"

namespace cordon::connectors::aws {
namespace {

/// `123456789012`, an ARN of that account, or the id that is left of a user or role that was deleted: it opens nothing.
bool isOf(const std::string& principal, const std::string& account)
{
    if (principal == account || principal.starts_with("AIDA") || principal.starts_with("AROA"))
        return true;
    std::size_t at = 0;
    for (int part = 0; part < 4 && at != std::string::npos; ++part)
        at = principal.find(':', at + (part > 0 ? 1 : 0));
    return principal.starts_with("arn:") && at != std::string::npos && principal.compare(at + 1, account.size() + 1, account + ':') == 0;
}

/// The principals of AWS that are the account's own; null when none is.
Value ownOf(const Value& principals, const std::string& account)
{
    if (principals.isString())
        return isOf(principals.asString(), account) ? principals : Value();
    Value::Array own;
    for (const Value& one : principals.asArray()) {
        if (isOf(one.asString(), account))
            own.push_back(one);
    }
    return own.empty() ? Value() : Value(std::move(own));
}

/// An allowing statement without strangers, or null when it is about nobody else. Denials stay as they are.
Value narrowed(const Value& statement, const std::string& account)
{
    if (statement["Effect"].asString() != "Allow")
        return statement;
    if (!statement["Principal"].isObject() || statement.has("NotPrincipal"))
        return {}; // everybody, or everybody but
    Value::Object principals;
    for (const auto& [kind, who] : statement["Principal"].asObject()) {
        Value kept = kind == "AWS" ? ownOf(who, account) : who;
        if (!kept.isNull())
            principals.emplace(kind, std::move(kept));
    }
    if (principals.empty())
        return {};
    Value::Object members = statement.asObject();
    members["Principal"] = std::move(principals);
    return members;
}

} // namespace

Result<std::string> narrowedTrust(const std::string& document, const std::string& account)
{
    const auto policy = json::parse(document);
    if (!policy || !policy->isObject())
        return fail(ErrorCode::Invalid, "iam: a trust policy that is none");
    const Value& statements = (*policy)["Statement"];
    const Value::Array all = statements.isArray() ? statements.asArray() : Value::Array{statements};
    Value::Array kept;
    for (const Value& statement : all) {
        if (Value rest = narrowed(statement, account); !rest.isNull())
            kept.push_back(std::move(rest));
    }
    if (kept == all)
        return document;
    if (kept.empty())
        kept.push_back(Value::Object{{"Effect", "Deny"}, {"Principal", Value::Object{{"AWS", "*"}}}, {"Action", "sts:AssumeRole"}});
    Value::Object members = policy->asObject();
    members["Statement"] = std::move(kept);
    return json::write(members);
}

} // namespace cordon::connectors::aws
