#include "core/record/case_queries.h"

#include "core/store/database.h"

namespace cordon::record {

Result<std::string> CaseQueries::newestOf(const std::string& group, const std::string& incident)
{
    CORDON_TRY(auto statement, m_database.prepare("SELECT type FROM ledger_index WHERE incident = ?1"
                                                  " AND substr(type, 1, length(?2)) = ?2 ORDER BY seq DESC LIMIT 1"));
    statement.bind(1, incident).bind(2, group);
    CORDON_TRY(const bool isThere, statement.step());
    return isThere ? statement.text(0) : std::string();
}

} // namespace cordon::record
