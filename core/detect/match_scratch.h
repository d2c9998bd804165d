#pragma once

#include "core/detect/candidate_index.h"

#include <memory>

namespace cordon::detect {

/// The working memory of RuleProgram::match, reused from record to record. One per thread; may serve several programs
/// one after the other.
class MatchScratch
{
private:
    friend class RuleProgram;

    enum class Answer : std::uint8_t { Unknown, No, Yes };

    FoldedFields m_fields;
    std::vector<Answer> m_answers;      ///< by predicate
    std::vector<std::uint32_t> m_asked; ///< predicates that have an answer
    std::vector<bool> m_seen;           ///< by rule: it was judged
    std::vector<RuleIndex> m_judged;    ///< rules marked in `m_seen`
    /// Whose route is kept. Shared, so that the route cannot outlive what it points into.
    std::shared_ptr<const CandidateIndex> m_routedBy;
    std::string m_product;
    std::string m_service;
    std::vector<std::string> m_categories;
    CandidateIndex::Route m_route;
};

} // namespace cordon::detect
