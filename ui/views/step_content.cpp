#include "ui/views/step_content.h"

#include "ui/text/names.h"
#include "ui/text/state_words.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"

#include <QCoreApplication>

#include <algorithm>

namespace cordon::ui::views {
namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(StepContent)
};

bool changes(const Step& step)
{
    const Verb* verb = findVerb(step.action.type);
    return verb && verb->changes;
}

bool isOver(StepState state)
{
    return state == StepState::Verified || state == StepState::Reverted || state == StepState::Skipped
           || state == StepState::DoneElsewhere;
}

/// Whether another step says that something depends on the same thing: then this one does not hit it.
bool hasDependentsElsewhere(const Step& step, const Plan& plan)
{
    return std::any_of(plan.steps.begin(), plan.steps.end(), [&step](const Step& other) {
        return other.preview && !other.preview->dependents.empty() && !other.action.targets.empty() && !step.action.targets.empty() &&
               other.action.targets.front().key() == step.action.targets.front().key();
    });
}

QString dependentsOf(const Step& step, const Plan& plan)
{
    if (!changes(step) || !step.preview)
        return {};
    const auto& hit = step.preview->dependents;
    if (hit.empty())
        return hasDependentsElsewhere(step, plan) ? Words::tr("stops nobody who depends on it") : Words::tr("no known dependents");
    if (hit.size() <= 2) {
        QStringList names;
        for (const EntityRef& entity : hit)
            names += text::entityName(entity);
        return hit.size() == 1 ? Words::tr("%1 depends on it", "name of a dependent").arg(names.front())
                               : Words::tr("%1 depend on it", "names of dependents").arg(names.join(QStringLiteral(", ")));
    }
    return Words::tr("%n depend(s) on it", nullptr, static_cast<int>(hit.size()));
}

/// The names are words for people; what the log has stands behind them.
QString idsOfDependents(const Step& step)
{
    constexpr std::size_t most = 20;
    QStringList ids;
    if (changes(step) && step.preview) {
        const auto& hit = step.preview->dependents;
        for (std::size_t i = 0; i < std::min(most, hit.size()); ++i)
            ids += text::plainLine(hit[i].id, 200);
        if (hit.size() > most)
            ids += QStringLiteral("…");
    }
    return ids.join(QLatin1Char('\n'));
}

QString waitsFor(const Step& step, const Plan& plan)
{
    QStringList numbers;
    for (const std::string& id : step.after) {
        const auto before = std::find_if(plan.steps.begin(), plan.steps.end(), [&](const Step& other) { return other.id == id; });
        if (before != plan.steps.end() && !isOver(before->state))
            numbers += QString::number(before->ordinal);
    }
    return numbers.isEmpty() ? QString() : Words::tr("after step %1", "numbers").arg(numbers.join(QStringLiteral(", ")));
}

bool isOpenToChange(const Step& step)
{
    return step.state == StepState::Proposed || step.state == StepState::AwaitingApproval || step.state == StepState::Paused ||
           step.state == StepState::Denied || step.state == StepState::Expired;
}

/// Places of the steps that keep evidence and that this one waits for, directly or through others.
std::vector<int> evidenceOf(const Step& step, const Plan& plan)
{
    std::vector<int> places;
    std::vector<std::string> open = step.after;
    std::vector<std::string> seen;
    while (!open.empty()) {
        const std::string id = open.back();
        open.pop_back();
        const auto before = std::find_if(plan.steps.begin(), plan.steps.end(), [&](const Step& other) { return other.id == id; });
        if (before == plan.steps.end() || std::find(seen.begin(), seen.end(), id) != seen.end())
            continue;
        seen.push_back(id);
        open.insert(open.end(), before->after.begin(), before->after.end());
        if (before->action.type.rfind("evidence.", 0) == 0)
            places.push_back(before->ordinal);
    }
    std::sort(places.begin(), places.end());
    return places;
}

