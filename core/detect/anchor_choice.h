#pragma once

#include "core/detect/candidate_index.h"
#include "core/detect/predicate.h"

#include <vector>

namespace cordon::detect {

/// Chooses the texts by which each rule is called up: of the tests that a rule cannot do without, those that the fewest
/// records will pass and the fewest fields must be looked at for. Used while a program is compiled.
class AnchorChoice
{
public:
    /// @param predicates    of all rules
    /// @param predicatesOf  by rule: the predicates of its tests
    AnchorChoice(const std::vector<Predicate>& predicates, const std::vector<std::vector<std::uint32_t>>& predicatesOf);

    /// One of them holds whenever the condition does; none when no such texts are known.
    /// @param predicates  those of the rule's tests
    [[nodiscard]] std::vector<CandidateIndex::Anchor> anchorsOf(const Expression& condition,
                                                                const std::vector<std::uint32_t>& predicates) const;

private:
    struct Choice
    {
        std::vector<std::uint32_t> predicates; ///< empty: none
        double cost = 0;
    };

    [[nodiscard]] Choice choose(const Expression& expression, const std::vector<std::uint32_t>& predicates) const;
    [[nodiscard]] Choice bestOf(const Expression& expression, const std::vector<std::uint32_t>& predicates) const;
    [[nodiscard]] Choice unionOf(const Expression& expression, const std::vector<std::uint32_t>& predicates) const;
    [[nodiscard]] double costOf(std::uint32_t predicate) const;

    std::vector<std::vector<CandidateIndex::Anchor>> m_anchors; ///< by predicate: none, or one of them holds with it
    std::vector<std::size_t> m_uses;                              ///< by predicate: tests that share it
    std::vector<std::size_t> m_fieldUses;                         ///< by field: tests that could be anchors
};

} // namespace cordon::detect
