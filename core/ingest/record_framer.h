#pragma once

#include "core/ingest/look_back.h"
#include "core/ingest/record_outline.h"
#include "core/ingest/record_source.h"

#include <array>
#include <deque>
#include <vector>

namespace cordon::ingest {

/// Finds the JSON records in a stream of any length without holding more of it than one chunk and one record: the
/// elements of `{"Records":[…]}` (an object with nothing of its own beside such lists) or of a bare array, JSON lines, and
/// documents one after another, mixed at will. A valid record that is held whole is outlined and taken at once; all else
/// is looked through for strings and brackets only, and whether such a record is valid JSON is for its reader. Damage
/// costs the record it is in: framing takes up again at the next line or element. Belongs to one thread.
/// Source: docs/formats/event.md, "Framing"
class RecordFramer final : public RecordSource
{
public:
    /// @param longest  bytes; a longer record is rejected and passed over
    /// @param isDelivery  the log begins with an object that begins with `Records`: as long as nothing but such objects stands
    ///                    at the top, one that is damaged or too long to be looked at as a whole is opened too
    explicit RecordFramer(std::size_t longest = longestRecord, bool isDelivery = true);

    [[nodiscard]] char* space(std::size_t size) override;
    void written(std::size_t size) override { m_end += size; }
    void finish() override { m_isFinished = true; }
    [[nodiscard]] std::optional<Frame> next() override;
    [[nodiscard]] bool isCutShort() const override { return m_isCutShort; }

private:
    /// Where the next bracket stands.
    enum class Place {
        Between,  ///< at the top, between documents
        List,     ///< in the list of records
        Record,   ///< in a record
        Envelope, ///< behind the list, still in the object that holds it
    };

    /// What came of trying to take a whole record at once.
    enum class Leap { Taken, Wait, None };

    [[nodiscard]] std::optional<Frame> takePending();
    [[nodiscard]] std::optional<Frame> scanSome();
    [[nodiscard]] Leap leap(std::optional<Frame>& frame);
    [[nodiscard]] Leap openEnvelope(std::size_t at);
    [[nodiscard]] bool isToBeLookedAt(std::size_t at) const;
    [[nodiscard]] std::optional<Frame> onBracket(std::size_t at);
    void onOpener(std::size_t at);
    [[nodiscard]] std::optional<Frame> onCloser(std::size_t at);
    void openList(std::size_t at);
    void openRecordList(std::size_t at);
    void leaveEnvelope(std::size_t at);
    void beginRecord(std::size_t at);
    [[nodiscard]] std::optional<Frame> endRecord(std::size_t end);
    void abandonRecord(std::size_t at);
    void passOverLongRecord();
    void endStream();

    void open(bool isArray);
    [[nodiscard]] bool mayOpenAt(std::size_t at) const;
    [[nodiscard]] bool startsAnotherRecord(std::size_t at) const;
    [[nodiscard]] std::string_view held() const { return {m_buffer.data(), m_end}; }

    void noteGap(std::size_t end);
    void flushGarbage();
    [[nodiscard]] std::optional<Frame> endEnvelope(std::size_t at);
    void reject(std::uint64_t from, std::uint64_t to, std::string reason);
    [[nodiscard]] std::uint64_t offsetOf(std::size_t at) const { return m_base + at; }

    static constexpr std::size_t knownDepth = 1024;

    const std::size_t m_longest;
    bool m_isDelivery;
    std::vector<char> m_buffer;
    std::uint64_t m_base = 0; ///< stream offset of m_buffer[0]
    std::size_t m_scan = 0;   ///< next byte to look at
    std::size_t m_end = 0;    ///< bytes held
    bool m_isInString = false;
    bool m_isNextEscaped = false;
    bool m_isDamaged = false; ///< a quote went missing in the record being read

    Place m_place = Place::Between;
    std::size_t m_listDepth = 0; ///< depth at which records stand: 0, 1 (array) or 2 (envelope)
    std::size_t m_depth = 0;
    std::array<bool, knownDepth> m_isArray{}; ///< of the container open at each depth
    std::size_t m_record = nowhere;           ///< where the record starts; `nowhere` while a long one is passed over
    std::uint64_t m_recordOffset = 0;

    std::size_t m_gap = 0; ///< start of bytes between records not yet looked at
    std::uint64_t m_garbageFrom = 0;
    std::uint64_t m_garbageTo = 0;
    std::uint64_t m_garbageLine = 0; ///< stream offset behind the last line end seen in a gap

    RecordOutline m_outline;
    std::uint64_t m_noLeapBefore = 0; ///< stream offset: what stands before was looked at and is left to `scanSome`
    std::uint64_t m_envelope = 0;    ///< stream offset of the object that is waited for, as it may be an envelope
    std::size_t m_enough = 0;        ///< bytes of it to wait for

    std::deque<Frame> m_pending;
    bool m_isFinished = false;
    bool m_isCutShort = false;
};

} // namespace cordon::ingest
