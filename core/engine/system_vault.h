#pragma once

#include "core/act/credential_vault.h"
#include "core/crypto/secret_store.h"

#include <filesystem>
#include <memory>
#include <mutex>

namespace cordon::engine {

/// The vault with the systems' credentials while a program runs: closed until a person or the desktop's keyring opens it.
/// Safe from any thread; opening takes a quarter of a second or waits for the keyring.
class SystemVault
{
public:
    /// @param store  the desktop's keyring; null where there is none
    explicit SystemVault(std::filesystem::path home, std::shared_ptr<crypto::SecretStore> store = nullptr);

    [[nodiscard]] bool isThere() const { return act::CredentialVault::isThere(m_home); }
    [[nodiscard]] bool hasStore() const { return m_store != nullptr; }
    /// ErrorCode::NotFound when there is none, Denied for a wrong passphrase.
    [[nodiscard]] Result<void> open(const crypto::SecretBytes& passphrase);
    /// With the passphrase that the keyring holds. Errors as SecretStore's, or as `open`: one that does not fit is forgotten.
    [[nodiscard]] Result<void> openFromStore();
    /// Leaves the passphrase of the open vault with the keyring.
    [[nodiscard]] Result<void> keep(const crypto::SecretBytes& passphrase);
    /// Null while it is closed.
    [[nodiscard]] std::shared_ptr<act::CredentialSource> credentials() const;

private:
    [[nodiscard]] Result<std::string> label() const;

    std::filesystem::path m_home;
    std::shared_ptr<crypto::SecretStore> m_store;
    mutable std::mutex m_mutex;
    std::shared_ptr<act::CredentialSource> m_open; ///< guarded
};

} // namespace cordon::engine
