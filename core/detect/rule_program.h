#pragma once

#include "core/detect/candidate_index.h"
#include "core/detect/match_scratch.h"
#include "core/detect/predicate.h"
#include "core/detect/rule_set.h"

#include <memory>

namespace cordon::detect {

/// A rule set compiled: every distinct (field, test) is evaluated at most once per record, rules are boolean programs
/// over the answers, and only candidates by log source and anchor values are looked at. Constant; safe from any thread.
class RuleProgram
{
public:
    /// Links and takes the rules, and adds the fields that they need to `plan`. Records must be read with a plan that
    /// holds these fields. Correlation rules are not run here (CorrelationEngine), disabled ones nowhere.
    [[nodiscard]] static RuleProgram compile(RuleSet rules, FieldPlan& plan);

    /// Puts the rules that match the record into `matches`, in rising order. Allocates nothing when none matches and
    /// `scratch` has grown to the largest record.
    void match(const EventView& view, MatchScratch& scratch, std::vector<RuleIndex>& matches) const;

    [[nodiscard]] const RuleSet& rules() const { return *m_rules; }
    [[nodiscard]] const Rule& rule(RuleIndex index) const { return m_rules->rules()[index]; }
    [[nodiscard]] std::size_t predicateCount() const { return m_predicates.size(); }

private:
    /// An Expression node over predicates; its parts are `count` neighbours from `first`.
    struct Node
    {
        Expression::Kind kind = Expression::Kind::Any;
        std::uint32_t number = 0;
        std::uint32_t first = 0;
        std::uint32_t count = 0;
    };
    class Builder;

    RuleProgram() = default;
    [[nodiscard]] bool holds(const Node& node, const EventView& view, MatchScratch& scratch) const;
    [[nodiscard]] bool predicateHolds(std::uint32_t index, const EventView& view, MatchScratch& scratch) const;
    void callUpByKeywords(const TextIndex& index, const EventView& view, MatchScratch& scratch,
                          std::vector<RuleIndex>& matches) const;
    void judge(const std::vector<RuleIndex>& rules, const EventView& view, MatchScratch& scratch,
               std::vector<RuleIndex>& matches) const;

    /// On the heap, so that the tests stay in place when the program is moved.
    std::unique_ptr<const RuleSet> m_rules;
    std::vector<Predicate> m_predicates;
    std::vector<Node> m_nodes;
    std::vector<std::uint32_t> m_roots; ///< by rule: its root node; meaningless for rules that are no candidates
    std::shared_ptr<const CandidateIndex> m_candidates; ///< shared with the scratches that route by it
    std::size_t m_fieldCount = 0;
};

} // namespace cordon::detect
