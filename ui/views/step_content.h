#pragma once

#include "core/domain/plan.h"

#include <QString>

namespace cordon::ui::views {

/// What a step card says, as words and meanings. Comparable, so that a card is rebuilt only when it says something new.
struct StepContent
{
    QString step;        ///< INC-0001/S3
    int ordinal = 0;
    QString title;
    QString tier;
    QString tierTone;
    QString target;      ///< monospaced part: the target's short id
    QString targetTip;
    QString effect;      ///< " · 3 dependents"
    QString effectTip;   ///< their ids as the log has them
    QString markIcon;    ///< "" shows the number
    QString markTone;    ///< who owns it: agent, people, attacker or ""
    QString state;       ///< "Agent · 12:06:42.118"
    QString stateTone;
    QString verdict;     ///< "verified"
    QString back;        ///< "↺ reversible", "↺ held until 13:06"
    QString note;        ///< why paused, refused, failed
    QString request;     ///< AR-0001 to review, or ""
    QString card;        ///< card kind: plain, people, attacker
    bool isFirstWaiting = false;
    bool canReview = false;
    bool canSkip = false;
    bool canAskAgain = false; ///< its request ran out or became void, and the agent is not halted
    bool canUndo = false;
    bool canKeep = false;
    bool canChange = false;   ///< nothing of it was done or begun: it may be moved and changed
    bool canRestore = false;  ///< somebody left it out
    QString above;            ///< the step before it in the list that it may come before, or ""
    QString below;            ///< the step after it that may come before it, or ""
    QString evidence;         ///< "Evidence first: steps 1 and 2", what no order changes
    QString edited;           ///< who added or changed it, or ""
    QString whyNot;           ///< why the person at the desk cannot decide; "" when they can
    bool isBrief = false; ///< done and changed nothing: said in two lines
    bool isFaint = false; ///< later, follow-up

    bool operator==(const StepContent&) const = default;
};

/// @param plan  the whole sequence, for "after step 4"
/// @param isHalted  the agent is halted: nothing can be asked again before people resume it
[[nodiscard]] StepContent contentOf(const Step& step, const Plan& plan, bool isHalted = false);
/// Whether none of its steps changes anything.
[[nodiscard]] bool containsNothing(const Plan& plan);
/// The first step that waits for people, or null.
[[nodiscard]] const Step* firstWaiting(const Plan& plan);

} // namespace cordon::ui::views
