#include "core/engine/tested_decision.h"

#include "core/engine/judge.h"

namespace cordon::engine {

Result<TestedDecision> testDecision(AgentDesk& desk, IncidentFile& file, const TestQuestion& question,
                                    const std::stop_token& stop)
{
    if (!desk.canAct())
        return fail(ErrorCode::Unsupported, "this case has no connector and mandate: there is no gate to ask");
    const Verb* verb = findVerb(question.verb);
    if (!verb)
        return fail(ErrorCode::Invalid, "no verb '" + question.verb + "' in the catalogue");
    if (question.targets.empty())
        return fail(ErrorCode::Invalid, "a decision needs a target");
    Step step;
    step.action.type = question.verb;
    const act::ConnectorLine* line = desk.lines->of(question.targets.front());
    if (!line)
        return fail(ErrorCode::Invalid, "no connected system holds " + question.targets.front().key());
    step.action.connector = line->name();
    step.action.tenant = line->tenant();
    step.action.targets = question.targets;
    step.action.params = question.params;
    step.action.incident = toString(file.incident.id);
    step.action.session = file.session.id;
    step.action.mandate = desk.mandate->digest;
    if (!verb->undo.empty())
        step.action.rollback = std::string(verb->undo);
    step.floor = verb->floor;
    step.back = verb->back;

    TestedDecision tested;
    tested.floor = verb->floor;
    tested.mandateId = desk.mandate->id;
    tested.mandateRevision = desk.mandate->revision;
    tested.asked = desk.clock->now();
    Judge judge(desk);
    auto judged = judge.judge(file, step, stop);
    tested.action = step.action;
    if (judged) {
        tested.decision = std::move(judged->ruling.decision);
        tested.facts = std::move(judged->facts);
        if (!judged->preview.request.empty())
            tested.preview = std::move(judged->preview);
        return tested;
    }
    tested.unread = judged.error().detail;
    tested.decision = govern::Gate().rule(judge.question(file, step.action, {}, {})).decision;
    return tested;
}

} // namespace cordon::engine
