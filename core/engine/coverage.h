#pragma once

#include "core/domain/target_facts.h"
#include "core/engine/list_picture.h"
#include "core/inventory/inventory.h"
#include "core/record/case_queries.h"

namespace cordon::engine {

/// What the gate would have to take for unknown about a thing, by name: environment, criticality, tags, owner,
/// owner_tags, dependents.
[[nodiscard]] std::vector<std::string> unknownFacts(const TargetFacts& facts);

/// What the agent cannot touch, or only with more leave, for want of facts: members of open incidents that an action
/// could be for, as the connectors last answered and the lists know now. Untouchable ones first.
[[nodiscard]] Result<std::vector<CoverageRow>> coverageOf(record::CaseQueries& queries,
                                                          const inventory::Inventory& inventory, Timestamp now);

} // namespace cordon::engine
