#include "core/engine/batch_filler.h"

namespace cordon::engine {

Result<void> BatchFiller::onRecord(Event&& event, const EventView& view, std::uint64_t /*record*/)
{
    m_matches.clear();
    m_detection.program->match(view, m_scratch, m_matches);
    ReadEvent& read = m_batch.events.emplace_back();
    read.finding = std::move(m_finding);
    for (const detect::RuleIndex rule : m_matches) {
        if (m_detection.program->rule(rule).usesBaseline) {
            read.halves.push_back(rule);
            continue;
        }
        m_detection.correlations->collect(rule, view, event.time, detect::EventRef{}, read.inputs);
        if (m_detection.program->rule(rule).raisesAlert)
            read.rules.push_back(rule);
    }
    if (m_watchlist && !read.finding) // what another product said is nobody's act
        m_watchlist->match(event, view.json().empty() ? view.raw() : view.json(), read.indicators);
    read.event = std::move(event);
    return m_added ? m_added(*this, read.event) : Result<void>();
}

Result<void> BatchFiller::onFinding(Event&& event, Alert&& alert, const EventView& view, std::uint64_t record)
{
    m_finding = std::make_unique<Alert>(std::move(alert));
    return onRecord(std::move(event), view, record);
}

} // namespace cordon::engine
