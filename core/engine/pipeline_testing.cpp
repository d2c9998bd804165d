// The gate asked by a person who only wants to know.
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

} // namespace cordon::engine
