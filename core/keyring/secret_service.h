#pragma once

#include "core/crypto/secret_store.h"

#include <memory>

namespace cordon::keyring {

/// The desktop's secret service (org.freedesktop.secrets on the session bus), through libsecret. Null where this build
/// has no libsecret or the session has no bus.
/// Source: https://specifications.freedesktop.org/secret-service-spec/latest/
[[nodiscard]] std::unique_ptr<crypto::SecretStore> secretService();

} // namespace cordon::keyring
