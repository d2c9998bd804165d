#pragma once

#include "core/domain/action.h"

#include <string>
#include <string_view>
#include <vector>

namespace cordon::govern {

enum class ParamType { Entity, Entities, Text, Integer, Bool };

/// A parameter that a verb takes.
struct ParamRule
{
    std::string_view name;
    ParamType type;
    bool isRequired = false;
    EntityKind kind = EntityKind::Account; ///< for Entity and Entities
};

/// What a verb may be asked with. Every verb also takes the common params `user`, `principal` and `region`. Source:
/// docs/formats/verbs.md
struct VerbSchema
{
    std::vector<EntityKind> kinds; ///< empty: any
    std::vector<ParamRule> params;
    std::vector<std::string_view> oneOf{}; ///< without one of these params nobody can tell what is meant; empty: none is needed
};

/// Null for a verb that the catalogue does not have.
[[nodiscard]] const VerbSchema* verbSchema(std::string_view verb);

/// Why the action does not fit its verb's schema, in English; "" when it does.
[[nodiscard]] std::string schemaProblem(const Action& action);
/// What an action lacks without which nobody can tell what is meant, as names to choose from; "" when it says enough.
[[nodiscard]] std::string missingParams(const Action& action);
/// The entities that the params name. Forbids are judged on each, so the gate needs their facts too.
[[nodiscard]] std::vector<EntityRef> entitiesIn(const Action& action);

} // namespace cordon::govern
