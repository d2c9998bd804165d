#include "core/connectors/postgres/postgres_session.h"

namespace cordon::connectors::postgres {
namespace {

constexpr std::string_view roles = "postgres/role/";
constexpr std::string_view behindPassword = "/password";
constexpr std::string_view connecting = "connect/";
constexpr std::string_view membership = "member/";
constexpr const char* everywhere = "connections"; ///< what a limit of none takes away
constexpr const char* longAgo = "1970-01-01 00:00:00+00";

std::string roleOf(const EntityRef& target)
{
    if (!target.id.starts_with(roles))
        return {};
    const std::string role = target.id.substr(roles.size());
    if (target.kind != EntityKind::Credential)
        return target.kind == EntityKind::Account ? role : std::string();
    return role.ends_with(behindPassword) ? role.substr(0, role.size() - behindPassword.size()) : std::string();
}

/// What is done, in members instead of SQL: an undo record is no way to run statements.
Step step(const char* what, const std::string& role, const std::string& on = {}, const std::string& options = {}, const std::string& grantor = {})
{
    Value call = Value::Object{{"do", what}, {"role", role}, {"on", on}, {"options", options}, {"by", grantor}};
    return {call, std::string(what) + ' ' + role + (on.empty() ? "" : " " + on) + (options.empty() ? "" : " " + options)};
}

} // namespace

Result<Value> PostgresSession::identity()
{
    CORDON_TRY(const auto rows, m_client.ask("SELECT system_identifier::text AS id, current_user AS who, current_setting('server_version') AS version FROM pg_control_system()"));
    if (rows.size() != 1)
        return fail(ErrorCode::Io, "postgres: the server does not say which it is");
    return Value(Value::Object{{"identity", rows[0].at("who")}, {"tenant", rows[0].at("id")}, {"version", rows[0].at("version")}});
}

Result<TargetFacts> PostgresSession::facts(const EntityRef& target)
{
    const std::string role = roleOf(target);
    if (role.empty())
        return fail(ErrorCode::Unsupported, "postgres: knows no " + std::string(toString(target.kind)) + ' ' + target.id);
    TargetFacts facts;
    facts.target = target;
    CORDON_CHECK(target.kind == EntityKind::Account ? addRole(facts, role) : addPassword(facts, role));
    return facts;
}

Result<void> PostgresSession::addRole(TargetFacts& facts, const std::string& role)
{
    CORDON_TRY(const auto rows, m_client.ask("SELECT rolcanlogin, rolsuper, rolconnlimit FROM pg_roles WHERE rolname = $1", {role}));
    if (rows.empty())
        return {};
    facts.exists = true;
    facts.target.name = role;
    facts.state["status"] = rows[0].at("rolcanlogin") == "t" ? "active" : "suspended";
    facts.state["superuser"] = rows[0].at("rolsuper") == "t";
    facts.state["keys"] = Value();
    facts.state["policies"] = Value();
    facts.state["sessions_not_before"] = Value();
    CORDON_TRY(const auto open, m_client.ask("SELECT count(*) AS n FROM pg_stat_activity WHERE usename = $1 AND pid <> pg_backend_pid()", {role}));
    facts.state["sessions"] = static_cast<std::int64_t>(std::strtoll(open[0].at("n").c_str(), nullptr, 10));
    std::vector<std::string> grants;
    facts.state["connection_limit"] = static_cast<std::int64_t>(std::strtoll(rows[0].at("rolconnlimit").c_str(), nullptr, 10));
    if (!(facts.state["connection_limit"] == Value(0)))
        grants.emplace_back(everywhere);
    CORDON_TRY(const auto databases,
               m_client.ask("SELECT d.datname FROM pg_database d, aclexplode(d.datacl) a, pg_roles r WHERE a.grantee = r.oid AND r.rolname = $1 AND a.privilege_type = 'CONNECT'", {role}));
    for (const auto& row : databases)
        grants.push_back(std::string(connecting) + row.at("datname"));
    CORDON_TRY(const auto members, m_client.ask("SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = $1", {role}));
    for (const auto& row : members)
        grants.push_back(std::string(membership) + row.at("rolname"));
    facts.state["grants"] = sortedList(std::move(grants));
    return {};
}

Result<void> PostgresSession::addPassword(TargetFacts& facts, const std::string& role)
{
    CORDON_TRY(const auto rows, m_client.ask("SELECT coalesce(rolvaliduntil::text, '') AS until, coalesce(rolvaliduntil < now(), false) AS over FROM pg_roles WHERE rolname = $1", {role}));
    if (rows.empty())
        return {};
    facts.exists = true;
    facts.target.type = "password";
    facts.state["status"] = rows[0].at("over") == "t" ? "inactive" : "active";
    facts.state["valid_until"] = rows[0].at("until").empty() ? std::string("infinity") : rows[0].at("until");
    facts.state["siblings"] = Value::Array{};
    facts.owner = std::string(roles) + role;
    facts.ownerEntity = EntityRef{EntityKind::Account, *facts.owner, {}, role};
    return {};
}

Result<Deed> PostgresSession::plan(const Action& action, const TargetFacts& facts)
{
    const std::string role = roleOf(facts.target);
    const std::string& verb = action.type;
    Deed deed;
    if (facts.target.kind == EntityKind::Credential && verb == "credential.deactivate") {
        deed.calls.push_back(step("valid until", role, longAgo));
        deed.undo.push_back(step("valid until", role, stateOf(facts, "valid_until").asString()));
        deed.change(facts, "status", "inactive");
        if (stateOf(facts, "status").asString() != "inactive")
            deed.change(facts, "valid_until", longAgo);
        deed.undoCost = "Sets the time until which the password is good as it was.";
        deed.stillOpen.emplace_back("sessions that stand go on, and so does whoever is let in without a password (certificate, peer, Kerberos)");
        return deed;
    }
    if (facts.target.kind == EntityKind::Credential && verb == "credential.replace")
        return replace(facts, role);
    if (facts.target.kind != EntityKind::Account)
        return fail(ErrorCode::Unsupported, "postgres: " + verb + " does not fit " + facts.target.id);
    if (verb == "account.suspend" || verb == "account.resume") {
        const bool suspends = verb == "account.suspend";
        deed.calls.push_back(step(suspends ? "nologin" : "login", role));
        deed.undo.push_back(step(suspends ? "login" : "nologin", role));
        deed.change(facts, "status", suspends ? "suspended" : "active");
        deed.undoCost = suspends ? "Lets the role log in again." : "Keeps the role from logging in again.";
        if (suspends && stateOf(facts, "sessions").asInt() > 0)
            deed.stillOpen.push_back(std::to_string(stateOf(facts, "sessions").asInt()) + " sessions of the role are open and stay open: revoke sessions, too");
        if (suspends)
            deed.stillOpen.emplace_back("the role is one for all databases of the cluster");
        return deed;
    }
    if (verb == "session.revoke") {
        deed.calls.push_back(step("terminate", role));
        deed.change(facts, "sessions", 0);
        deed.stillOpen.emplace_back("the role opens new sessions where it may log in: suspend it first");
        return deed;
    }
    if (verb == "account.delete") {
        deed.calls.push_back(step("drop", role));
        deed.change(facts, "status", "deleted");
        return deed;
    }
    return verb == "grant.remove" ? leave(action, facts, role) : fail(ErrorCode::Unsupported, "postgres: cannot do " + verb);
}

/// There is no way back: the old verifier would have to be kept, and would make good again what leaked.
Result<Deed> PostgresSession::replace(const TargetFacts& facts, const std::string& role) const
{
    if (!m_newValues.find(facts.target.id))
        return fail(ErrorCode::Denied, "postgres: keep the next password of " + role + " in the vault under 'new_values', as " + facts.target.id);
    Deed deed;
    deed.calls.push_back(step("password", role));
    deed.before.set("password", "old");
    deed.after.set("password", "new");
    deed.stillOpen.emplace_back("sessions that stand go on: revoke them, too");
    deed.stillOpen.emplace_back("everything that still has the old password fails from now on");
    return deed;
}

Result<void> PostgresSession::setPassword(const std::string& role)
{
    const crypto::SecretBytes* password = m_newValues.find(std::string(roles) + role + std::string(behindPassword));
    if (!password)
        return fail(ErrorCode::Denied, "postgres: the vault holds no next password of " + role);
    CORDON_TRY(const std::string named, m_client.named(role));
    std::string plain(password->text());
    const auto verifier = m_client.verifierOf(role, plain);
    crypto::wipe(plain);
    if (!verifier)
        return fail(verifier.error());
    CORDON_TRY(const std::string text, m_client.text(*verifier));
    return m_client.ask("ALTER ROLE " + named + " PASSWORD " + text).map([](const auto&) {});
}

Result<Deed> PostgresSession::leave(const Action& action, const TargetFacts& facts, const std::string& role)
{
    const std::string grant = grantOf(action);
    if (!holds(stateOf(facts, "grants"), grant))
        return fail(ErrorCode::NotFound, "postgres: " + facts.target.id + " has no '" + grant + "' (connect/DATABASE, member/ROLE or connections)");
    Deed deed;
    deed.change(facts, "grants", without(stateOf(facts, "grants"), grant));
    if (grant.starts_with(membership)) {
        const std::string group = grant.substr(membership.size());
        CORDON_TRY(const auto rows, m_client.ask("SELECT m.admin_option FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = $1 AND g.rolname = $2", {role, group}));
        deed.calls.push_back(step("leave", role, group));
        deed.undo.push_back(step("join", role, group, !rows.empty() && rows[0].at("admin_option") == "t" ? "admin" : ""));
        deed.undoCost = "Makes it a member again.";
        return deed;
    }
    if (grant == everywhere) {
        const std::int64_t limit = stateOf(facts, "connection_limit").asInt();
        deed.calls.push_back(step("connection limit", role, "0"));
        deed.undo.push_back(step("connection limit", role, std::to_string(limit)));
        deed.change(facts, "connection_limit", 0);
        deed.stillOpen.emplace_back("sessions that stand go on, and superusers have no limit");
        deed.undoCost = "Sets the limit that was there.";
        return deed;
    }
    const std::string database = grant.substr(connecting.size());
    CORDON_TRY(const auto rows, m_client.ask("SELECT a.is_grantable, p.oid IS NOT NULL AS everybody FROM pg_database d CROSS JOIN aclexplode(d.datacl) a JOIN pg_roles r ON a.grantee = r.oid "
                                             "LEFT JOIN (SELECT d2.oid FROM pg_database d2, aclexplode(coalesce(d2.datacl, acldefault('d', d2.datdba))) a2 WHERE a2.grantee = 0 AND a2.privilege_type = 'CONNECT') p ON p.oid = d.oid "
                                             "WHERE r.rolname = $1 AND d.datname = $2 AND a.privilege_type = 'CONNECT'", {role, database}));
    deed.calls.push_back(step("revoke connect", role, database));
    deed.undo.push_back(step("grant connect", role, database, !rows.empty() && rows[0].at("is_grantable") == "t" ? "grant" : ""));
    if (!rows.empty() && rows[0].at("everybody") == "t")
        deed.stillOpen.push_back("everybody (PUBLIC) may connect to " + database + ": this role, too");
    deed.stillOpen.emplace_back("sessions that stand go on");
    deed.undoCost = "Lets it connect again.";
    return deed;
}

Result<void> PostgresSession::run(const Value& call)
{
    const std::string& what = call["do"].asString();
    const std::string& options = call["options"].asString();
    const auto done = [this](const std::string& sql) { return m_client.ask(sql).map([](const auto&) {}); };
    if (what == "terminate") {
        CORDON_TRY(const auto rows, m_client.ask("SELECT pg_terminate_backend(pid) AS done FROM pg_stat_activity WHERE usename = $1 AND pid <> pg_backend_pid()", {call["role"].asString()}));
        return {};
    }
    if (what == "password")
        return setPassword(call["role"].asString());
    CORDON_TRY(const std::string role, m_client.named(call["role"].asString()));
    if (what == "connection limit") {
        const std::string& limit = call["on"].asString();
        const bool isNumber = !limit.empty() && limit.size() <= 10 && limit.find_first_not_of("0123456789", limit.starts_with('-') ? 1 : 0) == std::string::npos;
        return isNumber ? done("ALTER ROLE " + role + " CONNECTION LIMIT " + limit) : fail(ErrorCode::Invalid, "postgres: a limit that is none");
    }
    if (what == "login" || what == "nologin")
        return done("ALTER ROLE " + role + (what == "login" ? " LOGIN" : " NOLOGIN"));
    if (what == "drop")
        return done("DROP ROLE " + role);
    if (what == "valid until") {
        CORDON_TRY(const std::string time, m_client.text(call["on"].asString()));
        return done("ALTER ROLE " + role + " VALID UNTIL " + time);
    }
    CORDON_TRY(const std::string on, m_client.named(call["on"].asString()));
    if (what == "leave")
        return done("REVOKE " + on + " FROM " + role);
    if (what == "join")
        return done("GRANT " + on + " TO " + role + (options == "admin" ? " WITH ADMIN OPTION" : ""));
    if (what == "revoke connect")
        return done("REVOKE CONNECT ON DATABASE " + on + " FROM " + role);
    if (what == "grant connect")
        return done("GRANT CONNECT ON DATABASE " + on + " TO " + role + (options == "grant" ? " WITH GRANT OPTION" : ""));
    return fail(ErrorCode::Invalid, "postgres: a call that is none");
}

Result<bool> PostgresSession::isPending()
{
    CORDON_TRY(const auto rows, m_client.ask("SELECT count(*) AS n FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid() AND application_name = 'cordon' "
                                             "AND state = 'active' AND query !~* '^[[:space:]]*select'"));
    return rows[0].at("n") != "0";
}

/// What a killed connector asked for waits on for a lock, until its time is over.
Result<Effect> PostgresSession::effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since)
{
    CORDON_TRY(const Effect effect, seen(action, facts, since));
    if (effect != Effect::NotThere)
        return effect;
    CORDON_TRY(const bool waits, isPending());
    return waits ? Effect::Unclear : effect;
}

/// No session is open: that is what ending them wants, whenever they began. A new password is tried.
Result<Effect> PostgresSession::seen(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since)
{
    if (action.type == "credential.replace") {
        const crypto::SecretBytes* password = m_newValues.find(facts.target.id);
        if (!facts.exists || !password)
            return Effect::Unclear;
        const auto in = m_letIn(roleOf(facts.target), *password);
        const bool isWrong = !in && in.error().detail.find("password authentication failed") != std::string::npos;
        return in ? Effect::There : isWrong ? Effect::NotThere : Effect::Unclear;
    }
    if (action.type != "session.revoke")
        return effectIn(action, facts, since);
    return stateOf(facts, "sessions").asInt() == 0 ? Effect::There : Effect::NotThere;
}

} // namespace cordon::connectors::postgres
