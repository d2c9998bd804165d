#include "core/connectors/ldap/ldap_session.h"

namespace cordon::connectors::ldap {
namespace {

constexpr const char* lockedForGood = "000001010000Z"; // draft-behera-ldap-password-policy: until somebody unlocks it
constexpr std::string_view behindPassword = "/password";
constexpr std::int64_t disabled = 0x2;                 // ADS_UF_ACCOUNTDISABLE

std::int64_t number(const std::string& text)
{
    return std::strtoll(text.c_str(), nullptr, 10);
}

/// The account of `DN/password`.
std::string accountOf(const EntityRef& target)
{
    return target.kind == EntityKind::Credential && target.id.ends_with(behindPassword) ? target.id.substr(0, target.id.size() - behindPassword.size()) : target.id;
}

Step exchanged(const std::string& dn, const std::string& attribute, const std::string& from, const std::string& to)
{
    return {Value::Object{{"do", "exchange"}, {"dn", dn}, {"attribute", attribute}, {"from", from}, {"to", to}},
            "modify " + dn + ": " + attribute + ' ' + (from.empty() ? "(none)" : from) + " -> " + (to.empty() ? "(none)" : to)};
}

} // namespace

Result<Value> LdapSession::identity()
{
    CORDON_TRY(const auto root, m_client.read("", {"defaultNamingContext", "namingContexts", "dnsHostName"}));
    if (root.empty())
        return fail(ErrorCode::Io, "ldap: the server does not say what it holds");
    const std::string context = root.front().first("defaultNamingContext");
    return Value(Value::Object{{"identity", m_bindDn}, {"tenant", context.empty() ? root.front().first("namingContexts") : context}});
}

/// By DN, or by the name that logs give: `corp\alice`, `alice`.
Result<std::vector<LdapClient::Entry>> LdapSession::entriesOf(const std::string& id)
{
    const std::vector<std::string> wanted{switchName(), "cn", "description"};
    if (id.find('=') != std::string::npos)
        return m_client.read(id, wanted);
    const auto slash = id.rfind('\\');
    const std::string name = slash == std::string::npos ? id : id.substr(slash + 1);
    CORDON_TRY(auto found, m_client.search(m_base, std::string(m_isAd ? "(sAMAccountName=" : "(uid=") + LdapClient::inFilter(name) + ')', wanted));
    if (found.size() > 1)
        return fail(ErrorCode::Unsupported, "ldap: more than one account is named " + name + "; name it by its DN");
    return found;
}

Result<TargetFacts> LdapSession::facts(const EntityRef& target)
{
    const bool isPassword = target.kind == EntityKind::Credential && target.id.ends_with(behindPassword);
    if (target.kind != EntityKind::Account && !isPassword)
        return fail(ErrorCode::Unsupported, "ldap: knows no " + std::string(toString(target.kind)) + ' ' + target.id);
    TargetFacts facts;
    facts.target = target;
    CORDON_TRY(const auto found, entriesOf(accountOf(target)));
    if (found.empty())
        return facts;
    const LdapClient::Entry& entry = found.front();
    m_dn = entry.dn;
    facts.exists = true;
    const std::string value = entry.first(switchName());
    m_isOff = m_isAd ? (number(value) & disabled) != 0 : value == lockedForGood;
    if (isPassword) {
        facts.target.type = "password";
        facts.state["status"] = "active";
        facts.state["siblings"] = Value::Array{};
        facts.owner = accountOf(target);
        facts.ownerEntity = EntityRef{EntityKind::Account, *facts.owner, {}, entry.first("cn")};
        return facts;
    }
    facts.target.name = entry.first("cn");
    facts.state["status"] = m_isOff ? "suspended" : "active";
    facts.state["switch"] = value;
    facts.state["keys"] = Value();
    facts.state["policies"] = Value();
    CORDON_TRY(const auto groups, m_client.search(m_base, "(member=" + LdapClient::inFilter(m_dn) + ')', {"cn"}));
    std::vector<std::string> grants;
    for (const LdapClient::Entry& group : groups)
        grants.push_back(group.dn);
    facts.state["grants"] = sortedList(std::move(grants));
    return facts;
}

Result<Deed> LdapSession::plan(const Action& action, const TargetFacts& facts)
{
    m_replacing = action.type == "credential.replace" ? facts.target.id : std::string();
    if (facts.target.kind == EntityKind::Credential)
        return action.type == "credential.replace" ? replace(facts) : fail(ErrorCode::Unsupported, "ldap: " + action.type + " does not fit " + facts.target.id);
    Deed deed;
    if (action.type == "account.suspend" || action.type == "account.resume") {
        const bool suspends = action.type == "account.suspend";
        const std::string now = stateOf(facts, "switch").asString();
        const std::string on = m_isAd ? std::to_string(number(now) & ~disabled) : "";
        const std::string off = m_isAd ? std::to_string(number(now) | disabled) : lockedForGood;
        if (m_isAd && now.empty())
            return fail(ErrorCode::Denied, "ldap: " + facts.target.id + " has no userAccountControl, or it may not be read");
        const std::string wanted = suspends ? off : on;
        deed.change(facts, "status", suspends ? "suspended" : "active");
        if (stateOf(facts, "status").asString() != (suspends ? "suspended" : "active"))
            deed.change(facts, "switch", wanted);
        deed.calls.push_back(exchanged(m_dn, switchName(), now, wanted));
        deed.undo.push_back(exchanged(m_dn, switchName(), wanted, now));
        deed.undoCost = "Puts " + switchName() + " back as it was.";
        if (suspends && m_isAd)
            deed.stillOpen.emplace_back("Kerberos tickets already issued are good for up to 10 hours, and other controllers learn of it with delay");
        if (suspends)
            deed.stillOpen.emplace_back("connections that are bound already go on; who checks passwords elsewhere does not learn of it");
        return deed;
    }
    if (action.type == "account.delete") {
        deed.calls.push_back({Value::Object{{"do", "delete"}, {"dn", m_dn}}, "delete " + m_dn});
        deed.change(facts, "status", "deleted");
        return deed;
    }
    if (action.type != "grant.remove")
        return fail(ErrorCode::Unsupported, "ldap: cannot do " + action.type);
    const std::string group = grantOf(action);
    if (!holds(stateOf(facts, "grants"), group))
        return fail(ErrorCode::NotFound, "ldap: " + facts.target.id + " is not in '" + group + "'");
    deed.calls.push_back(exchanged(group, "member", m_dn, ""));
    deed.undo.push_back(exchanged(group, "member", "", m_dn));
    deed.change(facts, "grants", without(stateOf(facts, "grants"), group));
    deed.undoCost = "Makes it a member again.";
    deed.stillOpen.emplace_back("what was opened with the group's rights stays open; tickets hold them until they expire");
    return deed;
}

/// There is no way back: nobody here knows the old password.
Result<Deed> LdapSession::replace(const TargetFacts& facts) const
{
    if (!m_newValues.find(facts.target.id))
        return fail(ErrorCode::Denied, "ldap: keep the next password of " + accountOf(facts.target) + " in the vault under 'new_values', as " + facts.target.id);
    Deed deed;
    deed.calls.push_back({Value::Object{{"do", "password"}, {"dn", m_dn}, {"value_of", facts.target.id}}, std::string(m_isAd ? "modify " : "password modify ") + m_dn + (m_isAd ? ": unicodePwd" : "")});
    deed.before.set("password", "old");
    deed.after.set("password", "new");
    if (m_isAd)
        deed.stillOpen.emplace_back("the old password still binds for up to an hour, and tickets are good for up to 10: suspend the account first");
    deed.stillOpen.emplace_back("connections that are bound already go on, and everything that still has the old password fails from now on");
    return deed;
}

/// A new password is tried, unless the account is suspended.
Result<Effect> LdapSession::effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since)
{
    if (action.type != "credential.replace")
        return effectIn(action, facts, since);
    const crypto::SecretBytes* password = m_newValues.find(facts.target.id);
    if (!facts.exists || !password || m_isOff)
        return Effect::Unclear;
    const auto in = m_letIn(m_dn, *password);
    return in ? Effect::There : in.error().detail.find("Invalid credentials") == std::string::npos ? Effect::Unclear : Effect::NotThere;
}

Result<void> LdapSession::run(const Value& call)
{
    if (call["do"].asString() == "password") {
        const crypto::SecretBytes* password = m_newValues.find(call["value_of"].asString());
        if (!password || call["value_of"].asString() != m_replacing)
            return fail(ErrorCode::Denied, "ldap: the vault holds no next password of " + call["dn"].asString() + " that is to be set now");
        return m_isAd ? m_client.resetUnicodePassword(call["dn"].asString(), *password) : m_client.setPassword(call["dn"].asString(), *password);
    }
    const std::string& attribute = call["attribute"].asString();
    if (call["do"].asString() == "delete")
        return m_client.remove(call["dn"].asString());
    // INVARIANT: nothing but these is ever changed, whatever an undo record says.
    if (call["do"].asString() != "exchange" || (attribute != "member" && attribute != switchName()))
        return fail(ErrorCode::Invalid, "ldap: a call that is none");
    return m_client.exchange(call["dn"].asString(), attribute, call["from"].asString(), call["to"].asString());
}

} // namespace cordon::connectors::ldap
