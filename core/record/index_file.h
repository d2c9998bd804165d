#pragma once

#include "core/platform/file.h"

#include <cstdint>
#include <string>

namespace cordon::record {

/// What became of a case's index when the case was opened.
struct IndexState
{
    bool isNew = false;  ///< it has to be filled from ledger and evidence
    std::string why;     ///< that it was missing, or what was wrong with the one that was there
    std::string aside;   ///< name of the damaged one, kept beside the case; "" when there was none
    std::string copy;    ///< name of the copy that was kept before it was brought to this program's version
};

/// Looks whether `case.db` is whole before anything opens it: by the digest that was written when it was closed last, or,
/// after a crash, by SQLite's own check. A damaged one is set aside as `case.db.damaged-N` with its companions; of one of
/// an older version a copy is kept as `case.db.version-N`. Only for the holder of the case.
/// ErrorCode::Unsupported when it is of a newer version than this program knows: nothing is touched then.
/// Source: docs/formats/case.md, "When case.db is lost or damaged"
/// @param isUnwanted  a person wants it made anew: it is set aside as `case.db.replaced-N` whatever it holds
[[nodiscard]] Result<IndexState> lookAtIndex(const platform::Path& caseFolder, bool isUnwanted = false);
/// From now on, until `endFilling`, an index that is found here was never filled to its end.
[[nodiscard]] Result<void> beginFilling(const platform::Path& caseFolder);
[[nodiscard]] Result<void> endFilling(const platform::Path& caseFolder);
/// For whoever only reads: false when there is no index that could be believed, so that a holder has to mend it first.
/// Of a case that is held, or was not closed, only that it is there can be told.
[[nodiscard]] bool isIndexSound(const platform::Path& caseFolder);
/// Writes the digest that the next opening compares. To be called when nobody writes the index any more; does nothing
/// while another process still reads it, or when it is longer than `longestSummed`.
[[nodiscard]] Result<void> sumIndex(const platform::Path& caseFolder);

/// Longer indexes are checked by SQLite alone: hashing them at every opening would be waited for.
inline constexpr std::uint64_t longestSummed = std::uint64_t{1} << 30U;

} // namespace cordon::record
