#pragma once

#include "core/domain/event.h"
#include "core/domain/field_plan.h"
#include "core/ingest/field_aliases.h"
#include "core/ingest/finding_map.h"
#include "core/ingest/path_trie.h"
#include "core/ingest/readers/csv_shape.h"
#include "core/ingest/time_zone.h"
#include "core/ingest/thing.h"
#include "core/platform/file.h"
#include "core/value/value.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace cordon::ingest {

/// A field has one of the texts in `is`, as fitsPattern tells; "" stands for a field that is absent or empty. A text
/// behind `!` must not be there.
struct FieldCondition
{
    FieldIndex field = 0;
    std::vector<std::string> is;
};

/// Where an entity's id stands. The first source that a record has wins; all values that stand there count.
struct EntityRule
{
    const Thing* thing = nullptr; ///< null: told by the text itself
    bool isToldByName = false;    ///< with no thing: by the look of the name; else by the ARN
    std::vector<FieldIndex> id;
    bool orActor = false;         ///< when no source is there, the actor itself is meant
    std::vector<FieldIndex> name; ///< display name; as many of them as ids go one to one; "" comes from the id
    std::vector<FieldCondition> when;
};

struct TargetRule
{
    EntityRule entity;
    std::string relation;          ///< "": as the action's rule or verb tells
    std::vector<EntityRule> owner; ///< at most one: the thing that {owner} in the template means
    std::vector<EntityRule> also;  ///< at most one: another name of the target, where the record has one of each
    std::vector<std::string> subjectOf; ///< patterns of actions whose verb is said of it; empty: of all
    std::vector<FieldIndex> notIn;      ///< what one of these names as well is left out
    bool isLast = false;           ///< names what is left: what an earlier target has already is passed over
};

struct ActionRule
{
    bool isIdentityChange = false;
    bool isSignIn = false;          ///< an attempt to sign in as the actor
    std::optional<bool> isReadOnly; ///< absent: as recorded, or as the verb tells
    std::string relation;           ///< of the usual targets; "" as the verb tells
    bool hasTargets = false;        ///< false: the usual ones
    std::vector<TargetRule> targets;
};

/// Who did it.
struct IdentityRule
{
    std::optional<EntityRule> actor;
    std::optional<EntityRule> session; ///< becomes a target with relation `used`
};

/// How the call ended, by the first of `from` that is there.
struct OutcomeRule
{
    std::vector<FieldIndex> from;
    std::vector<std::string> success; ///< patterns
    std::vector<std::string> failure;
    EventOutcome otherwise = EventOutcome::Unknown; ///< for other values
    EventOutcome absent = EventOutcome::Success;    ///< when none is there
};

/// What a verb's first word tells about actions that have no rule.
struct VerbRule
{
    std::string prefix;
    std::string relation;
    bool isReadOnly = false;
};

/// What a record must look like.
struct Recognition
{
    std::size_t atLeast = 1; ///< so many of `of` are there
    std::vector<FieldIndex> of;
    std::vector<std::vector<FieldIndex>> all; ///< of each group one is there
    std::vector<FieldIndex> none;             ///< none of these is there
    std::vector<FieldCondition> when;         ///< all of these hold
    std::string carriedBy;                    ///< it stands in an envelope of this carrier; "": anywhere
    /// Starts of paths: in records of this look fields are looked for there before anywhere else.
    std::vector<std::string> first;
    std::size_t number = 0; ///< among the looks of its map
};

/// The log source of some of a source's records, in Sigma's words.
struct LogRoute
{
    std::string product;
    std::string service;
    std::vector<std::string> categories;

    /// Adds one value to the key that routes are found by: folded to lower case, ended by a separator.
    static void append(std::string& key, std::string_view value);
};

/// How records of one source are read: which are meant, and which field means what. Plain data, made by FieldMaps.
/// Source: docs/formats/field-map.md
struct FieldMap
{
    std::size_t number = 0; ///< place among the maps in use
    std::string name;
    std::string source;
    std::string product;
    std::string service;
    std::vector<FieldIndex> routeBy;                  ///< whose values choose among `routes`
    std::unordered_map<std::string, LogRoute> routes; ///< by the values, see LogRoute::append; "*" is any
    /// Places that all say the same in an honest record. One in which they do not may be of any log source.
    std::vector<std::vector<FieldIndex>> agree;
    bool isTriedFirst = false; ///< before the other maps of its origin
    FieldNames fields;
    std::vector<Recognition> recognise; ///< one of them suffices
    std::optional<FindingMap> finding;  ///< of maps of kind `finding`, which have nothing below this line

    std::optional<CsvShape> csv; ///< the source is a table of texts

