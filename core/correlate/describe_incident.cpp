#include "core/correlate/incident_parts.h"

#include <algorithm>
#include <map>
#include <set>

namespace cordon::correlate {
namespace {

std::vector<std::string> inTacticOrder(const std::map<std::string, int>& places)
{
    std::vector<std::string> names;
    for (const auto& [name, place] : places)
        names.push_back(name);
    std::stable_sort(names.begin(), names.end(),
                     [&](const std::string& a, const std::string& b) { return places.at(a) < places.at(b); });
    return names;
}

/// What a flood names is bounded, so that an incident can be kept, opened and shown whatever somebody throws at it: who may
/// be the intruder comes first and is hardly ever cut; of the rest those named first stay.
constexpr std::size_t mostAttackers = 20'000;
constexpr std::size_t mostOthers = 2'000;
constexpr std::size_t mostLinks = 4'000;

void bound(Incident& incident)
{
    std::size_t attackers = 0;
    std::size_t others = 0;
    std::erase_if(incident.members, [&](const IncidentMember& member) {
        const bool isAttacker = member.role == EntityRole::Attacker;
        return isAttacker ? ++attackers > mostAttackers : ++others > mostOthers;
    });
    if (attackers <= mostAttackers && others <= mostOthers && incident.links.size() <= mostLinks)
        return;
    std::set<EntityRef> kept;
    for (const IncidentMember& member : incident.members)
        kept.insert(member.entity);
    std::erase_if(incident.links, [&](const IncidentLink& link) { return !kept.contains(link.from) || !kept.contains(link.to); });
    if (incident.links.size() > mostLinks) // the strongest come first
        incident.links.erase(incident.links.begin() + mostLinks, incident.links.end());
}

} // namespace

Incident describeIncident(IncidentId id, const IncidentParts& parts)
{
    Incident incident;
    incident.id = id;
    incident.firstSeen = parts.alerts.front()->first;
    incident.lastSeen = parts.alerts.front()->last;
    std::map<std::string, int> tactics;
    std::map<std::string, int> techniques;
    std::set<std::string> ownTechniques;
    std::set<std::string> products;
    for (const AlertNode* alert : parts.alerts) {
        const RuleFacts& rule = parts.rule(*alert);
        incident.firstSeen = std::min(incident.firstSeen, alert->first);
        incident.lastSeen = std::max(incident.lastSeen, alert->last);
        incident.alerts.push_back(alert->id);
        if (!rule.product.empty())
            products.insert(rule.product);
        for (const std::string& tactic : rule.tactics)
            tactics.emplace(tactic, tacticPlace(tactic));
        for (const std::string& technique : rule.techniques) {
            const auto [place, isNew] = techniques.emplace(technique, rule.firstPlace);
            place->second = std::min(place->second, rule.firstPlace);
            if (rule.product.empty())
                ownTechniques.insert(technique);
        }
    }
    incident.tactics = inTacticOrder(tactics);
    incident.techniques = inTacticOrder(techniques);
    incident.products.assign(products.begin(), products.end());
    incident.ownTechniques = static_cast<int>(ownTechniques.size());
    incident.members = membersOf(parts);
    incident.links = linksOf(parts);
    incident.riskParts = riskOf(parts, incident.members);
    for (const RiskPart& part : incident.riskParts)
        incident.risk += part.points;
    incident.severity = severityOfRisk(incident.risk);
    incident.title = titleOf(parts, incident.members);
    bound(incident);
    return incident;
}

} // namespace cordon::correlate
