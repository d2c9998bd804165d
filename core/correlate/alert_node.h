#pragma once

#include "core/correlate/entity_graph.h"
#include "core/correlate/link_rules.h"
#include "core/domain/alert.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cordon::correlate {

/// Row of an alert in an IncidentBuilder.
using AlertIndex = std::uint32_t;
inline constexpr AlertIndex noAlert = std::numeric_limits<AlertIndex>::max();

/// What correlation keeps of a rule.
struct RuleFacts
{
    std::string id;
    std::string title;
    Severity level = Severity::Medium;
    std::vector<std::string> tactics;    ///< with `-`, in tactic order
    std::vector<std::string> techniques; ///< sorted
    int firstPlace = tacticCount;        ///< of its tactics; tacticCount when it names none that is known
    int lastPlace = -1;
    std::string product;        ///< whose words these are, where they are no rule's: another product's name
    bool isSighting = false;    ///< of an indicator: ties, and makes nobody anything
    bool isOnlyLooking = false; ///< nothing but reconnaissance or discovery
};

[[nodiscard]] RuleFacts factsOf(const RuleInfo& rule);

/// How an entity takes part in an alert.
enum class AlertPart : std::uint8_t { Actor, Via, Target, Address };

/// Reads `actor`, `via`, `address`; anything else is a target.
[[nodiscard]] AlertPart partFrom(const std::string& text);

struct NodeEntity
{
    EntityIndex entity = noEntity;
    AlertPart part = AlertPart::Target;
    std::string relation; ///< of a target; of a doer `refused` where it was only refused a sign-in
};

/// An alert as correlation holds it.
struct AlertNode
{
    AlertId id;
    std::uint32_t rule = 0;
    Timestamp first;
    Timestamp last;
    std::vector<EventId> events; ///< at most 64
    std::vector<NodeEntity> entities;
    bool hasSucceeded = true;
    bool hasRarity = false;
    bool isRefused = false; ///< whom it names as its doers were only refused a sign-in
    int refused = 0;        ///< accounts and credentials in whose name a sign-in was refused
    std::vector<EntityIndex> doers; ///< on whose trails of doing it stands

    /// The first entity in that part, ambient or not; noEntity when there is none.
    [[nodiscard]] EntityIndex in(AlertPart part) const
    {
        for (const NodeEntity& entity : entities) {
            if (entity.part == part)
                return entity.entity;
        }
        return noEntity;
    }
    /// Whether it names, beside the session's name, a key with which the deed was done.
    [[nodiscard]] bool hasKeyBeside(EntityIndex sessionName) const
    {
        const EntityIndex via = in(AlertPart::Via); // a session's name comes after its key
        return via != noEntity && via != sessionName;
    }
};

/// Why two alerts were joined.
struct Join
{
    LinkReason reason = LinkReason::SharedTarget;
    EntityIndex shared = noEntity; ///< what both have in common, or who stands behind the later one
    AlertIndex earlier = noAlert;
    AlertIndex later = noAlert;
    EventId proof; ///< the event that made the tie, when that is no alert's own
    double weight = 0;
    int identities = 0; ///< how many were seen with it, where that damps the weight

    bool operator==(const Join&) const = default;
};

} // namespace cordon::correlate
