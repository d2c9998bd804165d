#include "core/ingest/look_back.h"

namespace cordon::ingest {
namespace {

constexpr std::string_view listKey = "\"Records\"";

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

bool opensRecordList(std::string_view text, std::size_t at)
{
    const std::size_t colon = lastSolidBefore(text, at);
    if (colon == nowhere || text[colon] != ':')
        return false;
    const std::size_t quote = lastSolidBefore(text, colon);
    if (quote == nowhere || quote + 1 < listKey.size())
        return false;
    return text.substr(quote + 1 - listKey.size(), listKey.size()) == listKey;
}

} // namespace cordon::ingest
