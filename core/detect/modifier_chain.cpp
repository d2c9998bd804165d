#include "core/detect/modifier_chain.h"

#include "core/detect/regex_literal.h"
#include "core/detect/scalar_text.h"
#include "core/detect/text_fold.h"
#include "core/detect/text_patterns.h"
#include "core/value/tree_builder.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <re2/re2.h>

namespace cordon::detect {
namespace {

using Order = FieldTest::Order;
using TimePart = FieldTest::TimePart;

constexpr std::array<std::pair<std::string_view, Order>, 4> orders{
    {{"lt", Order::Less}, {"lte", Order::LessOrEqual}, {"gt", Order::Greater}, {"gte", Order::GreaterOrEqual}}};
constexpr std::array<std::pair<std::string_view, TimePart>, 6> timeParts{{{"minute", TimePart::Minute},
                                                                          {"hour", TimePart::Hour},
                                                                          {"day", TimePart::Day},
                                                                          {"week", TimePart::Week},
                                                                          {"month", TimePart::Month},
                                                                          {"year", TimePart::Year}}};

template<class Table>
auto lookUp(const Table& table, std::string_view name)
{
    return std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.first == name; });
}

} // namespace

Result<ModifierChain> ModifierChain::parse(std::string_view name)
{
    ModifierChain chain;
    std::size_t bar = name.find('|');
    chain.m_field = name.substr(0, bar);
    while (bar != std::string_view::npos) {
        const std::size_t next = name.find('|', bar + 1);
        CORDON_CHECK(chain.add(name.substr(bar + 1, next == std::string_view::npos ? next : next - bar - 1)));
        bar = next;
    }
    CORDON_CHECK(chain.check());
    return chain;
}

Result<void> ModifierChain::add(std::string_view modifier)
{
    const auto become = [this](Type type) -> Result<void> {
        if (m_type != Type::Text)
            return fail(ErrorCode::Invalid, "two modifiers that give the value a type");
        m_type = type;
        return {};
    };
    if (isTextStep(modifier))
        m_textSteps.emplace_back(modifier);
    else if (m_type == Type::Regex && (modifier == "i" || modifier == "m" || modifier == "s"))
        m_regexFlags += modifier;
    else if (modifier == "all")
        m_needsAll = true;
    else if (modifier == "cased")
        m_isCased = true;
    else if (modifier == "neq")
        m_isNegated = true;
    else if (modifier == "expand")
        m_expands = true;
    else if (modifier == "re")
        return become(Type::Regex);
    else if (modifier == "cidr")
        return become(Type::Cidr);
    else if (modifier == "exists")
        return become(Type::Exists);
    else if (modifier == "fieldref")
        return become(Type::SameAs);
    else if (const auto order = lookUp(orders, modifier); order != orders.end()) {
        m_order = order->second;
        return become(Type::Compare);
    } else if (const auto part = lookUp(timeParts, modifier); part != timeParts.end())
        m_timePart = part->second;
    else
        return fail(ErrorCode::Invalid, "unknown modifier " + quotedForDetail(modifier));
    return {};
}

Result<void> ModifierChain::check() const
{
    const bool mayHaveSteps = m_type == Type::Text || m_type == Type::SameAs;
    if (!mayHaveSteps && !m_textSteps.empty())
        return fail(ErrorCode::Invalid, "modifier '" + m_textSteps.front() + "' does not go with the other modifiers");
    if (m_timePart != TimePart::None && ((m_type != Type::Text && m_type != Type::Compare) || !m_textSteps.empty()))
        return fail(ErrorCode::Invalid, "a time modifier goes only with a number and its comparison");
    const bool needsField = m_type != Type::Text && m_type != Type::Regex;
    if (m_field.empty() && (needsField || m_isNegated || m_timePart != TimePart::None))
        return fail(ErrorCode::Invalid, "this modifier needs a field");
    return {};
}

Result<std::vector<FieldTest>> ModifierChain::testsFor(const Value& value, const Placeholders& placeholders,
                                                       std::string& disabledReason) const
{
    if (value.isArray() || value.isObject())
        return fail(ErrorCode::Invalid,
                    "a value of " + quotedForDetail(m_field) + " must be a text, number, true, false or null");
    std::vector<FieldTest> tests;
    if (m_expands && value.isString()) {
        CORDON_TRY(const Placeholders::Expanded expanded, placeholders.expand(value.asString()));
        if (!expanded.missing.empty()) {
            disabledReason = "placeholder " + quotedForDetail(expanded.missing) + " has no value";
            tests.emplace_back(); // the rule does not run
        }
        for (const std::string& text : expanded.texts)
            CORDON_CHECK(addTests(Value(text), tests));
    } else {
        CORDON_CHECK(addTests(value, tests));
    }
    for (FieldTest& test : tests) {
        test.field = m_field;
        test.isNegated = m_isNegated;
        if (m_field.empty())
            test.kind = FieldTest::Kind::Keyword;
    }
    return tests;
}

