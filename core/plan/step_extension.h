#pragma once

#include "core/plan/playbook.h"
#include "core/value/value.h"

namespace cordon::plan {

/// Where an error is: `file:line: step: what`.
struct Place
{
    std::string file;
    std::string step;

    [[nodiscard]] tl::unexpected<Error> invalid(const Value& at, const std::string& what) const
    {
        return refused(ErrorCode::Invalid, at, what);
    }
    [[nodiscard]] tl::unexpected<Error> refused(ErrorCode code, const Value& at, const std::string& what) const
    {
        return cordon::fail(code, file + ":" + std::to_string(at.line()) + ": " + (step.empty() ? "" : step + ": ") + what);
    }
};

/// Reads what Cordon's extension says of an action. Source: docs/formats/playbook.md, "The extension"
[[nodiscard]] Result<void> readExtension(PlaybookStep& step, const Value& extension, const Place& place);
/// What a playbook answers.
[[nodiscard]] Result<std::vector<Applicability>> readApplicability(const Value& extension, const Place& place);

} // namespace cordon::plan
