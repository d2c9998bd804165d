#include "app/step_up/texts.h"

#include "core/govern/approval_render.h"
#include "core/govern/small_file.h"
#include "core/words/words.h"

#include <cerrno>
#include <iostream>
#include <unistd.h>

namespace cordon::step_up {
std::optional<std::string> inputText(const std::string& file)
{
    if (!file.empty() && file != "-") {
        auto text = govern::readSmallFile(file);
        if (!text)
            std::cerr << govern::escapedForPeople(text.error().detail) << '\n';
        return text ? std::optional(*text) : std::nullopt;
    }
    std::string text;
    char block[4096];
    while (text.size() <= mostText) {
        const ssize_t got = ::read(STDIN_FILENO, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return text;
        text.append(block, static_cast<std::size_t>(got));
    }
    return std::nullopt;
}

void sayRefused(const std::string& reason, const std::string& detail)
{
    const std::string sentence = words::english(Text{"approval.refused." + reason, {}});
    std::cerr << "refused: " << reason << ": " << sentence
              << (detail.empty() ? "" : " (" + govern::escapedForPeople(detail) + ")") << '\n';
}

} // namespace cordon::step_up
