#pragma once

#include "core/base/result.h"
#include "core/detect/field_test.h"
#include "core/detect/placeholders.h"
#include "core/value/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace cordon::detect {

/// The modifiers after a field's name, such as `contains|all`, applied in their order to one value at a time.
class ModifierChain
{
public:
    /// Splits `field|modifier|modifier`. ErrorCode::Invalid names an unknown modifier or a pair that cannot go
    /// together.
    [[nodiscard]] static Result<ModifierChain> parse(std::string_view name);

    [[nodiscard]] const std::string& field() const { return m_field; }
    [[nodiscard]] bool needsAll() const { return m_needsAll; }
    [[nodiscard]] bool isNegated() const { return m_isNegated; }
    /// The tests for one value, of which one must pass (several for base64offset).
    /// @param disabledReason  set for a placeholder without values
    [[nodiscard]] Result<std::vector<FieldTest>> testsFor(const Value& value, const Placeholders& placeholders,
                                                          std::string& disabledReason) const;

private:
    enum class Type { Text, Regex, Cidr, Compare, Exists, SameAs };

    Result<void> add(std::string_view modifier);
    Result<void> check() const;
    Result<void> addTests(const Value& value, std::vector<FieldTest>& tests) const;
    Result<FieldTest> special(const Value& value) const;
    Result<FieldTest> regexTest(const std::string& text) const;
    Result<FieldTest> compareTest(const Value& value) const;
    FieldTest textTest(Wildcard pattern) const;

    std::string m_field;
    std::vector<std::string> m_textSteps; ///< encodings, windash, contains, startswith, endswith; in order
    std::string m_regexFlags;
    Type m_type = Type::Text;
    FieldTest::Order m_order = FieldTest::Order::Equal;
    FieldTest::TimePart m_timePart = FieldTest::TimePart::None;
    bool m_needsAll = false;
    bool m_isNegated = false;
    bool m_isCased = false;
    bool m_expands = false;
};

} // namespace cordon::detect
