#include "core/detect/predicate.h"

#include "core/detect/number_text.h"
#include "core/detect/time_part.h"

#include <algorithm>
#include <re2/re2.h>

namespace cordon::detect {
namespace {

using Kind = FieldTest::Kind;

bool isNull(const FieldValue& value)
{
    return value.kind == FieldValue::Kind::Null;
}

bool isFound(const re2::RE2& regex, std::string_view text)
{
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), regex);
}

bool compares(const FieldTest& test, const FieldValue& value)
{
    const std::optional<double> number =
        test.timePart == FieldTest::TimePart::None ? numberIn(value) : timePartOf(test.timePart, value.text);
    if (!number)
        return false;
    switch (test.order) {
    case FieldTest::Order::Less:
        return *number < test.number;
    case FieldTest::Order::LessOrEqual:
        return *number <= test.number;
    case FieldTest::Order::Greater:
        return *number > test.number;
    case FieldTest::Order::GreaterOrEqual:
        return *number >= test.number;
    case FieldTest::Order::Equal:
        return *number == test.number;
    }
    return false;
}

/// @param text  the value's text, folded unless the test is cased
bool passes(const FieldTest& test, const FieldValue& value, std::string_view text)
{
    if (isNull(value))
        return test.kind == Kind::Null;
    switch (test.kind) {
    case Kind::Equals:
        return text == test.text;
    case Kind::Prefix:
        return text.starts_with(test.text);
    case Kind::Suffix:
        return text.ends_with(test.text);
    case Kind::Contains:
        return text.find(test.text) != std::string_view::npos;
    case Kind::Pattern:
        return test.pattern.matches(text);
    case Kind::AnyText:
        return true;
    case Kind::Regex:
        return value.text.find(test.text) != std::string_view::npos && isFound(*test.regex, value.text);
    case Kind::Cidr:
        return test.network.contains(value.text);
    case Kind::Compare:
        return compares(test, value);
    default:
        return false;
    }
}

bool isPlaced(FieldTest::Place place, std::string_view text, std::string_view other)
{
    switch (place) {
    case FieldTest::Place::Whole:
        return text == other;
    case FieldTest::Place::Start:
        return text.starts_with(other);
    case FieldTest::Place::End:
        return text.ends_with(other);
    case FieldTest::Place::Inside:
        return text.find(other) != std::string_view::npos;
    }
    return false;
}

bool sameAs(const Predicate& predicate, const EventView& view, FoldedFields& fields)
{
    constexpr std::size_t most = 1000; // of each list, so that a hostile record does not cost the square of its size
    const FieldTest& test = *predicate.test;
    const auto values = view.values(predicate.field).first(std::min(most, view.values(predicate.field).size()));
    const auto others = view.values(predicate.other).first(std::min(most, view.values(predicate.other).size()));
    const auto texts = fields.of(view, predicate.field);
    const auto otherTexts = fields.of(view, predicate.other);
    bool hasPair = false;
    for (std::size_t at = 0; at < values.size(); ++at) {
        for (std::size_t to = 0; to < others.size(); ++to) {
            if (isNull(values[at]) || isNull(others[to]))
                continue;
            hasPair = true;
            const std::string_view text = test.isCased ? values[at].text : std::string_view(texts[at]);
            const std::string_view other = test.isCased ? others[to].text : std::string_view(otherTexts[to]);
            if (isPlaced(test.place, text, other))
                return !test.isNegated;
        }
    }
    return hasPair && test.isNegated;
}

bool keyword(const FieldTest& test, const EventView& view, FoldedFields& fields)
{
    if (test.regex ? isFound(*test.regex, view.raw())
                   : test.pattern.matches(test.isCased ? view.raw() : std::string_view(fields.raw(view))))
        return true;
    // The raw record has its texts escaped; the keyword may stand in one of them as it reads. One pointer is captured,
    // so that std::function needs no memory of its own.
    struct Search
    {
        const FieldTest& test;
        FoldedFields& fields;
        bool isDone;
    } search{test, fields, false};
    view.eachScalar([&search](std::string_view text) {
        const FieldTest& wanted = search.test;
        search.isDone = wanted.regex ? isFound(*wanted.regex, text)
                                     : wanted.pattern.matches(wanted.isCased ? text : search.fields.scalar(text));
        return !search.isDone;
    });
    return search.isDone;
}

} // namespace

bool Predicate::holds(const EventView& view, FoldedFields& fields) const
{
    if (test->kind == Kind::Keyword)
        return keyword(*test, view, fields);
    if (test->kind == Kind::SameAs)
        return sameAs(*this, view, fields);
    const auto values = view.values(field);
    if (test->kind == Kind::Exists)
        return ((test->text == "true") == !values.empty()) != test->isNegated;
    if (test->kind == Kind::Null && values.empty())
        return !test->isNegated;
    const bool needsFolding = !test->isCased && test->kind <= Kind::Pattern;
    const auto texts = needsFolding ? fields.of(view, field) : std::span<const std::string>();
    bool hasValue = false;
    for (std::size_t at = 0; at < values.size(); ++at) {
        hasValue = hasValue || !isNull(values[at]);
        if (passes(*test, values[at], needsFolding ? std::string_view(texts[at]) : values[at].text))
            return !test->isNegated;
    }
    return hasValue && test->isNegated;
}

} // namespace cordon::detect
