#include "core/detect/field_test.h"

#include <re2/re2.h>

namespace cordon::detect {

std::string FieldTest::key() const
{
    const auto number16 = [](auto value) { return std::to_string(static_cast<int>(value)) + ','; };
    std::string key = number16(kind) + number16(order) + number16(place) + number16(timePart) + number16(isCased) +
                      number16(isNegated) + std::to_string(field.size()) + ':' + field;
    switch (kind) {
    case Kind::Regex:
        return key + regex->pattern();
    case Kind::Cidr:
        return key + text;
    case Kind::Compare:
        return key + std::to_string(number) + ',' + text;
    case Kind::Pattern:
    case Kind::Keyword:
        for (const Wildcard::Token& token : pattern.tokens())
            key += number16(token.part) + std::to_string(token.text.size()) + ':' + token.text;
        return regex ? key + '/' + regex->pattern() : key;
    default:
        return key + text;
    }
}

int FieldTest::cost() const
{
    switch (kind) {
    case Kind::Equals:
    case Kind::Null:
    case Kind::Exists:
    case Kind::AnyText:
        return 0;
    case Kind::Prefix:
    case Kind::Suffix:
        return 1;
    case Kind::Compare:
    case Kind::Cidr:
    case Kind::SameAs:
        return 2;
    case Kind::Contains:
        return 3;
    case Kind::Pattern:
        return 4;
    case Kind::Regex:
        return 6;
    case Kind::Keyword:
        return 8;
    }
    return 8;
}

} // namespace cordon::detect
