#pragma once

#include "core/base/result.h"
#include "core/crypto/secret_bytes.h"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cordon::connectors::ldap {

/// One connection to a directory, by libldap; nothing else of Cordon names that library.
/// Errors: ErrorCode::Denied refused, NotFound no such entry, Conflict a value is no longer, or already, there, Io the connection broke or took
/// too long: nobody knows what the server did.
class LdapClient
{
public:
    struct Entry
    {
        std::string dn;
        std::map<std::string, std::vector<std::string>> values; ///< by the attribute's name as asked for

        /// The first value, or "".
        [[nodiscard]] std::string first(const std::string& attribute) const;
    };
    struct Address
    {
        std::string host;
        std::string port;
        std::string authorities; ///< PEM file; asked only where the host is another machine
    };

    /// Connects over TLS with the name checked, or plainly to this machine, and binds. ErrorCode::Denied when that fails; nothing was done.
    [[nodiscard]] static Result<LdapClient> connect(const Address& address, const std::string& bindDn, const crypto::SecretBytes& password,
                                                    std::chrono::milliseconds timeLimit);
    LdapClient(LdapClient&&) noexcept;
    LdapClient& operator=(LdapClient&&) noexcept;
    ~LdapClient();

    /// The entry itself; nothing when it is not there.
    [[nodiscard]] Result<std::vector<Entry>> read(const std::string& dn, const std::vector<std::string>& attributes);
    /// All below `base`. ErrorCode::Io when the server gives only a part.
    [[nodiscard]] Result<std::vector<Entry>> search(const std::string& base, const std::string& filter, const std::vector<std::string>& attributes);
    /// Puts `to` in the place of `from` in one step, which fails when `from` is not there. "" is no value.
    [[nodiscard]] Result<void> exchange(const std::string& dn, const std::string& attribute, const std::string& from, const std::string& to);
    [[nodiscard]] Result<void> remove(const std::string& dn);
    /// RFC 3062: the server itself hashes the new password and keeps its policy.
    [[nodiscard]] Result<void> setPassword(const std::string& dn, const crypto::SecretBytes& password);
    /// Active Directory: `unicodePwd` in place of what is there (MS-ADTS 3.1.1.3.1.5.1); only over TLS.
    [[nodiscard]] Result<void> resetUnicodePassword(const std::string& dn, const crypto::SecretBytes& password);

    /// RFC 4515: a value as part of a filter.
    [[nodiscard]] static std::string inFilter(const std::string& value);

private:
    struct State;
    explicit LdapClient(std::unique_ptr<State> state);
    [[nodiscard]] Result<std::vector<Entry>> look(const std::string& base, int scope, const std::string& filter, const std::vector<std::string>& attributes);
    std::unique_ptr<State> m_state;
};

/// Whether a host is this machine.
[[nodiscard]] bool isThisMachine(const std::string& host);

} // namespace cordon::connectors::ldap
