#pragma once

#include "core/crypto/secret_bytes.h"

namespace cordon::crypto {

/// A place of the desktop that keeps a secret for its user, and hands it to every program of that user while it is
/// unlocked. Calls may wait for the person to unlock it: never on a GUI thread.
/// Errors: ErrorCode::NotFound nothing is kept there under that label, Unsupported there is no such place here, Io it
/// does not answer, Cancelled the person did not unlock it.
class SecretStore
{
public:
    SecretStore() = default;
    SecretStore(const SecretStore&) = delete;
    SecretStore& operator=(const SecretStore&) = delete;
    virtual ~SecretStore() = default;

    /// @param label  tells one secret of Cordon from another; no secret itself
    [[nodiscard]] virtual Result<SecretBytes> find(const std::string& label) = 0;
    [[nodiscard]] virtual Result<void> keep(const std::string& label, const SecretBytes& secret) = 0;
    [[nodiscard]] virtual Result<void> forget(const std::string& label) = 0;
    /// Whether the three above ask nobody now: what happens without a person at hand must not open a dialog.
    [[nodiscard]] virtual bool isUnlocked() = 0;
};

} // namespace cordon::crypto
