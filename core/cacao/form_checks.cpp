#include "core/cacao/form_checks.h"

#include "core/cacao/text_forms.h"

#include <algorithm>

namespace cordon::cacao::form {

void text(const Spot& spot, const Value& value)
{
    if (!value.isString())
        spot.form(value, "must be a text");
}

void flag(const Spot& spot, const Value& value)
{
    if (!value.isBool())
        spot.form(value, "must be true or false");
}

bool isWhole(const Value& value)
{
    return value.isInt() || (value.kind() == Value::Kind::Double && std::trunc(value.asDouble()) == value.asDouble());
}

void integer(const Spot& spot, const Value& value)
{
    if (!isWhole(value))
        spot.form(value, "must be a whole number");
}

void percent(const Spot& spot, const Value& value)
{
    if (!isWhole(value) || value.asDouble() < 0 || value.asDouble() > 100)
        spot.form(value, "must be a whole number from 0 to 100");
}

void positive(const Spot& spot, const Value& value)
{
    if (!isWhole(value) || value.asDouble() < 1)
        spot.form(value, "must be a whole number, 1 or more");
}

void identifier(const Spot& spot, const Value& value)
{
    if (!value.isString() || !isIdentifier(value.asString()))
        spot.form(value, "must be an identifier (type--uuid)");
}

void timestamp(const Spot& spot, const Value& value)
{
    if (!value.isString() || !isTimestamp(value.asString()))
        spot.form(value, "must be a timestamp (2026-01-31T00:00:00.000Z)");
}

void anyObject(const Spot& spot, const Value& value)
{
    if (!value.isObject())
        spot.form(value, "must be an object");
}

void textOrNull(const Spot& spot, const Value& value)
{
    if (!value.isString() && !value.isNull())
        spot.form(value, "must be a text or null");
}

void members(const Spot& spot, const Value& value, std::span<const Member> table)
{
    if (!value.isObject())
        return spot.form(value, "must be an object");
    for (const Member& member : table) {
        if (const Value* found = value.find(member.name))
            member.check(spot.at(member.name), *found);
        else if (member.isNeeded)
            spot.form(value, "'" + std::string(member.name) + "' is missing");
    }
}

void dictionary(const Spot& spot, const Value& value, std::span<const Entry> table, std::size_t least)
{
    if (!value.isObject())
        return spot.form(value, "must be an object");
    if (value.asObject().size() < least)
        spot.form(value, "must not be empty");
    for (const auto& [key, item] : value.asObject()) {
        for (const Entry& entry : table) {
            if (isIdentifierOf(entry.type, key))
                entry.check(spot.at(key), item);
        }
    }
}

void oneOf(const Spot& spot, const Value& value, std::span<const std::string_view> words)
{
    if (value.isString() && std::find(words.begin(), words.end(), value.asString()) != words.end())
        return;
    std::string all;
    for (const std::string_view word : words.first(std::min<std::size_t>(words.size(), 8)))
        all += (all.empty() ? "" : ", ") + std::string(word);
    spot.form(value, "must be " + all + (words.size() > 8 ? ", …" : ""));
}

} // namespace cordon::cacao::form
