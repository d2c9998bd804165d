#pragma once

#include <string>
#include <string_view>

namespace cordon::exports {

/// How the standards name what a verb of Cordon does.
struct Countermeasure
{
    std::string_view verb;
    int ocsfActivity = 0;            ///< of Remediation Activity: 1 isolate, 2 evict, 3 restore, 4 harden
    std::string_view d3fend;         ///< D3FEND id
    std::string_view d3fendName;
    std::string_view cacaoActivity;  ///< of the open vocabulary of playbook activities
};

/// Null for verbs that change nothing.
[[nodiscard]] const Countermeasure* countermeasureOf(std::string_view verb);

} // namespace cordon::exports
