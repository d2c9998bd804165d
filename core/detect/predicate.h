#pragma once

#include "core/detect/field_test.h"
#include "core/detect/folded_fields.h"

namespace cordon::detect {

/// A test bound to the fields of a plan.
struct Predicate
{
    const FieldTest* test = nullptr; ///< owned by the rule set
    FieldIndex field = 0;            ///< unused by keywords
    FieldIndex other = 0;            ///< for FieldTest::Kind::SameAs

    /// The answer for one record. Allocates nothing once `fields` has grown to the largest record.
    [[nodiscard]] bool holds(const EventView& view, FoldedFields& fields) const;
};

} // namespace cordon::detect
