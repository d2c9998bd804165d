#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cordon::record {

/// What the verifier found of a case's index.
struct IndexFindings
{
    bool isThere = false;
    std::int64_t goodRows = 0; ///< entries that it repeats as the ledger has them
    std::int64_t entries = 0;  ///< that it should have
    std::int64_t namedBy = -1; ///< newest entry that names its pages and events
    std::string pages;         ///< digest that it names, also of the object in `kept/`
    std::set<std::string> keptEver; ///< such digests of all entries
    bool isNamed = false;      ///< they are the ones that the entry names
    bool isInUse = false;      ///< the process that verifies writes it: it is ahead of what that entry names
    bool restsOnSeal = false;  ///< narrowed to an incident: no entry names what is left of the pages
    std::vector<std::pair<std::int64_t, std::string>> problems; ///< entry, -1 for none, and what no crash explains
    std::int64_t missing = 0;      ///< entries that it lacks, as after a crash; the next opening brings them
    std::vector<std::string> gaps; ///< what cannot be proven of what is there
    bool isBehind = false;         ///< of these: no entry names what it holds now, as after any work since the newest did
    bool isDamaged = false;        ///< of these: it cannot be read, or its own parts do not fit, which no crash leaves

    [[nodiscard]] bool isProven() const { return problems.empty() && gaps.empty() && missing == 0; }
};

} // namespace cordon::record
