#include "core/engine/system_vault.h"

namespace cordon::engine {

SystemVault::SystemVault(std::filesystem::path home, std::shared_ptr<crypto::SecretStore> store)
    : m_home(std::move(home))
    , m_store(std::move(store))
{
}

/// By its folder: several installations of one user have vaults of their own.
Result<std::string> SystemVault::label() const
{
    std::error_code problem;
    const std::filesystem::path folder = std::filesystem::canonical(m_home, problem);
    if (problem)
        return fail(ErrorCode::NotFound, m_home.string() + ": " + problem.message());
    return "credentials of systems " + folder.string();
}

Result<void> SystemVault::open(const crypto::SecretBytes& passphrase)
{
    CORDON_TRY(std::unique_ptr<act::CredentialVault> vault, act::CredentialVault::open(m_home, passphrase));
    const std::lock_guard lock(m_mutex);
    if (!m_open)
        m_open = std::move(vault);
    return {};
}

Result<void> SystemVault::openFromStore()
{
    if (!m_store)
        return fail(ErrorCode::Unsupported, "there is no keyring here");
    CORDON_TRY(const std::string name, label());
    CORDON_TRY(const crypto::SecretBytes passphrase, m_store->find(name));
    auto opened = open(passphrase);
    if (!opened && opened.error().code == ErrorCode::Denied)
        (void)m_store->forget(name); // it would be tried and refused at every start
    return opened;
}

Result<void> SystemVault::keep(const crypto::SecretBytes& passphrase)
{
    if (!m_store)
        return fail(ErrorCode::Unsupported, "there is no keyring here");
    if (!credentials())
        return fail(ErrorCode::Invalid, "the vault is closed");
    CORDON_TRY(const std::string name, label());
    return m_store->keep(name, passphrase);
}

std::shared_ptr<act::CredentialSource> SystemVault::credentials() const
{
    const std::lock_guard lock(m_mutex);
    return m_open;
}

} // namespace cordon::engine