/// What a person may do about its place in the sequence.
void describeChanges(const Step& step, const Plan& plan, StepContent& content)
{
    content.canChange = isOpenToChange(step);
    content.canRestore = step.state == StepState::Skipped && !step.doneBy.empty();
    if (!step.editedBy.empty())
        content.edited = Words::tr("put here or changed by %1", "person").arg(text::personName(step.editedBy));
    const std::vector<int> evidence = evidenceOf(step, plan);
    QStringList numbers;
    for (const int place : evidence)
        numbers += QString::number(place);
    if (!numbers.isEmpty())
        content.evidence = Words::tr("Evidence first: step %1 stays before it", "numbers").arg(numbers.join(QStringLiteral(", ")));
    if (!content.canChange)
        return;
    const auto place = std::find_if(plan.steps.begin(), plan.steps.end(), [&](const Step& other) { return other.id == step.id; });
    if (place == plan.steps.end())
        return;
    const auto isEvidence = [&](const Step& other) { return std::find(evidence.begin(), evidence.end(), other.ordinal) != evidence.end(); };
    if (place != plan.steps.begin() && isOpenToChange(*std::prev(place)) && !isEvidence(*std::prev(place)))
        content.above = QString::fromStdString(std::prev(place)->id);
    if (std::next(place) != plan.steps.end() && isOpenToChange(*std::next(place)))
        content.below = QString::fromStdString(std::next(place)->id);
}

QString whoDid(const Step& step)
{
    return step.doneBy == "agent" || step.doneBy.rfind("nhi:", 0) == 0 ? Words::tr("Agent") : text::personName(step.doneBy);
}

bool isByAgent(const Step& step)
{
    return step.doneBy.empty() || step.doneBy == "agent" || step.doneBy.rfind("nhi:", 0) == 0;
}

/// Of what was done in part, or may have been, whatever is there can be taken back.
bool hasWayBack(const Step& step)
{
    return step.outcome && !step.outcome->undoRecord.isNull();
}

void describeDone(const Step& step, StepContent& content)
{
    content.markTone = isByAgent(step) ? QStringLiteral("agent") : QStringLiteral("people");
    content.stateTone = content.markTone;
    content.markIcon = QStringLiteral("check");
    content.state = step.executedAt ? Words::tr("%1 · %2", "who, when").arg(whoDid(step), text::clockMillis(*step.executedAt))
                                    : whoDid(step);
    content.verdict = text::stateWord(step.state);
    content.canUndo = changes(step) && step.back != Back::None && step.state == StepState::Verified;
    if (!changes(step))
        return;
    if (step.isTargetMadeByIncident && step.back == Back::Reversible)
        content.back = Words::tr("↺ held: made by the intruder");
    else if (step.isLeaseOverdue)
        content.back = Words::tr("↺ lease is over, giving back");
    else if (step.leaseUntil)
        content.back = Words::tr("↺ held until %1", "time").arg(text::momentMinutes(*step.leaseUntil));
    else
        content.back = text::backWord(step.back);
    content.canKeep = step.leaseUntil.has_value() && !step.isTargetMadeByIncident;
}

void describeWaiting(const Step& step, StepContent& content)
{
    content.markTone = QStringLiteral("people");
    content.state = step.decision ? text::needsWord(step.decision->needs, step.decision->tier) : Words::tr("Needs a person");
    content.canReview = !step.request.empty();
    content.canSkip = true;
    content.back = text::backWord(step.back);
}

