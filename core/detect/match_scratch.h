#pragma once

#include "core/detect/candidate_index.h"

#include <array>
#include <deque>
#include <memory>

namespace cordon::detect {

/// The working memory of RuleProgram::match, reused from record to record. One per thread; may serve several programs
/// one after the other.
class MatchScratch
{
private:
    friend class RuleProgram;

    /// A log source and the rules for it.
    struct Routed
    {
        std::string product;
        std::string service;
        std::vector<std::string> categories;
        CandidateIndex::Route route;

        [[nodiscard]] bool isFor(const EventView& view) const;
    };

    /// A new record begins.
    void start(const std::shared_ptr<const CandidateIndex>& candidates, std::size_t predicates, std::size_t rules);
    [[nodiscard]] const CandidateIndex::Route& route(const EventView& view);

    FoldedFields m_fields;
    std::uint32_t m_record = 0;           ///< counts records; below 2^31
    std::vector<std::uint32_t> m_answers; ///< by predicate: record * 2, plus 1 for yes
    std::vector<std::uint32_t> m_judged;  ///< by rule: the record that it was judged for
    /// Whose routes are kept. Shared, so that no route outlives what it points into.
    std::shared_ptr<const CandidateIndex> m_routedBy;
    std::deque<Routed> m_routes; ///< each in its own place
    /// The route of log sources that stand at these places in memory, by their hash: a guess that is checked.
    std::array<const Routed*, 256> m_guesses{};
};

} // namespace cordon::detect
