#pragma once

#include "core/domain/event.h"
#include "core/domain/event_view.h"
#include "core/ingest/field_map.h"
#include "core/ingest/import_options.h"
#include "core/platform/byte_stream.h"

#include <functional>
#include <stop_token>

namespace cordon::ingest {

/// Takes what a log holds, in file order. Called on the reader's thread.
class RecordSink
{
public:
    RecordSink() = default;
    RecordSink(const RecordSink&) = delete;
    RecordSink& operator=(const RecordSink&) = delete;
    virtual ~RecordSink() = default;
    /// Asked before a record becomes an event: false leaves `onRecord` out, so that a record of which nothing is kept
    /// costs no more than its reading. The view is the one that `onRecord` gets.
    [[nodiscard]] virtual bool wants([[maybe_unused]] const EventView& view) { return true; }
    /// @param event   normalised, `cite.evidence` not yet known; only `cite` is set when events are not wanted
    /// @param view    borrowed until this returns
    /// @param record  0-based index among all records of the file, unusable ones counted too
    /// @return a failure ends the reading
    [[nodiscard]] virtual Result<void> onRecord(Event&& event, const EventView& view, std::uint64_t record) = 0;
    /// An alert of another product: `event` is its record. Unless told otherwise it is a record like any other.
    /// @param alert  without id, events and cites
    [[nodiscard]] virtual Result<void> onFinding(Event&& event, [[maybe_unused]] Alert&& alert, const EventView& view,
                                                 std::uint64_t record)
    {
        return onRecord(std::move(event), view, record);
    }
    virtual void onRejected(RejectedRecord rejected) = 0;
};

struct ReadOptions
{
    /// False for matching only: records are recognised and routed, events are not built and times not checked.
    bool wantsEvents = true;
    ImportOptions import;
    using Open = std::function<Result<std::unique_ptr<platform::ByteStream>>(const platform::Path&,
                                                                             platform::ByteStream::RawSink)>;
    /// Opens what is to be read; unset: the file from its start. For pieces of a followed file, as are the next two.
    Open open;
    std::string head;         ///< first bytes of the log where the piece begins behind them: they tell its format
    std::uint64_t lastRecord = 0; ///< as in EarlierPart
    std::uint64_t position = 0;   ///< as in EarlierPart
    std::uint64_t begins = 0; ///< where the piece begins; places of rejected records count from the log's start
    /// File bytes taken so far and in all; called at least once per MiB and at the end.
    std::function<void(std::uint64_t read, std::uint64_t total)> progress;
};

/// What became of one log file.
struct ReadSummary
{
    std::uint64_t records = 0;  ///< framed, usable or not
    std::uint64_t events = 0;   ///< given to the sink
    std::uint64_t rejected = 0; ///< all of them, also those past `mostRejectedListed`
    std::uint64_t decodedBytes = 0;
    std::uint64_t rawBytes = 0; ///< as they stand in the file
    platform::Packing packing = platform::Packing::Plain;
    bool isWhole = true; ///< false when the file or its packing ends early or is damaged
};

/// Rejected records told one by one per file; the rest is told in one entry with its number.
constexpr std::uint64_t mostRejectedListed = 10'000;

/// Reads one log file: every byte goes to `evidence`, every record to `sink`, either as an event or as rejected. A
/// broken record, unknown shape or damaged packing costs what it hits and nothing else.
/// @param plan  the one that `maps` were loaded with, complete
/// @return a failure when the file cannot be opened, a sink fails, or ErrorCode::Cancelled when `stop` was asked for
[[nodiscard]] Result<ReadSummary> readLog(const platform::Path& path, const FieldMaps& maps, const FieldPlan& plan,
                                          EvidenceSink& evidence, RecordSink& sink, const ReadOptions& options = {},
                                          const std::stop_token& stop = {});

} // namespace cordon::ingest
