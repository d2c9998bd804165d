#pragma once

#include <string>
#include <string_view>

namespace cordon::ingest {

/// Writes the event that audit records make together as one JSON object: every field under its own name (several
/// different values as a list), the arguments of a program as a0, a1…, and what was made of them under `cordon`.
/// @param lines  the event's records, one per line; the first has a head
/// Source: docs/formats/event.md, "auditd"
void writeAuditEvent(std::string_view lines, std::string& json);

} // namespace cordon::ingest
