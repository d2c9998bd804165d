#pragma once

#include "core/engine/incident_file.h"

namespace cordon::engine {

/// What an edited index could claim is dropped; the ledger says it again where it is true.
void forgetClaims(IncidentFile& file);

} // namespace cordon::engine
