#pragma once

#include "core/crypto/signing_key.h"
#include "core/platform/file.h"

#include <cstdint>
#include <string>

namespace cordon::record {

/// What became of a case's index when the case was opened.
struct IndexState
{
    bool isNew = false;  ///< it has to be filled from ledger and evidence
    bool isUnnamed = false; ///< of these: it was whole, and the ledger does not name what it held
    std::string why;     ///< that it was missing, or what was wrong with the one that was there
    std::string aside;   ///< name of the damaged one, kept beside the case; "" when there was none
    std::string copy;    ///< name of the copy that was kept before it was brought to this program's version
};

/// Looks whether `case.db` is whole before anything opens it: by the digest that was signed when it was closed last, or, without
/// one of this state of the case, by comparing it with the ledger. What the ledger does not name is not believed, whatever left it there. A damaged one is set aside
/// as `case.db.damaged-N` with its companions, one that may be what a crash left as `case.db.unclosed-1`; of one of an older version a copy is kept as
/// `case.db.version-N`. Only for the holder of the case.
/// ErrorCode::Unsupported when it is of a newer version than this program knows: nothing is touched then.
/// Source: docs/formats/case.md, "When case.db is lost or damaged"
/// @param isUnwanted  a person wants it made anew: it is set aside as `case.db.replaced-N` whatever it holds
/// @param key  of the case, which signs its index
[[nodiscard]] Result<IndexState> lookAtIndex(const platform::Path& caseFolder, const crypto::PublicKey& key,
                                             bool isUnwanted = false);
/// From now on, until `endFilling`, an index that is found here was never filled to its end.
/// @param state  as `lookAtIndex` found it: what a crash left is remembered, so that it helps the next filling too
[[nodiscard]] Result<void> beginFilling(const platform::Path& caseFolder, const IndexState& state);
[[nodiscard]] Result<void> endFilling(const platform::Path& caseFolder);
/// For whoever only reads: whether the index can be believed.
enum class IndexTrust {
    Sound, ///< closed under the case's key, or compared with the ledger where that key is not here
    InUse, ///< another process holds the case and changes it
    None,  ///< a holder has to mend it first
};
/// @param home  where the case's key may be
[[nodiscard]] IndexTrust trustInIndex(const platform::Path& caseFolder, const platform::Path& home);
/// From now on a process writes the index: no digest says any more how it was closed.
[[nodiscard]] Result<void> forgetSum(const platform::Path& caseFolder);
/// Writes the digest that the next opening compares, signed, so that nobody else can, with the size of the ledger, so that it
/// is of no use once the case went on. To be called when nobody writes the index any more; does nothing while another process still reads it.
/// @param entries  of the ledger now
[[nodiscard]] Result<void> sumIndex(const platform::Path& caseFolder, const crypto::SigningKey& key, std::int64_t entries);

} // namespace cordon::record
