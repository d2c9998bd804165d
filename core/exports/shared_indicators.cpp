#include "core/exports/shared_indicators.h"

#include "core/domain/sighting.h"
#include "core/value/csv.h"

#include <algorithm>
#include <map>
#include <set>

namespace cordon::exports {
namespace {

std::string quoted(const std::string& value)
{
    std::string text = "'";
    for (const char letter : value) {
        if (letter == '\'' || letter == '\\')
            text += '\\';
        text += letter;
    }
    return text + "'";
}

std::string patternOf(const std::string& type, const std::string& value)
{
    const bool isV6 = value.find(':') != std::string::npos;
    if (type == "ip" || type == "network")
        return std::string("[ipv") + (isV6 ? "6" : "4") + "-addr:value = " + quoted(value) + "]";
    if (type == "hash") {
        const char* name = value.size() == 32   ? "MD5"
                           : value.size() == 40 ? "'SHA-1'"
                           : value.size() == 64 ? "'SHA-256'"
                                                : "'SHA-512'";
        return std::string("[file:hashes.") + name + " = " + quoted(value) + "]";
    }
    static const std::map<std::string, std::string> paths{{"domain", "domain-name:value"},
                                                          {"url", "url:value"},
                                                          {"email", "email-addr:value"},
                                                          {"account", "user-account:user_id"},
                                                          {"credential", "user-account:user_id"}};
    const auto path = paths.find(type);
    return path == paths.end() ? std::string() : "[" + path->second + " = " + quoted(value) + "]";
}

bool isPlainAddress(const std::string& id)
{
    return id.find_first_not_of("0123456789abcdefABCDEF.:") == std::string::npos &&
           id.find_first_of(".:") != std::string::npos;
}

/// What alerts say of an incident's addresses, and what nobody else may be told.
struct SaidByAlerts
{
    std::set<std::string> misuseAddresses; ///< of acts that a rule noticed, by members who are held to be misused
    std::vector<std::string> redTexts;     ///< of indicators marked TLP:RED
    [[nodiscard]] bool isRed(const std::string& value) const
    {
        return std::any_of(redTexts.begin(), redTexts.end(),
                           [&value](const std::string& text) { return text.find(value) != std::string::npos; });
    }
};

/// An own finding about a member of the incident. An address that an indicator was seen with is nobody's finding.
std::optional<SharedIndicator> ofMember(const Value& entity, const std::string& incident, const SaidByAlerts& said)
{
    const std::string& kind = entity["kind"].asString();
    const std::string& id = entity["id"].asString();
    if (said.isRed(id) || (kind == "address" && !said.misuseAddresses.contains(id)))
        return std::nullopt;
    const bool isIntruders = entity["role"].asString() == "attacker";
    const bool isMade = entity["made_by_incident"].asBool();
    std::string type;
    if (kind == "address" && isPlainAddress(id))
        type = "ip";
    else if (kind == "credential" && isIntruders && id.find(' ') == std::string::npos)
        type = "credential";
    else if (kind == "account" && isMade)
        type = "account";
    if (type.empty())
        return std::nullopt;
    return SharedIndicator{type, id, patternOf(type, id),
                           incident + (isMade ? ": made by the intruder" : ": used by the intruder"), "amber"};
}

/// What a sighting says of its indicator: its text, and in brackets with whom it may be shared.
std::optional<std::pair<std::string, std::string>> textAndTlp(const Value& alert)
{
    const std::string& said = alert["description"].asString();
    const std::size_t mark = said.rfind(" (TLP:");
    if (mark == std::string::npos || !said.ends_with(")"))
        return std::nullopt;
    return std::pair(said.substr(0, mark), said.substr(mark + 6, said.size() - mark - 7));
}

bool isSightingOf(const Value& alert)
{
    return alert["rule"].asString().starts_with(sightingRule);
}

/// Whom the incident holds to be misused, as `kind:id`.
std::set<std::string> misusedIn(const Value& incident)
{
    std::set<std::string> misused;
    for (const Value& entity : incident["entities"].asArray()) {
        if (entity["misused"].asBool() || entity["made_by_incident"].asBool())
            misused.insert(entity["kind"].asString() + ':' + entity["id"].asString());
    }
    return misused;
}

void takeAlert(const Value& alert, const std::set<std::string>& misused, SaidByAlerts& said)
{
    if (isSightingOf(alert)) {
        if (const auto known = textAndTlp(alert); known && known->second == "red")
            said.redTexts.push_back(known->first);
        return;
    }
    const auto& parts = alert["entities"].asArray();
    const bool isMisuse = std::any_of(parts.begin(), parts.end(), [&misused](const Value& part) {
        const std::string& place = part["part"].asString();
        return (place == "actor" || place == "via") && misused.contains(part["kind"].asString() + ':' + part["id"].asString());
    });
    for (const Value& part : parts) {
        if (isMisuse && part["part"].asString() == "address")
            said.misuseAddresses.insert(part["id"].asString());
    }
}

std::optional<SharedIndicator> ofSighting(const Value& alert, int& heldBack)
{
    const auto known = textAndTlp(alert);
    if (!known)
        return std::nullopt;
    const auto& [text, tlp] = *known;
    SharedIndicator indicator;
    indicator.tlp = tlp;
    if (indicator.tlp == "red") {
        ++heldBack;
        return std::nullopt;
    }
    indicator.name = alert["author"].asString();
    if (text.starts_with("[") && text.ends_with("]")) {
        indicator.pattern = text;
        return indicator;
    }
    const std::size_t space = text.find(' ');
    if (space == std::string::npos)
        return std::nullopt;
    indicator.type = text.substr(0, space);
    indicator.value = text.substr(space + 1);
    indicator.pattern = patternOf(indicator.type, indicator.value);
    return indicator;
}

} // namespace

Result<std::vector<SharedIndicator>> sharedIndicators(CaseContents& contents, const Value& incident, int& heldBack)
{
    const std::string& id = incident["id"].asString();
    SaidByAlerts said;
    const std::set<std::string> misused = misusedIn(incident);
    CORDON_CHECK(contents.eachAlert(id, [&](const Value& alert) -> Result<void> {
        takeAlert(alert, misused, said);
        return {};
    }));
    std::vector<SharedIndicator> all;
    for (const Value& entity : incident["entities"].asArray()) {
        if (auto own = ofMember(entity, id, said))
            all.push_back(std::move(*own));
    }
    std::set<std::string> rules;
    CORDON_CHECK(contents.eachAlert(id, [&](const Value& alert) -> Result<void> {
        const std::string& rule = alert["rule"].asString();
        if (!isSightingOf(alert) || !rules.insert(rule).second)
            return {};
        auto seen = ofSighting(alert, heldBack);
        const bool isKnown = seen && std::any_of(all.begin(), all.end(), [&](const SharedIndicator& one) {
                                 return one.pattern == seen->pattern;
                             });
        if (seen && !isKnown)
            all.push_back(std::move(*seen));
        return {};
    }));
    return all;
}

Result<void> writeIndicatorTable(CaseContents& contents, const std::string& only, std::ostream& out, int& heldBack)
{
    out << "type,value,name,tlp,pattern\n";
    return contents.eachIncident(only, [&](const Value& incident) -> Result<void> {
        CORDON_TRY(const auto all, sharedIndicators(contents, incident, heldBack));
        for (const SharedIndicator& one : all)
            out << csv::cellText(one.type) << ',' << csv::cellText(one.value) << ',' << csv::cellText(one.name) << ','
                << csv::cellText(one.tlp) << ',' << csv::cellText(one.pattern) << '\n';
        return {};
    });
}

} // namespace cordon::exports
