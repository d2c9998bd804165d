#pragma once

#include "core/domain/decision.h"
#include "core/govern/gate_request.h"

namespace cordon::govern {

/// Reads resources/schemas/gate-request.schema.json. What is absent stays unknown, and unknown denies. The mandate is
/// not part of it: the caller sets `mandate` (and `mandateStatus` where the request does not say).
/// ErrorCode::Invalid names the member that does not fit, unknown members included.
[[nodiscard]] Result<GateRequest> gateRequestFromValue(const Value& value);
/// The same request as JSON, without mandate and usage counters' history.
[[nodiscard]] Value gateRequestToValue(const GateRequest& request);
/// {"effect","clauses","reasons":[{code,args}],"tier","missing","digest","needs"}
[[nodiscard]] Value decisionToValue(const Decision& decision);

} // namespace cordon::govern
