#pragma once

#include "core/connectors/ldap/ldap_client.h"
#include "core/connectors/session.h"

namespace cordon::connectors::ldap {

/// One call's talk with a directory.
class LdapSession final : public Session
{
public:
    /// @param isAd  Active Directory: accounts are switched off by userAccountControl, not by a password policy's lock
    LdapSession(LdapClient client, std::string bindDn, std::string base, bool isAd)
        : m_client(std::move(client))
        , m_bindDn(std::move(bindDn))
        , m_base(std::move(base))
        , m_isAd(isAd)
    {}
    [[nodiscard]] Result<Value> identity() override;
    [[nodiscard]] Result<TargetFacts> facts(const EntityRef& target) override;
    [[nodiscard]] Result<Deed> plan(const Action& action, const TargetFacts& facts) override;
    [[nodiscard]] Result<void> run(const Value& call) override;

private:
    [[nodiscard]] Result<std::vector<LdapClient::Entry>> entriesOf(const std::string& id);
    [[nodiscard]] std::string switchName() const { return m_isAd ? "userAccountControl" : "pwdAccountLockedTime"; }

    LdapClient m_client;
    std::string m_bindDn;
    std::string m_base;
    bool m_isAd;
    std::string m_dn; ///< of the account looked at last
};

} // namespace cordon::connectors::ldap
