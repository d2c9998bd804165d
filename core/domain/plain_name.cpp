#include "core/domain/plain_name.h"

#include "core/base/display_escape.h"
#include "core/base/utf8.h"

#include <algorithm>

namespace cordon {
namespace {

constexpr std::string_view ellipsis = "\xE2\x80\xA6";
constexpr std::string_view openQuote = "\xE2\x80\x9C";
constexpr std::string_view closeQuote = "\xE2\x80\x9D";

/// What a name may consist of to stand in a sentence as it is: no part of it can be read as a part of the sentence.
bool isOneWord(std::string_view name)
{
    return !name.empty() && name.find_first_of(" \"'<>()[]{}|`*,;!?") == std::string_view::npos &&
           name.find("\xC2\xA0") == std::string_view::npos && name.find("\xE3\x80\x80") == std::string_view::npos &&
           name.find("\xE2\x80") == std::string_view::npos; // other spaces, dashes and quotation marks
}

std::string quoted(std::string name)
{
    for (const auto& [mark, instead] : {std::pair(openQuote, "\\u{201c}"), std::pair(closeQuote, "\\u{201d}")}) {
        for (std::size_t at = 0; (at = name.find(mark, at)) != std::string::npos;)
            name.replace(at, mark.size(), instead);
    }
    return std::string(openQuote) + name + std::string(closeQuote);
}

} // namespace

std::string plainText(std::string_view text, std::size_t most)
{
    const auto isPlain = [](char c) { return c >= 0x20 && c < 0x7F; };
    if (text.size() <= most && std::all_of(text.begin(), text.end(), isPlain))
        return std::string(text);
    std::string out;
    while (!text.empty()) {
        const std::size_t length = utf8SequenceLength(text);
        const std::string_view sequence = text.substr(0, length == 0 ? 1 : length);
        const std::string shown = escapedForDisplay(sequence);
        if (out.size() + shown.size() > most)
            return out.append(ellipsis);
        out += shown;
        text.remove_prefix(sequence.size());
    }
    return out;
}

std::string plainName(const EntityRef& entity, std::size_t most)
{
    std::string_view name = entity.name;
    if (name.empty()) {
        name = entity.id;
        const auto cut = name.starts_with("arn:") ? name.find_last_of("/:") : std::string_view::npos;
        if (cut != std::string_view::npos && cut + 1 < name.size())
            name.remove_prefix(cut + 1);
    }
    std::string plain = plainText(name, most);
    return isOneWord(name) ? plain : quoted(std::move(plain));
}

std::string shortName(std::string_view plainName, std::size_t most)
{
    if (plainName.size() <= most || !plainName.starts_with(openQuote) || !plainName.ends_with(closeQuote))
        return plainText(plainName, most);
    plainName.remove_prefix(openQuote.size());
    plainName.remove_suffix(closeQuote.size());
    return quoted(plainText(plainName, most));
}

} // namespace cordon
