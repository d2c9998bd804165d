#pragma once

#include "core/domain/followed_file.h"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cordon::ingest {

using FileNumber = std::pair<std::uint64_t, std::uint64_t>; ///< device and inode

/// Why a file ended that a look did not find any more; words of its own may follow.
inline constexpr std::string_view goneReason = "deleted or moved away";

/// What is known of followed files, found by number and by their first bytes. Belongs to one thread.
class FollowedFiles
{
public:
    /// Adds or replaces.
    void put(const FollowedFile& file);
    [[nodiscard]] const std::map<FollowedFileId, FollowedFile>& all() const { return m_files; }
    /// The one with that number that has not ended; null when there is none.
    [[nodiscard]] const FollowedFile* byNumber(FileNumber number) const;
    [[nodiscard]] const FollowedFile* byId(FollowedFileId id) const;
    /// Files that were read, ended or not, whose first bytes may be those of a file that begins with `head`; newest first.
    [[nodiscard]] std::vector<const FollowedFile*> beginningLike(const std::string& head) const;

private:
    void forget(const FollowedFile& file);

    std::map<FollowedFileId, FollowedFile> m_files;
    std::map<FileNumber, FollowedFileId> m_byNumber;
    std::unordered_multimap<std::string, FollowedFileId> m_byHead; ///< whole heads
    std::map<FollowedFileId, std::string> m_shortHeads;
};

} // namespace cordon::ingest
