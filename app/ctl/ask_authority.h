#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace cordon::ctl {

/// Sends an RFC 3161 request to a time-stamping authority and gives its reply, which answers exactly this request. The only
/// place where `cordonctl` asks a server, and only because a person named it. Over http too: a reply is signed itself.
/// Errors as `net::HttpClient`, ErrorCode::Invalid for anything but a time-stamp reply. Source: RFC 3161 section 3.4
[[nodiscard]] Result<std::string> askAuthority(const std::string& url, std::string_view request);

} // namespace cordon::ctl
