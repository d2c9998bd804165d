#include "core/detect/field_item.h"

#include "core/detect/modifier_chain.h"
#include "core/value/tree_builder.h"

namespace cordon::detect {

Result<Expression> readFieldItem(std::string_view name, const Value& values, const Placeholders& placeholders,
                                 std::vector<FieldTest>& tests, std::string& disabledReason)
{
    CORDON_TRY(const ModifierChain chain, ModifierChain::parse(name));
    const std::vector<Value> single{values};
    const std::vector<Value>& list = values.isArray() ? values.asArray() : single;
    if (list.empty())
        return fail(ErrorCode::Invalid, "no values for " + quotedForDetail(name));
    std::vector<Expression> alternatives;
    for (const Value& value : list) {
        CORDON_TRY(std::vector<FieldTest> found, chain.testsFor(value, placeholders, disabledReason));
        std::vector<Expression> variants;
        for (FieldTest& test : found) {
            variants.push_back(Expression::test(tests.size()));
            tests.push_back(std::move(test));
        }
        const auto kind = chain.isNegated() ? Expression::Kind::All : Expression::Kind::Any;
        alternatives.push_back(Expression::join(kind, std::move(variants)));
    }
    // "Different from the specified values" means different from each of them.
    const bool needsAll = chain.needsAll() || chain.isNegated();
    return Expression::join(needsAll ? Expression::Kind::All : Expression::Kind::Any, std::move(alternatives));
}

} // namespace cordon::detect
