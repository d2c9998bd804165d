#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cordon::ingest {

/// The parts of an Amazon Resource Name, borrowed from its text: `arn:partition:service:region:account:resource`.
struct Arn
{
    std::string_view partition;
    std::string_view service;
    std::string_view region;
    std::string_view account;
    std::string_view resource;

    /// Nothing when the text is no ARN.
    [[nodiscard]] static std::optional<Arn> parse(std::string_view text);
};

/// IAM names are unique in an account whatever their path, and most records name only the name: user, role, group and
/// instance-profile ARNs lose their path, and the session ARN of a role becomes the role's. Other texts stay.
[[nodiscard]] std::string withoutIamPath(std::string_view arn);

/// Secrets Manager adds `-` and six letters or digits to a secret's name in its ARN; records name the secret either
/// way. Other texts stay.
[[nodiscard]] std::string withoutSecretSuffix(std::string_view arn);

/// What people call the thing of an ARN: `user/path/name` gives `name`, `secret:app/db` gives `app/db`; a text that is
/// no ARN stays.
[[nodiscard]] std::string_view lastPart(std::string_view text);

/// An IPv4 or IPv6 address; leading zeros in IPv4 parts are let pass, because anonymised logs have them.
[[nodiscard]] bool isIpAddress(std::string_view text);

} // namespace cordon::ingest
