#include "core/govern/see_rules.h"

#include <algorithm>
#include <array>

namespace cordon::govern {
namespace {

constexpr std::string_view inventory = "inventory";
constexpr std::string_view hidden = "[redacted]";
constexpr std::array<std::string_view, 5> fieldNames{"address", "user_agent", "error", "region", "external_id"};

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Position of the word, whole and in any case, from `from` on.
std::size_t findWord(std::string_view text, std::string_view word, std::size_t from)
{
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    while (from < text.size()) {
        const auto place = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), word.begin(),
                                       word.end(), same);
        if (place == text.end())
            return std::string_view::npos;
        const auto at = static_cast<std::size_t>(place - text.begin());
        const std::size_t end = at + word.size();
        const bool isWhole = end == text.size() || !isWordCharacter(text[end]);
        if (isWhole)
            return at;
        from = at + 1;
    }
    return std::string_view::npos;
}

std::string* fieldOf(Event& event, std::string_view name)
{
    const std::array<std::string*, 5> fields{&event.address, &event.userAgent, &event.error, &event.region,
                                             &event.externalId};
    const auto place = std::find(fieldNames.begin(), fieldNames.end(), name);
    return place == fieldNames.end() ? nullptr : fields[static_cast<std::size_t>(place - fieldNames.begin())];
}

/// Every text of a record that whoever caused it could choose.
std::vector<std::string*> freeTexts(Event& event)
{
    std::vector<std::string*> texts{&event.userAgent, &event.error};
    if (event.actor)
        texts.push_back(&event.actor->name);
    if (event.via)
        texts.push_back(&event.via->name);
    for (EventTarget& target : event.targets)
        texts.push_back(&target.entity.name);
    return texts;
}

/// How exactly a clause names a source; 0: not at all.
int nearness(std::string_view pattern, std::string_view source)
{
    if (!namesSource(pattern, source))
        return 0;
    return pattern == "*" ? 1 : pattern.ends_with(".*") ? 2 : 3;
}

bool namesMember(const Event& event, const std::set<EntityRef>& members)
{
    return (event.actor && members.contains(*event.actor)) || (event.via && members.contains(*event.via)) ||
           std::any_of(event.targets.begin(), event.targets.end(),
                       [&](const EventTarget& target) { return members.contains(target.entity); });
}

} // namespace

bool namesSource(std::string_view pattern, std::string_view source)
{
    if (pattern == "*")
        return source != inventory;
    if (pattern.size() > 2 && pattern.ends_with(".*"))
        return source.starts_with(pattern.substr(0, pattern.size() - 1));
    return pattern == source;
}

bool isRedaction(std::string_view name)
{
    return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), isWordCharacter);
}

std::string withoutValueOf(std::string_view word, std::string_view text)
{
    constexpr std::string_view endings = " \t\"',;&}\r\n";
    std::string out;
    std::size_t from = 0;
    for (std::size_t at = findWord(text, word, 0); at != std::string_view::npos; at = findWord(text, word, from)) {
        std::size_t value = at + word.size();
        bool hasSeparator = false;
        while (value < text.size() && std::string_view("\"' \t=:").find(text[value]) != std::string_view::npos) {
            hasSeparator = hasSeparator || text[value] == '=' || text[value] == ':';
            ++value;
        }
        const std::size_t end = std::min(text.find_first_of(endings, value), text.size());
        out += text.substr(from, value - from);
        if (hasSeparator && end > value)
            out += hidden;
        else
            out += text.substr(value, end - value);
        from = end;
    }
    return out + std::string(text.substr(from));
}

SeeRules::SeeRules(const Mandate* mandate)
{
    if (mandate)
        m_clauses = mandate->see;
}

std::vector<const SeeClause*> SeeRules::about(std::string_view source) const
{
    int nearest = 1;
    for (const SeeClause& clause : m_clauses)
        nearest = std::max(nearest, nearness(clause.source, source));
    std::vector<const SeeClause*> found;
    for (const SeeClause& clause : m_clauses) {
        if (source != inventory && nearness(clause.source, source) == nearest)
            found.push_back(&clause);
    }
    return found;
}

std::vector<const SeeClause*> SeeRules::matching(const Event& event, const SeeScope& scope) const
{
    std::vector<const SeeClause*> found = about(event.source);
    std::erase_if(found, [&](const SeeClause* clause) {
        const bool isFresh = event.time >= scope.newest - clause->window;
        return !isFresh || (clause->isInScope && !namesMember(event, scope.members));
    });
    return found;
}

bool SeeRules::seesAllOf(const std::set<std::string, std::less<>>& sources, Timestamp oldest, Timestamp newest) const
{
    return std::all_of(sources.begin(), sources.end(), [&](const std::string& source) {
        const std::vector<const SeeClause*> clauses = about(source);
        return std::any_of(clauses.begin(), clauses.end(),
                           [&](const SeeClause* clause) {
                               return !clause->isInScope && oldest >= newest - clause->window;
                           }) &&
               std::all_of(clauses.begin(), clauses.end(),
                           [](const SeeClause* clause) { return clause->redact.empty(); });
    });
}

std::vector<std::string> SeeRules::clausesAbout(const std::set<std::string, std::less<>>& sources) const
{
    std::set<std::string> ids;
    for (const std::string& source : sources) {
        for (const SeeClause* clause : about(source))
            ids.insert(clause->id);
    }
    return {ids.begin(), ids.end()};
}

std::vector<std::string> SeeRules::clausesFor(const Event& event, const SeeScope& scope) const
{
    std::vector<std::string> ids;
    for (const SeeClause* clause : matching(event, scope))
        ids.push_back(clause->id);
    return ids;
}

bool SeeRules::sees(const Event& event, const SeeScope& scope) const
{
    return !matching(event, scope).empty();
}

bool SeeRules::redact(Event& event, const SeeScope& scope) const
{
    bool hasHidden = false;
    for (const SeeClause* clause : matching(event, scope)) {
        for (const std::string& name : clause->redact) {
            if (std::string* field = fieldOf(event, name)) {
                hasHidden = hasHidden || !field->empty();
                field->clear();
                continue;
            }
            for (std::string* text : freeTexts(event)) {
                std::string without = withoutValueOf(name, *text);
                hasHidden = hasHidden || without != *text;
                *text = std::move(without);
            }
        }
    }
    return hasHidden;
}

std::vector<std::string> SeeRules::inventoryClauses(bool isMember) const
{
    std::vector<std::string> ids;
    for (const SeeClause& clause : m_clauses) {
        if (clause.source == inventory && (isMember || !clause.isInScope))
            ids.push_back(clause.id);
    }
    return ids;
}

} // namespace cordon::govern
