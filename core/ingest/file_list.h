#pragma once

#include "core/domain/event.h"
#include "core/platform/file.h"

#include <vector>

namespace cordon::ingest {

/// The log files below what a person named, and what of it cannot be read.
struct FileList
{
    std::vector<platform::Path> files;    ///< sorted by path text, each once
    std::vector<RejectedRecord> rejected; ///< missing, unreadable, no log by name; offset and length are 0
};

/// Walks files and folder trees. A file that is named is always taken; in folders *.json, *.jsonl, *.ndjson, *.log,
/// *.gz and
/// *.zst are (any case). Links to files are followed, links to folders are not. Only regular files count.
[[nodiscard]] FileList listFiles(const std::vector<platform::Path>& paths);

} // namespace cordon::ingest
