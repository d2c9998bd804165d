#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/entity.h"
#include "core/domain/text.h"

#include <optional>
#include <string>
#include <vector>

namespace cordon {

/// A sentence of the story with the events that prove it. Never empty of citations unless it states an absence.
struct Finding
{
    Text text;
    std::vector<EventId> cites;
};

/// An attribute that an identity change set.
struct ChangedValue
{
    std::string name;   ///< as the provider calls it
    std::string before; ///< "" when there was none, or nobody says
    std::string after;  ///< "" when it was taken away
    bool isBeforeKnown = false;

    bool operator==(const ChangedValue&) const = default;
};

/// Who changed which right of whom.
struct IdentityChange
{
    EventId event;
    Timestamp time;
    std::string action;              ///< provider's verb
    std::optional<EntityRef> actor;
    std::optional<EntityRef> subject; ///< whose right
    std::optional<EntityRef> object;  ///< key, policy, role…
    std::string relation;            ///< created, attached, deleted…
    bool hasSucceeded = true;
    bool isInsideIncident = false;
    Text text;
    std::vector<ChangedValue> values = {}; ///< what was set to what, as far as records tell
};

/// Something the intruder can still use.
struct ResidualAccess
{
    EntityRef entity;
    Text text;
    std::optional<Timestamp> until; ///< when it ends by itself, if known
    std::optional<Timestamp> lastUsed = {}; ///< by anybody, as the log shows
    std::vector<EventId> cites = {};        ///< that show it: how it came to be, and its last use
};

/// What investigation found for one incident, in the order it is told.
struct Brief
{
    std::vector<Finding> story;
    std::vector<IdentityChange> identityChanges; ///< empty: the look-up found none (the story says so)
    Timestamp lookedBackTo;                      ///< how far the identity-change look-up reached
    std::vector<ResidualAccess> residual;
    /// Dependents of entities: who was seen using the thing before the incident's first event.
    struct Use
    {
        EntityRef used;
        EntityRef by;
        std::int64_t times = 0;
        Timestamp last;
    };
    std::vector<Use> dependents;
    /// Measured rarity: of the actions in the incident, how many its identity had never done before.
    struct Rarity
    {
        EntityRef identity;
        int newActions = 0;
        int allActions = 0;   ///< distinct actions in the incident
        int pastActions = 0;  ///< distinct actions in the identity's own past
        std::vector<EventId> events;
        /// The same of something else than actions.
        struct Measure
        {
            std::string what; ///< address, user_agent, region
            int fresh = 0;
            int all = 0;
            int past = 0;
            std::vector<EventId> events; ///< first of each new one
        };
        std::vector<Measure> more = {};
    };
    std::vector<Rarity> rarities;
};

} // namespace cordon
