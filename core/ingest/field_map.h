#pragma once

#include "core/domain/entity.h"
#include "core/domain/field_plan.h"
#include "core/ingest/field_aliases.h"
#include "core/platform/file.h"
#include "core/value/value.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace cordon::ingest {

/// How the texts of a kind of thing become one canonical id. Source: docs/formats/field-map.md, "Spellings"
enum class Spelling {
    AsIs,       ///< the text
    Arn,        ///< an ARN stays, another text goes into the template
    IamName,    ///< like Arn; ARNs lose their path, and a role session's becomes the role's
    SecretName, ///< like Arn; ARNs lose the random suffix
    ArnTail,    ///< of an ARN what stands behind its last slash or colon; another text stays
};

/// A kind of thing that rules name.
struct Thing
{
    EntityKind kind = EntityKind::Resource;
    std::string type;
    Spelling spelling = Spelling::AsIs;
    std::string id;                ///< template with {text}, {partition}, {region}, {account}, {owner}; "" is {text}
    std::vector<std::string> arns; ///< `service:resource-prefix` of the ARNs that are this thing
};

/// Where an entity's id stands. The first source that a record has wins; all values that stand there count.
struct EntityRule
{
    const Thing* thing = nullptr; ///< null: told by the ARN itself
    std::vector<FieldIndex> id;
    bool orActor = false;         ///< when no source is there, the actor itself is meant
    std::vector<FieldIndex> name; ///< display name; "" comes from the id
};

/// `field` has the text `is`.
struct FieldCondition
{
    FieldIndex field = 0;
    std::string is;
};

struct TargetRule
{
    EntityRule entity;
    std::string relation;
    std::vector<EntityRule> owner; ///< at most one: the thing that {owner} in the template means
    std::vector<FieldCondition> when;
};

struct ActionRule
{
    bool isIdentityChange = false;
    std::vector<TargetRule> targets;
};

/// Who did it, by the value of the identity type field.
struct IdentityRule
{
    std::optional<EntityRule> actor;
    std::optional<EntityRule> session; ///< becomes a target with relation `used`
};

/// What a verb's first word tells about actions that have no rule.
struct VerbRule
{
    std::string prefix;
    std::string relation;
    bool isReadOnly = false;
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
    std::vector<FieldIndex> routeBy; ///< whose values choose among `routes`
    std::unordered_map<std::string, LogRoute> routes; ///< by the values, see LogRoute::append; "*" is any
    FieldNames fields;
    std::size_t recogniseAtLeast = 1;
    std::vector<FieldIndex> recogniseBy;

    std::vector<FieldIndex> time;
    std::vector<FieldIndex> externalId;
    std::vector<FieldIndex> actionService; ///< up to its first dot
    std::vector<FieldIndex> actionVerb;
    std::vector<FieldIndex> tenant;
    std::vector<FieldIndex> address;
    std::vector<FieldIndex> userAgent;
    std::vector<FieldIndex> region;
    std::vector<FieldIndex> error;
    std::vector<FieldIndex> readOnly;
    std::vector<FieldCondition> failedWhen;

    std::vector<FieldIndex> partitionFrom; ///< ARNs whose partition holds for the record
    std::vector<FieldIndex> actorAccount;  ///< {account} in identities; elsewhere it is the tenant
    std::map<std::string, Thing> things;   ///< rules point into it: nodes of a map stay in place
    std::vector<FieldIndex> identityType;
    std::map<std::string, IdentityRule, std::less<>> identities;
    IdentityRule otherIdentity;
    std::vector<FieldIndex> credentialId;
    std::vector<std::pair<std::string, std::string>> credentialTypes; ///< prefix of the id, type
    std::unordered_map<std::string, ActionRule> actions;
    std::vector<FieldIndex> namedResources; ///< ARNs of what an action without a rule touched
    std::vector<VerbRule> verbs;
};

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
    [[nodiscard]] static Result<FieldMaps> load(const platform::Path& folder, FieldPlan& plan);
    /// Adds one map from its text. @param name  for messages, such as the file's
    [[nodiscard]] Result<void> add(std::string_view text, std::string_view name, FieldPlan& plan);
    /// Works out where else the plan's fields may stand in each source. To be called once, when rules and correlations
    /// have added theirs.
    void complete(FieldPlan& plan);
    /// @param map  one of `maps`
    [[nodiscard]] const FieldAliases& aliasesOf(const FieldMap& map) const;
    /// In the order in which they are tried; the first that recognises a record reads it.
    [[nodiscard]] const std::vector<std::unique_ptr<const FieldMap>>& maps() const { return m_maps; }

private:
    std::vector<std::unique_ptr<const FieldMap>> m_maps; ///< each in its own place: events' readers borrow from them
    std::vector<FieldAliases> m_aliases;                    ///< by FieldMap::number; empty until complete
};

} // namespace cordon::ingest
