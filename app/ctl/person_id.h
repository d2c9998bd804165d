#pragma once

#include <string>

namespace cordon::ctl {

/// The id of a person who was named with or without `user:`.
[[nodiscard]] inline std::string personId(const std::string& text)
{
    return text.empty() || text.find(':') != std::string::npos ? text : "user:" + text;
}

} // namespace cordon::ctl
