#pragma once

#include "core/cacao/finding.h"

#include <cmath>
#include <span>
#include <string_view>

namespace cordon::cacao::form {

// The pieces that the tables of form.cpp are made of.

using Check = void (*)(const Spot&, const Value&);

/// One member of an object: its name, what it has to look like, and whether it has to be there.
struct Member
{
    std::string_view name;
    Check check;
    bool isNeeded = false;
};

/// What the keys of a dictionary begin with (`action` for `action--uuid`), and what stands under them.
struct Entry
{
    std::string_view type;
    Check check;
};

void text(const Spot& spot, const Value& value);
void flag(const Spot& spot, const Value& value);
void integer(const Spot& spot, const Value& value);
void percent(const Spot& spot, const Value& value);       ///< integer, 0 to 100
void positive(const Spot& spot, const Value& value);      ///< integer, 1 and up
void identifier(const Spot& spot, const Value& value);
void timestamp(const Spot& spot, const Value& value);
void anyObject(const Spot& spot, const Value& value);
void textOrNull(const Spot& spot, const Value& value);

/// Checks the members that are there, and names those that have to be and are not.
void members(const Spot& spot, const Value& value, std::span<const Member> table);
/// @param least  how many members it has at least
void dictionary(const Spot& spot, const Value& value, std::span<const Entry> table, std::size_t least);
void oneOf(const Spot& spot, const Value& value, std::span<const std::string_view> words);
/// @return the number where the schemas' `integer` takes it (1.0 is one), else nullptr-like: has no value
[[nodiscard]] bool isWhole(const Value& value);

template<Check item, std::size_t least = 0>
void list(const Spot& spot, const Value& value)
{
    if (value.kind() != Value::Kind::Array)
        return spot.form(value, "must be a list");
    if (value.asArray().size() < least)
        spot.form(value, "must hold at least " + std::to_string(least) + (least == 1 ? " item" : " items"));
    for (std::size_t i = 0; i < value.asArray().size(); ++i)
        item(spot.at(i), value.asArray()[i]);
}

template<const auto& table>
void object(const Spot& spot, const Value& value)
{
    members(spot, value, table);
}

template<const auto& table, std::size_t least = 0>
void byIdentifier(const Spot& spot, const Value& value)
{
    dictionary(spot, value, table, least);
}

template<const auto& words>
void word(const Spot& spot, const Value& value)
{
    oneOf(spot, value, words);
}

} // namespace cordon::cacao::form
