#pragma once

#include <string_view>
#include <vector>

namespace cordon::ingest {

/// The objects that stand one level down in a record under a key that services put records under (`detail` of an event
/// bus, `value` of a paged answer, `_source` of a search hit, …), list by list: what a record that no field map knows
/// may be the envelope of. Source: docs/formats/event.md, "Framing"
/// @param record  one valid JSON object
/// @return pieces of `record`, in its order
[[nodiscard]] std::vector<std::vector<std::string_view>> wrappedRecords(std::string_view record);

} // namespace cordon::ingest
