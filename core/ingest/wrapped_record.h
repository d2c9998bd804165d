#pragma once

#include <string_view>
#include <vector>

namespace cordon::ingest {

/// The records that stand one level down in a record which no field map knows, if it is the envelope of a known
/// carrier (an event bus, a paged answer, a search hit, …). It is one when all its keys are that carrier's, those that
/// the carrier always writes are there, none twice, and the carrier's own words fit. Any other object is none, however
/// its keys are called: what an application logs of a request is no record of anybody else's.
/// Source: docs/formats/event.md, "Envelopes"
/// @param record  one valid JSON object
/// @return pieces of `record`, in its order; none when it is no envelope
[[nodiscard]] std::vector<std::string_view> wrappedRecords(std::string_view record);

} // namespace cordon::ingest
