#include "core/record/case_queries.h"

namespace cordon::record {

Result<void> CaseQueries::eachAlertEvent(const std::function<void(AlertId, EventId)>& use)
{
    CORDON_TRY(auto statement, m_database.prepare("SELECT alert, event FROM alert_events ORDER BY alert, event"));
    for (;;) {
        CORDON_TRY(const bool isRow, statement.step());
        if (!isRow)
            return {};
        use(AlertId{statement.integer(0)}, EventId{statement.integer(1)});
    }
}

} // namespace cordon::record
