#include "core/investigate/changed_values.h"

#include "core/value/json.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace cordon::investigate {
namespace {

constexpr std::size_t mostValues = 16;
constexpr std::size_t longestRecord = 1U << 20U;

class Values
{
public:
    void add(const std::string& name, const Value* before, const Value& after)
    {
        if (m_all.size() < mostValues && !(before && *before == after))
            m_all.push_back({name, before ? *before : Value(), after, before != nullptr, false});
    }
    void addParameter(const std::string& name, const Value* before, const Value& after)
    {
        if (m_all.size() < mostValues)
            m_all.push_back({name, before ? *before : Value(), after, before != nullptr, true});
    }
    [[nodiscard]] bool isEmpty() const { return m_all.empty(); }
    std::vector<ToldValue> take() { return std::move(m_all); }

private:
    std::vector<ToldValue> m_all;
};

/// Entra: `modifiedProperties` of each target; Microsoft 365: `ModifiedProperties` of the record.
void addProperties(const Value& list, Values& values)
{
    for (const Value& property : list.asArray()) {
        const bool isEntra = property.has("displayName");
        const Value& before = property[isEntra ? "oldValue" : "OldValue"];
        values.add(property[isEntra ? "displayName" : "Name"].asString(), &before,
                   property[isEntra ? "newValue" : "NewValue"]);
    }
}

/// Okta: members of `from` and `to`.
void addDetails(const Value& details, Values& values)
{
    for (const auto& [name, after] : details["to"].asObject()) {
        const Value& before = details["from"][name];
        values.add(name, &before, after);
    }
    for (const auto& [name, before] : details["from"].asObject()) {
        if (!details["to"].has(name))
            values.add(name, &before, Value());
    }
}

/// GCP: bindings that were added or removed.
void addBindings(const Value& deltas, Values& values)
{
    static const Value nothing;
    for (const Value& delta : deltas.asArray()) {
        const std::string& role = delta["role"].asString();
        if (delta["action"].asString() == "REMOVE")
            values.add(role, &delta["member"], nothing);
        else
            values.add(role, &nothing, delta["member"]);
    }
}

/// `old_x` beside `x` or `new_x` (GitHub), `OldX` beside `NewX` (Windows).
void addPairs(const Value& record, Values& values)
{
    for (const auto& [name, before] : record.asObject()) {
        for (const auto& [old, fresh] : {std::pair<std::string, std::string>{"old_", "new_"}, {"Old", "New"}}) {
            if (name.size() <= old.size() || !name.starts_with(old))
                continue;
            const std::string rest = name.substr(old.size());
            if (const Value* after = record.find(fresh + rest))
                values.add(rest, &before, *after);
            else if (const Value* plain = record.find(rest))
                values.add(rest, &before, *plain);
        }
    }
}

/// `newUserName` beside `userName`: the name as it is and as it shall be.
const Value* renamed(const Value& parameters, const std::string& name)
{
    if (!name.starts_with("new") || name.size() < 4)
        return nullptr;
    std::string old = name.substr(3);
    old.front() = static_cast<char>(old.front() >= 'A' && old.front() <= 'Z' ? old.front() - 'A' + 'a' : old.front());
    return parameters.find(old);
}

/// What a call asked for, but for the names of whom it is about, which the change tells already.
void addParameters(const Value& parameters, Values& values)
{
    constexpr std::array<std::string_view, 6> names{"userName",    "roleName", "groupName",
                                                    "accessKeyId", "user",     "instanceId"};
    for (const auto& [name, after] : parameters.asObject()) {
        if (after.isNull() || std::find(names.begin(), names.end(), name) != names.end())
            continue;
        values.addParameter(name, renamed(parameters, name), after);
    }
}

/// Where an answer says so, by the words of several providers.
const Value* endMember(const Value& value, int depth)
{
    constexpr int deepest = 6;
    if (depth > deepest)
        return nullptr;
    for (const auto& [name, member] : value.asObject()) {
        if (name == "expiration" || name == "expires_at" || name == "expirationTimestamp" || name == "expiresAt" ||
            name == "endDateTime" || name == "validBeforeTime")
            return &member;
    }
    for (const auto& [name, member] : value.asObject()) {
        if (const Value* found = endMember(member, depth + 1))
            return found;
    }
    return nullptr;
}

/// `Nov 21, 2026, 1:02:03 PM`, as one provider writes it.
std::optional<Timestamp> americanTime(const std::string& text)
{
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::array<char, 4> month{};
    std::array<char, 3> half{};
    int day = 0;
    int year = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (text.size() > 40 || std::sscanf(text.c_str(), "%3s %2d, %4d, %2d:%2d:%2d %2s", month.data(), &day, &year, &hour,
                                        &minute, &second, half.data()) != 7)
        return std::nullopt;
    const auto place = std::find(months.begin(), months.end(), std::string_view(month.data()));
    if (place == months.end() || hour < 1 || hour > 12 || (half[0] != 'A' && half[0] != 'P'))
        return std::nullopt;
    hour = hour % 12 + (half[0] == 'P' ? 12 : 0);
    const auto digits = [](int number) { return std::string(number < 10 ? "0" : "") + std::to_string(number); };
    const auto time =
        Timestamp::parse(std::to_string(year) + "-" + digits(static_cast<int>(place - months.begin()) + 1) + "-" +
                         digits(day) + "T" + digits(hour) + ":" + digits(minute) + ":" + digits(second) + "Z");
    return time ? std::optional(*time) : std::nullopt;
}

} // namespace

std::vector<ToldValue> toldValuesIn(std::string_view record)
{
    if (record.size() > longestRecord)
        return {};
    const auto parsed = json::parse(record);
    if (!parsed)
        return {};
    Values values;
    for (const char* place : {"targetResources", "target"}) {
        for (const Value& target : (*parsed)[place].asArray()) {
            addProperties(target["modifiedProperties"], values);
            addDetails(target["changeDetails"], values);
        }
    }
    for (const Value& target : (*parsed)["properties"]["targetResources"].asArray())
        addProperties(target["modifiedProperties"], values);
    addProperties((*parsed)["ModifiedProperties"], values);
    addBindings((*parsed)["protoPayload"]["serviceData"]["policyDelta"]["bindingDeltas"], values);
    addPairs(*parsed, values);
    addPairs((*parsed)["EventData"], values);
    if (values.isEmpty())
        addParameters((*parsed)["requestParameters"], values);
    if (const Value& role = (*parsed)["requestObject"]["roleRef"]; values.isEmpty() && !role.isNull())
        values.addParameter("roleRef", nullptr, role);
    return values.take();
}

std::optional<Timestamp> endIn(std::string_view record, const EntityRef& credential)
{
    if (record.size() > longestRecord || record.find(credential.id) == std::string_view::npos)
        return std::nullopt;
    const auto parsed = json::parse(record);
    if (!parsed)
        return std::nullopt;
    for (const char* place : {"responseElements", "response", "responseObject"}) {
        const Value* end = endMember((*parsed)[place], 0);
        if (!end)
            continue;
        if (const auto time = Timestamp::parse(end->asString()))
            return *time;
        return americanTime(end->asString());
    }
    return std::nullopt;
}

} // namespace cordon::investigate
