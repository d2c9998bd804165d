#pragma once

#include "core/base/id.h"
#include "core/base/time.h"

#include <cstdint>
#include <string>

namespace cordon {

using FollowedFileId = Id<struct FollowedFileTag>; ///< row of a followed file in the case's index

enum class FollowState {
    Following, ///< it is looked at again and again
    Copy,      ///< the same bytes as another followed file, which is the one that is read
    Ended,     ///< nothing more comes; `reason` says why
    Failed,    ///< cannot be read; `reason` says why
    Skipped,   ///< no log by its name or content
};

/// A file below a followed folder, as the case knows it: which file it is, and how far its records are in the case.
/// A file is known by device and inode and by its bytes: those at its start and those just before `position`, both
/// unpacked. Source: docs/formats/case.md, "Followed files"
struct FollowedFile
{
    FollowedFileId id;
    std::string root; ///< the folder or file that a person named
    std::string path; ///< where it was seen last
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::string head;           ///< first bytes, at most 512
    std::string tail;           ///< bytes just before `position`, at most 512
    std::uint64_t position = 0; ///< records before it are in the case; unpacked bytes
    std::uint64_t size = 0;     ///< of the file as it was seen last
    Timestamp changed;          ///< its modification time as it was seen last
    FollowState state = FollowState::Following;
    std::string reason;    ///< English, for `Ended`, `Failed`, `Skipped`
    FollowedFileId sameAs; ///< for `Copy`: the file that is read
    Timestamp arrived;     ///< machine time at which its last record was taken in

    auto operator<=>(const FollowedFile&) const = default;
};

} // namespace cordon
