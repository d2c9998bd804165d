#pragma once

#include "core/crypto/sealed_box.h"
#include "core/crypto/signing_key.h"

#include <filesystem>

namespace cordon::engine {

/// The agent's key of this installation, sealed under a passphrase (scrypt, AES-256-GCM) in $CORDON_HOME/agent. An
/// exercise keeps a key of its own in its case. Source: docs/formats/agent-key.md
class AgentVault
{
public:
    explicit AgentVault(const std::filesystem::path& home) : m_folder(home / "agent") {}

    /// Makes and keeps a new key. ErrorCode::Conflict when there is one, Invalid for a passphrase shorter than 12 bytes.
    [[nodiscard]] Result<crypto::PublicKey> make(const crypto::SecretBytes& passphrase,
                                                 const crypto::ScryptCost& cost = {}) const;
    /// ErrorCode::NotFound when none was made, Denied for a wrong passphrase, Corrupt when what is there does not fit.
    [[nodiscard]] Result<crypto::SigningKey> open(const crypto::SecretBytes& passphrase) const;
    /// The public half, which needs no passphrase and proves nothing: mandates name it.
    [[nodiscard]] Result<crypto::PublicKey> publicKey() const;

    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    /// Where a program that acts leaves that half for the step-up programs.
    [[nodiscard]] std::filesystem::path publicKeyFile() const { return m_folder / "agent.pub"; }
    [[nodiscard]] std::filesystem::path file() const { return m_folder / "agent.vault.json"; }

private:
    std::filesystem::path m_folder;
};

} // namespace cordon::engine
