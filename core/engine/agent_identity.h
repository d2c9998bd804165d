#pragma once

#include "core/crypto/sealed_box.h"
#include "core/crypto/secret_store.h"
#include "core/crypto/signing_key.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

namespace cordon::engine {

/// The agent of an installation, as mandates name it.
constexpr const char* installedAgent = "nhi:cordon";

/// Who the agent of this installation is while a program runs: nobody, until a person or the desktop's keyring opens
/// its key. The first time there is none, and it is made. Safe from any thread; opening takes a quarter of a second or
/// waits for the keyring. Source: docs/formats/agent-key.md
class AgentIdentity
{
public:
    /// @param store  the desktop's keyring; null where there is none
    explicit AgentIdentity(std::filesystem::path home, std::shared_ptr<crypto::SecretStore> store = nullptr,
                           const crypto::ScryptCost& cost = {});

    /// The installation has no key yet: the passphrase is chosen now, and asked for twice.
    [[nodiscard]] bool isFirst() const;
    [[nodiscard]] bool hasStore() const { return m_store != nullptr; }

    /// Opens the key, or makes it the first time. Details of errors begin with a code: "passphrase_short" (12 bytes at
    /// least), "passphrase_differs" (`again`, the first time only), "passphrase_wrong", "vault_unreadable". A key that
    /// is open stays open whatever is tried afterwards.
    [[nodiscard]] Result<void> open(const crypto::SecretBytes& passphrase, const crypto::SecretBytes& again);
    /// With the passphrase that the keyring holds. Errors as SecretStore's, or as `open`: one that does not fit is
    /// forgotten.
    [[nodiscard]] Result<void> openFromStore();
    /// Leaves the passphrase of the open key with the keyring. ErrorCode::Invalid while none is open.
    [[nodiscard]] Result<void> keep(const crypto::SecretBytes& passphrase);

    /// Leaves it closed for this run, for a reason that `open` did not give.
    void refuse(const std::string& why);

    /// Null while it is closed.
    [[nodiscard]] std::shared_ptr<const crypto::SigningKey> key() const;
    /// Why it is closed; "" while nobody tried, and once it is open.
    [[nodiscard]] std::string problem() const;

private:
    [[nodiscard]] Result<void> take(Result<crypto::SigningKey> opened);
    [[nodiscard]] Result<std::string> label() const;

    std::filesystem::path m_home;
    std::shared_ptr<crypto::SecretStore> m_store;
    crypto::ScryptCost m_cost;
    mutable std::mutex m_mutex;
    std::shared_ptr<const crypto::SigningKey> m_key; ///< guarded
    std::string m_problem;                           ///< guarded
};

} // namespace cordon::engine
