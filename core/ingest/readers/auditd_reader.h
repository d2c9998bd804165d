#pragma once

#include "core/base/time.h"
#include "core/ingest/readers/text_source.h"

#include <list>

namespace cordon::ingest {

/// Joins the raw records of Linux audit by serial into events, interleaved and out of order as they come. An event ends
/// with its EOE record, or when some records two seconds younger or many others have come since; memory is bounded, and events that
/// wait are given early rather than held without end. A cited range reaches from an event's first to its last
/// record. Source: docs/formats/event.md, "auditd"
class AuditdReader final : public TextSource
{
public:
    AuditdReader() = default;

protected:
    [[nodiscard]] bool step() override;

private:
    /// Records of one event.
    struct Group
    {
        std::string id;
        Timestamp time;
        std::uint64_t offset = 0;
        std::uint64_t end = 0;
        std::uint64_t lastLine = 0; ///< number of the line that was added last
        bool isDone = false;
        std::string lines;
    };

    void takeLine(const Piece& line);
    void giveReady();
    void giveFront();

    std::list<Group> m_groups; ///< by their first record
    std::size_t m_heldBytes = 0;
    std::uint64_t m_lines = 0;
    Timestamp m_now; ///< of the record read last: one that lies about its time ends others early, once
};

} // namespace cordon::ingest
