#include "core/connectors/ldap/ldap_client.h"

#include "core/base/digest.h"

#include <algorithm>
#include <cstdlib>
#include <ldap.h>

namespace cordon::connectors::ldap {
namespace {

struct FreeMessage
{
    void operator()(LDAPMessage* message) const { ldap_msgfree(message); }
};
using MessageHandle = std::unique_ptr<LDAPMessage, FreeMessage>;

ErrorCode codeOf(int result)
{
    switch (result) {
    case LDAP_NO_SUCH_OBJECT: return ErrorCode::NotFound;
    case LDAP_NO_SUCH_ATTRIBUTE:
    case LDAP_TYPE_OR_VALUE_EXISTS: return ErrorCode::Conflict;
    case LDAP_SIZELIMIT_EXCEEDED:
    case LDAP_TIMELIMIT_EXCEEDED:
    case LDAP_BUSY:
    case LDAP_UNAVAILABLE: return ErrorCode::Io;
    default: return result < 0 ? ErrorCode::Io : ErrorCode::Denied;
    }
}

tl::unexpected<Error> failed(const char* what, int result)
{
    return fail(codeOf(result), std::string("ldap: ") + what + ": " + ldap_err2string(result));
}

/// A text as the library wants it: it does not change what it is given.
char* given(const std::string& text)
{
    return const_cast<char*>(text.c_str());
}

} // namespace

struct LdapClient::State
{
    LDAP* connection = nullptr;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State()
    {
        if (connection)
            ldap_unbind_ext_s(connection, nullptr, nullptr);
    }
};

LdapClient::LdapClient(std::unique_ptr<State> state)
    : m_state(std::move(state))
{}
LdapClient::LdapClient(LdapClient&&) noexcept = default;
LdapClient& LdapClient::operator=(LdapClient&&) noexcept = default;
LdapClient::~LdapClient() = default;

std::string LdapClient::Entry::first(const std::string& attribute) const
{
    const auto found = values.find(attribute);
    return found == values.end() || found->second.empty() ? std::string() : found->second.front();
}

bool isThisMachine(const std::string& host)
{
    return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

Result<LdapClient> LdapClient::connect(const Address& address, const std::string& bindDn, const crypto::SecretBytes& password,
                                       std::chrono::milliseconds timeLimit)
{
    ::setenv("LDAPNOINIT", "1", 1); // no settings from files of this machine
    auto state = std::make_unique<State>();
    const bool isHere = isThisMachine(address.host);
    const std::string url = (isHere ? "ldap://" : "ldaps://") + address.host + ':' + address.port;
    int result = ldap_initialize(&state->connection, url.c_str());
    if (result != LDAP_SUCCESS)
        return fail(ErrorCode::Denied, std::string("ldap: ") + ldap_err2string(result));
    LDAP* const connection = state->connection;
    const int version = LDAP_VERSION3;
    const timeval limit{static_cast<time_t>(std::max<std::int64_t>(timeLimit.count() / 1000, 1)), 0};
    ldap_set_option(connection, LDAP_OPT_PROTOCOL_VERSION, &version);
    ldap_set_option(connection, LDAP_OPT_NETWORK_TIMEOUT, &limit);
    ldap_set_option(connection, LDAP_OPT_TIMEOUT, &limit);
    ldap_set_option(connection, LDAP_OPT_REFERRALS, LDAP_OPT_OFF); // the credential goes to no other server
    if (!isHere) {
        const int demand = LDAP_OPT_X_TLS_DEMAND;
        const int fresh = 0;
        ldap_set_option(connection, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand);
        ldap_set_option(connection, LDAP_OPT_X_TLS_CACERTFILE, address.authorities.c_str());
        ldap_set_option(connection, LDAP_OPT_X_TLS_NEWCTX, &fresh);
    }
    // An empty password is no bind at all (RFC 4513, 5.1.2).
    if (password.isEmpty() || bindDn.empty())
        return fail(ErrorCode::Denied, "ldap: a bind needs a name and a password");
    const std::string_view word = password.text();
    berval secret{word.size(), const_cast<char*>(word.data())};
    result = ldap_sasl_bind_s(connection, bindDn.c_str(), LDAP_SASL_SIMPLE, &secret, nullptr, nullptr, nullptr);
    if (result != LDAP_SUCCESS)
        return fail(ErrorCode::Denied, "ldap: " + url + ": " + ldap_err2string(result));
    return LdapClient(std::move(state));
}

Result<std::vector<LdapClient::Entry>> LdapClient::look(const std::string& base, int scope, const std::string& filter,
                                                         const std::vector<std::string>& attributes)
{
    std::vector<char*> names;
    for (const std::string& attribute : attributes)
        names.push_back(given(attribute));
    names.push_back(nullptr);
    LDAPMessage* raw = nullptr;
    const int result = ldap_search_ext_s(m_state->connection, base.c_str(), scope, filter.c_str(), names.data(), 0, nullptr, nullptr, nullptr, LDAP_NO_LIMIT, &raw);
    const MessageHandle answer(raw);
    if (result == LDAP_NO_SUCH_OBJECT || result == LDAP_INVALID_DN_SYNTAX)
        return std::vector<Entry>();
    if (result != LDAP_SUCCESS)
        return failed("search", result);
    std::vector<Entry> entries;
    for (LDAPMessage* one = ldap_first_entry(m_state->connection, answer.get()); one; one = ldap_next_entry(m_state->connection, one)) {
        Entry entry;
        if (char* dn = ldap_get_dn(m_state->connection, one)) {
            entry.dn = dn;
            ldap_memfree(dn);
        }
        for (const std::string& attribute : attributes) {
            berval** values = ldap_get_values_len(m_state->connection, one, attribute.c_str());
            for (int i = 0; values && values[i]; ++i)
                entry.values[attribute].emplace_back(values[i]->bv_val, values[i]->bv_len);
            ldap_value_free_len(values);
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<std::vector<LdapClient::Entry>> LdapClient::read(const std::string& dn, const std::vector<std::string>& attributes)
{
    return look(dn, LDAP_SCOPE_BASE, "(objectClass=*)", attributes);
}

Result<std::vector<LdapClient::Entry>> LdapClient::search(const std::string& base, const std::string& filter, const std::vector<std::string>& attributes)
{
    return look(base, LDAP_SCOPE_SUBTREE, filter, attributes);
}

Result<void> LdapClient::exchange(const std::string& dn, const std::string& attribute, const std::string& from, const std::string& to)
{
    const auto change = [&attribute](int operation, const std::string& value, berval& held, berval** list, LDAPMod& change_) {
        held = {value.size(), given(value)};
        list[0] = &held;
        list[1] = nullptr;
        change_.mod_op = operation | LDAP_MOD_BVALUES;
        change_.mod_type = given(attribute);
        change_.mod_bvalues = list;
    };
    berval old{};
    berval fresh{};
    berval* oldList[2];
    berval* freshList[2];
    LDAPMod taken{};
    LDAPMod put{};
    std::vector<LDAPMod*> changes;
    if (!from.empty()) {
        change(LDAP_MOD_DELETE, from, old, oldList, taken);
        changes.push_back(&taken);
    }
    if (!to.empty()) {
        change(LDAP_MOD_ADD, to, fresh, freshList, put);
        changes.push_back(&put);
    }
    changes.push_back(nullptr);
    const int result = ldap_modify_ext_s(m_state->connection, dn.c_str(), changes.data(), nullptr, nullptr);
    return result == LDAP_SUCCESS ? Result<void>() : failed("modify", result);
}

Result<void> LdapClient::remove(const std::string& dn)
{
    const int result = ldap_delete_ext_s(m_state->connection, dn.c_str(), nullptr, nullptr);
    return result == LDAP_SUCCESS ? Result<void>() : failed("delete", result);
}

Result<void> LdapClient::setPassword(const std::string& dn, const crypto::SecretBytes& password)
{
    berval user{dn.size(), given(dn)};
    berval fresh{password.size(), const_cast<char*>(password.text().data())};
    berval made{}; // by a server that is given no password; the library wants a place for it
    const int result = ldap_passwd_s(m_state->connection, &user, nullptr, &fresh, &made, nullptr, nullptr);
    ber_memfree(made.bv_val);
    return result == LDAP_SUCCESS ? Result<void>() : failed("password", result);
}

Result<void> LdapClient::resetUnicodePassword(const std::string& dn, const crypto::SecretBytes& password)
{
    const std::string_view plain = password.text();
    if (std::any_of(plain.begin(), plain.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f; }))
        return fail(ErrorCode::Denied, "ldap: a password for Active Directory from here has letters, digits and signs of ASCII only");
    crypto::SecretBytes quoted((plain.size() + 2) * 2); // in quotes, as UTF-16, least significant byte first
    for (std::size_t i = 0; i < plain.size() + 2; ++i) {
        quoted.data()[2 * i] = i == 0 || i == plain.size() + 1 ? '"' : static_cast<unsigned char>(plain[i - 1]);
        quoted.data()[2 * i + 1] = 0;
    }
    berval value{quoted.size(), reinterpret_cast<char*>(quoted.data())};
    berval* values[] = {&value, nullptr};
    std::string name = "unicodePwd";
    LDAPMod change{};
    change.mod_op = LDAP_MOD_REPLACE | LDAP_MOD_BVALUES;
    change.mod_type = name.data();
    change.mod_bvalues = values;
    LDAPMod* changes[] = {&change, nullptr};
    const int result = ldap_modify_ext_s(m_state->connection, dn.c_str(), changes, nullptr, nullptr);
    return result == LDAP_SUCCESS ? Result<void>() : failed("unicodePwd", result);
}

std::string LdapClient::inFilter(const std::string& value)
{
    std::string text;
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte >= 0x7f || c == '*' || c == '(' || c == ')' || c == '\\')
            text += '\\' + toHex({&byte, 1});
        else
            text += c;
    }
    return text;
}

} // namespace cordon::connectors::ldap
