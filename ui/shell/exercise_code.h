#pragma once

#include <QString>

namespace cordon::ui::shell {

/// What the authenticator of an exercise person shows now. Only for people whose secret the exercise itself publishes.
/// @param base32  the secret as shown on the banner
/// @param unixSeconds  machine clock
/// @return six digits, or "" when the secret is malformed
[[nodiscard]] QString exerciseCode(const QString& base32, qint64 unixSeconds);

} // namespace cordon::ui::shell
