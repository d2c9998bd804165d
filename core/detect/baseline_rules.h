#pragma once

#include "core/detect/baseline_facts.h"
#include "core/detect/rule_program.h"
#include "core/domain/event.h"

#include <memory>
#include <span>

namespace cordon::detect {

/// The rules that ask how an event stands to its identity's past. Their other half is answered while the log is read
/// (RuleProgram), this one when all of it is known. Belongs to one thread. Source: docs/formats/baseline.md
class BaselineRules
{
public:
    /// @param rules  whose indexes are given back
    explicit BaselineRules(const RuleSet& rules);
    ~BaselineRules();
    BaselineRules(const BaselineRules&) = delete;
    BaselineRules& operator=(const BaselineRules&) = delete;

    /// True when no rule asks, so that nobody need learn anything.
    [[nodiscard]] bool isEmpty() const { return m_rules.empty(); }
    /// @param own  rules that use the baseline and whose other half matched the event
    /// @return the rules that match, in rising order
    [[nodiscard]] std::vector<RuleIndex> match(const Event& event, const BaselineFacts& facts,
                                               std::span<const RuleIndex> own);

private:
    class FactsView;

    std::vector<RuleIndex> m_rules;       ///< by index in `m_program`: the rule in the set that was given
    std::vector<bool> m_isForEverySource; ///< by the same
    FieldPlan m_plan;
    std::unique_ptr<RuleProgram> m_program;
    std::unique_ptr<FactsView> m_view;
    MatchScratch m_scratch;
};

} // namespace cordon::detect
