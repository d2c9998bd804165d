#pragma once

#include "core/engine/codec.h"
#include "core/words/words.h"

namespace cordon::engine {

/// `a, b, c` of a list of texts.
[[nodiscard]] inline std::string joinedTexts(const Value& list)
{
    std::string line;
    for (const Value& item : list.asArray())
        line += (line.empty() ? "" : ", ") + item.asString();
    return line;
}

/// What an entry about a step calls it: its title in English, or its number where it has none.
[[nodiscard]] inline std::string entryTitle(const Value& data)
{
    return data["title"].isObject() ? words::english(codec::textFrom(data["title"])) : data["step"].asString();
}

} // namespace cordon::engine
