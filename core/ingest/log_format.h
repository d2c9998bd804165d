#pragma once

#include "core/ingest/field_map.h"
#include "core/ingest/import_options.h"
#include "core/ingest/record_source.h"
#include "core/platform/file.h"

#include <memory>

namespace cordon::ingest {

/// The reader for a log, told by its first bytes.
/// @param start  of the decoded stream, at least 4 KiB unless the stream is shorter
/// @param path   for the time at which the file was written last, which tells the year of times that have none
/// @param maps   those that a person gave tell how tables of texts are written
/// @return never null: what is not recognised gets a reader that rejects it as a whole and says why
[[nodiscard]] std::unique_ptr<RecordSource> recordSourceFor(std::string_view start, const platform::Path& path,
                                                            const FieldMaps& maps, const ImportOptions& options);

/// When a file was written last; default when it cannot be told.
[[nodiscard]] Timestamp writtenAt(const platform::Path& path);

} // namespace cordon::ingest
