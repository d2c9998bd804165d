#pragma once

#include "core/domain/event_view.h"

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
    /// Further names of a field, each also looked for below `below`. Where the field itself is among them, it is looked
    /// at in its turn, else first.
    std::map<std::string, std::vector<std::string>, std::less<>> names;
    /// What a field is in every record that does not have it.
    std::map<std::string, std::string, std::less<>> constants;
};

/// FieldNames worked out over a plan: where else a planned field may stand. Constant once made.
class FieldAliases
{
public:
    FieldAliases() = default;
    /// Adds the further places of the plan's first `fieldCount` fields to the plan. Borrows `names`.
    /// @param first  starts of paths: places there come before all others, the field's own too
    FieldAliases(const FieldNames& names, FieldPlan& plan, std::size_t fieldCount, const std::vector<std::string>& first);

    /// Places to look at after the field's own, in this order; the first that the record has wins.
    [[nodiscard]] std::span<const FieldIndex> of(FieldIndex field) const
    {
        return field < m_others.size() ? std::span<const FieldIndex>(m_others[field]) : std::span<const FieldIndex>();
    }

    /// Whether `of` says when to look at the field itself.
    [[nodiscard]] bool isOrdered(FieldIndex field) const { return field < m_isOrdered.size() && m_isOrdered[field]; }
    /// The value of a field that stands nowhere; often none.
    [[nodiscard]] std::span<const FieldValue> constant(FieldIndex field) const
    {
        const bool isKnown = field < m_constants.size() && m_constants[field].kind != FieldValue::Kind::Null;
        return isKnown ? std::span<const FieldValue>(&m_constants[field], 1) : std::span<const FieldValue>();
    }

private:
    void putFirst(const FieldPlan& plan, FieldIndex field, const std::vector<std::string>& first);

    std::vector<std::vector<FieldIndex>> m_others; ///< by field
    std::vector<bool> m_isOrdered;                 ///< by field
    std::vector<FieldValue> m_constants;           ///< by field; Null: none
};

} // namespace cordon::ingest
