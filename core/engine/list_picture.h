#pragma once

#include "core/domain/event.h"
#include "core/domain/incident.h"

#include <string>
#include <vector>

namespace cordon::engine {

/// A member of an incident about which facts are missing.
struct CoverageRow
{
    EntityRef entity;
    std::vector<IncidentId> incidents;
    std::vector<std::string> unknown;
    std::vector<std::string> contradictions;
    bool isUntouchable = false; ///< an unknown fact denies every change; otherwise it makes a step one tier graver
    bool isListed = false;      ///< some list has a row of it
    std::string contact;        ///< whom lists say to call about it; ""
    std::string problem;        ///< English: why the connector did not answer; ""
};

/// A list that was imported into the case, and what became of it.
struct ListRow
{
    std::string name;
    bool isIndicators = false;                 ///< else an inventory
    Timestamp asOf;                            ///< when it was true; of indicators not told
    Timestamp validUntil;                      ///< of an inventory
    bool isOver = false;                       ///< it warns and no longer reassures
    std::vector<std::string> authoritativeFor; ///< kinds
    std::int64_t rows = 0;
    std::string by;
    std::int64_t seq = 0; ///< ledger entry
    std::vector<RejectedRecord> rejected;
};

/// What the case knows beside its logs.
struct ListPicture
{
    std::vector<ListRow> lists; ///< inventories first
    std::vector<CoverageRow> coverage;
    int accounts = 0; ///< that inventories in force name
};

} // namespace cordon::engine