Result<void> ModifierChain::addTests(const Value& value, std::vector<FieldTest>& tests) const
{
    const bool isFraction = value.kind() == Value::Kind::Double && m_textSteps.empty() && !m_field.empty();
    if (m_type != Type::Text || m_timePart != TimePart::None || value.isNull() || isFraction) {
        CORDON_TRY(FieldTest test, special(value));
        tests.push_back(std::move(test));
        return {};
    }
    CORDON_TRY(std::vector<Wildcard> patterns, patternsFor(scalarText(value), m_textSteps));
    for (Wildcard& pattern : patterns)
        tests.push_back(textTest(std::move(pattern)));
    return {};
}

Result<FieldTest> ModifierChain::special(const Value& value) const
{
    FieldTest test;
    if (m_type == Type::Exists) {
        const std::string text = folded(scalarText(value));
        if (text != "true" && text != "false")
            return fail(ErrorCode::Invalid, "modifier 'exists' needs true or false");
        test.kind = FieldTest::Kind::Exists;
        test.text = text;
        return test;
    }
    if (value.isNull()) {
        const bool isPlain =
            m_type == Type::Text && m_textSteps.empty() && m_timePart == TimePart::None && !m_field.empty();
        if (!isPlain)
            return fail(ErrorCode::Invalid, "null does not go with these modifiers");
        test.kind = FieldTest::Kind::Null;
        return test;
    }
    if (m_type == Type::Regex)
        return regexTest(scalarText(value));
    if (m_type == Type::Cidr) {
        test.kind = FieldTest::Kind::Cidr;
        test.text = scalarText(value);
        CORDON_TRY(test.network, Network::parse(test.text));
        return test;
    }
    if (m_type == Type::SameAs) {
        test.kind = FieldTest::Kind::SameAs;
        test.text = scalarText(value);
        test.isCased = m_isCased;
        for (const std::string& step : m_textSteps) {
            if (step != "startswith" && step != "endswith" && step != "contains")
                return fail(ErrorCode::Invalid, "modifier '" + step + "' does not go with fieldref");
            test.place = step == "startswith" ? FieldTest::Place::Start
                         : step == "endswith" ? FieldTest::Place::End
                                              : FieldTest::Place::Inside;
        }
        return test;
    }
    return compareTest(value);
}

Result<FieldTest> ModifierChain::regexTest(const std::string& text) const
{
    RE2::Options options;
    options.set_log_errors(false);
    std::string flags = m_regexFlags;
    const std::string source = flags.empty() ? text : "(?" + flags + ")" + text;
    auto regex = std::make_shared<RE2>(source, options);
    if (!regex->ok())
        return fail(ErrorCode::Unsupported, "regular expression cannot be run in linear time: " + regex->error());
    FieldTest test;
    test.kind = FieldTest::Kind::Regex;
    test.regex = std::move(regex);
    test.text = flags.empty() ? literalIn(text) : std::string();
    return test;
}

Result<FieldTest> ModifierChain::compareTest(const Value& value) const
{
    FieldTest test;
    test.kind = FieldTest::Kind::Compare;
    test.order = m_order;
    test.timePart = m_timePart;
    test.text = scalarText(value);
    const char* end = test.text.data() + test.text.size();
    const auto read = std::from_chars(test.text.data(), end, test.number);
    if (read.ec != std::errc() || read.ptr != end || !std::isfinite(test.number))
        return fail(ErrorCode::Invalid, "comparison needs a number, not " + quotedForDetail(test.text));
    return test;
}

FieldTest ModifierChain::textTest(Wildcard pattern) const
{
    FieldTest test;
    // Base64 is told apart by case; without this, unrelated texts would match.
    const bool isEncoded = std::any_of(m_textSteps.begin(), m_textSteps.end(),
                                       [](const std::string& step) { return step.starts_with("base64"); });
    test.isCased = m_isCased || isEncoded;
    if (!test.isCased)
        pattern.fold();
    const auto& tokens = pattern.tokens();
    const bool opensStart = !tokens.empty() && tokens.front().part == Wildcard::Part::Any;
    const bool opensEnd = tokens.size() > 1 && tokens.back().part == Wildcard::Part::Any;
    const std::size_t middle = tokens.size() - (opensStart ? 1 : 0) - (opensEnd ? 1 : 0);
    const std::size_t middleAt = opensStart ? 1 : 0;
    const bool isSimple = middle == 1 && tokens[middleAt].part == Wildcard::Part::Literal;
    if (pattern.isLiteral()) {
        test.text = pattern.text();
    } else if (tokens.size() == 1 && opensStart) {
        test.kind = FieldTest::Kind::AnyText;
    } else if (isSimple) {
        test.text = tokens[middleAt].text;
        test.kind = opensStart && opensEnd ? FieldTest::Kind::Contains
                    : opensStart           ? FieldTest::Kind::Suffix
                                           : FieldTest::Kind::Prefix;
    } else {
        test.kind = FieldTest::Kind::Pattern;
        test.pattern = std::move(pattern);
    }
    if (m_field.empty()) {
        // A keyword may stand anywhere in the record.
        Wildcard keyword = test.kind == FieldTest::Kind::Pattern ? std::move(test.pattern) : std::move(pattern);
        keyword.openStart();
        keyword.openEnd();
        test.pattern = std::move(keyword);
        test.text.clear();
    }
    return test;
}

} // namespace cordon::detect
