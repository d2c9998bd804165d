#pragma once

#include "core/engine/case_reader.h"
#include "core/engine/notice.h"

#include <functional>
#include <stop_token>

namespace cordon::engine {

/// A look at a sealed case, for a console: told once, since nothing in it moves.
/// @return what is told. ErrorCode as `record::SealedCase::open`
[[nodiscard]] Result<Notice> sealedNotice(CaseReader& reader);

/// What the verifier says of a case, for a screen.
struct CaseVerdict
{
    std::string result; ///< OK, TAMPERED, INCOMPLETE, UNVERIFIABLE
    std::string text;   ///< all lines, as `cordonctl verify` prints them
    int exitStatus = 0;
    bool isOtherKey = false; ///< it was to be checked by a key that is not the case's
};
/// Share done of what is read now; in a sealed case the file's bytes first, then its evidence.
using VerdictProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// Verifies a folder or a sealed case from its bytes. Safe beside readers and a running engine, on any thread.
/// @param isOpenHere  this process holds the case: its index may be ahead of what the ledger names
/// @param key  that is trusted, as `cordonctl verify --key`; "" for the one that is pinned in `home`. ErrorCode::Invalid when it is none
[[nodiscard]] Result<CaseVerdict> verifyCase(const std::filesystem::path& place, const std::filesystem::path& home,
                                             const VerdictProgress& progress, const std::stop_token& stop,
                                             bool isOpenHere = false, const std::string& key = {});

/// What people compare of a public key as text, `ed25519:…`. ErrorCode::Invalid when it is none.
[[nodiscard]] Result<std::string> keyFingerprint(const std::string& key);

} // namespace cordon::engine
