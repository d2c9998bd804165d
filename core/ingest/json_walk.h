#pragma once

#include "core/ingest/record_outline.h"

#include <functional>
#include <string>
#include <string_view>

/// Reading values of a record that RecordOutline found whole. Places are offsets in the outline's text.
namespace cordon::ingest {

/// A callback's word on the value that it was shown: where the value ends, or one of these.
constexpr std::size_t notLookedInto = 0;
constexpr std::size_t stopWalking = static_cast<std::size_t>(-1);

[[nodiscard]] inline std::size_t skipSpaces(const char* text, std::size_t at)
{
    while (static_cast<unsigned char>(text[at]) <= ' ')
        ++at;
    return at;
}

/// Behind the value that begins at `at`.
[[nodiscard]] std::size_t behindValue(const RecordOutline& outline, std::size_t at);

/// Calls `look(rawName, valueAt)` for each member of the object at `opener`; the name still has its escapes.
/// @return behind the object, or `stopWalking`
template<class Look>
std::size_t walkObject(const RecordOutline& outline, std::size_t opener, const Look& look)
{
    const char* text = outline.text();
    std::size_t at = skipSpaces(text, opener + 1);
    while (text[at] != '}') {
        const std::size_t nameEnd = outline.closingQuote(at);
        const std::string_view name(text + at + 1, nameEnd - at - 1);
        const std::size_t value = skipSpaces(text, skipSpaces(text, nameEnd + 1) + 1);
        std::size_t end = look(name, value);
        if (end == stopWalking)
            return stopWalking;
        if (end == notLookedInto)
            end = behindValue(outline, value);
        at = skipSpaces(text, end);
        if (text[at] == ',')
            at = skipSpaces(text, at + 1);
    }
    return at + 1;
}

/// Calls `look(valueAt)` for each item of the array at `opener`.
/// @return behind the array, or `stopWalking`
template<class Look>
std::size_t walkArray(const RecordOutline& outline, std::size_t opener, const Look& look)
{
    const char* text = outline.text();
    std::size_t at = skipSpaces(text, opener + 1);
    while (text[at] != ']') {
        std::size_t end = look(at);
        if (end == stopWalking)
            return stopWalking;
        if (end == notLookedInto)
            end = behindValue(outline, at);
        at = skipSpaces(text, end);
        if (text[at] == ',')
            at = skipSpaces(text, at + 1);
    }
    return at + 1;
}

/// The text between a string's quotes with its escapes undone; half a surrogate pair becomes U+FFFD.
void appendUnescaped(std::string& to, std::string_view raw);

/// A number as it is told everywhere: whole numbers as written, others in their shortest decimal form. One that no
/// double holds stays as written.
void appendNumber(std::string& to, std::string_view raw);
[[nodiscard]] double numberOf(std::string_view raw);
/// True for a number without fraction and exponent, which needs no other form than its own.
[[nodiscard]] bool isPlainWhole(std::string_view raw);

/// The value at `at` as compact JSON. @return behind the value
std::size_t appendCompact(std::string& to, const RecordOutline& outline, std::size_t at);

/// Shows every string, number and bool at or below `at`, as text, until `visit` answers false.
/// @param room  for texts that are not in the record as they are
/// @return behind the value, or `stopWalking`
std::size_t visitScalars(const RecordOutline& outline, std::size_t at,
                         const std::function<bool(std::string_view)>& visit, std::string& room);

} // namespace cordon::ingest