    std::vector<FieldIndex> time;
    std::vector<FieldIndex> timeText; ///< the time as the log had it, where a reader made `time` from it
    std::string timePattern;          ///< how `time` is written; "" as parseRecordTime reads it
    std::optional<TimeZone> zone;     ///< of times that name none; absent: a person must say
    std::vector<FieldIndex> externalId;
    std::vector<FieldIndex> externalIdPart; ///< tells records of one id apart
    std::vector<FieldIndex> actionService;  ///< up to its first dot
    std::vector<FieldIndex> actionPart;     ///< goes behind the service: `pods/exec`
    std::vector<FieldIndex> actionVerb;
    std::string otherVerb;     ///< for records without a verb
    bool isCaseFolded = false; ///< actions are looked up in lower case
    std::vector<FieldIndex> tenant;
    std::vector<FieldIndex> address;
    std::vector<FieldIndex> userAgent;
    std::vector<FieldIndex> region;
    std::vector<FieldIndex> error;
    std::vector<FieldIndex> readOnly;
    std::vector<FieldCondition> failedWhen;
    std::vector<FieldCondition> signIn; ///< where all hold, the record is an attempt to sign in as the actor
    std::optional<OutcomeRule> outcome; ///< without one a call failed when it has an error, else it succeeded

    std::vector<FieldIndex> partitionFrom; ///< ARNs whose partition holds for the record
    std::vector<FieldIndex> actorAccount;  ///< {account} in identities; elsewhere it is the tenant
    std::map<std::string, Thing> things;   ///< rules point into it: nodes of a map stay in place
    std::vector<FieldIndex> identityType;
    std::map<std::string, IdentityRule, std::less<>> identities;
    IdentityRule otherIdentity;
    std::vector<IdentityRule> identityOrder; ///< tried before the type; the first whose actor is found
    std::vector<FieldIndex> credentialId;
    std::vector<std::pair<std::string, std::string>> credentialTypes; ///< prefix of the id, type
    std::vector<EntityRule> credentialOrder; ///< the first found is what it was done with, others are `used`
    std::unordered_map<std::string, ActionRule> actions;
    std::vector<std::pair<std::string, ActionRule>> actionPatterns; ///< the longest first
    std::vector<TargetRule> usualTargets;                           ///< of actions that have none of their own
    std::vector<FieldIndex> namedResources;                         ///< ARNs of what an action without a rule touched
    std::vector<VerbRule> verbs;
};

/// Whose map it is: Cordon's own know their sources' zones, a person's have to say them.
enum class FieldMapOrigin { Shipped, Given };

/// The field maps in use.
class FieldMaps
{
public:
    FieldMaps() = default;
    FieldMaps(FieldMaps&&) = default;
    FieldMaps& operator=(FieldMaps&&) = default;
    FieldMaps(const FieldMaps&) = delete; // rules point into their map's things
    FieldMaps& operator=(const FieldMaps&) = delete;

    /// Loads every *.yml of a folder in name order, adding the paths they need to `plan`. ErrorCode::Invalid names
    /// file, line and place; ErrorCode::NotFound when there is none.
    /// @param given  files of maps that a person wrote for this import; they are tried first
    [[nodiscard]] static Result<FieldMaps> load(const platform::Path& folder, FieldPlan& plan,
                                                const std::vector<platform::Path>& given = {});
    /// Adds one map from its text. @param name  for messages, such as the file's
    [[nodiscard]] Result<void> add(std::string_view text, std::string_view name, FieldPlan& plan,
                                   FieldMapOrigin origin = FieldMapOrigin::Shipped);
    /// Works out where else the plan's fields may stand in each source. To be called once, when rules and correlations
    /// have added theirs.
    void complete(FieldPlan& plan);
    /// @param map   one of `maps`
    /// @param look  by which it recognised the record
    [[nodiscard]] const FieldAliases& aliasesOf(const FieldMap& map, const Recognition& look) const;
    /// The plan's paths, as `complete` made them unless the plan has grown since.
    /// @param plan  the one that the maps were loaded with
    [[nodiscard]] std::shared_ptr<const PathTrie> pathsOf(const FieldPlan& plan) const;
    [[nodiscard]] const std::vector<std::unique_ptr<const FieldMap>>& maps() const { return m_maps; }
    /// In the order in which they are tried; the first that recognises a record reads it.
    [[nodiscard]] const std::vector<const FieldMap*>& order() const { return m_order; }

private:
    std::vector<std::unique_ptr<const FieldMap>> m_maps; ///< each in its own place: events' readers borrow from them
    std::vector<const FieldMap*> m_order;                ///< given ones, those to be tried first, the others
    std::size_t m_givenCount = 0;
    std::size_t m_firstCount = 0;
    /// By FieldMap::number and Recognition::number, one for all looks where they do not differ; empty until complete.
    std::vector<std::vector<FieldAliases>> m_aliases;
    std::shared_ptr<const PathTrie> m_paths; ///< null until complete
};

} // namespace cordon::ingest
