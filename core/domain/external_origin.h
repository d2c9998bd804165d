#pragma once

#include "core/base/id.h"
#include "core/base/time.h"

#include <string>
#include <string_view>
#include <vector>

namespace cordon {

/// What a product says became of its own alert.
enum class FindingState {
    Open,
    Closed,    ///< dealt with
    Dismissed, ///< judged harmless: false positive, suppressed, expected
};
[[nodiscard]] std::string_view toString(FindingState state);
[[nodiscard]] FindingState findingStateFrom(std::string_view text); ///< Open when unknown

/// An alert that another product raised: its own words for it. All text is from outside and bounded.
/// Source: docs/formats/findings.md
struct ExternalOrigin
{
    /// What the product said at one time.
    struct Version
    {
        Timestamp updated;
        std::string severity;
        std::string status;
        EventId event; ///< the record
    };

    std::string product;     ///< short name, "guardduty"
    std::string productName; ///< "Amazon GuardDuty"
    std::string id;          ///< the product's; "" when the record has none, and then no update can be told
    std::string link;        ///< http or https, or ""
    std::string severity;    ///< as the product writes it
    std::string status;      ///< as the product writes it; "" when it has none
    FindingState state = FindingState::Open;
    Timestamp updated;       ///< of the newest version
    std::vector<std::string> drawnFrom; ///< sources of the events it was drawn from, as Event::source; empty: not known
    bool isSourceRead = false;          ///< one of them was read into the case as well
    std::vector<Version> history;       ///< the newest last

    /// Whether it can stand beside a log of the case as a second source: what it was drawn from is known and was not
    /// read itself.
    [[nodiscard]] bool isIndependent() const { return !drawnFrom.empty() && !isSourceRead; }
};

} // namespace cordon
