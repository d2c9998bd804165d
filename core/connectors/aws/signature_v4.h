#pragma once

#include "core/base/time.h"
#include "core/crypto/secret_bytes.h"
#include "core/net/http_client.h"

namespace cordon::connectors::aws {

/// An AWS credential, long-term or of a session.
struct Keys
{
    std::string accessKeyId;
    crypto::SecretBytes secret;
    std::string sessionToken; ///< "" for a long-term key
};

/// Adds `host`, `x-amz-date`, `x-amz-security-token` and `authorization` to the request, by Signature Version 4 with SHA-256.
/// All headers that the request has are signed. Source: AWS, "Signature Version 4 signing process"
/// @param request  the path of its URL is already percent-encoded once; its query is not sorted yet
/// ErrorCode::Invalid for an address without host.
[[nodiscard]] Result<void> sign(net::HttpRequest& request, const Keys& keys, const std::string& region,
                                const std::string& service, Timestamp now);

} // namespace cordon::connectors::aws
