#pragma once

#include "core/base/time.h"
#include "core/platform/file.h"

#include <string>
#include <vector>

namespace cordon::ingest {

/// A file as a look at its folder found it.
struct SeenFile
{
    platform::Path path;
    std::string root;
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    Timestamp changed;
    bool isLog = true;      ///< by its name
    bool isSibling = false; ///< stands beside a followed file: counts only when it is that file under another name
};

/// Whether a file below a followed folder may be a log: by the endings of `listFiles`, also behind a rotation's number or
/// date (`app.log.2`, `app.log-20261122.gz`), or without any ending (`messages`).
[[nodiscard]] bool isFollowedName(const platform::Path& path);
/// Whether a file is still being written under a name that it will not keep (`.x.swp`, `x.part`, `x.tmp`).
[[nodiscard]] bool isPassingName(const platform::Path& path);

/// The regular files below a followed folder, or the followed file with those beside it that may be its older parts;
/// by path. Links to folders are not followed. Fails when the folder cannot be read: then nothing is known of any file.
[[nodiscard]] Result<std::vector<SeenFile>> filesBelow(const platform::Path& root);

} // namespace cordon::ingest
