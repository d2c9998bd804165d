#include "core/tenant/tenant.h"

#include "core/tenant/tenant_description.h"
#include "core/tenant/tenant_schema.h"
#include "core/value/json.h"

namespace cordon::tenant {
namespace {

using store::Database;
using store::Statement;

std::string refText(const EntityRef& ref)
{
    return json::write(
        Value::Object{{"kind", toString(ref.kind)}, {"id", ref.id}, {"type", ref.type}, {"name", ref.name}});
}

std::optional<std::string> tagsText(const std::optional<std::vector<std::string>>& tags)
{
    if (!tags)
        return std::nullopt;
    Value list = Value::Array{};
    for (const std::string& tag : *tags)
        list.append(tag);
    return json::write(list);
}

void bindTime(Statement& statement, int index, const std::optional<Timestamp>& time)
{
    if (time)
        statement.bind(index, time->micros());
    else
        statement.bindNull(index);
}

void bindText(Statement& statement, int index, const std::optional<std::string>& text)
{
    if (text)
        statement.bind(index, *text);
    else
        statement.bindNull(index);
}

bool namesItself(const EntityRecord& record)
{
    return record.owner == record.ref || record.parent == record.ref || record.madeWith == record.ref;
}

void bindRow(Statement& statement, int index, std::int64_t row)
{
    if (row != 0)
        statement.bind(index, row);
    else
        statement.bindNull(index);
}

/// A tenant made from a long log holds a hundred thousand things; SQLite's own 2 MB would read them again and again.
Result<Database> openTenantFile(const std::filesystem::path& file, Database::Mode mode)
{
    CORDON_TRY(Database database, Database::open(file, mode));
    CORDON_CHECK(database.execute("PRAGMA cache_size = -8192;"));
    return database;
}

} // namespace

Result<Tenant> Tenant::create(const std::filesystem::path& file, const Value& description, const Clock& clock,
                              const std::vector<CredentialUse>& uses)
{
    std::error_code error;
    if (std::filesystem::exists(file, error))
        return fail(ErrorCode::Conflict, file.string() + ": there is a tenant already");
    // Made beside its place and renamed: a crash leaves no half-filled tenant under the real name.
    const std::filesystem::path unfinished = file.string() + ".new";
    for (const char* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(unfinished.string() + suffix, error);
    {
        CORDON_TRY(Database database, openTenantFile(unfinished, Database::Mode::Create));
        CORDON_CHECK(store::migrate(database, tenantSchema()));
        Tenant tenant(std::move(database), clock);
        CORDON_TRY(auto transaction, store::Transaction::begin(tenant.m_database));
        CORDON_CHECK(describe(tenant, description));
        for (const CredentialUse& use : uses)
            CORDON_CHECK(tenant.addUse({EntityKind::Credential, use.credential, {}, {}}, use.use));
        CORDON_CHECK(transaction.commit());
    }
    std::filesystem::rename(unfinished, file, error);
    if (error)
        return fail(ErrorCode::Io, file.string() + ": " + error.message());
    return open(file, clock);
}

Result<Tenant> Tenant::open(const std::filesystem::path& file, const Clock& clock)
{
    CORDON_TRY(Database database, openTenantFile(file, Database::Mode::ReadWrite));
    CORDON_CHECK(store::migrate(database, tenantSchema()));
    Tenant tenant(std::move(database), clock);
    CORDON_CHECK(tenant.loadSettings());
    return tenant;
}

Result<void> Tenant::loadSettings()
{
    CORDON_TRY(Statement rows, m_database.prepare("SELECT name, value FROM setting"));
    for (;;) {
        CORDON_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return {};
        if (rows.text(0) == "name")
            m_name = rows.text(1);
        else if (rows.text(0) == "propagation")
            m_propagation = Duration(rows.integer(1));
    }
}

Result<void> Tenant::setPropagation(Duration delay)
{
    CORDON_TRY(Statement insert, m_database.prepare("INSERT OR REPLACE INTO setting VALUES ('propagation', ?1)"));
    CORDON_CHECK(insert.bind(1, std::string_view(std::to_string(delay.count()))).run());
    m_propagation = delay;
    return {};
}

std::shared_ptr<void> Tenant::rememberRows()
{
    auto rows = std::make_shared<Rows>();
    m_rows = rows;
    return rows;
}

Result<std::int64_t> Tenant::rowOf(const EntityRef& entity)
{
    const std::shared_ptr<Rows> known = m_rows.lock();
    if (known) {
        if (const auto found = known->find(entity.key()); found != known->end())
            return found->second;
    }
    CORDON_TRY(Statement find, m_database.prepare("SELECT id FROM entity WHERE kind = ?1 AND ref = ?2"));
    find.bind(1, toString(entity.kind)).bind(2, entity.id);
    CORDON_TRY(const bool hasRow, find.step());
    const std::int64_t row = hasRow ? find.integer(0) : 0;
    if (known && row != 0)
        known->emplace(entity.key(), row);
    return row;
}

Result<std::int64_t> Tenant::ensureRow(const EntityRef& entity)
{
    if (entity.id.empty())
        return fail(ErrorCode::Invalid, "tenant: a thing needs an id");
    CORDON_TRY(const std::int64_t known, rowOf(entity));
    if (known != 0)
        return known;
    EntityRecord bare;
    bare.ref = entity;
    return insertRow(bare, {});
}

/// A new thing with all that is known of it, in the state that its kind begins with.
Result<std::int64_t> Tenant::insertRow(const EntityRecord& record, const Links& links)
{
    CORDON_TRY(Statement insert,
               m_database.prepare("INSERT INTO entity (kind, ref, type, name, owner, parent, made_with, created_at,"
                                  " created_by, expires_at, criticality, tags)"
                                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"));
    const EntityRef& entity = record.ref;
    insert.bind(1, toString(entity.kind)).bind(2, entity.id).bind(3, entity.type);
    insert.bind(4, entity.name.empty() ? entity.id : entity.name);
    bindRow(insert, 5, links.owner);
    bindRow(insert, 6, links.parent);
    bindRow(insert, 7, links.madeWith);
    bindTime(insert, 8, record.createdAt);
    bindText(insert, 9, record.createdBy ? std::optional(refText(*record.createdBy)) : std::nullopt);
    bindTime(insert, 10, record.expiresAt);
    insert.bind(11, toString(record.criticality.value_or(Criticality::Normal)));
    CORDON_CHECK(insert.bind(12, tagsText(record.tags).value_or("[]")).run());
    const std::int64_t row = m_database.lastRowId();
    if (const std::shared_ptr<Rows> known = m_rows.lock())
        known->emplace(entity.key(), row);
    for (const auto& [attribute, value] : defaultState(entity.kind))
        CORDON_CHECK(writeState(row, attribute, value, Timestamp(), {}, "default"));
    return row;
}

Result<Tenant::Links> Tenant::linksOf(const EntityRecord& record)
{
    Links links;
    if (record.owner)
        CORDON_CHECK(ensureRow(*record.owner).map([&](std::int64_t id) { links.owner = id; }));
    if (record.parent)
        CORDON_CHECK(ensureRow(*record.parent).map([&](std::int64_t id) { links.parent = id; }));
    if (record.madeWith)
        CORDON_CHECK(ensureRow(*record.madeWith).map([&](std::int64_t id) { links.madeWith = id; }));
    return links;
}

Result<void> Tenant::writeLinks(std::int64_t row, const EntityRecord& record, const Links& links)
{
    CORDON_TRY(Statement update,
               m_database.prepare("UPDATE entity SET owner = coalesce(?2, owner), parent = coalesce(?3, parent),"
                                  " made_with = coalesce(?4, made_with), created_at = coalesce(?5, created_at),"
                                  " created_by = coalesce(?6, created_by), expires_at = coalesce(?7, expires_at),"
                                  " criticality = coalesce(?8, criticality), tags = coalesce(?9, tags),"
                                  " gone_at = CASE WHEN ?5 > gone_at THEN NULL ELSE gone_at END,"
                                  " type = CASE WHEN ?10 <> '' THEN ?10 ELSE type END,"
                                  " name = CASE WHEN ?11 <> '' THEN ?11 ELSE name END WHERE id = ?1"));
    update.bind(1, row);
    bindRow(update, 2, links.owner);
    bindRow(update, 3, links.parent);
    bindRow(update, 4, links.madeWith);
    bindTime(update, 5, record.createdAt);
    bindText(update, 6, record.createdBy ? std::optional(refText(*record.createdBy)) : std::nullopt);
    bindTime(update, 7, record.expiresAt);
    bindText(update, 8, record.criticality ? std::optional(std::string(toString(*record.criticality))) : std::nullopt);
    bindText(update, 9, tagsText(record.tags));
    return update.bind(10, record.ref.type).bind(11, record.ref.name).run();
}

Result<void> Tenant::put(const EntityRecord& record, const std::string& hand, Timestamp at)
{
    if (record.ref.id.empty())
        return fail(ErrorCode::Invalid, "tenant: a thing needs an id");
    CORDON_TRY(std::int64_t row, rowOf(record.ref));
    CORDON_TRY(const Links links, linksOf(record));
    if (row == 0 && namesItself(record)) {
        CORDON_TRY(row, rowOf(record.ref)); // it was just made
    }
    if (row == 0) {
        CORDON_TRY(row, insertRow(record, links));
    } else {
        CORDON_CHECK(writeLinks(row, record, links));
    }
    for (const auto& [attribute, value] : record.state)
        CORDON_CHECK(writeState(row, attribute, value, at, {}, hand));
    return {};
}

Result<std::int64_t> Tenant::writeState(std::int64_t row, const std::string& attribute, const Value& value,
                                        Timestamp at, Duration delay, const std::string& hand)
{
    CORDON_TRY(Statement insert, m_database.prepare("INSERT INTO state (entity, attribute, value, at, visible_at, hand)"
                                                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
    insert.bind(1, row).bind(2, attribute).bind(3, json::write(value)).bind(4, at.micros());
    CORDON_CHECK(insert.bind(5, (at + delay).micros()).bind(6, hand).run());
    return m_database.lastRowId();
}

Result<std::int64_t> Tenant::setState(const EntityRef& entity, const std::string& attribute, const Value& value,
                                      const std::string& hand)
{
    CORDON_TRY(const std::int64_t row, ensureRow(entity));
    return writeState(row, attribute, value, now(), m_propagation, hand);
}

Result<void> Tenant::addUse(const EntityRef& entity, const LastUse& use)
{
    CORDON_TRY(const std::int64_t row, ensureRow(entity));
    CORDON_TRY(Statement insert, m_database.prepare("INSERT OR REPLACE INTO use VALUES (?1, ?2, ?3, ?4, ?5)"));
    return insert.bind(1, row)
        .bind(2, use.at.micros())
        .bind(3, use.service)
        .bind(4, use.region)
        .bind(5, use.address)
        .run();
}

Result<void> Tenant::addDependent(const EntityRef& used, const EntityRef& by)
{
    CORDON_TRY(const std::int64_t usedRow, ensureRow(used));
    CORDON_TRY(const std::int64_t byRow, ensureRow(by));
    CORDON_TRY(Statement insert, m_database.prepare("INSERT INTO dependent VALUES (?1, ?2, 'inventory', 0, NULL, NULL)"
                                                    " ON CONFLICT DO UPDATE SET source = 'inventory'"));
    return insert.bind(1, usedRow).bind(2, byRow).run();
}

Result<void> Tenant::moveDependent(const EntityRef& by, const EntityRef& from, const EntityRef& to)
{
    CORDON_TRY(const std::int64_t byRow, ensureRow(by));
    CORDON_TRY(const std::int64_t fromRow, ensureRow(from));
    CORDON_TRY(Statement remove, m_database.prepare("DELETE FROM dependent WHERE used = ?1 AND user = ?2"));
    CORDON_CHECK(remove.bind(1, fromRow).bind(2, byRow).run());
    return addDependent(to, by);
}

Result<void> Tenant::addSeenUse(const EntityRef& used, const EntityRef& by, std::int64_t times, Timestamp first,
                                Timestamp last)
{
    CORDON_TRY(const std::int64_t usedRow, ensureRow(used));
    CORDON_TRY(const std::int64_t byRow, ensureRow(by));
    CORDON_TRY(Statement insert,
               m_database.prepare("INSERT INTO dependent VALUES (?1, ?2, 'log', ?3, ?4, ?5) ON CONFLICT DO UPDATE SET"
                                  " times = max(times, ?3), first_at = min(coalesce(first_at, ?4), ?4),"
                                  " last_at = max(coalesce(last_at, ?5), ?5)"));
    return insert.bind(1, usedRow).bind(2, byRow).bind(3, times).bind(4, first.micros()).bind(5, last.micros()).run();
}

Result<void> Tenant::setIncidentStart(const EntityRef& entity, Timestamp start)
{
    CORDON_TRY(const std::int64_t row, ensureRow(entity));
    CORDON_TRY(Statement update, m_database.prepare("UPDATE entity SET incident_start = ?2 WHERE id = ?1"));
    return update.bind(1, row).bind(2, start.micros()).run();
}

Result<void> Tenant::remove(const EntityRef& entity, Timestamp at)
{
    CORDON_TRY(Statement update, m_database.prepare("UPDATE entity SET gone_at = ?3 WHERE kind = ?1 AND ref = ?2"
                                                    " AND gone_at IS NULL"));
    CORDON_CHECK(update.bind(1, toString(entity.kind)).bind(2, entity.id).bind(3, at.micros()).run());
    if (m_database.changes() == 0)
        return fail(ErrorCode::NotFound, "tenant: no " + entity.key());
    return {};
}

Result<void> Tenant::takeSerial(const std::string& serial, const std::string& digest)
{
    CORDON_TRY(Statement insert, m_database.prepare("INSERT INTO permit VALUES (?1, ?2, ?3)"));
    insert.bind(1, serial).bind(2, digest);
    auto taken = insert.bind(3, now().micros()).run();
    if (!taken && taken.error().code == ErrorCode::Conflict)
        return fail(ErrorCode::Conflict, "permit: its serial was used before");
    return taken;
}

Result<void> Tenant::addDeed(const std::string& digest, const std::string& serial, const std::string& verb,
                             const Value& detail)
{
    CORDON_TRY(Statement insert, m_database.prepare("INSERT INTO deed (digest, serial, verb, at, detail)"
                                                    " VALUES (?1, ?2, ?3, ?4, ?5)"));
    insert.bind(1, digest).bind(2, serial).bind(3, verb).bind(4, now().micros());
    return insert.bind(5, json::write(detail)).run();
}

Result<std::optional<DeedRow>> Tenant::deedFor(const std::string& digest)
{
    CORDON_TRY(Statement find, m_database.prepare("SELECT seq, verb, detail, is_undone FROM deed WHERE digest = ?1"
                                                  " ORDER BY seq DESC LIMIT 1"));
    find.bind(1, digest);
    CORDON_TRY(const bool hasRow, find.step());
    if (!hasRow)
        return std::optional<DeedRow>();
    CORDON_TRY(Value detail, json::parse(find.text(2)));
    return std::optional<DeedRow>({find.integer(0), find.text(1), std::move(detail), find.integer(3) != 0});
}

Result<void> Tenant::markUndone(const std::string& serial)
{
    CORDON_TRY(Statement update, m_database.prepare("UPDATE deed SET is_undone = 1 WHERE serial = ?1"));
    return update.bind(1, serial).run();
}

} // namespace cordon::tenant
