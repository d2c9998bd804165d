#pragma once

#include "core/detect/network.h"
#include "core/detect/wildcard.h"

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace cordon::detect {

/// One question about one field of a record, such as "does eventName equal this text". Made by the modifiers.
struct FieldTest
{
    enum class Kind {
        Equals, ///< text is the whole value; numbers and booleans are compared as they are written
        Prefix,
        Suffix,
        Contains, ///< for an object, its raw JSON is looked through
        Pattern,  ///< `pattern` fits the whole value
        AnyText,  ///< there is a value other than null
        Null,     ///< absent, or null
        Exists,   ///< there is a value, be it null
        Regex,    ///< `regex` is found in the value
        Cidr,     ///< the value is an address of `network`
        Compare,  ///< the value is a number and `number` stands in `order` to it
        SameAs,   ///< the value is that of the field `text`, in the place told by `place`
        Keyword,  ///< `pattern` or `regex` is found anywhere in the record; has no field
    };
    enum class Order { Less, LessOrEqual, Greater, GreaterOrEqual, Equal };
    enum class Place { Whole, Start, End, Inside };
    enum class TimePart { None, Minute, Hour, Day, Week, Month, Year };

    Kind kind = Kind::Equals;
    std::string field;
    /// Folded unless `isCased`. Of a Regex: what stands in every text that it is found in, as written; empty: unknown.
    std::string text;
    Wildcard pattern; ///< folded unless `isCased`
    /// Shared because a rule is a value that may be copied, and a compiled pattern never changes.
    std::shared_ptr<const re2::RE2> regex;
    Network network;
    double number = 0;
    Order order = Order::Equal;
    Place place = Place::Whole;
    TimePart timePart = TimePart::None;
    bool isCased = false;
    /// Modifier neq: the field has a value and none of its values passes the test.
    bool isNegated = false;

    /// Two tests with the same key always give the same answer.
    [[nodiscard]] std::string key() const;
    /// Rough cost of asking, to ask the cheap ones first.
    [[nodiscard]] int cost() const;
};

} // namespace cordon::detect
