#pragma once

#include "core/domain/event.h"
#include "core/ingest/finding_map.h"
#include "core/ingest/source_clock.h"
#include "core/value/value.h"

namespace cordon::ingest {

/// One record of another product's alerts: the alert in Cordon's terms, and the record as an event, so that it can be
/// cited and listed. The event is a finding: it names what the product named and says of nobody that they did anything.
struct ReadFinding
{
    Event event; ///< id and citation unset
    Alert alert; ///< id, events and cites unset
};

/// Longest record that is read as a finding, in bytes.
inline constexpr std::size_t longestFinding = 4U << 20U;

/// Reads one recognised record. ErrorCode::Invalid when it has no time that can be read.
/// @param source  Event::source of such records
/// @param clock  what was said of the file's times
/// Source: docs/formats/findings.md
[[nodiscard]] Result<ReadFinding> readFinding(const FindingMap& map, std::string_view source, const Value& record,
                                              const SourceClock& clock = {});
/// The same from the record's JSON text; ErrorCode::Invalid also when it is too long, too deep or holds a key twice.
[[nodiscard]] Result<ReadFinding> readFindingText(const FindingMap& map, std::string_view source,
                                                  std::string_view record, const SourceClock& clock = {});

} // namespace cordon::ingest
