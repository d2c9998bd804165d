#include "app/ctl/named_things.h"

#include "core/engine/case_reader.h"
#include "core/engine/sequence_change.h"
#include "core/record/ledger_reader.h"

#include <algorithm>
#include <optional>
#include <set>

namespace cordon::ctl {
namespace {

/// Ids that a person may name.
struct Known
{
    std::set<std::string> incidents;
    std::set<std::string> steps;
    std::set<std::string> alerts;

    void add(const Incident& incident, const Plan& plan)
    {
        incidents.insert(toString(incident.id));
        for (const Step& step : plan.steps)
            steps.insert(step.id);
        for (const AlertId alert : incident.alerts)
            alerts.insert(toString(alert));
    }
};

Known knownIn(const engine::Pipeline& pipeline)
{
    Known known;
    for (const auto& [id, file] : pipeline.files())
        known.add(file.incident, file.plan);
    return known;
}

Error unknown(const char* what, const std::string& id, const char* called)
{
    return {ErrorCode::NotFound, std::string("no ") + what + ' ' + id.substr(0, 60) + " in this case; they are called " + called};
}

/// Without their pages: those of thousands are not read for a slip.
std::optional<std::set<std::string>> incidentsOf(engine::CaseReader& reader)
{
    const auto ids = reader.incidentIds();
    if (!ids)
        return std::nullopt;
    std::set<std::string> names;
    for (const IncidentId id : *ids)
        names.insert(toString(id));
    return names;
}

/// @param known  nothing: that cannot be told now
Result<void> checkIncidents(const std::optional<std::set<std::string>>& known, const Value& args)
{
    if (!known)
        return {};
    const std::string& incident = args["incident"].asString();
    if (args.has("incident") && !known->contains(incident))
        return fail(unknown("incident", incident, "INC-0001"));
    for (const Value& other : args["others"].asArray()) {
        if (!known->contains(other.asString()))
            return fail(unknown("incident", other.asString(), "INC-0001"));
        if (other.asString() == incident)
            return fail(ErrorCode::Invalid, incident + " cannot be merged into itself");
    }
    return {};
}

Result<void> checkOrder(engine::CaseReader& reader, const std::string& id)
{
    CORDON_TRY(const auto rows, reader.arrangements());
    for (const engine::ArrangementRow& row : rows) {
        if (row.id == id && row.undoneBy.empty())
            return {};
        if (row.id == id)
            return fail(ErrorCode::Conflict, id + " was taken back by " + row.undoneBy);
    }
    return fail(unknown("order", id, "ORD-0001 (cordonctl arrangements)"));
}

} // namespace

Result<void> checkNamed(engine::Pipeline* pipeline, const std::string& folder, const std::string& command, const Value& args)
{
    if (command == "undo-arrangement" || !pipeline) {
        const auto reader = engine::CaseReader::open(folder);
        if (!reader) // it is being made anew, say; whoever holds the case judges
            return {};
        return command == "undo-arrangement" ? checkOrder(**reader, args["order"].asString()) : checkIncidents(incidentsOf(**reader), args);
    }
    const Known known = knownIn(*pipeline);
    CORDON_CHECK(checkIncidents(known.incidents, args));
    const std::string& incident = args["incident"].asString();
    for (const Value& alert : args["alerts"].asArray()) {
        if (!known.alerts.contains(alert.asString()))
            return fail(unknown("alert", alert.asString(), "A-0001"));
    }
    const std::string& step = args["step"].asString();
    const bool mayBeIncident = command == "keep" && known.incidents.contains(step);
    if (args.has("step") && !known.steps.contains(step) && !mayBeIncident)
        return fail(unknown("step", step, "INC-0001/S3"));
    for (const char* name : {"before", "after"}) {
        if (command.starts_with("step-") && args.has(name) && !known.steps.contains(args[name].asString()))
            return fail(unknown("step", args[name].asString(), "INC-0001/S3"));
    }
    for (const auto& [id, file] : pipeline->files()) {
        const auto& steps = file.plan.steps;
        const bool isOfStep = std::any_of(steps.begin(), steps.end(), [&](const Step& one) { return one.id == step; });
        if (toString(id) == incident || isOfStep)
            return engine::checkWish(file, command, args);
    }
    return {};
}

Result<std::int64_t> ledgerSize(const std::string& folder)
{
    CORDON_TRY(const auto reader, engine::CaseReader::open(folder));
    return reader->countLedger();
}

Result<void> addOutcome(Value& answer, const std::string& folder, std::int64_t from)
{
    return record::eachEntry(folder, from, [&](const LedgerEntry& entry) {
        if (entry.type == "step.added")
            answer.set("step", entry.data["step"]);
        if (entry.type == "incident.absorbed")
            answer.set("stays", entry.data["into"]).set(entry.incident, "is part of " + entry.data["into"].asString());
        return true;
    });
}

} // namespace cordon::ctl
