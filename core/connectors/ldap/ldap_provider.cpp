#include "core/connectors/ldap/ldap_provider.h"

#include "core/connectors/http_options.h"
#include "core/connectors/ldap/ldap_session.h"

#include <set>

namespace cordon::connectors::ldap {
namespace {

class LdapProvider final : public PlannedProvider
{
public:
    LdapProvider(const act::ConnectorSettings& settings, LdapClient::Address address, std::string base, bool isAd, Asker::Pause pause)
        : PlannedProvider(settings, {{"account.suspend"}, {"account.resume"}, {"account.delete"}, {"grant.remove"}, {"credential.replace", act::Capability{"credential.replace", Back::None, {}}}}, std::move(pause))
        , m_address(std::move(address))
        , m_base(std::move(base))
        , m_isAd(isAd)
    {}
    Value privileges() const override
    {
        if (m_isAd)
            return Value::Object{{"dsacls", Value::Array{"RPWP;userAccountControl;user", "RPWP;member;group", "CA;Reset Password;user", "SD;;user"}},
                                 {"note", "Delegated on the organisational units that may be acted on, not on the domain; SD (delete) only where that is wanted."}};
        return Value::Object{{"olcAccess", Value::Array{"to attrs=userPassword by dn.exact=\"cn=responder,BASE\" =w by * break",
                                                        "to attrs=pwdAccountLockedTime by dn.exact=\"cn=responder,BASE\" write by * break",
                                                        "to attrs=member by dn.exact=\"cn=responder,BASE\" write by * break",
                                                        "to * by dn.exact=\"cn=responder,BASE\" read by * break"}}};
    }

private:
    Result<std::unique_ptr<Session>> open(const std::string&, const act::CallContext& context) override
    {
        CORDON_TRY(const Value credential, credentialOf(context, "ldap", {"bind_dn", "password"}, {"new_values"}));
        const std::string& bindDn = credential["bind_dn"].asString();
        CORDON_TRY(LdapClient client, LdapClient::connect(m_address, bindDn, crypto::SecretBytes::copyOf(credential["password"].asString()), context.timeLimit));
        const auto letIn = [this, limit = context.timeLimit](const std::string& dn, const crypto::SecretBytes& password) {
            return LdapClient::connect(m_address, dn, password, limit).map([](const LdapClient&) {});
        };
        return std::make_unique<LdapSession>(std::move(client), bindDn, m_base, m_isAd, NewValues(credential["new_values"]), letIn);
    }

    LdapClient::Address m_address;
    std::string m_base;
    bool m_isAd;
};

} // namespace

Result<std::unique_ptr<act::Provider>> makeLdapProvider(const act::ConnectorSettings& settings, Asker::Pause pause)
{
    static const std::set<std::string, std::less<>> known{"host", "port", "base", "directory", "authorities"};
    for (const auto& [name, content] : settings.options.asObject()) {
        if (!known.contains(name) || !content.isString())
            return fail(ErrorCode::Invalid, "ldap: unknown or malformed option '" + name + "'");
    }
    const auto option = [&settings](const char* name, const std::string& otherwise) {
        const Value& given = settings.options[name];
        return given.isString() ? given.asString() : otherwise;
    };
    LdapClient::Address address{option("host", {}), {}, option("authorities", "/etc/ssl/certs/ca-certificates.crt")};
    address.port = option("port", isThisMachine(address.host) ? "389" : "636");
    if (address.host.empty() || (address.host + address.port).find_first_of("/ ,?") != std::string::npos)
        return fail(ErrorCode::Invalid, "ldap: option 'host' is wanted, one name or address");
    const std::string directory = option("directory", "openldap");
    if (directory != "openldap" && directory != "ad")
        return fail(ErrorCode::Invalid, "ldap: 'directory' is openldap or ad");
    return std::make_unique<LdapProvider>(settings, std::move(address), option("base", settings.tenant), directory == "ad", std::move(pause));
}

} // namespace cordon::connectors::ldap
