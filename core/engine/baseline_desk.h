#pragma once

#include "core/detect/baseline.h"
#include "core/detect/baseline_rules.h"
#include "core/domain/event_lookup.h"

#include <functional>

namespace cordon::engine {

/// Measures what is unusual for each identity while events come in, and says at the end which baseline rules match.
/// Belongs to the engine thread. Source: docs/formats/baseline.md
class BaselineDesk
{
public:
    /// One rule's match, with the figures that made it.
    using Keep = std::function<Result<void>(const RuleInfo&, EventId, const detect::BaselineFacts&)>;

    /// @param program  outlives this
    explicit BaselineDesk(const detect::RuleProgram& program);

    /// Learns from a case's events, such as those that an opened case holds already.
    /// @param isOwn  false: of another case, whose event numbers mean nothing here
    [[nodiscard]] Result<void> learn(const EventLookup& events, bool isOwn);
    /// Takes in an event that came into the case.
    /// @param halves  the baseline rules whose other half matched it
    void observe(const Event& event, std::vector<detect::RuleIndex> halves);
    /// Asks the rules about every event that stood out since the last time, now that all is read.
    [[nodiscard]] Result<void> finish(const Keep& keep);

private:
    struct Candidate
    {
        Event event; ///< without its targets
        std::vector<detect::RuleIndex> halves;
    };
    static constexpr std::size_t mostCandidates = 50'000;

    const detect::RuleProgram& m_program;
    detect::BaselineRules m_rules;
    detect::Baseline m_baseline;
    std::vector<Candidate> m_candidates;
    std::size_t m_droppedCount = 0;
};

} // namespace cordon::engine
