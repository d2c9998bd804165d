#pragma once

#include "core/value/value.h"

#include <string>
#include <vector>

namespace cordon::act {

/// One outside system as a person set it up. No secrets. Source: docs/formats/connectors.md
struct ConnectorSettings
{
    std::string name;        ///< as mandates and actions name it
    std::string kind;        ///< "aws", "okta"…
    std::string tenant;      ///< the provider's own id of it; each call is checked against it
    std::string environment; ///< as mandates name it; never "exercise"
    std::vector<std::string> holds; ///< beginnings of the ids of what is in it; none: everything
    Value options = Value::Object{}; ///< of its kind: endpoint, region, authorities…

    /// {name, kind, tenant, environment, holds, options}
    [[nodiscard]] Value toValue() const;
    /// ErrorCode::Invalid for an unknown or missing member, a name that is not lower-case letters, digits and hyphens, or the
    /// environment "exercise". Lines are named where `value` knows them.
    [[nodiscard]] static Result<ConnectorSettings> fromValue(const Value& value);
    /// A whole settings file: {"connectors": "cordon/v1", "systems": [settings…]}; YAML or JSON text. Names are unique.
    [[nodiscard]] static Result<std::vector<ConnectorSettings>> parse(std::string_view text, const std::string& file);
};

} // namespace cordon::act
