#include "core/engine/agent_identity.h"

#include "core/engine/agent_vault.h"

namespace cordon::engine {

AgentIdentity::AgentIdentity(std::filesystem::path home, std::shared_ptr<crypto::SecretStore> store, const crypto::ScryptCost& cost)
    : m_home(std::move(home))
    , m_store(std::move(store))
    , m_cost(cost)
{
}

bool AgentIdentity::isFirst() const
{
    return !std::filesystem::exists(AgentVault(m_home).file());
}

Result<void> AgentIdentity::take(Result<crypto::SigningKey> opened)
{
    const std::lock_guard lock(m_mutex);
    if (opened) {
        if (!m_key)
            m_key = std::make_shared<const crypto::SigningKey>(std::move(*opened));
        m_problem.clear();
        return {};
    }
    const ErrorCode code = opened.error().code;
    const std::string reason = code == ErrorCode::Invalid  ? "passphrase_short: twelve bytes at least"
                               : code == ErrorCode::Denied ? "passphrase_wrong: it does not open the agent's key"
                                                           : "vault_unreadable: " + opened.error().detail;
    if (!m_key)
        m_problem = reason;
    return fail(ErrorCode::Denied, reason);
}

Result<void> AgentIdentity::open(const crypto::SecretBytes& passphrase, const crypto::SecretBytes& again)
{
    const AgentVault vault(m_home);
    if (!isFirst())
        return take(vault.open(passphrase));
    if (!crypto::equalInConstantTime(passphrase.view(), again.view())) {
        const std::lock_guard lock(m_mutex);
        m_problem = "passphrase_differs: the second one is another";
        return fail(ErrorCode::Denied, m_problem);
    }
    if (const auto made = vault.make(passphrase, m_cost); !made)
        return take(fail(made.error()));
    return take(vault.open(passphrase));
}

/// The public half tells the keys of several installations of one user apart.
Result<std::string> AgentIdentity::label() const
{
    CORDON_TRY(const crypto::PublicKey key, AgentVault(m_home).publicKey());
    return "agent key " + key.fingerprint();
}

Result<void> AgentIdentity::openFromStore()
{
    if (!m_store)
        return fail(ErrorCode::Unsupported, "there is no keyring here");
    CORDON_TRY(const std::string name, label());
    CORDON_TRY(const crypto::SecretBytes passphrase, m_store->find(name));
    auto opened = take(AgentVault(m_home).open(passphrase));
    if (!opened && opened.error().detail.starts_with("passphrase_wrong"))
        (void)m_store->forget(name); // it would be tried and refused at every start
    return opened;
}

Result<void> AgentIdentity::keep(const crypto::SecretBytes& passphrase)
{
    if (!m_store)
        return fail(ErrorCode::Unsupported, "there is no keyring here");
    if (!key())
        return fail(ErrorCode::Invalid, "the agent's key is closed");
    CORDON_TRY(const std::string name, label());
    return m_store->keep(name, passphrase);
}

void AgentIdentity::refuse(const std::string& why)
{
    const std::lock_guard lock(m_mutex);
    if (!m_key)
        m_problem = why;
}

std::shared_ptr<const crypto::SigningKey> AgentIdentity::key() const
{
    const std::lock_guard lock(m_mutex);
    return m_key;
}

std::string AgentIdentity::problem() const
{
    const std::lock_guard lock(m_mutex);
    return m_problem;
}

} // namespace cordon::engine
