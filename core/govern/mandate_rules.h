#pragma once

#include "core/domain/mandate.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::govern {

/// One broken rule. `rule` is a stable code of docs/formats/mandate.md.
struct MandateProblem
{
    int line = 0;
    std::string rule;
    std::string reason; ///< English
};

struct MandateReading
{
    std::optional<Mandate> mandate; ///< only when there is no problem
    std::vector<MandateProblem> problems;
};

struct MandateReadOptions
{
    /// Tags that the inventory knows; when given, a tag outside it is a problem. When empty, any well-formed tag will
    /// do.
    std::optional<std::set<std::string>> knownTags;
};

/// Reads a mandate by every loader rule but signatures and revision. All problems are listed, by line.
[[nodiscard]] MandateReading readMandate(std::string_view yamlText, const MandateReadOptions& options = {});
/// The same as one Result: ErrorCode::Invalid with `FILE:LINE: reason` for the first problem.
[[nodiscard]] Result<Mandate> parseMandate(std::string_view yamlText, std::string_view fileName,
                                           const MandateReadOptions& options = {});
/// SHA-256("cordon.mandate.v1\n" ‖ JCS(parsed)), hex.
[[nodiscard]] Result<std::string> mandateDigest(const Value& parsed);

} // namespace cordon::govern
