#pragma once

#include "core/base/result.h"
#include "core/crypto/secret_bytes.h"

#include <chrono>
#include <memory>
#include <string>

namespace cordon::connectors::nftables {

/// One SSH connection to a machine whose host key is known beforehand, by libssh; nothing else of Cordon names that library.
/// No settings, keys or known hosts are read from files, no agent is asked.
class SshClient
{
public:
    struct Address
    {
        std::string host;
        std::string port;
        std::string keyType; ///< of the host's key, such as ssh-ed25519
        std::string keyHash; ///< of the host's key, `SHA256:…` without padding, as ssh-keygen -lf tells it
    };
    /// What a command left behind.
    struct Reply
    {
        int status = 0; ///< 0: well
        std::string out;
        std::string words; ///< of its error output, short, on one line
    };

    /// INVARIANT: nothing of the credential is used before the host has shown the pinned key.
    /// ErrorCode::Untrusted when it shows another key, Denied when it cannot be reached or does not let in; nothing was done.
    [[nodiscard]] static Result<SshClient> connect(const Address& address, const std::string& user, const crypto::SecretBytes& privateKey,
                                                   const std::string& passphrase, std::chrono::milliseconds timeLimit);
    SshClient(SshClient&&) noexcept;
    SshClient& operator=(SshClient&&) noexcept;
    ~SshClient();

    /// Runs a command that is a constant of this program; what varies goes to its standard input.
    /// ErrorCode::Denied when it was not begun, Io when nobody knows whether it ended.
    [[nodiscard]] Result<Reply> run(const std::string& command, const std::string& input = {});

private:
    struct State;
    explicit SshClient(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace cordon::connectors::nftables
