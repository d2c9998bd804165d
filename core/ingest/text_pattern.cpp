#include "core/ingest/text_pattern.h"

namespace cordon::ingest {
namespace {

char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

bool fitsPattern(std::string_view text, std::string_view pattern)
{
    std::size_t at = 0;
    std::size_t in = 0;
    std::size_t star = std::string_view::npos; // behind the last `*` met
    std::size_t resume = 0;                    // where it started to stand for something
    while (at < text.size()) {
        if (in < pattern.size() && pattern[in] == '*') {
            star = ++in;
            resume = at;
        } else if (in < pattern.size() && folded(pattern[in]) == folded(text[at])) {
            ++in;
            ++at;
        } else if (star != std::string_view::npos) {
            in = star;
            at = ++resume;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', in) == std::string_view::npos;
}

std::string folded(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower)
        c = folded(c);
    return lower;
}

} // namespace cordon::ingest
