#include "core/domain/member_risk.h"

#include "core/domain/plain_name.h"
#include "core/domain/relation.h"
#include "core/domain/sighting.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace cordon {
namespace {

/// Points of the gravest rule, and of every further one, by level.
constexpr std::array<int, 5> leadingPoints{2, 15, 35, 60, 78};
constexpr std::array<int, 5> furtherPoints{0, 1, 5, 9, 14};
constexpr int madePoints = 15;
constexpr int rarityPoints = 10;
constexpr int rootPoints = 10;
constexpr int mostRisk = 100;

/// The first alert of one rule in which the entity took part in one way.
struct Hit
{
    const Alert* alert = nullptr;
    bool isTarget = false;

    [[nodiscard]] int pointsFrom(const std::array<int, 5>& table) const
    {
        int points = table[static_cast<std::size_t>(alert->rule.level)];
        points = isTarget ? (points + 2) / 3 : points;
        return alert->hasSucceeded ? points : (points + 1) / 2;
    }
};

/// By rule.
using Hits = std::map<std::string, Hit>;

std::map<EntityRef, Hits> hitsOf(const Incident& incident, const std::vector<Alert>& alerts)
{
    const std::set<AlertId> own(incident.alerts.begin(), incident.alerts.end());
    std::map<EntityRef, Hits> all;
    for (const Alert& alert : alerts) {
        if (!own.contains(alert.id) || alert.rule.id.starts_with(sightingRule))
            continue;
        for (const AlertEntity& part : alert.entities) {
            if (part.part == "address" || isOtherName(part.relation))
                continue;
            const bool isSession = part.entity.kind == EntityKind::Credential && part.relation == "used";
            const Hit hit{&alert, part.part != "actor" && part.part != "via" && !isSession};
            Hit& known = all[part.entity][alert.rule.id + '\n' + alert.rule.title];
            if (!known.alert || hit.pointsFrom(leadingPoints) > known.pointsFrom(leadingPoints))
                known = hit;
        }
    }
    return all;
}

std::vector<RiskPart> partsOf(const IncidentMember& member, const Hits& byRule)
{
    std::vector<Hit> hits;
    for (const auto& [rule, hit] : byRule)
        hits.push_back(hit);
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
        return a.pointsFrom(leadingPoints) > b.pointsFrom(leadingPoints);
    });
    std::vector<RiskPart> parts;
    for (const Hit& hit : hits) {
        const int points = hit.pointsFrom(parts.empty() ? leadingPoints : furtherPoints);
        const char* code = hit.isTarget ? "risk.entity_target" : "risk.entity_acted";
        if (points > 0)
            parts.push_back({{code,
                              {{"alert", toString(hit.alert->id)},
                               {"level", std::string(toString(hit.alert->rule.level))},
                               {"rule", plainText(hit.alert->rule.title)}}},
                             points});
    }
    const bool canAct = member.entity.kind == EntityKind::Account || member.entity.kind == EntityKind::Credential ||
                        member.entity.kind == EntityKind::Role;
    if (member.isMadeByIncident && canAct)
        parts.push_back({{"risk.entity_made", {{"name", plainName(member.entity)}}}, madePoints});
    for (const Hit& hit : hits) {
        if (hit.isTarget || !hit.alert->rarity)
            continue;
        parts.push_back({{"risk.entity_rarity", {{"alert", toString(hit.alert->id)}, {"rule", plainText(hit.alert->rule.title)}}},
                         rarityPoints});
        break;
    }
    if (member.isMisused && member.entity.type == "root")
        parts.push_back({{"risk.root", {{"name", plainName(member.entity)}}}, rootPoints});
    if (const int sum = sumOf(parts); sum > mostRisk)
        parts.push_back({{"risk.capped", {{"sum", std::to_string(sum)}}}, mostRisk - sum});
    return parts;
}

} // namespace

std::map<EntityRef, std::vector<RiskPart>> riskOfMembers(const Incident& incident, const std::vector<Alert>& alerts)
{
    const std::map<EntityRef, Hits> hits = hitsOf(incident, alerts);
    std::map<EntityRef, std::vector<RiskPart>> all;
    for (const IncidentMember& member : incident.members) {
        const auto own = hits.find(member.entity);
        std::vector<RiskPart> parts = partsOf(member, own == hits.end() ? Hits() : own->second);
        if (!parts.empty())
            all.emplace(member.entity, std::move(parts));
    }
    return all;
}

int sumOf(const std::vector<RiskPart>& parts)
{
    int sum = 0;
    for (const RiskPart& part : parts)
        sum += part.points;
    return sum;
}

} // namespace cordon
