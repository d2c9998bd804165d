#include "core/govern/decide_rules.h"

namespace cordon::govern {
namespace {

Conclusion judged(const DecideClause& clause, int confirmedBy)
{
    Conclusion conclusion{clause.decision, clause.id, Effect::Deny, 0};
    if (clause.autonomy == Autonomy::Auto) {
        conclusion.effect = Effect::Allow;
    } else if (clause.autonomy == Autonomy::Approve) {
        conclusion.approvers = clause.approvers > 0 ? clause.approvers : 1;
        conclusion.effect = confirmedBy >= conclusion.approvers ? Effect::Allow : Effect::Hold;
    }
    return conclusion;
}

int strictness(Effect effect)
{
    return effect == Effect::Deny ? 2 : effect == Effect::Hold ? 1 : 0;
}

} // namespace

Conclusion conclude(const Mandate* mandate, std::string_view decision, int confirmedBy)
{
    Conclusion strictest{std::string(decision), "default", Effect::Deny, 0};
    bool isFirst = true;
    if (!mandate)
        return strictest;
    for (const DecideClause& clause : mandate->decide) {
        if (clause.decision != decision)
            continue;
        Conclusion next = judged(clause, confirmedBy);
        if (isFirst || strictness(next.effect) > strictness(strictest.effect))
            strictest = std::move(next);
        isFirst = false;
    }
    return strictest;
}

} // namespace cordon::govern
