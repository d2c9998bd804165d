#pragma once

#include <string>
#include <string_view>

namespace cordon::investigate {

/// What people call the program behind a user agent: "Firefox", "the AWS console", "aws-cli", "Python (boto3)". The
/// program's own name where nothing is known of it; "" for none.
[[nodiscard]] std::string clientFamily(std::string_view userAgent);

} // namespace cordon::investigate
