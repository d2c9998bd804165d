#pragma once

#include "core/domain/entity.h"
#include "core/record/entity_memory.h"
#include "core/store/database.h"

#include <optional>
#include <unordered_map>

namespace cordon::record {

/// The `words` table: texts that repeat, each once. Remembers what it saw. Belongs to the thread of its database.
class WordTable
{
public:
    explicit WordTable(store::Database& database)
        : m_database(database)
    {}
    /// Number of a text, adding it when it is new; 0 for "".
    [[nodiscard]] Result<std::int64_t> idOf(const std::string& text);
    /// "" for 0; ErrorCode::NotFound for a number that is not there.
    [[nodiscard]] Result<std::string> text(std::int64_t id);
    /// Forgets what it remembers, after a rollback took back what was added.
    void forget();

private:
    store::Database& m_database;
    std::unordered_map<std::string, std::int64_t> m_ids;
    std::unordered_map<std::int64_t, std::string> m_texts;
    std::optional<store::Statement> m_find;
    std::optional<store::Statement> m_insert;
    std::optional<store::Statement> m_read;
};

/// The `entities` table: each entity once, with the first type and display name that were known.
/// Belongs to the thread of its database.
class EntityTable
{
public:
    explicit EntityTable(store::Database& database)
        : m_database(database)
    {}
    /// Number of an entity, adding it when it is new, and its type and name when they become known.
    [[nodiscard]] Result<std::int64_t> idOf(const EntityRef& entity);
    /// 0 when no event or incident names it.
    [[nodiscard]] Result<std::int64_t> find(const std::string& key);
    [[nodiscard]] Result<EntityRef> entity(std::int64_t id);
    void forget();

private:
    using Known = EntityMemory::Known;
    Result<Known> load(const EntityRef& entity);

    store::Database& m_database;
    EntityMemory m_ids;
    std::unordered_map<std::int64_t, EntityRef> m_entities;
    std::optional<store::Statement> m_find;
    std::optional<store::Statement> m_insert;
    std::optional<store::Statement> m_update;
    std::optional<store::Statement> m_read;
};

} // namespace cordon::record
