// What people ask without the agent: the gate, only to know; and what they do with evidence.
#include "core/engine/evidence_office.h"
#include "core/engine/pipeline.h"
#include "core/engine/tested_decision.h"

namespace cordon::engine {

Result<void> Pipeline::applyOne(const TestDecision& test, const std::stop_token& stop)
{
    const auto found = m_files.find(test.question.incident);
    if (found == m_files.end()) {
        test.answer(fail(ErrorCode::NotFound, "no incident " + toString(test.question.incident) + " in this case"));
        return {};
    }
    const Job ask = [this, test](IncidentFile& file, const std::stop_token& ends) -> Result<void> {
        test.answer(testDecision(m_desk, file, test.question, ends));
        return {};
    };
    return onIncident(found->first, ask, stop);
}

Result<void> Pipeline::applyOne(const HandleEvidence& order, const std::stop_token&)
{
    return EvidenceOffice(*m_folder, *m_journal, m_desk.people, m_machine.now()).handle(order);
}

} // namespace cordon::engine
