#pragma once

#include <string>
#include <string_view>

namespace cordon {

/// What stands in the place of a secret.
inline constexpr std::string_view hiddenSecret = "[secret hidden]";

/// The text with everything taken out that has the shape of a provider's secret: tokens with a known beginning (GitHub,
/// GitLab, Slack, Stripe, Google, HashiCorp, npm…), web tokens of three parts, private keys in PEM, values written after a
/// name such as `password=` or `"secretAccessKey":`, and words of exactly 40 mixed letters and digits, as AWS makes its
/// secret keys. Key ids (AKIA…, ASIA…) are no secrets. Evidence keeps the bytes; this is for what is derived from them.
[[nodiscard]] std::string withoutSecrets(std::string_view text);
/// The same for tokens with a known beginning, web tokens and private keys alone: never touches a name, an id, a digest.
[[nodiscard]] std::string withoutKnownTokens(std::string_view text);

} // namespace cordon
