#pragma once

#include "core/connectors/ldap/ldap_client.h"
#include "core/connectors/new_values.h"
#include "core/connectors/session.h"

#include <functional>

namespace cordon::connectors::ldap {

/// One call's talk with a directory.
class LdapSession final : public Session
{
public:
    /// Whether the server lets an account in with that password, on a connection of its own.
    using LetIn = std::function<Result<void>(const std::string& dn, const crypto::SecretBytes& password)>;

    /// @param isAd  Active Directory: accounts are switched off by userAccountControl, not by a password policy's lock
    LdapSession(LdapClient client, std::string bindDn, std::string base, bool isAd, NewValues newValues, LetIn letIn)
        : m_client(std::move(client))
        , m_bindDn(std::move(bindDn))
        , m_base(std::move(base))
        , m_isAd(isAd)
        , m_newValues(std::move(newValues))
        , m_letIn(std::move(letIn))
    {}
    [[nodiscard]] Result<Value> identity() override;
    [[nodiscard]] Result<TargetFacts> facts(const EntityRef& target) override;
    [[nodiscard]] Result<Deed> plan(const Action& action, const TargetFacts& facts) override;
    [[nodiscard]] Result<void> run(const Value& call) override;
    [[nodiscard]] Result<Effect> effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since) override;

private:
    [[nodiscard]] Result<std::vector<LdapClient::Entry>> entriesOf(const std::string& id);
    [[nodiscard]] Result<Deed> replace(const TargetFacts& facts) const;
    [[nodiscard]] std::string switchName() const { return m_isAd ? "userAccountControl" : "pwdAccountLockedTime"; }

    LdapClient m_client;
    std::string m_bindDn;
    std::string m_base;
    bool m_isAd;
    NewValues m_newValues;
    LetIn m_letIn;
    std::string m_dn; ///< of the account looked at last
    bool m_isOff = false; ///< that account is suspended: no password lets it in
    std::string m_replacing; ///< the password that was planned to be replaced; no undo record sets one
};

} // namespace cordon::connectors::ldap
