#pragma once

#include <cstddef>
#include <string_view>

/// What stands around a place in JSON that is not known to be valid.
namespace cordon::ingest {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

[[nodiscard]] inline bool isSpace(char c)
{
    return static_cast<unsigned char>(c) <= ' ' && c != '\0';
}

/// Place of the last byte before `at` that is not white space, if it is held.
[[nodiscard]] std::size_t lastSolidBefore(std::string_view text, std::size_t at);
/// Whether `},` stands before `at`: in a damaged record more likely the end of it than the next of its own objects.
[[nodiscard]] bool followsAnObject(std::string_view text, std::size_t at);
[[nodiscard]] bool startsLine(std::string_view text, std::size_t at);
/// Where the key `"Records"` begins, if the array at `at` is its value; else nowhere.
[[nodiscard]] std::size_t recordsKeyBefore(std::string_view text, std::size_t at);

struct ListStart
{
    std::size_t at = nowhere; ///< of its bracket
    bool isOpen = false;      ///< the text ends before it can be told
};
/// The list in the object at `at`, if a list named `Records` is its first member: nothing else makes an object the envelope
/// of records.
[[nodiscard]] ListStart recordListOf(std::string_view text, std::size_t at);

} // namespace cordon::ingest
