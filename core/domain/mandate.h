#pragma once

#include "core/base/time.h"
#include "core/domain/action.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cordon {

/// Attributes of an entity that selectors may ask for: the closed list of docs/formats/mandate.md.
enum class Attribute { Type, Environment, Criticality, Owner, Tag };
[[nodiscard]] std::string_view toString(Attribute attribute);
[[nodiscard]] std::optional<Attribute> attributeFrom(std::string_view text);

/// Which entities a clause is about: `"*" | self | tag:NAME | KIND | KIND[attr=value,…]`.
struct Selector
{
    enum class Kind { Any, Self, Tag, Entity };
    Kind kind = Kind::Any;
    std::string tag;                                      ///< for Kind::Tag
    EntityKind entity = EntityKind::Resource;             ///< for Kind::Entity
    std::vector<std::pair<Attribute, std::string>> where; ///< for Kind::Entity; all must hold

    /// ErrorCode::Invalid says what does not fit the grammar.
    [[nodiscard]] static Result<Selector> parse(std::string_view text);
    [[nodiscard]] std::string toString() const;
    bool operator==(const Selector&) const = default;
};

/// True when one entity could satisfy both selectors.
[[nodiscard]] bool canOverlap(const Selector& a, const Selector& b);

/// `"*"`, a verb, `prefix.*` or `prefix*`.
struct ActionGlob
{
    std::string text;

    [[nodiscard]] static Result<ActionGlob> parse(std::string_view text);
    [[nodiscard]] bool matches(std::string_view verb) const;
    bool operator==(const ActionGlob&) const = default;
};

enum class Autonomy { Auto, Approve, Never };
[[nodiscard]] std::string_view toString(Autonomy autonomy);

/// What the agent may read.
struct SeeClause
{
    std::string id;
    std::string source; ///< as in Event.source, or "inventory"
    Duration window{};
    bool isInScope = false; ///< only records that name a member of the incident
    std::vector<std::string> redact;
};

/// What the agent may conclude.
struct DecideClause
{
    std::string id;
    std::string decision;
    Autonomy autonomy = Autonomy::Never;
    int approvers = 0;
};

/// What the agent may do.
struct PermitClause
{
    std::string id;
    ActionGlob action;
    Selector target;
    std::vector<ActionGlob> except;
    Tier tier = Tier::T4;
    std::string rollback; ///< verb, "snapshot", "partly", or "none"
    std::optional<Duration> lease;

    [[nodiscard]] bool coversVerb(std::string_view verb) const;
};

/// What nobody's approval makes possible.
struct ForbidClause
{
    std::string id;
    ActionGlob action;
    Selector target;
    std::vector<ActionGlob> except;
    std::vector<std::string> notBefore; ///< not empty: forbids only until these verbs are done on the target
    std::string why;

    [[nodiscard]] bool coversVerb(std::string_view verb) const;
};

/// How actions of one tier are let through.
struct TierRule
{
    Autonomy autonomy = Autonomy::Never;
    int approvers = 0;
    std::vector<std::string> factors;   ///< "key", "pin", "totp"
    std::vector<std::string> prechecks; ///< "evidence_preserved", "rollback_dry_run", "blast_radius", "change_record"
    std::optional<int> maxDependents;   ///< absent: no limit
    bool isRequesterExcluded = false;
    bool isTypedTarget = false;
    Duration approveWithin{};
    Duration executeWithin{}; ///< at most five minutes
};

enum class LimitCount { Actions, WorkloadsIsolatedAtOnce, AccountsTouched, ConsecutiveFailures, ApprovalDialogs };
[[nodiscard]] std::string_view toString(LimitCount count);
enum class OnExceed { Deny, Pause, Queue, ApproveT3 };
[[nodiscard]] std::string_view toString(OnExceed effect);

struct LimitClause
{
    std::string id;
    LimitCount count = LimitCount::Actions;
    int max = 0;
    std::optional<int> maxPercentOfPopulation; ///< AccountsTouched: then `max` is the least that is always allowed
    std::optional<Duration> per;               ///< sliding window
    OnExceed onExceed = OnExceed::Deny;
};

/// The signed charter of the response agent. Source: docs/formats/mandate.md
struct Mandate
{
    struct Agent
    {
        std::string id;  ///< nhi:…
        std::string key; ///< ed25519:…
    };
    struct Owner
    {
        std::string accountable; ///< user:…
        std::string deputy;
        int signaturesToLoad = 0;
    };
    struct Session
    {
        Duration ttl{};
        Duration idle{};
        int concurrent = 0;
        int maxActions = 0;
    };
    struct Scope
    {
        int independentSources = 2;
        Duration freshness{};
        int maxEntities = 0;
        Tier humanConfirmFrom = Tier::T2;
    };
    struct KillSwitchRule
    {
        bool isForAnyone = true;
        std::vector<std::string> effects;
        int resumeT0 = 1;
        int resumeT1 = 2;
        Duration heartbeat{};
    };
    struct AssistantRule
    {
        std::vector<std::string> may; ///< "summarise", "propose"
        std::vector<std::string> see; ///< ids of see clauses
    };

    std::string id;
    int revision = 0;
    std::string environment;
    Agent agent;
    Owner owner;
    Timestamp validFrom;
    Timestamp validUntil;
    Session session;
    std::vector<SeeClause> see;
    std::vector<DecideClause> decide;
    Scope scope;
    std::vector<PermitClause> change;
    std::vector<ForbidClause> forbid;
    std::map<Tier, TierRule> tiers;
    std::vector<LimitClause> limits;
    KillSwitchRule killSwitch;
    AssistantRule assistant;
    std::string digest; ///< hex, SHA-256("cordon.mandate.v1\n" ‖ JCS(parsed))
    Value source;       ///< as parsed: what the digest covers

    [[nodiscard]] const TierRule* tier(Tier which) const;
    [[nodiscard]] const PermitClause* permit(std::string_view clauseId) const;
    [[nodiscard]] bool isExercise() const { return environment == "exercise"; }
};

} // namespace cordon
