#include "core/tenant/tenant.h"

#include "core/value/json.h"

namespace cordon::tenant {
namespace {

using store::Statement;

constexpr const char* factsSql =
    "SELECT id, type, name, coalesce(owner, parent), criticality, tags, created_at, created_by, expires_at,"
    " (created_at IS NULL OR created_at <= ?3) AND (gone_at IS NULL OR gone_at > ?3), coalesce(incident_start, ?4)"
    " FROM entity WHERE kind = ?1 AND ref = ?2";

/// Before every event: uses seen in a log count only once the incident's start is told.
constexpr std::int64_t neverStarted = INT64_MIN;

std::vector<std::string> tagsFrom(const std::string& text)
{
    std::vector<std::string> tags;
    if (const auto parsed = json::parse(text)) {
        for (const Value& tag : parsed->asArray())
            tags.push_back(tag.asString());
    }
    return tags;
}

std::optional<EntityRef> refFrom(const std::string& text)
{
    const auto parsed = json::parse(text);
    if (!parsed)
        return std::nullopt;
    const Value& value = *parsed;
    const auto kind = entityKindFrom(value["kind"].asString());
    if (!kind)
        return std::nullopt;
    return EntityRef{*kind, value["id"].asString(), value["type"].asString(), value["name"].asString()};
}

EntityRef refAt(const Statement& row, int column)
{
    const auto kind = entityKindFrom(row.text(column));
    return {kind.value_or(EntityKind::Resource), row.text(column + 1), row.text(column + 2), row.text(column + 3)};
}

} // namespace

Result<TargetFacts> Tenant::facts(const EntityRef& entity)
{
    TargetFacts facts;
    facts.target = entity;
    facts.asked = now();
    facts.environment = "exercise";
    facts.criticality = Criticality::Normal;
    facts.tags.emplace();
    facts.ownerTags.emplace();
    facts.dependents.emplace();
    facts.isSimulated = true;

    CORDON_TRY(Statement find, m_database.prepare(factsSql));
    find.bind(1, toString(entity.kind)).bind(2, entity.id).bind(3, now().micros()).bind(4, neverStarted);
    CORDON_TRY(const bool hasRow, find.step());
    if (!hasRow || find.integer(9) == 0) {
        if (entity.kind == EntityKind::Address) {
            facts.exists = true;
            facts.state = defaultState(entity.kind);
        }
        return facts;
    }
    const std::int64_t row = find.integer(0);
    facts.exists = true;
    facts.target.type = find.text(1);
    facts.target.name = find.text(2);
    facts.criticality = criticalityFrom(find.text(4));
    facts.tags = tagsFrom(find.text(5));
    if (!find.isNull(6))
        facts.createdAt = Timestamp::fromMicros(find.integer(6));
    facts.createdBy = refFrom(find.text(7));
    if (!find.isNull(8))
        facts.state["expires"] = Timestamp::fromMicros(find.integer(8)).toString();
    CORDON_CHECK(readStates(row, facts));
    CORDON_CHECK(readLastUse(row, facts));
    CORDON_CHECK(readDependents(row, Timestamp::fromMicros(find.integer(10)), facts));
    if (const std::int64_t owner = find.integer(3); owner != 0) {
        CORDON_CHECK(readOwner(owner, facts));
        if (entity.kind == EntityKind::Credential)
            CORDON_CHECK(readKeys(owner, entity.id, "siblings", facts));
    }
    if (entity.kind == EntityKind::Account)
        CORDON_CHECK(readKeys(row, "", "keys", facts));
    return facts;
}

Result<void> Tenant::readStates(std::int64_t row, TargetFacts& facts)
{
    CORDON_TRY(Statement states, m_database.prepare("SELECT attribute, value, max(seq) FROM state WHERE entity = ?1"
                                                    " AND at <= ?2 GROUP BY attribute"));
    states.bind(1, row).bind(2, now().micros());
    for (;;) {
        CORDON_TRY(const bool hasRow, states.step());
        if (!hasRow)
            return {};
        CORDON_TRY(facts.state[states.text(0)], json::parse(states.text(1)));
    }
}

/// A user's or role's last use is the newest of its own credentials and sessions.
Result<void> Tenant::readLastUse(std::int64_t row, TargetFacts& facts)
{
    CORDON_TRY(Statement use, m_database.prepare("SELECT at, service, region FROM use WHERE at <= ?2 AND"
                                                 " entity IN (SELECT ?1 UNION SELECT id FROM entity WHERE owner = ?1"
                                                 " UNION SELECT id FROM entity WHERE parent = ?1)"
                                                 " ORDER BY at DESC LIMIT 1"));
    use.bind(1, row).bind(2, now().micros());
    CORDON_TRY(const bool hasRow, use.step());
    if (!hasRow)
        return {};
    facts.lastUsedAt = Timestamp::fromMicros(use.integer(0));
    facts.lastUsedService = use.text(1);
    facts.lastUsedRegion = use.text(2);
    return {};
}

Result<void> Tenant::readDependents(std::int64_t row, Timestamp incidentStart, TargetFacts& facts)
{
    CORDON_TRY(Statement rows,
               m_database.prepare("SELECT e.kind, e.ref, e.type, e.name FROM dependent d JOIN entity e ON e.id = d.user"
                                  " WHERE d.used = ?1 AND (d.source = 'inventory' OR d.first_at < ?2)"
                                  " AND (e.gone_at IS NULL OR e.gone_at > ?3) ORDER BY e.kind, e.ref"));
    rows.bind(1, row).bind(2, incidentStart.micros()).bind(3, now().micros());
    for (;;) {
        CORDON_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return {};
        facts.dependents->push_back(refAt(rows, 0));
    }
}

Result<void> Tenant::readKeys(std::int64_t owner, const std::string& except, const std::string& attribute,
                              TargetFacts& facts)
{
    CORDON_TRY(Statement rows,
               m_database.prepare("SELECT e.ref, json_extract(s.value, '$') FROM entity e CROSS JOIN current_state"
                                  " s ON s.entity = e.id AND s.attribute = 'status' WHERE e.owner = ?1"
                                  " AND +e.kind = 'credential' AND e.type = 'access_key' AND e.ref <> ?2"
                                  " AND (e.created_at IS NULL OR e.created_at <= ?3)"
                                  " AND (e.gone_at IS NULL OR e.gone_at > ?3) ORDER BY e.ref"));
    rows.bind(1, owner).bind(2, except).bind(3, now().micros());
    Value keys = Value::Array{};
    for (;;) {
        CORDON_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            break;
        keys.append(Value::Object{{"id", rows.text(0)}, {"status", rows.text(1)}});
    }
    facts.state[attribute] = std::move(keys);
    return {};
}

Result<void> Tenant::readOwner(std::int64_t owner, TargetFacts& facts)
{
    CORDON_TRY(Statement find, m_database.prepare("SELECT kind, ref, type, name, tags FROM entity WHERE id = ?1"));
    find.bind(1, owner);
    CORDON_TRY(const bool hasRow, find.step());
    if (!hasRow)
        return fail(ErrorCode::Corrupt, "tenant: the owner of " + facts.target.key() + " is missing");
    facts.ownerEntity = refAt(find, 0);
    facts.owner = facts.ownerEntity->id;
    facts.ownerTags = tagsFrom(find.text(4));
    return {};
}

Result<StateRow> Tenant::state(const EntityRef& entity, const std::string& attribute, int before)
{
    CORDON_TRY(Statement find,
               m_database.prepare("SELECT s.seq, s.value, s.hand FROM state s JOIN entity e ON e.id = s.entity"
                                  " WHERE e.kind = ?1 AND e.ref = ?2 AND s.attribute = ?3 AND s.at <= ?4"
                                  " ORDER BY s.seq DESC LIMIT 1 OFFSET ?5"));
    find.bind(1, toString(entity.kind)).bind(2, entity.id).bind(3, attribute).bind(4, now().micros());
    find.bind(5, std::int64_t{before});
    CORDON_TRY(const bool hasRow, find.step());
    if (!hasRow)
        return StateRow();
    CORDON_TRY(Value value, json::parse(find.text(1)));
    return StateRow{find.integer(0), std::move(value), find.text(2)};
}

Result<std::int64_t> Tenant::countStates(const EntityRef& entity, const std::string& attribute, Timestamp at,
                                         const std::string& hand)
{
    CORDON_TRY(Statement count,
               m_database.prepare("SELECT count(*) FROM state s JOIN entity e ON e.id = s.entity WHERE e.kind = ?1"
                                  " AND e.ref = ?2 AND s.attribute = ?3 AND s.at = ?4 AND s.hand = ?5"));
    count.bind(1, toString(entity.kind)).bind(2, entity.id).bind(3, attribute).bind(4, at.micros()).bind(5, hand);
    CORDON_CHECK(count.step().map([](bool) {}));
    return count.integer(0);
}

Result<std::vector<TargetFacts>> Tenant::linked(const EntityRef& entity, Link link)
{
    std::string sql = "SELECT kind, ref, type, name FROM entity WHERE ";
    sql += link == Link::OwnedBy ? "owner" : link == Link::SessionsOf ? "parent" : "made_with";
    sql += " = ?1 ORDER BY kind, ref";
    std::vector<TargetFacts> things;
    CORDON_TRY(const std::int64_t row, rowOf(entity));
    if (row == 0)
        return things;
    CORDON_TRY(Statement rows, m_database.prepare(sql));
    rows.bind(1, row);
    for (;;) {
        CORDON_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return things;
        CORDON_TRY(TargetFacts one, facts(refAt(rows, 0)));
        if (one.exists)
            things.push_back(std::move(one));
    }
}

Result<std::vector<EntityRef>> Tenant::entities(std::optional<EntityKind> kind)
{
    CORDON_TRY(Statement rows,
               m_database.prepare("SELECT kind, ref, type, name FROM entity WHERE (?1 = '' OR kind = ?1)"
                                  " AND (created_at IS NULL OR created_at <= ?2)"
                                  " AND (gone_at IS NULL OR gone_at > ?2) ORDER BY kind, ref"));
    rows.bind(1, kind ? toString(*kind) : std::string_view()).bind(2, now().micros());
    std::vector<EntityRef> all;
    for (;;) {
        CORDON_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return all;
        all.push_back(refAt(rows, 0));
    }
}

} // namespace cordon::tenant
