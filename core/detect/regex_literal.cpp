#include "core/detect/regex_literal.h"

namespace cordon::detect {
namespace {

bool isOneOf(char c, std::string_view these)
{
    return these.find(c) != std::string_view::npos;
}

bool isWordLike(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
}

} // namespace

std::string literalIn(std::string_view pattern)
{
    std::string longest;
    std::string run;
    const auto endRun = [&] {
        if (run.size() > longest.size())
            longest = run;
        run.clear();
    };
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        char c = pattern[at];
        if (isOneOf(c, "()[]{}|*+?"))
            return {}; // choices, or how often something stands there
        if (c == '^' || c == '$') {
            endRun();
        } else if (c == '.') {
            endRun();
            at += at + 1 < pattern.size() && isOneOf(pattern[at + 1], "*+") ? 1 : 0;
        } else {
            if (c == '\\') {
                if (++at == pattern.size() || isWordLike(pattern[at]))
                    return {}; // a class of letters, a border, …
                c = pattern[at];
            }
            run += c;
        }
    }
    endRun();
    return longest;
}

} // namespace cordon::detect
