#pragma once

#include "core/detect/correlation_entry.h"
#include "core/detect/correlation_spool.h"

#include <optional>
#include <vector>

namespace cordon::detect {

/// Entries of one correlation that wait for their turn, in memory or sorted out to the spool. Given back in the order of
/// time, however they came; what is the same in all that counts, as it came. Belongs to one thread.
class PendingEntries
{
public:
    struct Waiting
    {
        CorrelationEntry entry;
        std::uint64_t group = 0;
    };

    /// @param spool  outlives this
    explicit PendingEntries(CorrelationSpool& spool);
    ~PendingEntries();
    PendingEntries(const PendingEntries&) = delete;
    PendingEntries& operator=(const PendingEntries&) = delete;

    void add(const CorrelationInput& input, std::uint64_t value);
    /// The next one, and takes it away; nothing when it is later than `upTo` or none is left.
    /// @param isLast  however late
    [[nodiscard]] std::optional<Waiting> next(Timestamp upTo, bool isLast);
    /// Ends a run of `next`: what was read ahead is forgotten, and read again when it is needed.
    void rest();

    /// In memory.
    [[nodiscard]] std::size_t heldBytes() const { return m_heldBytes; }
    /// Moves what is in memory out to the file. After a failure all is as it was.
    [[nodiscard]] Result<void> spill();
    /// A time that half of what is in memory does not exceed. Some must be there.
    [[nodiscard]] Timestamp middle();
    /// Entries that could not be read back.
    [[nodiscard]] std::size_t lostCount() const { return m_lost; }

private:
    /// As in memory and in the file.
    struct Item
    {
        Timestamp time;
        EventRef event;
        std::uint64_t value = 0;
        std::uint64_t group = 0;
        std::uint32_t position = 0;
        std::uint32_t origin = 0; ///< 0: none; else its place plus one, among `m_origins` or among the run's bytes
    };
    /// Sorted entries in the file.
    struct Run
    {
        std::uint64_t origins = 0; ///< where the bytes of its origins begin
        std::uint64_t bytes = 0;   ///< of origins and entries
        std::uint64_t at = 0;      ///< of the first entry that has not been read
        std::uint64_t end = 0;
        std::vector<Item> ahead{};
        std::size_t next = 0; ///< of `ahead`
    };
    /// The earliest run on top of a heap.
    struct HeapOrder
    {
        PendingEntries& pending;
        bool operator()(std::size_t one, std::size_t other) const;
    };

    [[nodiscard]] static bool isBefore(const Item& one, const Item& other);
    [[nodiscard]] static Waiting waitingOf(const Item& item, OriginRef origin);
    void sortHeld();
    void forgetTaken();
    [[nodiscard]] const Item* front(Run& run);
    /// Of all; `m_runs.size()` stands for memory, nothing when there is none.
    [[nodiscard]] std::optional<std::size_t> earliest();
    [[nodiscard]] OriginRef originOf(const Run& run, const Item& item);

    CorrelationSpool& m_spool;
    std::vector<Item> m_held;
    std::size_t m_next = 0; ///< of `m_held`
    std::vector<OriginRef> m_origins;
    std::size_t m_heldBytes = 0;
    bool m_isSorted = true;
    std::vector<Run> m_runs;         ///< the older first
    std::vector<std::size_t> m_heap; ///< of runs that have something left, the earliest on top, while they are merged
    bool m_isMerging = false;
    std::size_t m_lost = 0;
};

} // namespace cordon::detect
