#include "core/tenant/tenant.h"

#include "core/value/json.h"

#include <cstdlib>
#include <limits>

namespace cordon::tenant {
namespace {

using store::Statement;

} // namespace

Result<Value> Tenant::seenByUses(const EntityRef& entity, const std::string& attribute)
{
    CORDON_TRY(Statement find,
               m_database.prepare("SELECT s.value FROM state s JOIN entity e ON e.id = s.entity WHERE e.kind = ?1"
                                  " AND e.ref = ?2 AND s.attribute = ?3 AND s.visible_at <= ?4"
                                  " ORDER BY s.seq DESC LIMIT 1"));
    find.bind(1, toString(entity.kind)).bind(2, entity.id).bind(3, attribute).bind(4, now().micros());
    CORDON_TRY(const bool hasRow, find.step());
    return hasRow ? json::parse(find.text(0)) : Value();
}

Result<void> Tenant::use(const EntityRef& credential, const std::string& action, const std::string& region,
                         const std::string& address)
{
    CORDON_TRY(const TargetFacts known, facts(credential));
    if (!known.exists)
        return fail(ErrorCode::NotFound, "InvalidClientTokenId: " + credential.id + " does not exist");
    CORDON_TRY(const Value status, seenByUses(credential, "status"));
    if (status.asString() != "active")
        return fail(ErrorCode::Denied, "InvalidClientTokenId: " + credential.id + " is " + status.asString());
    const auto expires = known.state.find("expires");
    if (expires != known.state.end() && expires->second.asString() <= now().toString())
        return fail(ErrorCode::Denied, "ExpiredToken: " + credential.id);
    CORDON_TRY(const Value blocked, seenByUses({EntityKind::Address, address, {}, {}}, "blocked"));
    if (blocked.asBool())
        return fail(ErrorCode::Denied, "AccessDenied: " + address + " is blocked");
    if (known.ownerEntity) {
        CORDON_TRY(const Value owner, seenByUses(*known.ownerEntity, "status"));
        if (owner.isString() && owner.asString() != "active")
            return fail(ErrorCode::Denied, "AccessDenied: " + known.ownerEntity->name + " is " + owner.asString());
    }
    // Only sessions carry an issue time: a token-issue-time deny says nothing about a long-term key.
    CORDON_TRY(Statement session,
               m_database.prepare("SELECT p.kind, p.ref, c.created_at FROM entity c JOIN entity p"
                                  " ON p.id = coalesce(c.parent, c.owner) WHERE c.kind = ?1 AND c.ref = ?2"
                                  " AND c.type <> 'access_key'"));
    session.bind(1, toString(credential.kind)).bind(2, credential.id);
    CORDON_TRY(const bool isSession, session.step());
    if (isSession) {
        const EntityRef parent{entityKindFrom(session.text(0)).value_or(EntityKind::Role), session.text(1), {}, {}};
        const Timestamp issued = Timestamp::fromMicros(session.integer(2));
        CORDON_TRY(const Value notBefore, seenByUses(parent, "sessions_not_before"));
        if (notBefore.isString() && issued.toString() < notBefore.asString())
            return fail(ErrorCode::Denied,
                        "AccessDenied: sessions issued before " + notBefore.asString() + " are revoked");
    }
    return addUse(credential, {now(), action.substr(0, action.find(':')), region, address});
}

Result<void> Tenant::changeByOtherHand(const EntityRef& entity, const std::string& attribute, const Value& value,
                                       const std::string& hand)
{
    CORDON_CHECK(setState(entity, attribute, value, hand).map([](std::int64_t) {}));
    return noteOtherHand(entity, attribute, hand);
}

Result<void> Tenant::removeByOtherHand(const EntityRef& entity, const std::string& hand)
{
    CORDON_CHECK(remove(entity, now()));
    return noteOtherHand(entity, "removed", hand);
}

Result<void> Tenant::noteOtherHand(const EntityRef& entity, const std::string& what, const std::string& hand)
{
    CORDON_TRY(Statement insert, m_database.prepare("INSERT INTO other_hand (at, hand, kind, ref, what)"
                                                    " VALUES (?1, ?2, ?3, ?4, ?5)"));
    insert.bind(1, now().micros()).bind(2, hand).bind(3, toString(entity.kind)).bind(4, entity.id);
    return insert.bind(5, what).run();
}

Result<void> Tenant::setParts(const std::vector<Part>& parts)
{
    Value::Array list;
    for (const Part& part : parts) {
        Value::Array prefixes(part.prefixes.begin(), part.prefixes.end());
        list.push_back(Value::Object{{"connector", part.connector}, {"prefixes", std::move(prefixes)}});
    }
    return writeSetting("parts", json::write(Value(std::move(list))));
}

Result<std::vector<Tenant::Part>> Tenant::parts()
{
    std::vector<Part> parts;
    CORDON_TRY(const std::string text, readSetting("parts"));
    if (text.empty())
        return parts;
    CORDON_TRY(const Value list, json::parse(text));
    for (const Value& item : list.asArray()) {
        Part part{item["connector"].asString(), {}};
        for (const Value& prefix : item["prefixes"].asArray())
            part.prefixes.push_back(prefix.asString());
        parts.push_back(std::move(part));
    }
    return parts;
}

Result<void> Tenant::setDelay(const std::string& connector, std::optional<Duration> delay)
{
    return writeSetting("delay:" + connector, delay ? std::to_string(delay->count()) : "hangs");
}

Result<void> Tenant::takeTime(const std::string& connector, const std::stop_token& stop)
{
    CORDON_TRY(const std::string told, readSetting("delay:" + connector));
    if (told.empty() || told == "0")
        return {};
    if (told == "hangs")
        return hang("the call through " + connector, stop);
    if (!m_clock->waitUntil(now() + Duration(std::atoll(told.c_str())), stop))
        return fail(ErrorCode::TimedOut, "no answer from " + connector);
    return {};
}

Result<void> Tenant::hang(const std::string& call, const std::stop_token& stop) const
{
    (void)m_clock->waitUntil(Timestamp::fromMicros(std::numeric_limits<std::int64_t>::max()), stop);
    return fail(ErrorCode::TimedOut, "no answer to " + call);
}

Result<void> Tenant::writeSetting(const std::string& name, const std::string& value)
{
    CORDON_TRY(Statement insert, m_database.prepare("INSERT INTO setting (name, value) VALUES (?1, ?2)"
                                                    " ON CONFLICT (name) DO UPDATE SET value = ?2"));
    return insert.bind(1, name).bind(2, value).run();
}

Result<std::string> Tenant::readSetting(const std::string& name)
{
    CORDON_TRY(Statement find, m_database.prepare("SELECT value FROM setting WHERE name = ?1"));
    find.bind(1, name);
    CORDON_TRY(const bool hasRow, find.step());
    return hasRow ? std::string(find.text(0)) : std::string();
}

Result<void> Tenant::failNext(const std::string& verb, Fault fault, int times)
{
    CORDON_TRY(Statement insert, m_database.prepare("INSERT INTO fault (verb, kind, remaining) VALUES (?1, ?2, ?3)"));
    return insert.bind(1, verb).bind(2, toString(fault)).bind(3, static_cast<std::int64_t>(times)).run();
}

Result<std::optional<Fault>> Tenant::takeFault(const std::string& verb)
{
    CORDON_TRY(Statement find, m_database.prepare("SELECT id, kind FROM fault WHERE verb = ?1 AND remaining > 0"
                                                  " ORDER BY id LIMIT 1"));
    find.bind(1, verb);
    CORDON_TRY(const bool hasRow, find.step());
    if (!hasRow)
        return std::optional<Fault>();
    CORDON_TRY(Statement update, m_database.prepare("UPDATE fault SET remaining = remaining - 1 WHERE id = ?1"));
    const std::optional<Fault> fault = faultFrom(find.text(1));
    const std::int64_t id = find.integer(0);
    find.reset();
    CORDON_CHECK(update.bind(1, id).run());
    return fault;
}

} // namespace cordon::tenant
