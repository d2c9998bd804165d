#pragma once

#include "core/base/result.h"

#include <string>

namespace cordon::connectors::aws {

/// A role's trust policy without those who are not of its account: other accounts, everybody. Services and identity providers stay, and so
/// does every condition. What lets nobody in afterwards denies everybody, since AWS takes no empty policy. The text itself, byte for byte, when
/// nobody is to go.
/// ErrorCode::Invalid for a document that is no policy.
[[nodiscard]] Result<std::string> narrowedTrust(const std::string& document, const std::string& account);

} // namespace cordon::connectors::aws
