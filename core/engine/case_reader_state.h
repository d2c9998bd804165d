#pragma once

#include "core/engine/case_reader.h"
#include "core/engine/control_frameworks.h"
#include "core/engine/past_decisions.h"
#include "core/inventory/inventory.h"
#include "core/record/case_folder.h"
#include "core/record/sealed_case.h"

#include <optional>
#include <unordered_map>

namespace cordon::engine {

/// What a reader holds open, and what it has worked out of the ledger so far.
struct CaseReader::State
{
    std::filesystem::path folder;
    std::shared_ptr<const record::SealedCase> sealed; ///< held open while it is read as a folder
    std::unique_ptr<record::CaseIndexReader> index;

    ControlFrameworks controls;
    std::vector<SessionRow> sessions; ///< oldest first
    std::int64_t taken = 0;           ///< entries that `controls` and `sessions` know

    PastDecisions past;

    /// The line of an incident in the queue, and as what it was kept: most are as they were.
    struct KnownRow
    {
        std::string text;
        IncidentRow row;
    };
    std::unordered_map<IncidentId, KnownRow> rows;

    std::optional<std::vector<IncidentRow>> sealedRows; ///< of a sealed case, which stays what it is
    [[nodiscard]] Result<std::optional<std::vector<IncidentRow>>> sealedLines();

    std::int64_t listsSeq = -1; ///< newest entry that the lists below know
    inventory::Inventory inventory;
    std::vector<ListRow> feeds;

    record::CaseQueries& queries() { return index->queries(); }
    [[nodiscard]] Result<void> takeNewEntries();
};

} // namespace cordon::engine
