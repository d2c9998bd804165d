#pragma once

#include "core/domain/action.h"

namespace cordon::connectors::change {

/// What a change record says about an action, in plain words. Ids come from logs: what could be markup, a link or a new line there is not in it.
struct ChangeText
{
    std::string title;   ///< one line, up to 160 bytes
    std::string body;    ///< lines; ends with the mark
    std::string mark;    ///< `cordon-` and 32 hex digits of the action's digest: by it the record is found again

    /// ErrorCode::Invalid when the action has no canonical form.
    [[nodiscard]] static Result<ChangeText> of(const Action& action);
};

/// A record's number or key: letters, digits and hyphens. Nothing else goes into a query.
[[nodiscard]] bool isRecordName(const std::string& text);

} // namespace cordon::connectors::change
