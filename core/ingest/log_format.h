#pragma once

#include "core/ingest/import_options.h"
#include "core/ingest/record_source.h"
#include "core/platform/file.h"

#include <memory>

namespace cordon::ingest {

/// The reader for a log, told by its first bytes.
/// @param start  of the decoded stream, at least 4 KiB unless the stream is shorter
/// @param path   for its name only
[[nodiscard]] std::unique_ptr<RecordSource> recordSourceFor(std::string_view start, const platform::Path& path,
                                                            const ImportOptions& options);

} // namespace cordon::ingest
