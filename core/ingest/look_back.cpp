#include "core/ingest/look_back.h"

#include <algorithm>

namespace cordon::ingest {
namespace {

constexpr std::string_view listKey = "\"Records\"";
/// A list of records begins no later than this behind the bracket of the object that holds it.
constexpr std::size_t furthestList = 256;

} // namespace

std::size_t lastSolidBefore(std::string_view text, std::size_t at)
{
    while (at > 0) {
        --at;
        if (!isSpace(text[at]))
            return at;
    }
    return nowhere;
}

bool followsAnObject(std::string_view text, std::size_t at)
{
    const std::size_t comma = lastSolidBefore(text, at);
    if (comma == nowhere || text[comma] != ',')
        return false;
    const std::size_t closer = lastSolidBefore(text, comma);
    return closer != nowhere && text[closer] == '}';
}

bool startsLine(std::string_view text, std::size_t at)
{
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t'))
        --at;
    return at > 0 && text[at - 1] == '\n';
}

std::size_t recordsKeyBefore(std::string_view text, std::size_t at)
{
    const std::size_t colon = lastSolidBefore(text, at);
    if (colon == nowhere || text[colon] != ':')
        return nowhere;
    const std::size_t quote = lastSolidBefore(text, colon);
    if (quote == nowhere || quote + 1 < listKey.size())
        return nowhere;
    const std::size_t key = quote + 1 - listKey.size();
    return text.substr(key, listKey.size()) == listKey ? key : nowhere;
}

ListStart recordListOf(std::string_view text, std::size_t at)
{
    text = text.substr(0, std::min(text.size(), at + furthestList));
    const auto solidFrom = [text](std::size_t place) {
        while (place < text.size() && isSpace(text[place]))
            ++place;
        return place;
    };
    const auto unlike = [&](std::size_t place) {
        return place == text.size() && text.size() < at + furthestList ? ListStart{nowhere, true} : ListStart{};
    };
    std::size_t place = at;
    for (const std::string_view part : {std::string_view("{"), listKey, std::string_view(":"), std::string_view("[")}) {
        place = solidFrom(place);
        for (const char wanted : part) {
            if (place >= text.size() || text[place] != wanted)
                return unlike(place);
            ++place;
        }
    }
    return {place - 1, false};
}

} // namespace cordon::ingest
