#include "core/record/name_tables.h"

namespace cordon::record {
namespace {

constexpr std::size_t mostRemembered = 200'000;

/// Prepares a statement on its first use.
Result<store::Statement*> ready(std::optional<store::Statement>& statement, store::Database& database,
                                std::string_view sql)
{
    if (!statement) {
        CORDON_TRY(auto prepared, database.prepare(sql));
        statement.emplace(std::move(prepared));
    }
    return &*statement;
}

template<class Map>
void keepSmall(Map& map)
{
    if (map.size() >= mostRemembered)
        map.clear();
}

} // namespace

Result<std::int64_t> WordTable::idOf(const std::string& text)
{
    if (text.empty())
        return 0;
    if (const auto known = m_ids.find(text); known != m_ids.end())
        return known->second;
    CORDON_TRY(store::Statement * find, ready(m_find, m_database, "SELECT id FROM words WHERE text = ?"));
    find->bind(1, text);
    CORDON_TRY(const bool isThere, find->step());
    std::int64_t id = 0;
    if (isThere) {
        id = find->integer(0);
        find->reset();
    } else {
        CORDON_TRY(store::Statement * insert, ready(m_insert, m_database, "INSERT INTO words (text) VALUES (?)"));
        CORDON_CHECK(insert->bind(1, text).run());
        id = m_database.lastRowId();
    }
    keepSmall(m_ids);
    m_ids.emplace(text, id);
    return id;
}

Result<std::string> WordTable::text(std::int64_t id)
{
    if (id == 0)
        return std::string();
    if (const auto known = m_texts.find(id); known != m_texts.end())
        return known->second;
    CORDON_TRY(store::Statement * read, ready(m_read, m_database, "SELECT text FROM words WHERE id = ?"));
    read->bind(1, id);
    CORDON_TRY(const bool isThere, read->step());
    if (!isThere)
        return fail(ErrorCode::NotFound, "the index has no word " + std::to_string(id));
    std::string text = read->text(0);
    read->reset();
    keepSmall(m_texts);
    m_texts.emplace(id, text);
    return text;
}

void WordTable::forget()
{
    m_ids.clear();
    m_texts.clear();
}

Result<EntityTable::Known> EntityTable::load(const EntityRef& entity)
{
    const std::string key = entity.key();
    // Most that are not remembered are new, so they are added first and looked for only when they are there.
    CORDON_TRY(store::Statement * insert,
               ready(m_insert, m_database, "INSERT OR IGNORE INTO entities (key, type, name) VALUES (?, ?, ?)"));
    CORDON_CHECK(insert->bind(1, key).bind(2, entity.type).bind(3, entity.name).run());
    if (m_database.changes() > 0)
        return Known{m_database.lastRowId(), !entity.type.empty(), !entity.name.empty()};
    CORDON_TRY(store::Statement * find,
               ready(m_find, m_database, "SELECT id, type <> '', name <> '' FROM entities WHERE key = ?"));
    find->bind(1, key);
    CORDON_TRY(const bool isThere, find->step());
    if (!isThere)
        return fail(ErrorCode::Corrupt, "the index refuses an entity that it does not have");
    const Known known{find->integer(0), find->integer(1) != 0, find->integer(2) != 0};
    find->reset();
    return known;
}

Result<std::int64_t> EntityTable::idOf(const EntityRef& entity)
{
    Known* found = m_ids.find(entity);
    if (!found) {
        CORDON_TRY(const Known loaded, load(entity));
        found = &m_ids.put(entity, loaded);
    }
    Known& known = *found;
    if ((known.hasType || entity.type.empty()) && (known.hasName || entity.name.empty()))
        return known.id;
    CORDON_TRY(store::Statement * update, ready(m_update, m_database,
                                                "UPDATE entities SET type = CASE type WHEN '' THEN ?2 ELSE type END, "
                                                "name = CASE name WHEN '' THEN ?3 ELSE name END WHERE id = ?1"));
    CORDON_CHECK(update->bind(1, known.id).bind(2, entity.type).bind(3, entity.name).run());
    known.hasType = known.hasType || !entity.type.empty();
    known.hasName = known.hasName || !entity.name.empty();
    m_entities.erase(known.id);
    return known.id;
}

Result<std::int64_t> EntityTable::find(const std::string& key)
{
    CORDON_TRY(store::Statement * find,
               ready(m_find, m_database, "SELECT id, type <> '', name <> '' FROM entities WHERE key = ?"));
    find->bind(1, key);
    CORDON_TRY(const bool isThere, find->step());
    if (!isThere)
        return 0;
    const std::int64_t id = find->integer(0);
    find->reset();
    return id;
}

Result<EntityRef> EntityTable::entity(std::int64_t id)
{
    if (const auto known = m_entities.find(id); known != m_entities.end())
        return known->second;
    CORDON_TRY(store::Statement * read, ready(m_read, m_database, "SELECT key, type, name FROM entities WHERE id = ?"));
    read->bind(1, id);
    CORDON_TRY(const bool isThere, read->step());
    if (!isThere)
        return fail(ErrorCode::NotFound, "the index has no entity " + std::to_string(id));
    const std::string key = read->text(0);
    EntityRef entity;
    entity.type = read->text(1);
    entity.name = read->text(2);
    read->reset();
    const auto colon = key.find(':');
    const auto kind = entityKindFrom(key.substr(0, colon));
    if (!kind || colon == std::string::npos)
        return fail(ErrorCode::Corrupt, "the index has an entity of unknown kind");
    entity.kind = *kind;
    entity.id = key.substr(colon + 1);
    keepSmall(m_entities);
    m_entities.emplace(id, entity);
    return entity;
}

void EntityTable::forget()
{
    m_ids.forget();
    m_entities.clear();
}

} // namespace cordon::record
