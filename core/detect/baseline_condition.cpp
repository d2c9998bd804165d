#include "core/detect/baseline_condition.h"

#include <algorithm>
#include <array>

namespace cordon::detect {
namespace {

constexpr std::array<std::string_view, 18> baselineFields{"new",          "new_value",      "rarity",
                                                          "rarity_action", "rarity_service", "rarity_network",
                                                          "rarity_region", "rarity_client",  "past_days",
                                                          "past_events",   "actor_kind",     "actor_type",
                                                          "action",        "service",        "source",
                                                          "identity_change", "read_only",    "outcome"};

struct Parts
{
    bool hasOwn = false;
    bool hasBaseline = false;
};

bool isBaselineTest(const FieldTest& test)
{
    return test.field.starts_with(baselinePrefix);
}

void look(const Expression& expression, const std::vector<FieldTest>& tests, Parts& parts)
{
    if (expression.kind == Expression::Kind::Test)
        (isBaselineTest(tests[expression.number]) ? parts.hasBaseline : parts.hasOwn) = true;
    for (const Expression& part : expression.parts)
        look(part, tests, parts);
}

Result<void> split(const Expression& expression, const std::vector<FieldTest>& tests, std::vector<Expression>& own,
                   std::vector<Expression>& baseline)
{
    Parts parts;
    look(expression, tests, parts);
    if (parts.hasOwn != parts.hasBaseline) {
        (parts.hasBaseline ? baseline : own).push_back(expression);
        return {};
    }
    if (expression.kind != Expression::Kind::All)
        return fail(ErrorCode::Unsupported, "tests on cordon.* must be joined to the others by 'and'");
    for (const Expression& part : expression.parts)
        CORDON_CHECK(split(part, tests, own, baseline));
    return {};
}

} // namespace

Result<void> splitBaseline(Rule& rule)
{
    for (const FieldTest& test : rule.tests) {
        if (!isBaselineTest(test))
            continue;
        const std::string_view name = std::string_view(test.field).substr(baselinePrefix.size());
        if (std::find(baselineFields.begin(), baselineFields.end(), name) == baselineFields.end())
            return fail(ErrorCode::Invalid, "there is no field " + test.field);
        rule.usesBaseline = true;
    }
    const bool isForEverySource = rule.logSource.product == baselineProduct;
    if (!rule.usesBaseline)
        return isForEverySource ? fail(ErrorCode::Invalid, "a rule of product cordon must ask about cordon.* fields")
                                : Result<void>();
    std::vector<Expression> own;
    std::vector<Expression> baseline;
    CORDON_CHECK(split(rule.condition, rule.tests, own, baseline));
    if (isForEverySource && !own.empty())
        return fail(ErrorCode::Invalid, "a rule of product cordon can ask about cordon.* fields only");
    rule.condition = Expression::join(Expression::Kind::All, std::move(own));
    rule.baselineCondition = Expression::join(Expression::Kind::All, std::move(baseline));
    return {};
}

} // namespace cordon::detect
