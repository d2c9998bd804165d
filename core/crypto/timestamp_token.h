#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"
#include "core/base/time.h"

#include <string>

namespace cordon::crypto {

/// What a time-stamping authority said of a digest.
struct TimestampToken
{
    Timestamp time;
    bool isTrusted = false; ///< its signature leads to one of the given authorities
};

/// A request for a time-stamp over a SHA-256 digest, DER, with a random nonce; asks for the authority's certificate.
/// Source: RFC 3161 section 2.4.1
[[nodiscard]] std::string timestampRequest(const Digest& digest);

/// Reads a reply (DER TimeStampResp). Without `authorities` (certificates in PEM) only form and digest are looked at.
/// ErrorCode::Invalid when it is no granted reply over this digest, Untrusted when its signature does not lead to the
/// authorities. Certificates are judged as of the token's time. Source: RFC 3161 section 2.4.2
[[nodiscard]] Result<TimestampToken> readTimestampReply(std::string_view reply, const Digest& digest,
                                                        std::string_view authorities);

/// ErrorCode::Invalid unless a reply answers exactly this request: its digest, and the nonce, so that it was made for it
/// and not kept from before. Of its signature `readTimestampReply` judges.
[[nodiscard]] Result<void> checkAnswers(std::string_view reply, std::string_view request);

} // namespace cordon::crypto
