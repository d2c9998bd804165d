#pragma once

#include "core/value/value.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::investigate {

/// What a record wrote into a role's trust or a policy: statements in the provider's own form.
struct AccessDocument
{
    bool isKnown = false;   ///< the record holds a document that can be read
    bool isVersion = false; ///< it is one of several, of which one counts
    bool isInForce = false; ///< from this record on this document, or `version`, is what counts
    std::string version;    ///< of a policy that has several; "" where not told
    std::vector<Value> allows;
};

/// The document that a change of trust or of a policy wrote, or the version that it put in force.
[[nodiscard]] AccessDocument accessDocumentIn(std::string_view record);

/// True unless `last` is seen to hold nothing that `written` let in and `before` did not.
[[nodiscard]] bool keepsDoor(const AccessDocument& last, const AccessDocument& written, const AccessDocument& before);

} // namespace cordon::investigate
