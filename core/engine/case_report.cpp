#include "core/engine/case_report.h"

#include "core/engine/codec.h"
#include "core/engine/report.h"
#include "core/record/case_folder.h"
#include "core/record/ledger_reader.h"
#include "core/record/merkle_tree.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::engine {
namespace {

Result<void> addLedger(ReportParts& parts, const std::filesystem::path& folder, record::CaseQueries& queries)
{
    CORDON_TRY(parts.ledgerEntries, queries.countLedger());
    CORDON_TRY(const std::vector<Digest> leaves, record::leafHashes(folder, parts.ledgerEntries));
    record::MerkleTree tree;
    for (const Digest& leaf : leaves)
        tree.append(leaf);
    parts.ledgerRoot = tree.root().hex();
    std::error_code error;
    for ([[maybe_unused]] const auto& item : std::filesystem::directory_iterator(folder / "ledger" / "checkpoints", error))
        ++parts.checkpoints;
    return {};
}

} // namespace

Result<Value> caseReport(const std::filesystem::path& folder, record::CaseQueries& queries,
                         std::map<std::string, double> seconds, std::int64_t duplicates)
{
    ReportParts parts;
    CORDON_TRY(const std::string origin, record::caseOrigin(folder));
    parts.caseName = folder.filename().empty() ? folder.parent_path().filename().string() : folder.filename().string();
    parts.isExercise = record::isExerciseOrigin(origin);
    parts.duplicates = duplicates;
    parts.seconds = std::move(seconds);
    CORDON_TRY(parts.events, queries.countEvents({}));
    CORDON_TRY(parts.rejectedCount, queries.countRejected());
    CORDON_TRY(parts.rejected, queries.rejected(0, 1000));
    CORDON_TRY(const auto sources, queries.sources());
    for (const record::StoredSource& source : sources) {
        if (!source.zone.empty() || source.clockOffset.count() != 0)
            parts.clocks.push_back({source.file, source.zone, source.clockOffset});
    }
    CORDON_TRY(const std::int64_t alertCount, queries.countAlerts());
    CORDON_TRY(const auto alerts, queries.alerts({}, 0, static_cast<int>(std::min<std::int64_t>(alertCount, 1'000'000))));
    for (const record::StoredAlert& stored : alerts) {
        CORDON_TRY(const Value body, json::parse(stored.body));
        CORDON_TRY(Alert alert, codec::alertFrom(body));
        parts.alerts.push_back(std::move(alert));
    }
    CORDON_TRY(const auto incidents, queries.incidents());
    for (const record::StoredIncident& stored : incidents) {
        CORDON_TRY(Value body, json::parse(stored.body));
        parts.incidents.push_back(std::move(body));
    }
    CORDON_CHECK(addLedger(parts, folder, queries));
    return reportValue(parts);
}

Result<Value> caseReport(const std::filesystem::path& folder)
{
    if (!record::isCase(folder))
        return fail(ErrorCode::NotFound, folder.string() + ": no case here");
    CORDON_TRY(const auto reader, record::CaseIndexReader::open(record::databasePath(folder)));
    return caseReport(folder, reader->queries());
}

} // namespace cordon::engine
