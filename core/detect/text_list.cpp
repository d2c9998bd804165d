#include "core/detect/text_list.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace cordon::detect {

void addToTextList(std::string& list, std::string_view text)
{
    const auto length = static_cast<std::uint32_t>(text.size());
    std::array<char, sizeof length> bytes{};
    std::memcpy(bytes.data(), &length, sizeof length);
    list.append(bytes.data(), bytes.size());
    list.append(text);
}

std::vector<std::string> textsIn(std::string_view list)
{
    std::vector<std::string> texts;
    while (list.size() >= sizeof(std::uint32_t)) {
        std::uint32_t length = 0;
        std::memcpy(&length, list.data(), sizeof length);
        list.remove_prefix(sizeof length);
        texts.emplace_back(list.substr(0, length));
        list.remove_prefix(texts.back().size());
    }
    return texts;
}

} // namespace cordon::detect
