#pragma once

#include "core/base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::detect {

/// What the placeholders of the modifier `expand` stand for, as told by the user. Names ignore case.
/// Source: Sigma specification 2.1, "Placeholders"; docs/formats/sigma.md, "Placeholders"
class Placeholders
{
public:
    /// A text with its placeholders replaced.
    struct Expanded
    {
        std::vector<std::string> texts; ///< every combination of values
        std::string missing;            ///< the first placeholder without values, `%name%`; `texts` is then empty
    };

    /// Reads a YAML map from name to a value or a list of values. Errors name file and line.
    [[nodiscard]] static Result<Placeholders> read(std::string_view text, const std::string& file);

    /// Replaces each `%name%` that no backslash protects; `\%` becomes a plain percent sign. Values are taken as they
    /// would stand in the rule. ErrorCode::Invalid when there would be more than 10,000 texts.
    [[nodiscard]] Result<Expanded> expand(std::string_view text) const;

    [[nodiscard]] bool isEmpty() const { return m_values.empty(); }

private:
    std::map<std::string, std::vector<std::string>> m_values; ///< by folded name
};

} // namespace cordon::detect
