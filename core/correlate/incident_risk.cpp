#include "core/correlate/incident_parts.h"

#include "core/domain/plain_name.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace cordon::correlate {
namespace {

/// Points of the gravest rule, and of every further one, by level.
constexpr std::array<int, 5> leadingPoints{2, 15, 35, 60, 78};
constexpr std::array<int, 5> furtherPoints{0, 1, 5, 9, 14};
constexpr int createdAndUsedPoints = 15;
constexpr int rarityPoints = 10;
constexpr int rootPoints = 10;
constexpr int pointsPerTactic = 4;
constexpr int mostTacticPoints = 16;
constexpr int mostRisk = 100;

/// One rule's matches in the incident.
struct Matches
{
    const RuleFacts* rule = nullptr;
    int alerts = 0;
    bool hasSucceeded = false;

    [[nodiscard]] int pointsFrom(const std::array<int, 5>& table) const
    {
        const int full = table[static_cast<std::size_t>(rule->level)];
        return hasSucceeded ? full : (full + 1) / 2;
    }
};

std::vector<Matches> matchesOf(const IncidentParts& parts)
{
    std::map<std::string, Matches> byRule;
    for (const AlertNode* alert : parts.alerts) {
        const RuleFacts& rule = parts.rule(*alert);
        Matches& matches = byRule[rule.id + '\n' + rule.title];
        matches.rule = &rule;
        ++matches.alerts;
        matches.hasSucceeded = matches.hasSucceeded || alert->hasSucceeded;
    }
    std::vector<Matches> all;
    for (const auto& [key, matches] : byRule)
        all.push_back(matches);
    std::stable_sort(all.begin(), all.end(), [](const Matches& a, const Matches& b) {
        return a.pointsFrom(leadingPoints) > b.pointsFrom(leadingPoints);
    });
    return all;
}

RiskPart partFor(const Matches& matches, bool isLeading)
{
    const char* code = isLeading ? (matches.hasSucceeded ? "risk.leading_rule" : "risk.leading_rule_attempt")
                                 : (matches.hasSucceeded ? "risk.further_rule" : "risk.further_rule_attempt");
    return {{code,
             {{"rule", plainText(matches.rule->title)},
              {"level", std::string(toString(matches.rule->level))},
              {"n", std::to_string(matches.alerts)}}},
            matches.pointsFrom(isLeading ? leadingPoints : furtherPoints)};
}

void addFacts(const IncidentParts& parts, const std::vector<IncidentMember>& members, std::vector<RiskPart>& risk)
{
    for (const Join& join : parts.joins) {
        if (join.reason != LinkReason::CreatedThenUsed)
            continue;
        // The join with the least name speaks for all, so that delivery order does not show.
        std::string name = plainName(parts.entity(join.shared));
        for (const Join& other : parts.joins) {
            if (other.reason == LinkReason::CreatedThenUsed)
                name = std::min(name, plainName(parts.entity(other.shared)));
        }
        risk.push_back({{"risk.created_used", {{"name", name}}}, createdAndUsedPoints});
        break;
    }
    for (const AlertNode* alert : parts.alerts) {
        if (!alert->hasRarity)
            continue;
        risk.push_back({{"risk.rarity", {{"rule", plainText(parts.rule(*alert).title)}}}, rarityPoints});
        break;
    }
    for (const IncidentMember& member : members) {
        if (!member.isMisused || member.entity.type != "root")
            continue;
        risk.push_back({{"risk.root", {{"name", plainName(member.entity)}}}, rootPoints});
        break;
    }
    std::set<std::string> tactics;
    for (const AlertNode* alert : parts.alerts)
        tactics.insert(parts.rule(*alert).tactics.begin(), parts.rule(*alert).tactics.end());
    if (tactics.size() > 1) {
        const int points = std::min(mostTacticPoints, pointsPerTactic * (static_cast<int>(tactics.size()) - 1));
        risk.push_back({{"risk.tactics", {{"n", std::to_string(tactics.size())}}}, points});
    }
}

} // namespace

std::vector<RiskPart> riskOf(const IncidentParts& parts, const std::vector<IncidentMember>& members)
{
    std::vector<RiskPart> risk;
    for (const Matches& matches : matchesOf(parts)) {
        RiskPart part = partFor(matches, risk.empty());
        if (part.points > 0)
            risk.push_back(std::move(part));
    }
    addFacts(parts, members, risk);
    int sum = 0;
    for (const RiskPart& part : risk)
        sum += part.points;
    if (sum > mostRisk)
        risk.push_back({{"risk.capped", {{"sum", std::to_string(sum)}}}, mostRisk - sum});
    return risk;
}

Severity severityOfRisk(int risk)
{
    if (risk >= 85)
        return Severity::Critical;
    if (risk >= 60)
        return Severity::High;
    if (risk >= 35)
        return Severity::Medium;
    return risk >= 10 ? Severity::Low : Severity::Informational;
}

} // namespace cordon::correlate
