#pragma once

#include "core/detect/correlation_input.h"
#include "core/domain/alert.h"
#include "core/domain/event.h"
#include "core/indicators/watchlist.h"
#include "core/ingest/log_reader.h"
#include "core/record/evidence_intake.h"

#include <memory>
#include <optional>
#include <vector>

namespace cordon::engine {

/// A normalised record with the rules that matched it.
struct ReadEvent
{
    Event event;
    std::vector<detect::RuleIndex> rules;
    std::vector<detect::RuleIndex> halves; ///< baseline rules whose other half matched
    std::vector<detect::CorrelationInput> inputs;
    std::vector<indicators::IndicatorIndex> indicators; ///< of the batch's watchlist
    std::unique_ptr<Alert> finding; ///< where the record is another product's alert
};

/// A run of records of one file, from the threads that read to the engine.
struct ReadBatch
{
    std::size_t file = 0; ///< index in the list that was given
    std::vector<ReadEvent> events;
    std::shared_ptr<const indicators::Watchlist> watchlist; ///< what the records were looked through for; may be null
    std::vector<RejectedRecord> rejected;
    /// Set on a file's last batch: what became of it, and its evidence, ready to be sealed.
    std::optional<Result<ingest::ReadSummary>> end;
    std::unique_ptr<record::EvidenceIntake> evidence;
};

} // namespace cordon::engine
