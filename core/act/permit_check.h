#pragma once

#include "core/domain/action.h"
#include "core/domain/permit.h"

namespace cordon::act {

/// SHA-256("cordon.action.v1\n" ‖ canonical bytes). Source: docs/formats/action.md
[[nodiscard]] Digest actionDigest(std::string_view canonicalBytes);
/// The same from the object; fails when it has no canonical form.
[[nodiscard]] Result<Digest> actionDigest(const Action& action);

/// Whether the permit gives leave for exactly this action on this connector now. ErrorCode::Denied says which part
/// does not fit. Called by the actuator and again by the connector, so that neither trusts the other.
[[nodiscard]] Result<void> checkPermit(const Permit& permit, const Action& action, const std::string& connector,
                                       Timestamp now);

} // namespace cordon::act
