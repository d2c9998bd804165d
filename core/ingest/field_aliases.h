#pragma once

#include "core/domain/field_plan.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::ingest {

/// How the field names of rules are found in the records of one source. Source: docs/formats/field-map.md, "Fields"
struct FieldNames
{
    /// A field is also looked for below these paths, after its own.
    std::vector<std::string> below;
    /// Further names of a field, each also looked for below `below`.
    std::map<std::string, std::vector<std::string>, std::less<>> names;
};

/// FieldNames worked out over a plan: where else a planned field may stand. Constant once made.
class FieldAliases
{
public:
    FieldAliases() = default;
    /// Adds the further places of the plan's first `fieldCount` fields to the plan.
    FieldAliases(const FieldNames& names, FieldPlan& plan, std::size_t fieldCount);

    /// Places to look at after the field's own, in this order; the first that the record has wins.
    [[nodiscard]] std::span<const FieldIndex> of(FieldIndex field) const
    {
        return field < m_others.size() ? std::span<const FieldIndex>(m_others[field]) : std::span<const FieldIndex>();
    }

private:
    std::vector<std::vector<FieldIndex>> m_others; ///< by field
};

} // namespace cordon::ingest
