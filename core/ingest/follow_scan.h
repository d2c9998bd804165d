#pragma once

#include "core/base/time.h"
#include "core/domain/followed_file.h"
#include "core/platform/file.h"

#include <optional>
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
    Timestamp leftAlone;    ///< since when: `changed`, unless that lies ahead of the machine's clock; set by Follower
    bool isLog = true;      ///< by its name
    bool isSibling = false; ///< stands beside a followed file: counts only when it is that file under another name
    std::optional<FollowState> refusal; ///< `Failed` or `Skipped`: it is there and is not looked at
    std::string reason;                 ///< for `refusal`
    bool isFolder = false;              ///< of a refusal: nothing is known of what is below it
};

/// Whether a file below a followed folder may be a log: by the endings of `listFiles`, also behind a rotation's number or
/// date (`app.log.2`, `app.log-20261122.gz`), or without any ending (`messages`).
[[nodiscard]] bool isFollowedName(const platform::Path& path);
/// Whether a file is still being written under a name that it will not keep (`.x.swp`, `x.part`, `x.tmp`).
[[nodiscard]] bool isPassingName(const platform::Path& path);

/// The regular files below a followed folder, or the followed file with those beside it that may be its older parts;
/// by path. Links to folders are not followed. A folder below that cannot be read, or is a case, is listed as refused.
/// Fails when the followed folder cannot be read: then nothing is known of any file.
[[nodiscard]] Result<std::vector<SeenFile>> filesBelow(const platform::Path& root);

} // namespace cordon::ingest
