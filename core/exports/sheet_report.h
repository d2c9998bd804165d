#pragma once

#include "core/exports/case_contents.h"
#include "core/exports/report_clock.h"
#include "core/exports/sheet.h"

namespace cordon::exports {

/// What the verifier said of the case when the report was made.
struct ReportVerdict
{
    std::string result; ///< `OK`, `TAMPERED`…; "" when it was not asked
    std::string text;   ///< all its lines
};

/// The report for people: what happened, what was decided and done, custody, and whether the record holds. An incident
/// at a time. @param madeAt  machine clock, RFC 3339; @param clock  writes its times
[[nodiscard]] Result<void> writeSheetReport(CaseContents& contents, const std::string& only, const ReportVerdict& verdict,
                                            const std::string& madeAt, const ReportClock& clock, Sheet& sheet);

} // namespace cordon::exports
