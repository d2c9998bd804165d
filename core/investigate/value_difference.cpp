#include "core/investigate/value_difference.h"

#include "core/base/secret_shapes.h"
#include "core/domain/plain_name.h"
#include "core/value/json.h"

#include <algorithm>
#include <functional>
#include <iterator>

namespace cordon::investigate {
namespace {

constexpr std::size_t longestName = 80;
constexpr std::size_t longestValue = 400;
constexpr std::size_t mostParts = 8;

std::string written(const Value& value)
{
    if (value.isNull())
        return {};
    return value.isString() ? value.asString() : json::write(value);
}

/// Secrets go before anything is cut: half of one has no shape.
std::string shown(const std::string& text)
{
    return plainText(withoutSecrets(text), longestValue);
}

/// The document that a text is, or the value itself.
Value documentIn(const Value& value)
{
    if (!value.isString() || value.asString().empty() || value.asString().front() != '{')
        return value;
    return json::parse(value.asString()).value_or(value);
}

Value::Array statementsOf(const Value& document)
{
    const Value& statements = document["Statement"];
    if (statements.isArray())
        return statements.asArray();
    return statements.isNull() ? Value::Array() : Value::Array{statements};
}

bool anyText(const Value& value, const std::function<bool(const std::string&)>& isMeant)
{
    if (value.isString())
        return isMeant(value.asString());
    if (value.isArray())
        return std::any_of(value.asArray().begin(), value.asArray().end(),
                           [&](const Value& one) { return anyText(one, isMeant); });
    return std::any_of(value.asObject().begin(), value.asObject().end(),
                       [&](const auto& member) { return anyText(member.second, isMeant); });
}

/// How much a statement of a policy opens.
int widthOf(const Value& statement)
{
    if (statement["Effect"].asString() == "Deny")
        return 0;
    const auto isAll = [](const std::string& text) { return text == "*"; };
    const auto isWide = [](const std::string& text) { return text.find('*') != std::string::npos; };
    const Value& principal = statement["Principal"];
    int width = 1;
    width += anyText(statement["Action"], isAll) || statement.has("NotAction") ? 8
             : anyText(statement["Action"], isWide)                          ? 4
                                                                             : 0;
    width += anyText(principal, isAll) || statement.has("NotPrincipal") ? 8 : principal.has("AWS") ? 2 : 0;
    width += anyText(statement["Resource"], isAll) || statement.has("NotResource") ? 2 : 0;
    return width;
}

std::string writtenList(Value::Array statements)
{
    std::stable_sort(statements.begin(), statements.end(),
                     [](const Value& a, const Value& b) { return widthOf(a) > widthOf(b); });
    std::string text;
    for (const Value& statement : statements)
        text += (text.empty() ? "" : ", ") + json::write(statement);
    return text;
}

/// Those of `all` that `others` do not hold.
Value::Array without(const Value::Array& all, const Value::Array& others)
{
    Value::Array rest;
    std::copy_if(all.begin(), all.end(), std::back_inserter(rest), [&](const Value& one) {
        return std::find(others.begin(), others.end(), one) == others.end();
    });
    return rest;
}

/// A policy that is too long begins with what it opens widest.
std::string writtenDocument(const Value& value)
{
    const std::string whole = written(value);
    if (whole.size() <= longestValue)
        return whole;
    const Value document = documentIn(value);
    return document.has("Statement") ? writtenList(statementsOf(document)) : whole;
}

/// Texts that begin alike for longer than is shown begin shortly before they differ.
void cutAlike(std::string& before, std::string& after)
{
    constexpr std::size_t context = 40;
    if (before.size() <= longestValue && after.size() <= longestValue)
        return;
    const auto [one, other] = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
    const auto alike = static_cast<std::size_t>(one - before.begin());
    if (alike <= context)
        return;
    before = "…" + before.substr(alike - context);
    after = "…" + after.substr(alike - context);
}

class Shown
{
public:
    void add(const std::string& name, bool isBeforeKnown, std::string before, std::string after)
    {
        before = withoutSecrets(before);
        after = withoutSecrets(after);
        if (before == after || m_all.size() >= mostParts)
            return;
        cutAlike(before, after);
        m_all.push_back({plainText(name, longestName), shown(before), shown(after), isBeforeKnown});
    }
    std::vector<ChangedValue> take() { return std::move(m_all); }

private:
    std::vector<ChangedValue> m_all;
};

} // namespace

std::vector<ChangedValue> shownValues(const std::string& name, const Value* before, const Value& after)
{
    Shown shown;
    if (!before) {
        shown.add(name, false, {}, writtenDocument(after));
        return shown.take();
    }
    const Value old = documentIn(*before);
    const Value fresh = documentIn(after);
    if (!old.has("Statement") || !fresh.has("Statement")) {
        const bool isReplaced = !before->isNull() && !after.isNull();
        shown.add(name, true, isReplaced ? written(*before) : writtenDocument(*before),
                  isReplaced ? written(after) : writtenDocument(after));
        return shown.take();
    }
    const Value::Array were = statementsOf(old);
    const Value::Array are = statementsOf(fresh);
    shown.add(name + ".Statement", true, writtenList(without(were, are)), writtenList(without(are, were)));
    Value::Object members = old.asObject();
    members.insert(fresh.asObject().begin(), fresh.asObject().end());
    for (const auto& [member, value] : members) {
        if (member != "Statement" && old[member] != fresh[member])
            shown.add(name + "." + member, true, written(old[member]), written(fresh[member]));
    }
    return shown.take();
}

} // namespace cordon::investigate
