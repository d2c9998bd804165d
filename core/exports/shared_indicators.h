#pragma once

#include "core/exports/case_contents.h"

#include <ostream>

namespace cordon::exports {

/// Something that others can look for.
struct SharedIndicator
{
    std::string type;  ///< of docs/formats/indicators.md: ip, credential, account …; "" when only the pattern says it
    std::string value; ///< "" likewise
    std::string pattern; ///< STIX
    std::string name;
    std::string tlp; ///< clear, green, amber, amber+strict
};

/// What an incident's intruder used (its credentials, the accounts that it made, where it came from), and the
/// indicators of others that were seen in it. What may not be passed on (TLP:RED) is left out.
/// @param incident  in the report's shape
/// @param heldBack  raised by what was left out
[[nodiscard]] Result<std::vector<SharedIndicator>> sharedIndicators(CaseContents& contents, const Value& incident,
                                                                    int& heldBack);

/// The same as a table that Cordon reads again, for one incident or all. Cells are safe for spreadsheets.
[[nodiscard]] Result<void> writeIndicatorTable(CaseContents& contents, const std::string& only, std::ostream& out,
                                               int& heldBack);

} // namespace cordon::exports
