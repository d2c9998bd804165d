#include "core/engine/own_signs.h"

#include "core/domain/sighting.h"

#include <algorithm>
#include <set>
#include <string>

namespace cordon::engine {
namespace {

/// Whose acts a thing's alerts are, as its own alerts tell it.
struct Hand
{
    std::set<std::string> techniques; ///< of what was done by it or with it, and of its making
    std::set<EntityRef> identities;   ///< whose past those acts are measured against
    std::set<EntityRef> makers;       ///< with which credential it was made; by whom where none is told
    std::set<EntityRef> madeForItself;
};

const EntityRef* partOf(const Alert& alert, std::string_view part)
{
    const auto place = std::find_if(alert.entities.begin(), alert.entities.end(),
                                    [part](const AlertEntity& entity) { return entity.part == part; });
    return place == alert.entities.end() ? nullptr : &place->entity;
}

bool isGrantedTo(const Alert& alert, const EntityRef& whom)
{
    return std::any_of(alert.entities.begin(), alert.entities.end(), [&whom](const AlertEntity& entity) {
        return entity.entity == whom && entity.relation == "granted";
    });
}

std::map<EntityRef, Hand> handsOf(const std::vector<Alert>& alerts)
{
    std::map<EntityRef, Hand> hands;
    for (const Alert& alert : alerts) {
        if (isSighting(alert))
            continue;
        const EntityRef* actor = partOf(alert, "actor");
        const EntityRef* via = partOf(alert, "via");
        const auto speaksOf = [&](Hand& hand) {
            if (!alert.external)
                hand.techniques.insert(alert.rule.techniques.begin(), alert.rule.techniques.end());
            if (actor)
                hand.identities.insert(*actor);
        };
        for (const AlertEntity& part : alert.entities) {
            const bool isMade = part.relation == "created" && alert.hasSucceeded;
            if (part.part != "actor" && part.part != "via" && !isMade)
                continue;
            Hand& hand = hands[part.entity];
            speaksOf(hand);
            if (!isMade || !actor)
                continue;
            hand.makers.insert(via ? *via : *actor);
            if (part.entity.type == "session" || isGrantedTo(alert, *actor)) {
                hands[*actor].madeForItself.insert(part.entity);
                if (via)
                    hands[*via].madeForItself.insert(part.entity);
            }
        }
    }
    return hands;
}

} // namespace

std::map<EntityRef, OwnSigns> ownSignsOf(const Incident& incident, const Brief& brief, const std::vector<Alert>& alerts)
{
    const std::map<EntityRef, Hand> hands = handsOf(alerts);
    std::set<EntityRef> rare;
    for (const Brief::Rarity& rarity : brief.rarities) {
        if (rarity.newActions > 0)
            rare.insert(rarity.identity);
    }
    std::map<EntityRef, OwnSigns> signs;
    for (const IncidentMember& member : incident.members) {
        const auto own = hands.find(member.entity);
        if (!member.isMisused && !member.isMadeByIncident)
            continue;
        std::set<std::string> techniques;
        OwnSigns& sign = signs[member.entity];
        sign.hasRarity = rare.contains(member.entity);
        const auto take = [&](const Hand& hand) {
            techniques.insert(hand.techniques.begin(), hand.techniques.end());
            sign.hasRarity = sign.hasRarity || std::any_of(hand.identities.begin(), hand.identities.end(),
                                                           [&rare](const EntityRef& who) { return rare.contains(who); });
        };
        if (own != hands.end()) {
            take(own->second);
            for (const std::set<EntityRef>& others : {own->second.makers, own->second.madeForItself}) {
                for (const EntityRef& other : others) {
                    if (const auto hand = hands.find(other); hand != hands.end())
                        take(hand->second);
                }
            }
        }
        sign.techniques = static_cast<int>(techniques.size());
    }
    return signs;
}

} // namespace cordon::engine
