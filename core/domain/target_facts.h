#pragma once

#include "core/base/time.h"
#include "core/domain/entity.h"
#include "core/value/value.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cordon {

enum class Criticality { Low, Normal, High };
[[nodiscard]] std::string_view toString(Criticality criticality);
[[nodiscard]] std::optional<Criticality> criticalityFrom(std::string_view text);

/// Who told an attribute, and when it was true.
struct FactSource
{
    std::string attribute; ///< criticality, environment, owner, tags, tags_complete, owner_tags, owner_tags_complete, dependents
    std::string value;     ///< as text
    std::string source;    ///< name of an imported list
    Timestamp asOf;
    bool isUsed = true;    ///< false: too old to reassure, or another answer goes before it

    bool operator==(const FactSource&) const = default;
};

/// What the connector itself says about a target now (`inspect`), completed by the inventory. An attribute that nobody answered is empty: unknown.
struct TargetFacts
{
    EntityRef target;
    bool exists = false;
    Timestamp asked;                                 ///< case clock
    std::optional<std::string> environment;
    std::optional<Criticality> criticality;
    std::optional<std::string> owner;                ///< principal that owns it (a key's user)
    std::optional<EntityRef> ownerEntity;
    std::optional<std::vector<std::string>> tags;    ///< the complete set; empty set means known to have none
    std::optional<std::vector<std::string>> ownerTags; ///< tags of its owner or principal, complete
    std::optional<std::vector<EntityRef>> dependents;
    std::map<std::string, Value> state;              ///< what verbs change: status, policies, trust…
    std::optional<Timestamp> createdAt;
    std::optional<EntityRef> createdBy;
    std::optional<Timestamp> lastUsedAt;
    std::string lastUsedService;
    std::string lastUsedRegion;
    bool isSimulated = false;                        ///< answered by an exercise tenant
    std::vector<std::string> knownTags;              ///< that somebody named, though the set may not be complete
    std::vector<std::string> ownerKnownTags;
    std::vector<FactSource> sources;                 ///< of what the connector did not answer itself
    std::vector<std::string> contradictions;         ///< attributes that sources answer differently: unknown
};

/// What would happen (`preview`): facts for the screen and the approval.
struct Preview
{
    std::string request;                    ///< the provider call, such as "iam:UpdateAccessKey Status=Inactive"
    Value before = Value::Object{};         ///< attributes that change, now
    Value after = Value::Object{};          ///< and afterwards
    std::vector<EntityRef> dependents;      ///< who is hit
    std::vector<std::string> stillOpen;     ///< English lines: what this does not stop
    std::string undo;                       ///< English: what undoing costs; "" when there is none
    Value undoRecord = {};                  ///< what taking it back would need, where that can be told before; for an act whose answer is lost
};

} // namespace cordon
