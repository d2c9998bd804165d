#pragma once

#include "core/investigate/access_place.h"
#include "core/investigate/inquiry.h"

namespace cordon::investigate {

/// What gives way last when there is too much: the order is that of importance.
enum class Rank { Original, Right, Endowed, Used, Holder, Mass };

/// Something that may be a way in. What became of it is asked later, of the more important first.
struct Candidate
{
    enum class What { Credential, Grant, Trust, Policy, Shared, Account, Role, Provider, Webhook };
    What what = What::Credential;
    EntityRef entity;
    EntityRef grant;              ///< for Grant
    const Event* event = nullptr; ///< that gave, made or changed it; null for what the incident was done with
    bool isMade = false;          ///< by the incident
    Rank rank = Rank::Mass;
    int gravity = -1;       ///< of the gravest rule that took offence at the event
    AccessPlace place = {}; ///< where a Grant holds
};

/// Candidates of an incident, each once.
struct Candidates
{
    std::vector<Candidate> all;    ///< what the incident was done with, what it made, then what else it did, in order
    std::set<EntityRef> made = {}; ///< by the incident
};

/// Everything that the acts of the incident made, gave or changed, and what they were done with.
[[nodiscard]] Candidates candidatesOf(const Inquiry& inquiry);

} // namespace cordon::investigate
