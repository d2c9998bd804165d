#include "core/engine/case_report.h"

#include "core/engine/case_documents.h"
#include "core/engine/codec.h"
#include "core/engine/report.h"
#include "core/govern/kill_switch.h"
#include "core/platform/packed_folder.h"
#include "core/record/case_folder.h"
#include "core/record/incident_part.h"
#include "core/record/ledger_reader.h"
#include "core/record/merkle_tree.h"
#include "core/value/json.h"

#include <functional>
#include <map>

namespace cordon::engine {
namespace {

Result<void> addLedger(ReportParts& parts, const std::filesystem::path& folder, record::CaseQueries& queries)
{
    CORDON_TRY(parts.ledgerEntries, queries.countLedger());
    if (record::isIncidentPart(folder))
        return {}; // some entries only: their proofs lead to the root, which the manifest names
    CORDON_TRY(const std::vector<Digest> leaves, record::leafHashes(folder, parts.ledgerEntries));
    record::MerkleTree tree;
    for (const Digest& leaf : leaves)
        tree.append(leaf);
    parts.ledgerRoot = tree.root().hex();
    const auto checkpoints = platform::listFolder(folder / "ledger" / "checkpoints");
    parts.checkpoints = checkpoints ? static_cast<std::int64_t>(checkpoints->size()) : 0;
    return {};
}

/// Of a case that somebody works on here: the files say it before the ledger does.
Value stopOf(const std::filesystem::path& folder, const std::filesystem::path& home)
{
    std::error_code none; // not of a sealed case: nobody works on it
    if (!std::filesystem::is_directory(folder, none) || !std::filesystem::is_directory(home, none))
        return {};
    const govern::KillSwitch stops(record::haltPath(folder), home / "halt");
    const govern::StopState state = stops.state();
    if (state == govern::StopState::Running)
        return {};
    const auto halted = stops.record();
    return Value::Object{{"state", govern::toString(state)},
                         {"since", halted ? Value(halted->at.toString()) : Value()},
                         {"by", halted ? halted->who : ""},
                         {"why", halted ? halted->why : "the halt file cannot be read"}};
}

/// All but alerts and incidents.
Result<ReportParts> partsOf(const std::filesystem::path& folder, record::CaseQueries& queries, RunFacts facts)
{
    ReportParts parts;
    CORDON_TRY(const std::string origin, record::caseOrigin(folder));
    parts.caseName = folder.filename().empty() ? folder.parent_path().filename().string() : folder.filename().string();
    parts.isExercise = record::isExerciseOrigin(origin);
    parts.duplicates = facts.duplicates;
    parts.seconds = std::move(facts.seconds);
    CORDON_TRY(parts.events, queries.countEvents({}));
    CORDON_TRY(parts.rejectedCount, queries.countRejected());
    CORDON_TRY(parts.rejected, queries.rejected(0, 1000));
    CORDON_TRY(const auto sources, queries.sources());
    for (const record::StoredSource& source : sources) {
        if (!source.zone.empty() || source.clockOffset.count() != 0)
            parts.clocks.push_back({source.file, source.zone, source.clockOffset});
    }
    CORDON_CHECK(addLedger(parts, folder, queries));
    return parts;
}

Result<void> eachAlert(record::CaseQueries& queries, const std::function<void(Alert)>& visit)
{
    constexpr int page = 1000;
    for (std::int64_t offset = 0;; offset += page) {
        CORDON_TRY(const auto alerts, queries.alerts({}, offset, page));
        for (const record::StoredAlert& stored : alerts) {
            CORDON_TRY(const Value body, json::parse(stored.body));
            CORDON_TRY(Alert alert, codec::alertFrom(body));
            visit(std::move(alert));
        }
        if (alerts.size() < page)
            return {};
    }
}

/// Who approved it, as a member of every step that somebody did approve.
Value withApprovers(Value incident, const std::map<std::string, Value>& approvers)
{
    Value plan = incident["plan"];
    Value::Array steps = plan["steps"].asArray();
    bool isAny = false;
    for (Value& step : steps) {
        const auto found = approvers.find(step["approval"]["request"].asString());
        if (found == approvers.end())
            continue;
        step.set("approved_by", found->second);
        isAny = true;
    }
    if (!isAny)
        return incident;
    plan.set("steps", std::move(steps));
    incident.set("plan", std::move(plan));
    return incident;
}

/// By request, where somebody approved.
Result<std::map<std::string, Value>> approversOf(record::CaseQueries& queries)
{
    std::map<std::string, Value> approvers;
    CORDON_TRY(const auto pages, queries.documents(documents::approvalKind));
    for (const auto& [request, body] : pages) {
        CORDON_TRY(const Value page, json::parse(body));
        if (!page["approvers"].asArray().empty())
            approvers[request] = page["approvers"];
    }
    return approvers;
}

Result<void> eachIncident(record::CaseQueries& queries, const std::vector<IncidentId>& ids,
                          const std::function<void(Value)>& visit)
{
    CORDON_TRY(const auto approvers, approversOf(queries));
    for (const IncidentId id : ids) {
        const auto stored = queries.incident(id);
        if (!stored && stored.error().code == ErrorCode::NotFound)
            continue; // merged into another meanwhile
        if (!stored)
            return fail(stored.error());
        CORDON_TRY(Value body, json::parse(stored->body));
        visit(withApprovers(std::move(body), approvers));
    }
    return {};
}

} // namespace

Result<void> writeCaseReport(const std::filesystem::path& folder, record::CaseQueries& queries, const ReportWish& wish,
                             std::ostream& out, RunFacts facts)
{
    CORDON_TRY(ReportParts parts, partsOf(folder, queries, std::move(facts)));
    CORDON_TRY(const std::int64_t alerts, queries.countAlerts());
    CORDON_TRY(std::vector<IncidentId> ids, queries.incidentIds());
    if (!wish.incident.empty())
        std::erase_if(ids, [&](IncidentId id) { return toString(id) != wish.incident; });
    if (ids.empty() && !wish.incident.empty())
        return fail(ErrorCode::NotFound, "no incident " + wish.incident + " in this case");
    parts.stop = stopOf(folder, wish.home);
    ReportStream stream(wish.format, out);
    stream.begin(reportHead(parts), alerts, static_cast<std::int64_t>(ids.size()));
    CORDON_CHECK(eachAlert(queries, [&](const Alert& alert) { stream.add(codec::toValue(alert)); }));
    CORDON_CHECK(eachIncident(queries, ids, [&](const Value& incident) { stream.addIncident(incident); }));
    stream.end();
    return {};
}

Result<void> writeCaseReport(const std::filesystem::path& folder, const ReportWish& wish, std::ostream& out)
{
    if (!record::isCase(folder))
        return fail(ErrorCode::NotFound, folder.string() + ": no case here");
    CORDON_TRY(const auto reader, record::CaseIndexReader::open(record::databasePath(folder)));
    return writeCaseReport(folder, reader->queries(), wish, out);
}

Result<Value> caseReport(const std::filesystem::path& folder, record::CaseQueries& queries, RunFacts facts)
{
    CORDON_TRY(ReportParts parts, partsOf(folder, queries, std::move(facts)));
    CORDON_CHECK(eachAlert(queries, [&](Alert alert) { parts.alerts.push_back(std::move(alert)); }));
    CORDON_TRY(const std::vector<IncidentId> ids, queries.incidentIds());
    CORDON_CHECK(eachIncident(queries, ids, [&](Value incident) { parts.incidents.push_back(std::move(incident)); }));
    return reportValue(std::move(parts));
}

Result<Value> caseReport(const std::filesystem::path& folder)
{
    if (!record::isCase(folder))
        return fail(ErrorCode::NotFound, folder.string() + ": no case here");
    CORDON_TRY(const auto reader, record::CaseIndexReader::open(record::databasePath(folder)));
    return caseReport(folder, reader->queries());
}

} // namespace cordon::engine
