#pragma once

#include "core/ingest/record_time.h"
#include "core/value/value.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cordon::ingest {

// What the texts of findings mean, in whatever way products write them.

/// ATT&CK technique ids in a text ("T1078.004 - Cloud Accounts"), upper case, added to `into` once each.
void addTechniques(std::string_view text, std::vector<std::string>& into);

/// ATT&CK tactics in a text, by name ("Initial Access", "InitialAccess"), by id (TA0001), or by one of `words`; the text
/// may list them or be a type such as "TTPs/Initial Access/…". Added once each, as "initial-access".
void addTactics(std::string_view text, const std::vector<std::pair<std::string, std::string>>& words,
                std::vector<std::string>& into);

/// The moment that a finding's field tells: RFC 3339 with a colon in the offset or without, or seconds, milli-, micro- or
/// nanoseconds since 1970. Nothing when it cannot be read.
[[nodiscard]] std::optional<RecordTime> findingTime(std::string_view text);

/// A type as part of a rule's id: letters, digits and `:/.!_-` stay, every run of others becomes one `-`; at most 120
/// bytes.
[[nodiscard]] std::string slugOf(std::string_view text);

/// The text when it is an http or https address without spaces, quotes and control characters, else "".
[[nodiscard]] std::string safeLink(std::string_view text);

} // namespace cordon::ingest
