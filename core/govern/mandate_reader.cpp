#include "core/govern/mandate_reader.h"

#include "core/value/tree_builder.h"

#include <algorithm>

namespace cordon::govern {
namespace {

bool isAmong(std::string_view text, std::initializer_list<std::string_view> list)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

bool isClauseId(std::string_view id)
{
    const auto isCharacter = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    return !id.empty() && id.size() <= 32 && id.front() >= 'A' && id.front() <= 'Z' &&
           std::all_of(id.begin(), id.end(), isCharacter);
}

/// Names that the gate itself uses for what decides: G1, N4, B2, S-member, X-drift, A-denied.
bool isReservedId(std::string_view id)
{
    const bool isBuiltIn = id.size() >= 2 && isAmong(id.substr(0, 1), {"G", "N", "B"}) &&
                           id.find_first_not_of("0123456789", 1) == std::string_view::npos;
    return isBuiltIn || isAmong(id.substr(0, 2), {"S-", "X-", "A-"});
}

} // namespace

void MandateReader::problem(int line, std::string rule, std::string reason)
{
    m_problems.push_back({line, std::move(rule), std::move(reason)});
}

bool MandateReader::hasOnly(const Value& object, Names allowed, Names required)
{
    if (!object.isObject()) {
        problem(object.line(), "type", "a mapping is expected here");
        return false;
    }
    for (const auto& [key, value] : object.asObject()) {
        if (!isAmong(key, allowed))
            problem(value.line(), "unknown_key", "unknown key " + quotedForDetail(key));
    }
    bool isComplete = true;
    for (const std::string_view key : required) {
        if (!object.has(key)) {
            problem(object.line(), "missing_key", "'" + std::string(key) + "' is missing");
            isComplete = false;
        }
    }
    return isComplete;
}

std::string MandateReader::text(const Value& object, std::string_view key)
{
    const Value* value = object.find(key);
    if (!value)
        return {};
    if (!value->isString() || value->asString().empty() || value->asString().size() > 512)
        problem(value->line(), "type", "'" + std::string(key) + "' must be a text");
    return value->asString();
}

int MandateReader::number(const Value& object, std::string_view key, int least, int most)
{
    const Value* value = object.find(key);
    if (!value)
        return least;
    if (!value->isInt() || value->asInt() < least || value->asInt() > most) {
        problem(value->line(), "range",
                "'" + std::string(key) + "' must be a whole number from " + std::to_string(least) + " to " +
                    std::to_string(most));
        return least;
    }
    return static_cast<int>(value->asInt());
}

Duration MandateReader::duration(const Value& object, std::string_view key)
{
    const Value* value = object.find(key);
    if (!value)
        return {};
    const auto parsed = parseDuration(value->asString());
    if (!parsed)
        problem(value->line(), "duration", "'" + std::string(key) + "' must be a time span such as 30m, 4h or 90d");
    return parsed ? *parsed : Duration{};
}

Timestamp MandateReader::time(const Value& object, std::string_view key)
{
    const Value* value = object.find(key);
    if (!value)
        return {};
    const auto parsed = Timestamp::parse(value->asString());
    if (!parsed || !value->asString().ends_with('Z'))
        problem(value->line(), "time", "'" + std::string(key) + "' must be a quoted UTC time");
    return parsed ? *parsed : Timestamp();
}

bool MandateReader::flag(const Value& object, std::string_view key)
{
    const Value* value = object.find(key);
    if (value && !value->isBool())
        problem(value->line(), "type", "'" + std::string(key) + "' must be true or false");
    return value && value->asBool();
}

std::string MandateReader::oneOf(const Value& object, std::string_view key, Names allowed)
{
    const Value* value = object.find(key);
    if (!value)
        return {};
    if (!value->isString() || !isAmong(value->asString(), allowed))
        problem(value->line(), "value", "'" + std::string(key) + "' has an unknown value");
    return value->asString();
}

std::vector<std::string> MandateReader::texts(const Value& object, std::string_view key, Names allowed)
{
    std::vector<std::string> items;
    const Value* list = object.find(key);
    if (!list)
        return items;
    if (!list->isArray())
        problem(list->line(), "type", "'" + std::string(key) + "' must be a list");
    for (const Value& item : list->asArray()) {
        const bool isKnown = allowed.size() == 0 || isAmong(item.asString(), allowed);
        if (!item.isString() || item.asString().empty() || !isKnown)
            problem(item.line(), "value", "'" + std::string(key) + "' holds an unknown value");
        items.push_back(item.asString());
    }
    return items;
}

Selector MandateReader::selector(const Value& object)
{
    const Value& value = object["target"];
    auto parsed = Selector::parse(value.asString());
    if (!parsed)
        problem(value.line() ? value.line() : object.line(), "selector", parsed.error().detail);
    return parsed ? *parsed : Selector();
}

ActionGlob MandateReader::action(const Value& item, int line)
{
    auto parsed = ActionGlob::parse(item.asString());
    if (!parsed) {
        problem(line, "action", parsed.error().detail);
        return {};
    }
    const auto& verbs = verbCatalogue();
    if (std::none_of(verbs.begin(), verbs.end(), [&](const Verb& verb) { return parsed->matches(verb.name); }))
        problem(line, "action", "unknown action " + quotedForDetail(item.asString()));
    return *parsed;
}

std::vector<ActionGlob> MandateReader::except(const Value& object)
{
    std::vector<ActionGlob> globs;
    const Value* list = object.find("except");
    if (list && !list->isArray())
        problem(list->line(), "type", "'except' must be a list");
    for (const Value& item : list ? list->asArray() : Value::Array())
        globs.push_back(action(item, item.line()));
    return globs;
}

Autonomy MandateReader::autonomy(const Value& object, const char* rule)
{
    const std::string& value = object["autonomy"].asString();
    if (value == "auto")
        return Autonomy::Auto;
    if (value == "approve")
        return Autonomy::Approve;
    if (value != "never")
        problem(object.line(), rule, "'autonomy' must be auto, approve or never");
    return Autonomy::Never;
}

std::string MandateReader::clauseId(const Value& object)
{
    const std::string& id = object["id"].asString();
    if (!isClauseId(id))
        problem(object.line(), "clause_id", "a clause needs an id such as C1");
    else if (isReservedId(id))
        problem(object.line(), "clause_id", "the id " + id + " is kept for the gate itself");
    return id;
}

void MandateReader::eachClause(std::string_view key, const std::function<void(const Value&)>& take)
{
    const Value* list = m_root.find(key);
    if (!list)
        return;
    if (!list->isArray()) {
        problem(list->line(), "type", "'" + std::string(key) + "' must be a list");
        return;
    }
    for (const Value& clause : list->asArray())
        take(clause);
}

Mandate MandateReader::read()
{
    Mandate mandate;
    mandate.source = m_root;
    hasOnly(m_root,
            {"mandate", "id", "revision", "environment", "agent", "owner", "valid", "session", "see", "decide", "scope",
             "change", "forbid", "tiers", "limits", "killswitch", "assistant", "default"},
            {"mandate", "id", "revision", "environment", "agent", "owner", "valid", "session", "scope", "forbid",
             "tiers", "limits", "killswitch", "default"});
    readHead(mandate);
    readSession(mandate);
    eachClause("see", [&](const Value& clause) { readSee(mandate, clause); });
    eachClause("decide", [&](const Value& clause) { readDecide(mandate, clause); });
    eachClause("change", [&](const Value& clause) { readPermit(mandate, clause); });
    eachClause("forbid", [&](const Value& clause) { readForbid(mandate, clause); });
    readTiers(mandate);
    eachClause("limits", [&](const Value& clause) { readLimit(mandate, clause); });
    readKillSwitch(mandate);
    readAssistant(mandate);
    return mandate;
}

} // namespace cordon::govern
