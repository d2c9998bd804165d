#include "core/exports/cacao.h"

#include "core/cacao/playbook.h"
#include "core/exports/countermeasures.h"
#include "core/exports/executed_acts.h"
#include "core/exports/export_ids.h"
#include "core/value/json.h"

#include <set>

namespace cordon::exports {
namespace {

constexpr const char* author = "identity--3c9d6f52-1f0c-4b6a-8a57-6f1f2f9b7c10"; // as in the playbooks that are shipped

/// The incident that is meant.
Result<std::string> incidentOf(CaseContents& contents, const std::string& only)
{
    if (!only.empty())
        return only;
    std::set<std::string> incidents;
    CORDON_CHECK(eachExecutedAct(contents, "", [&](const ExecutedAct& act) -> Result<void> {
        incidents.insert(act.incident);
        return {};
    }));
    if (incidents.empty())
        return fail(ErrorCode::NotFound, "nothing was executed in this case");
    if (incidents.size() > 1)
        return fail(ErrorCode::Invalid, "steps of " + std::to_string(incidents.size()) +
                                            " incidents were executed: name one with --incident");
    return *incidents.begin();
}

/// A name from a log that looks like a CACAO variable is none.
std::string withoutVariables(std::string text)
{
    for (std::size_t at = text.find("__:value"); at != std::string::npos; at = text.find("__:value", at + 1))
        text.insert(at + 3, " ");
    return text;
}

Value stepOf(const ExecutedAct& act, const std::string& next, const std::string& agent, const std::string& extension)
{
    Value targets = act.action["targets"];
    Value::Array approvers;
    for (const std::string& who : act.approvers)
        approvers.emplace_back(who);
    Value::Array clauses;
    for (const std::string& clause : act.clauses)
        clauses.emplace_back(clause);
    std::string command = act.action["type"].asString();
    for (const Value& target : targets.asArray())
        command += " " + target["kind"].asString() + ":" + target["id"].asString();
    return Value::Object{
        {"type", "action"},
        {"name", (act.isUndo ? "Undo: " : "") + (act.title.empty() ? act.action["type"].asString() : act.title)},
        {"description", "Outcome " + act.outcome + (act.detail.empty() ? "" : ": " + act.detail)},
        {"on_completion", next},
        {"commands", Value::Array{Value::Object{{"type", "manual"}, {"command", withoutVariables(command)}}}},
        {"agent", agent},
        {"step_extensions",
         Value::Object{{extension, Value::Object{{"verb", act.action["type"]},
                                                 {"targets", std::move(targets)},
                                                 {"params", act.action["params"]},
                                                 {"tier", act.tier},
                                                 {"digest", act.digest},
                                                 {"clauses", std::move(clauses)},
                                                 {"approvers", std::move(approvers)},
                                                 {"outcome", act.outcome},
                                                 {"begun", act.begun},
                                                 {"ended", act.ended.empty() ? Value() : Value(act.ended)},
                                                 {"undo", act.isUndo},
                                                 {"step", act.step},
                                                 {"decision_seq", act.decisionSeq},
                                                 {"intended_seq", act.intendedSeq},
                                                 {"outcome_seq", act.outcomeSeq}}}}},
    };
}

} // namespace

Result<void> writeCacao(CaseContents& contents, const std::string& only, std::ostream& out)
{
    CORDON_TRY(const std::string incident, incidentOf(contents, only));
    const std::string scope = contents.origin() + "\n" + incident;
    const std::string extension = exportId("extension-definition", "cordon executed step");
    const std::string agent = exportId("security-category", "cordon response agent");
    const std::string start = exportId("start", scope);
    const std::string end = exportId("end", scope);
    const auto idOf = [&](const ExecutedAct& act) { return exportId("action", scope + "\n" + std::to_string(act.intendedSeq)); };

    std::set<std::string> activities;
    Value::Object workflow;
    std::optional<ExecutedAct> before;
    std::string first;
    std::string lastTime;
    CORDON_CHECK(eachExecutedAct(contents, incident, [&](const ExecutedAct& act) -> Result<void> {
        if (before)
            workflow.emplace(idOf(*before), stepOf(*before, idOf(act), agent, extension));
        else
            first = act.begun;
        if (const Countermeasure* measure = countermeasureOf(act.action["type"].asString()))
            activities.emplace(measure->cacaoActivity);
        if (!before)
            workflow.emplace(start, Value::Object{{"type", "start"}, {"name", "Start"}, {"on_completion", idOf(act)}});
        lastTime = act.ended.empty() ? act.begun : act.ended;
        before = act;
        return {};
    }));
    if (!before)
        return fail(ErrorCode::NotFound, "nothing was executed for " + incident);
    workflow.emplace(idOf(*before), stepOf(*before, end, agent, extension));
    workflow.emplace(end, Value::Object{{"type", "end"}, {"name", "End"}});

    Value::Array activityList;
    for (const std::string& activity : activities)
        activityList.emplace_back(activity);
    Value::Array labels{"cordon", "executed"};
    if (contents.isExercise())
        labels.emplace_back("EXERCISE");
    Value playbook = Value::Object{
        {"type", "playbook"},
        {"spec_version", "cacao-2.0"},
        {"id", exportId("playbook", scope)},
        {"name", "What was executed for " + incident + " of " + contents.name()},
        {"description", "Made from the ledger " + contents.origin() + ". Steps stand in the order in which they were begun."},
        {"playbook_types", Value::Array{"mitigation"}},
        {"created_by", author},
        {"created", millisOf(first)},
        {"modified", millisOf(lastTime)},
        {"revoked", false},
        {"labels", std::move(labels)},
        {"workflow_start", start},
        {"workflow_exception", end},
        {"workflow", std::move(workflow)},
        {"agent_definitions",
         Value::Object{{agent, Value::Object{{"type", "security-category"},
                                             {"name", "Response agent"},
                                             {"category", Value::Array{"orchestrator"}}}}}},
        {"extension_definitions",
         Value::Object{{extension, Value::Object{{"type", "extension-definition"},
                                                 {"name", "Cordon executed step"},
                                                 {"created_by", author},
                                                 {"description", "Verb, targets, decision, approvers and outcome of an executed step."},
                                                 {"schema", "docs/formats/exports.md"},
                                                 {"version", "1.0.0"}}}}},
    };
    if (!activityList.empty())
        playbook.set("playbook_activities", std::move(activityList));
    CORDON_TRY(const std::string text, cacao::write(playbook)); // what could not be read back is not handed over
    out << text;
    return {};
}

} // namespace cordon::exports
