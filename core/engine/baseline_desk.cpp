#include "core/engine/baseline_desk.h"

#include "core/base/log.h"

#include <algorithm>

namespace cordon::engine {

BaselineDesk::BaselineDesk(const detect::RuleProgram& program)
    : m_program(program)
    , m_rules(program.rules())
{}

Result<void> BaselineDesk::learn(const EventLookup& events, bool isOwn)
{
    if (m_rules.isEmpty())
        return {};
    return events.each([&](const Event& event) {
        if (isOwn)
            m_baseline.observe(event);
        else
            m_baseline.learn(event);
        return true;
    });
}

void BaselineDesk::observe(const Event& event, std::vector<detect::RuleIndex> halves)
{
    if (m_rules.isEmpty() || !m_baseline.observe(event))
        return;
    if (m_candidates.size() == mostCandidates) {
        // Events of an identity's first hours come first and will hardly count; those that another one has since
        // preceded no longer do.
        std::erase_if(m_candidates, [this](const Candidate& one) { return !m_baseline.factsOf(one.event); });
        if (m_candidates.size() == mostCandidates) {
            ++m_droppedCount;
            return;
        }
    }
    Candidate& candidate = m_candidates.emplace_back();
    candidate.event = event;
    candidate.event.targets.clear();
    candidate.halves = std::move(halves);
}

Result<void> BaselineDesk::finish(const Keep& keep)
{
    for (const Candidate& candidate : m_candidates) {
        const auto facts = m_baseline.factsOf(candidate.event);
        if (!facts)
            continue;
        for (const detect::RuleIndex rule : m_rules.match(candidate.event, *facts, candidate.halves)) {
            if (m_program.rule(rule).raisesAlert)
                CORDON_CHECK(keep(m_program.rule(rule).info, candidate.event.id, *facts));
        }
    }
    m_candidates.clear();
    if (m_droppedCount > 0)
        logWarning(std::to_string(m_droppedCount) + " events were not compared with their identity's past: too many new values");
    if (m_baseline.fullCount() > 0)
        logWarning(std::to_string(m_baseline.fullCount()) +
                   " traits of identities have too many different values to say what is unusual in them");
    if (m_baseline.unknownIdentityCount() > 0)
        logWarning("nothing is known of the past of " + std::to_string(m_baseline.unknownIdentityCount()) +
                   " or more identities: there are too many");
    m_droppedCount = 0;
    return {};
}

} // namespace cordon::engine
