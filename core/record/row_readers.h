#pragma once

#include "core/record/case_rows.h"
#include "core/store/database.h"

namespace cordon::record {

// Rows of the index as values: the columns to select, and the reader that expects them.

inline constexpr std::string_view sourceColumns =
    "SELECT id, file, kind, digest, packed_digest, bytes, packed_bytes, events, duplicates, rejected, is_whole, first, "
    "last, followed, begins, zone, clock_offset, year, written, last_record, "
    "read_before FROM sources";
inline constexpr std::string_view alertColumns =
    "SELECT id, rule, title, severity, first, last, incident, body FROM alerts";
inline constexpr std::string_view incidentColumns =
    "SELECT id, title, risk, severity, status, first, last, assignee, body FROM incidents";
inline constexpr std::string_view entryColumns =
    "SELECT seq, ts, at, type, actor_kind, actor, session, incident, mandate, data FROM ledger_index";

[[nodiscard]] StoredSource sourceOf(const store::Statement& row);
[[nodiscard]] FollowedFile followedOf(const store::Statement& row);
[[nodiscard]] FollowedSum followedSumOf(const store::Statement& row);
[[nodiscard]] StoredAlert alertOf(const store::Statement& row);
[[nodiscard]] StoredIncident incidentOf(const store::Statement& row);
[[nodiscard]] StoredEntry entryOf(const store::Statement& row);

} // namespace cordon::record
