#pragma once

#include "core/act/credential_source.h"
#include "core/crypto/sealed_box.h"

#include <filesystem>

namespace cordon::act {

/// Credentials of connected systems, in $CORDON_HOME/connectors: each sealed (AES-256-GCM) under one vault key, the vault key
/// sealed under a passphrase (scrypt). The vault key is in memory while the vault is open; a credential only during the call
/// that it was taken for. Source: docs/formats/connectors.md, "The vault"
class CredentialVault final : public CredentialSource
{
public:
    /// Makes the vault. ErrorCode::Conflict when there is one, Invalid for a passphrase shorter than 12 bytes.
    [[nodiscard]] static Result<void> make(const std::filesystem::path& home, const crypto::SecretBytes& passphrase,
                                           const crypto::ScryptCost& cost = {});
    /// ErrorCode::NotFound when there is none, Denied for a wrong passphrase.
    [[nodiscard]] static Result<std::unique_ptr<CredentialVault>> open(const std::filesystem::path& home,
                                                                       const crypto::SecretBytes& passphrase);
    [[nodiscard]] static bool isThere(const std::filesystem::path& home);

    /// Keeps a credential in place of the one that was there. ErrorCode::Invalid for a name that is none of a system, a text that is no
    /// JSON object, or more than 64 KiB.
    [[nodiscard]] Result<void> keep(const std::string& connector, const crypto::SecretBytes& credential) const;
    /// Overwrites and removes it; no error when there is none.
    [[nodiscard]] Result<void> forget(const std::string& connector) const;
    /// ErrorCode::Corrupt when what is kept does not open under its name.
    [[nodiscard]] Result<crypto::SecretBytes> credentialOf(const std::string& connector) override;
    [[nodiscard]] Result<void> keepMade(const std::string& id, const crypto::SecretBytes& value) override;
    [[nodiscard]] Result<crypto::SecretBytes> madeFor(const std::string& id) override;
    /// Overwrites and removes it; no error when there is none.
    [[nodiscard]] Result<void> forgetMade(const std::string& id) const;
    /// Names that a credential is kept for, sorted; needs no passphrase.
    [[nodiscard]] static std::vector<std::string> names(const std::filesystem::path& home);

private:
    CredentialVault(std::filesystem::path folder, crypto::SecretBytes key)
        : m_folder(std::move(folder))
        , m_key(std::move(key))
    {}
    [[nodiscard]] std::filesystem::path fileOfMade(const std::string& id) const;
    [[nodiscard]] Result<crypto::SecretBytes> opened(const std::filesystem::path& file, const std::string& context) const;

    std::filesystem::path m_folder;
    crypto::SecretBytes m_key;
};

} // namespace cordon::act
