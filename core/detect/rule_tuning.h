#pragma once

#include "core/detect/rule.h"

#include <map>
#include <span>
#include <string_view>

namespace cordon::detect {

/// Which rules of others Cordon takes at a lower level than they give themselves, and why: rules that match everyday
/// work, or whose technique a rule of its own judges more closely. Keyed on rules, never on what is in the logs.
/// Source: docs/formats/rules.md, "Public rules"; the shipped list is resources/rule_tuning.yml
class RuleTuning
{
public:
    /// @param file  name for messages; not opened
    [[nodiscard]] static Result<RuleTuning> parse(std::string_view text, const std::string& file);

    /// Lowers the levels of the rules that are listed, never raises one, and leaves built-in rules alone. A rule that
    /// is `informational` then, or always was, raises no alert: it is for counting and for reading.
    void apply(std::span<Rule> rules) const;

    [[nodiscard]] std::size_t size() const { return m_levels.size(); }

private:
    std::map<std::string, Severity, std::less<>> m_levels; ///< by rule id
};

} // namespace cordon::detect
