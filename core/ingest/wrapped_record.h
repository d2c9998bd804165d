#pragma once

#include <string_view>
#include <vector>

namespace cordon::ingest {

/// What an envelope holds.
struct WrappedRecords
{
    std::vector<std::string_view> records; ///< pieces of the envelope, in its order
    /// The carrier's name where field maps ask for it (`carried_by`), else "".
    std::string_view carrier;
    /// What the envelope says that its records are of: starts of field maps' sources, a space behind each; "": any.
    std::string_view sources;
};

/// Whether records of `source` may stand in an envelope that says `sources`.
[[nodiscard]] bool mayBeOf(std::string_view sources, std::string_view source);

/// The records that stand one level down in a record which no field map knows, if it is the envelope of a known
/// carrier (an event bus, a paged answer, a search hit, …). It is one when all its keys are that carrier's, those that
/// the carrier always writes are there, none twice, and the carrier's own words fit. Any other object is none, however
/// its keys are called: what an application logs of a request is no record of anybody else's.
/// Source: docs/formats/event.md, "Envelopes"
/// @param record  one valid JSON object
/// @return nothing when it is no envelope
[[nodiscard]] WrappedRecords wrappedRecords(std::string_view record);

} // namespace cordon::ingest
