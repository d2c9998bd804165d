#include "core/tenant/tenant_schema.h"

namespace cordon::tenant {
namespace {

constexpr const char* versionOne =
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"

    "CREATE TABLE entity ("
    " id INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL,"
    " owner INTEGER REFERENCES entity (id), parent INTEGER REFERENCES entity (id),"
    " made_with INTEGER REFERENCES entity (id), criticality TEXT NOT NULL DEFAULT 'normal',"
    " tags TEXT NOT NULL DEFAULT '[]', created_at INTEGER, created_by TEXT, expires_at INTEGER, gone_at INTEGER,"
    " incident_start INTEGER, UNIQUE (kind, ref)) STRICT;"
    "CREATE INDEX entity_owner ON entity (owner);"
    "CREATE INDEX entity_parent ON entity (parent);"
    "CREATE INDEX entity_made_with ON entity (made_with);"

    // Every change is a row; the newest one counts. The control plane sees it from `at`, uses of it from `visible_at`.
    "CREATE TABLE state ("
    " seq INTEGER PRIMARY KEY AUTOINCREMENT, entity INTEGER NOT NULL REFERENCES entity (id), attribute TEXT NOT NULL,"
    " value TEXT NOT NULL, at INTEGER NOT NULL, visible_at INTEGER NOT NULL, hand TEXT NOT NULL) STRICT;"
    "CREATE INDEX state_newest ON state (entity, attribute, seq);"
    "CREATE VIEW current_state AS SELECT s.entity, s.attribute, s.value, s.hand FROM state s WHERE s.seq ="
    " (SELECT max(n.seq) FROM state n WHERE n.entity = s.entity AND n.attribute = s.attribute);"

    "CREATE TABLE dependent ("
    " used INTEGER NOT NULL REFERENCES entity (id), user INTEGER NOT NULL REFERENCES entity (id),"
    " source TEXT NOT NULL CHECK (source IN ('inventory', 'log')), times INTEGER NOT NULL,"
    " first_at INTEGER, last_at INTEGER, PRIMARY KEY (used, user)) STRICT, WITHOUT ROWID;"

    "CREATE TABLE use ("
    " entity INTEGER NOT NULL REFERENCES entity (id), at INTEGER NOT NULL, service TEXT NOT NULL,"
    " region TEXT NOT NULL, address TEXT NOT NULL, PRIMARY KEY (entity, at)) STRICT, WITHOUT ROWID;"

    "CREATE TABLE permit (serial TEXT PRIMARY KEY, digest TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE fault (id INTEGER PRIMARY KEY, verb TEXT NOT NULL, kind TEXT NOT NULL, remaining INTEGER NOT NULL)"
    " STRICT;"
    "CREATE TABLE deed (seq INTEGER PRIMARY KEY, digest TEXT NOT NULL, serial TEXT NOT NULL, verb TEXT NOT NULL,"
    " at INTEGER NOT NULL, detail TEXT NOT NULL, is_undone INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE INDEX deed_digest ON deed (digest);"
    "CREATE TABLE change_record (id INTEGER PRIMARY KEY, incident TEXT NOT NULL, title TEXT NOT NULL,"
    " at INTEGER NOT NULL) STRICT;"
    "CREATE TABLE change_note (id INTEGER PRIMARY KEY, change INTEGER NOT NULL REFERENCES change_record (id),"
    " text TEXT NOT NULL, at INTEGER NOT NULL) STRICT;"
    "CREATE TABLE other_hand (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, hand TEXT NOT NULL, kind TEXT NOT NULL,"
    " ref TEXT NOT NULL, what TEXT NOT NULL) STRICT;";

} // namespace

const std::vector<const char*>& tenantSchema()
{
    static const std::vector<const char*> steps{versionOne};
    return steps;
}

} // namespace cordon::tenant
