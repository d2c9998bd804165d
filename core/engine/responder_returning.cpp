// What the agent comes back to: acts of which nobody knows how they ended, and loops of a playbook.
#include "core/engine/codec.h"
#include "core/engine/policy_checks.h"
#include "core/engine/responder.h"
#include "core/engine/step_history.h"

#include <algorithm>

namespace cordon::engine {
namespace {

constexpr int mostRounds = 100; ///< after the first; a condition that never changes must not keep a session for ever
constexpr Duration betweenRounds = std::chrono::minutes(1);

/// The innermost loop that a step stands in; null when it stands in none.
const StepCondition* loopOf(const Step& step)
{
    const auto place = std::find_if(step.when.rbegin(), step.when.rend(), [](const StepCondition& condition) {
        return condition.kind == StepCondition::Kind::While && condition.wanted == "true";
    });
    return place == step.when.rend() ? nullptr : &*place;
}

/// Only what looks at things comes again. A containment that stands is not done twice, nor a record opened twice.
bool isForEachRound(const Step& step)
{
    const Verb* verb = findVerb(step.action.type);
    const bool isOver = step.state == StepState::Verified || step.state == StepState::Failed;
    return isOver && step.doneBy == "agent" && verb && !verb->changes && !step.action.type.starts_with("change.");
}

bool isOpen(const Step& step)
{
    return step.state == StepState::Proposed || step.state == StepState::AwaitingApproval || step.state == StepState::Executing ||
           step.state == StepState::Paused || step.state == StepState::Unknown;
}

struct Loop
{
    const StepCondition* condition = nullptr;
    const Step* first = nullptr;          ///< that comes again
    std::optional<Timestamp> lastDone;
    bool isUnderWay = false;              ///< a step of its body is still to come
};

/// Loops of the sequence that have something to repeat, one for each condition.
std::vector<Loop> loopsIn(const Plan& plan)
{
    std::vector<Loop> loops;
    for (const Step& step : plan.steps) {
        const StepCondition* condition = loopOf(step);
        if (!condition)
            continue;
        auto loop = std::find_if(loops.begin(), loops.end(), [&](const Loop& one) { return one.condition->text == condition->text; });
        if (loop == loops.end())
            loop = loops.insert(loops.end(), Loop{condition, nullptr, {}, false});
        loop->isUnderWay = loop->isUnderWay || isOpen(step);
        if (!isForEachRound(step))
            continue;
        loop->first = loop->first ? loop->first : &step;
        if (step.executedAt)
            loop->lastDone = std::max(loop->lastDone.value_or(*step.executedAt), *step.executedAt);
    }
    std::erase_if(loops, [](const Loop& loop) { return !loop.first; });
    return loops;
}

std::string keyOf(const IncidentFile& file, const Loop& loop)
{
    return toString(file.incident.id) + '\n' + loop.condition->text;
}

bool isDue(const Loop& loop, Timestamp now)
{
    return !loop.isUnderWay && (!loop.lastDone || now - *loop.lastDone >= betweenRounds);
}

} // namespace

bool Responder::isToBeLookedAt(const Step& step) const
{
    return isUnsettled(step) || m_desk.lostUndos.contains(step.id);
}

Duration Responder::patience(const Step& step) const
{
    constexpr Duration shortest = std::chrono::minutes(1);
    constexpr Duration longest = std::chrono::hours(1);
    constexpr int mostDoublings = 6;
    const auto looks = m_desk.looksInVain.find(step.id);
    const int doublings = looks == m_desk.looksInVain.end() ? 0 : std::clamp(looks->second - 1, 0, mostDoublings);
    return std::min(shortest * (1 << doublings), longest);
}

bool Responder::hasOpenLoop(const IncidentFile& file) const
{
    const auto loops = loopsIn(file.plan);
    return std::any_of(loops.begin(), loops.end(), [&](const Loop& loop) { return !m_desk.endedLoops.contains(keyOf(file, loop)); });
}

bool Responder::waitsForRound(const IncidentFile& file) const
{
    const auto loops = loopsIn(file.plan);
    return file.session.isOpen && !file.session.isPaused && std::any_of(loops.begin(), loops.end(), [&](const Loop& loop) {
        return !m_desk.endedLoops.contains(keyOf(file, loop)) && isDue(loop, m_desk.clock->now());
    });
}

Result<void> Responder::beginRounds(IncidentFile& file, const std::stop_token& stop)
{
    for (const Loop& loop : loopsIn(file.plan)) {
        const std::string key = keyOf(file, loop);
        if (m_desk.endedLoops.contains(key) || !isDue(loop, m_desk.clock->now()))
            continue;
        const cacao::Truth goesOn = PolicyChecks(m_desk, m_judge, file, *loop.first, stop).turnOf(*loop.first, file.plan);
        if (goesOn == cacao::Truth::Unknown)
            continue;
        const bool isSpent = m_desk.rounds[loop.first->id] >= mostRounds;
        if (goesOn == cacao::Truth::False || isSpent)
            m_desk.endedLoops.insert(key);
        if (goesOn == cacao::Truth::True && isSpent)
            file.step(loop.first->id)->note = {"step.loop_spent", {{"rounds", std::to_string(mostRounds + 1)}}};
        else if (goesOn == cacao::Truth::True)
            CORDON_CHECK(beginRound(file, *loop.condition));
    }
    return {};
}

Result<void> Responder::beginRound(IncidentFile& file, const StepCondition& loop)
{
    std::vector<LedgerDraft> drafts;
    std::vector<Step*> body;
    for (Step& step : file.plan.steps) {
        const StepCondition* own = loopOf(step);
        if (!own || own->text != loop.text || !isForEachRound(step))
            continue;
        const int round = m_desk.rounds[step.id] + 1;
        drafts.push_back(m_desk.draft("step.again", file,
                                      Value::Object{{"step", step.id}, {"title", codec::toValue(step.title)}, {"round", round}}));
        body.push_back(&step);
    }
    CORDON_CHECK(m_desk.journal->writeAll(std::move(drafts)));
    for (Step* step : body) {
        ++m_desk.rounds[step->id];
        m_desk.done.erase(AgentDesk::actKey(step->action));
        doAnew(*step);
    }
    m_onChange(file);
    return {};
}

} // namespace cordon::engine
