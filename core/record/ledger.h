#pragma once

#include "core/base/clock.h"
#include "core/domain/ledger_entry.h"
#include "core/platform/file.h"
#include "core/record/checkpoint.h"
#include "core/record/head_anchor.h"
#include "core/record/entry_times.h"
#include "core/record/key_history.h"
#include "core/record/ledger_examination.h"
#include "core/record/log_keys.h"

#include <functional>
#include <optional>
#include <set>
#include <vector>

namespace cordon::record {

struct LedgerOptions
{
    std::uint64_t segmentBytes = 64U << 20U; ///< a segment is followed by a new one beyond this size
    std::int64_t checkpointEvery = 256;      ///< entries
    Duration epochLasts = std::chrono::hours(24); ///< then another key signs, and the old one is erased
    /// Makes appended bytes durable. Tests hand in one that fails.
    std::function<Result<void>(platform::File&)> sync = [](platform::File& file) { return file.sync(); };
};

/// Bytes of a frame that a crash cut off, found on opening and moved aside.
struct TornTail
{
    std::string file; ///< where they are now, relative to the case folder
    std::uint64_t bytes = 0;
    Digest digest;
};

/// The authority of a case: an append-only, hash-chained, signed list of what was decided and done. One writer at a
/// time (the case folder's lock sees to that); belongs to one thread. Source: docs/formats/ledger.md
class Ledger
{
public:
    /// Starts the ledger of a new case: key, first segment, genesis entry, first checkpoint.
    /// @param data  further members of the genesis entry
    [[nodiscard]] static Result<Ledger> create(const platform::Path& caseFolder, const std::string& origin, Value data,
                                               const LogKeys& keys, const MachineClock& clock,
                                               LedgerOptions options = {});
    /// Reads everything again. A last frame cut off by a crash is moved to ledger/torn-<seq> and noted as an entry;
    /// any other damage is ErrorCode::Corrupt with its place. Untrusted when the key is not the genesis key or not
    /// here.
    [[nodiscard]] static Result<Ledger> open(const platform::Path& caseFolder, const LogKeys& keys,
                                             const MachineClock& clock, LedgerOptions options = {});

    /// Adds one entry; durable when this returns. Nothing was added when it fails: Invalid (the draft does not fit the
    /// format), DiskFull (room may come back), Io (this ledger takes no more entries until it is opened again).
    [[nodiscard]] Result<LedgerEntry> append(LedgerDraft draft);
    /// Several entries with one sync: all of them, or none is acknowledged.
    [[nodiscard]] Result<std::vector<LedgerEntry>> appendAll(std::vector<LedgerDraft> drafts);
    /// Signs the head, unless it already is, and moves the high-water mark.
    [[nodiscard]] Result<Checkpoint> checkpoint();
    /// Adds the line of an approver, who saw the head of that size, below its signed head. ErrorCode::NotFound when that
    /// size has no signed head, Untrusted when the line does not verify under that name and key.
    [[nodiscard]] Result<void> addCosignature(std::int64_t size, const std::string& line, const std::string& name,
                                              const crypto::PublicKey& key);
    /// Puts a new log key in force and erases the old one. @param why  "age" or "asked"
    [[nodiscard]] Result<void> beginEpoch(const std::string& why);
    /// Makes a key for the place of the one in force. @return what owners have to sign, as a signed note's text
    [[nodiscard]] Result<std::string> draftRevocation();
    /// Puts that key in force. ErrorCode::Untrusted unless enough owners of the mandate in force signed the order.
    [[nodiscard]] Result<void> revoke(const std::string& order);

    /// The latest time of any entry since somebody vouched for a clock that was set back (EntryTimes).
    [[nodiscard]] Timestamp reached() const { return m_times.reached(); }
    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(m_tree.size()); }
    [[nodiscard]] Digest root() const { return m_tree.root(); }
    [[nodiscard]] const std::string& origin() const { return m_origin; }
    /// What is pinned and told to others: every log key descends from it.
    [[nodiscard]] const crypto::PublicKey& publicKey() const { return *m_keyHistory.genesisKey(); }
    /// The key that signs heads now.
    [[nodiscard]] const crypto::PublicKey& epochKey() const { return m_key.publicKey(); }
    [[nodiscard]] std::int64_t epoch() const { return m_keyHistory.epoch(); }
    [[nodiscard]] std::int64_t checkpointedSize() const { return m_checkpointedSize; }
    [[nodiscard]] int checkpoints() const { return m_checkpoints; }
    /// False after bytes could not be made durable: every further append is refused.
    [[nodiscard]] bool isHealthy() const { return !m_isBroken; }
    [[nodiscard]] const std::optional<TornTail>& tornTail() const { return m_tornTail; }

private:
    Ledger(platform::Path folder, std::string origin, crypto::SigningKey key, const LogKeys& keys,
           const MachineClock& clock, LedgerOptions options)
        : m_folder(std::move(folder))
        , m_origin(std::move(origin))
        , m_key(std::move(key))
        , m_keys(keys)
        , m_clock(&clock)
        , m_options(std::move(options))
        , m_anchors(m_keys.anchors())
    {}
    Result<void> startSegment();
    Result<void> openLastSegment(const LedgerFindings& findings);
    Result<void> moveTornTailAside(const LedgerFindings& findings);
    Result<void> writeDurably(const std::string& frames);
    Result<std::vector<LedgerEntry>> appendNow(std::vector<LedgerDraft> drafts);
    void tellClock(std::vector<LedgerDraft>& drafts) const;
    Result<void> putInForce(crypto::SigningKey next, const std::string& type, Value data);
    void keepEpochYoung();
    [[nodiscard]] Result<void> checkMark() const;
    void tellAnchors(const Checkpoint& head);
    [[nodiscard]] LedgerEntry entryFrom(LedgerDraft draft, std::int64_t seq, const std::string& boot) const;
    [[nodiscard]] platform::Path segmentPath() const;
    [[nodiscard]] platform::Path checkpointPath(std::int64_t size) const;

    platform::Path m_folder;
    std::string m_origin;
    crypto::SigningKey m_key;
    LogKeys m_keys;
    KeyHistory m_keyHistory;
    const MachineClock* m_clock;
    LedgerOptions m_options;
    std::optional<platform::File> m_file;
    std::size_t m_segment = 0;
    std::uint64_t m_segmentSize = 0;
    Digest m_chain;
    MerkleTree m_tree;
    EntryTimes m_times;
    std::int64_t m_checkpointedSize = 0;
    int m_checkpoints = 0;
    bool m_isBroken = false;
    std::optional<Checkpoint> m_lastCheckpoint;
    std::optional<TornTail> m_tornTail;
    std::vector<std::shared_ptr<HeadAnchor>> m_anchors;
    std::set<std::string> m_lostAnchors; ///< told once
    std::optional<HighWaterMark> m_mark; ///< as this process knows it
    std::optional<HighWaterMark> m_markBeingSet; ///< may be there although setting it failed
};

} // namespace cordon::record
