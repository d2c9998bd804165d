#include "core/investigate/value_history.h"

#include "core/domain/plain_name.h"
#include "core/investigate/value_difference.h"

#include <algorithm>
#include <array>

namespace cordon::investigate {
namespace {

constexpr std::size_t mostValues = 16;

bool isRemoval(const IdentityChange& change)
{
    return change.relation == "deleted" || change.relation == "detached";
}

/// `policyName: door` of a call about the policy door: that it is there at all is what the call changed.
bool namesThing(const ToldValue& told, const std::optional<EntityRef>& thing)
{
    if (!thing || !told.after.isString())
        return false;
    const std::string& name = told.after.asString();
    return !name.empty() && (name == thing->id || name == thing->name || thing->id.ends_with("/" + name) ||
                             name.ends_with("/" + plainName(*thing)));
}

/// The trust of a role goes by one name where it is made, by another where it is changed.
std::string attributeOf(const IdentityChange& change, const std::string& name)
{
    const bool isTrust = change.action.find("AssumeRolePolicy") != std::string::npos;
    return isTrust && name == "policyDocument" ? "assumeRolePolicyDocument" : name;
}

/// Instructions and lists that add to what is there tell nothing of the state afterwards; a policy does.
bool isState(const ToldValue& told)
{
    constexpr std::array<std::string_view, 2> instructions{"setAsDefault", "versionId"};
    const bool isPart = told.after.isArray() || (told.after.isObject() && !told.after.has("Statement"));
    return !isPart && std::find(instructions.begin(), instructions.end(), told.name) == instructions.end();
}

/// `s3:DeleteBucketPolicy` of a bucket that stays: it says that something of it is gone, not what.
bool takesSomething(const IdentityChange& change)
{
    const std::string verb = change.action.substr(change.action.find(':') + 1);
    return verb.starts_with("Delete") || verb.starts_with("Remove");
}

void append(std::vector<ChangedValue>& values, std::vector<ChangedValue> more)
{
    for (ChangedValue& value : more) {
        if (values.size() < mostValues)
            values.push_back(std::move(value));
    }
}

} // namespace

std::string ValueHistory::thingOf(const IdentityChange& change)
{
    return (change.subject ? change.subject->key() : "") + '\n' + (change.object ? change.object->key() : "") + '\n';
}

/// What a call that worked asked for.
void ValueHistory::take(const IdentityChange& change, const ToldValue& told, std::vector<ChangedValue>& values)
{
    Known& known = m_known[thingOf(change)];
    const std::string name = attributeOf(change, told.name);
    const bool isMembership = namesThing(told, change.object ? change.object : change.subject);
    if (isMembership && change.relation != "attached")
        return; // the change names it already
    const auto last = known.find(name);
    const Value* before = told.isBeforeTold ? &told.before : last != known.end() ? &last->second : nullptr;
    static const Value nothing;
    if (!before && change.relation == "created")
        before = &nothing; // what was just made had none
    append(values, shownValues(name, before, told.after));
    if (isState(told))
        known[name] = told.after;
}

void ValueHistory::removed(const IdentityChange& change, const std::vector<ToldValue>& told,
                           std::vector<ChangedValue>& values)
{
    Known& known = m_known[thingOf(change)];
    for (const ToldValue& value : told) {
        if (namesThing(value, change.object ? change.object : change.subject) && change.object)
            known[value.name] = value.after; // it was there, or it could not have been taken away
    }
    for (auto& [name, value] : known) {
        append(values, shownValues(name, &value, Value()));
        value = Value();
    }
    if (!change.object)
        forget(change); // who is gone has nothing any more, and one of the same name begins anew
}

void ValueHistory::forget(const IdentityChange& change)
{
    m_known.erase(thingOf(change));
    if (change.object || !change.subject)
        return;
    const std::string whose = change.subject->key() + '\n';
    std::erase_if(m_known, [&](const auto& thing) { return thing.first.starts_with(whose); });
}

std::vector<ChangedValue> ValueHistory::next(const IdentityChange& change, const std::vector<ToldValue>& told)
{
    std::vector<ChangedValue> values;
    const bool isTold = std::none_of(told.begin(), told.end(), [](const ToldValue& one) { return one.isParameter; });
    if (isTold) {
        for (const ToldValue& value : told)
            append(values, shownValues(value.name, value.isBeforeTold ? &value.before : nullptr, value.after));
        if (!told.empty() || !isRemoval(change))
            return values;
    }
    if (!change.hasSucceeded) {
        for (const ToldValue& value : told) {
            if (!isRemoval(change) && !namesThing(value, change.subject))
                append(values, shownValues(attributeOf(change, value.name), nullptr, value.after));
        }
        return values;
    }
    if (isRemoval(change)) {
        removed(change, told, values);
        return values;
    }
    const auto has = [&](std::string_view name, const Value* wanted) {
        return std::any_of(told.begin(), told.end(), [&](const ToldValue& value) {
            return value.name == name && (!wanted || value.after == *wanted);
        });
    };
    // A version of a policy that is not in force says nothing of the one that is, and changing which one is does neither.
    static const Value yes(true);
    const bool isOtherVersion = change.action.find("PolicyVersion") != std::string::npos && !has("setAsDefault", &yes);
    if (isOtherVersion)
        forget(change);
    for (const ToldValue& value : told)
        take(change, value, values);
    if (isOtherVersion || takesSomething(change))
        forget(change);
    return values;
}

} // namespace cordon::investigate
