#pragma once

#include "core/ingest/field_map.h"

namespace cordon::ingest {

/// Reads the parts of a field map that say who did what to which things. Errors as in parseFieldMap.
/// Source: docs/formats/field-map.md
class FieldMapRules
{
public:
    /// @param map  whose things and rules are filled in; borrowed
    FieldMapRules(FieldPlan& plan, FieldMap& map)
        : m_plan(plan)
        , m_map(map)
    {}

    [[nodiscard]] Result<void> readThings(const Value& value);
    [[nodiscard]] Result<void> readIdentities(const Value& value);
    [[nodiscard]] Result<void> readCredentials(const Value& value);
    [[nodiscard]] Result<void> readUnlisted(const Value& value);
    [[nodiscard]] Result<void> readActions(const Value& value);

    /// One path or a list of them, planned.
    [[nodiscard]] Result<std::vector<FieldIndex>> fields(const Value& value);
    /// A mapping of path to one text or several.
    [[nodiscard]] Result<std::vector<FieldCondition>> conditions(const Value& value);

private:
    Result<IdentityRule> identity(const Value& value);
    Result<void> readAction(const std::string& names, const Value& value);
    Result<std::vector<TargetRule>> targets(const Value& value);
    Result<TargetRule> target(const Value& value);
    Result<EntityRule> entity(const Value& value);
    void planPlaces(Thing& thing);

    FieldPlan& m_plan;
    FieldMap& m_map;
};

} // namespace cordon::ingest
