#include "core/connectors/tame_words.h"

#include <algorithm>
#include <string_view>

namespace cordon::connectors {

std::string tameWords(const char* words)
{
    constexpr std::size_t longest = 300;
    std::string text(std::string_view(words ? words : "").substr(0, longest));
    std::replace_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    while (text.ends_with(' '))
        text.pop_back();
    return text;
}

} // namespace cordon::connectors
