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
    return EvidenceOffice(*m_folder, *m_journal, m_desk.people, m_machine.now(), m_unproven).handle(order);
}

Result<void> Pipeline::applyOne(const BringList& order, const std::stop_token& stop)
{
    if (order.act == "indicators-import")
        return importIndicators(order, stop);
    CORDON_CHECK(m_inventory->import(order, m_clock.now(), m_machine.now()));
    return lookAgain(stop);
}

/// What was read before is searched once; what comes from now on is looked through as it comes.
Result<void> Pipeline::importIndicators(const BringList& order, const std::stop_token& stop)
{
    CORDON_TRY(const auto fresh, m_indicators->import(order, m_machine.now()));
    const auto progress = [this](std::uint64_t done, std::uint64_t total) {
        m_notice.bytesRead = done;
        m_notice.bytesTotal = total;
        notify();
    };
    CORDON_TRY(const std::int64_t records, m_indicators->searchBack(*fresh, *m_incidents, progress, stop));
    notify(Text{"engine.indicators_searched",
                {{"list", fresh->lists().front().name}, {"n", std::to_string(fresh->size())}, {"records", std::to_string(records)}}});
    if (records == 0)
        return {};
    CORDON_CHECK(prepare());
    CORDON_TRY(const auto span, m_folder->store().queries().span());
    return advance(span.second, stop);
}

/// What was imported may change every judgement that was not acted upon yet.
Result<void> Pipeline::lookAgain(const std::stop_token& stop)
{
    if (!m_desk.canAct())
        return {};
    std::vector<IncidentId> open;
    for (const auto& [id, file] : m_files) {
        if (file.incident.status != IncidentStatus::Closed)
            open.push_back(id);
    }
    for (const IncidentId id : open)
        CORDON_CHECK(onIncident(
            id, [this](IncidentFile& file, const std::stop_token& ends) { return work(file, true, ends); }, stop));
    return {};
}

} // namespace cordon::engine