void describeOther(const Step& step, const Plan& plan, StepContent& content)
{
    content.state = text::stateWord(step.state);
    content.back = changes(step) ? text::backWord(step.back) : QString();
    switch (step.state) {
    case StepState::Executing:
        content.markIcon = QStringLiteral("clock");
        content.markTone = content.stateTone = QStringLiteral("agent");
        break;
    case StepState::Failed:
        content.markIcon = QStringLiteral("close");
        content.markTone = content.stateTone = QStringLiteral("attacker");
        content.canSkip = true;
        content.canUndo = hasWayBack(step);
        break;
    case StepState::Unknown:
        content.markIcon = QStringLiteral("warning");
        content.markTone = content.stateTone = QStringLiteral("medium");
        content.canSkip = true;
        content.canUndo = hasWayBack(step);
        break;
    case StepState::Denied:
        content.markIcon = QStringLiteral("close");
        content.stateTone = QStringLiteral("attacker");
        content.canSkip = true;
        break;
    case StepState::Reverted: content.markIcon = QStringLiteral("undo"); break;
    case StepState::Skipped: content.markIcon = QStringLiteral("skip"); break;
    case StepState::Paused: content.markIcon = QStringLiteral("pause"); content.canSkip = true; break;
    case StepState::Expired:
        content.markIcon = QStringLiteral("clock");
        content.markTone = content.stateTone = QStringLiteral("people");
        content.canSkip = true;
        break;
    default: {
        const QString before = waitsFor(step, plan);
        content.isFaint = !before.isEmpty();
        if (!before.isEmpty()) {
            content.state = before;
            content.note.clear(); // it would say the same
        }
        content.canSkip = before.isEmpty() && changes(step);
        break;
    }
    }
}

} // namespace

bool containsNothing(const Plan& plan)
{
    return !plan.steps.empty() && std::none_of(plan.steps.begin(), plan.steps.end(), changes);
}

const Step* firstWaiting(const Plan& plan)
{
    const auto found = std::find_if(plan.steps.begin(), plan.steps.end(),
                                    [](const Step& step) { return step.state == StepState::AwaitingApproval; });
    return found == plan.steps.end() ? nullptr : &*found;
}

StepContent contentOf(const Step& step, const Plan& plan, bool isHalted)
{
    const Tier tier = step.decision ? std::max(step.decision->tier, step.floor) : step.floor;
    StepContent content;
    content.step = QString::fromStdString(step.id);
    content.ordinal = step.ordinal;
    content.title = text::sentence(step.title);
    content.tier = text::tierWord(tier);
    content.tierTone = text::tierTone(tier);
    content.request = QString::fromStdString(step.request);
    content.effect = dependentsOf(step, plan);
    content.effectTip = idsOfDependents(step);
    content.note = step.note.code.empty() ? QString() : text::plainLine(text::sentence(step.note).toStdString(), 300);
    content.card = QStringLiteral("plain");
    if (!step.action.targets.empty()) {
        content.target = text::entityName(step.action.targets.front());
        content.targetTip = text::entityFull(step.action.targets.front());
        if (step.action.targets.size() > 1)
            content.target += Words::tr(" and %n more", nullptr, static_cast<int>(step.action.targets.size()) - 1);
    }
    if (step.state == StepState::Verified || step.state == StepState::DoneElsewhere)
        describeDone(step, content);
    else if (step.state == StepState::AwaitingApproval)
        describeWaiting(step, content);
    else
        describeOther(step, plan, content);
    if (step.state == StepState::Expired) {
        content.canAskAgain = !isHalted;
        content.state = isHalted ? Words::tr("Halted; to be asked again after resume") : Words::tr("No decision; to be asked again");
        content.card = QStringLiteral("people");
    }
    describeChanges(step, plan, content);
    content.isBrief = content.verdict == text::stateWord(StepState::Verified) && !changes(step);
    const Step* first = firstWaiting(plan);
    content.isFirstWaiting = first && first->id == step.id;
    if (step.state == StepState::AwaitingApproval)
        content.card = tier >= Tier::T3 ? QStringLiteral("attacker") : QStringLiteral("people");
    if (step.state == StepState::Failed || step.state == StepState::Unknown)
        content.card = QStringLiteral("attacker");
    return content;
}

} // namespace cordon::ui::views
