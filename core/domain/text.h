#pragma once

#include <map>
#include <string>
#include <utility>

namespace cordon {

/// A sentence as a code with arguments. core/words turns it into English, ui/text into the reader's language.
/// Arguments are data (often from logs) and are escaped where they are shown.
struct Text
{
    std::string code; ///< key of the catalogue in core/words, such as "story.key_created"
    std::map<std::string, std::string> args;

    bool operator==(const Text&) const = default;
};

} // namespace cordon
