#pragma once

#include "core/base/result.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::cacao {

/// Of a condition whose facts are not all known, nobody says more than that.
enum class Truth { False, True, Unknown };
[[nodiscard]] std::string_view toString(Truth truth); ///< "false", "true", "unknown"

/// What is known under a variable's name: CACAO writes every value as text and says its type beside it.
struct Known
{
    std::string text;
    std::string type = {}; ///< of CACAO's list; "" = by its looks
};

/// A comparison as CACAO conditions have it: the comparison expressions of STIX patterning over variables.
/// `__name__:value = 'text'`, `!=`, `<`, `<=`, `>`, `>=`, `IN (…)`, `LIKE`, `ISSUBSET`, `ISSUPERSET`, `EXISTS`, joined by
/// NOT, AND, OR and brackets. No observation operators, no MATCHES. Source: docs/formats/playbook.md, "Conditions"
class Condition
{
public:
    /// Looks a variable up by its whole name (`__is_quiet__`); nullopt when nobody knows it yet.
    using Lookup = std::function<std::optional<Known>(std::string_view name)>;

    /// At most 4096 bytes, 32 brackets deep, 256 comparisons. ErrorCode::Invalid names the column,
    /// Unsupported what STIX has and CACAO conditions have not here.
    [[nodiscard]] static Result<Condition> parse(std::string_view text);

    /// Three-valued (Kleene): what is unknown decides nothing that the known part does not decide. Never fails.
    [[nodiscard]] Truth evaluate(const Lookup& lookup) const;
    /// The variables it asks for, each once, in their order.
    [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }
    [[nodiscard]] const std::string& text() const { return m_text; }

    struct Node;

private:
    std::string m_text;
    std::vector<std::string> m_names;
    std::shared_ptr<const Node> m_root; ///< shared by copies; never changed
};

/// The name inside `__name__` or `__name__:value`, or "" when the text is no variable.
[[nodiscard]] std::string variableIn(std::string_view text);
/// True for `__name__` as CACAO writes it: 1 to 200 letters, digits, _ and -, the first no digit and no -.
[[nodiscard]] bool isVariableName(std::string_view text);

} // namespace cordon::cacao
