#pragma once

#include "core/base/time.h"
#include "core/record/frame_reader.h"

namespace cordon::record {

/// RFC 3161 tokens over signed heads: `ledger/timestamps/<size>.tsr`, DER replies of a time-stamping authority over
/// SHA-256 of the head's text. Source: docs/formats/ledger.md, "Anchors"
struct HeadTimestamps
{
    int total = 0;
    int trusted = 0;                   ///< lead to an authority that is pinned here
    std::int64_t newestSize = 0;       ///< of a trusted one
    Timestamp newestTime;              ///< when the authority saw that head
    std::vector<LedgerPlace> problems; ///< tokens over something else
};

/// Certificates (PEM) of the authorities that an installation trusts: `$CORDON_HOME/tsa.pem`; "" when there are none.
[[nodiscard]] std::string pinnedAuthorities(const platform::Path& home);
[[nodiscard]] HeadTimestamps readHeadTimestamps(const platform::Path& caseFolder, const std::string& authorities);

/// What an authority is asked to stamp: the request over the newest signed head. ErrorCode::NotFound without one.
[[nodiscard]] Result<std::string> headTimestampRequest(const platform::Path& caseFolder);
/// Keeps a reply beside the head that it is over. ErrorCode::Invalid when it is over none of them, Untrusted when it does
/// not lead to the authorities (unless none are given). @return the number of entries under that head
[[nodiscard]] Result<std::int64_t> keepHeadTimestamp(const platform::Path& caseFolder, std::string_view reply,
                                                     const std::string& authorities);

} // namespace cordon::record
