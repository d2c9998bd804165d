#include "core/store/database.h"

#include "core/store/part_file.h"
#include "core/store/statement_shelf.h"

#include <sqlite3.h>

#include <cassert>
#include <utility>

namespace cordon::store {
namespace {

constexpr int busyWaitMillis = 5000;

ErrorCode codeOf(int extended)
{
    switch (extended & 0xff) {
    case SQLITE_FULL:
        return ErrorCode::DiskFull;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::Conflict;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorCode::Corrupt;
    case SQLITE_INTERRUPT:
        return ErrorCode::Cancelled;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return ErrorCode::Denied;
    case SQLITE_TOOBIG:
        return ErrorCode::Invalid;
    case SQLITE_CONSTRAINT:
        return extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY ? ErrorCode::Conflict
                                                                                                : ErrorCode::Invalid;
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
        return ErrorCode::Internal;
    default:
        return ErrorCode::Io;
    }
}

/// Names the database file and what SQLite said; never the bound values.
tl::unexpected<Error> failure(sqlite3* database)
{
    const char* file = sqlite3_db_filename(database, "main");
    std::string detail = file && *file ? file : "database";
    detail += ": ";
    detail += sqlite3_errmsg(database);
    return fail(codeOf(sqlite3_extended_errcode(database)), std::move(detail));
}

} // namespace

Statement::Statement(Statement&& other) noexcept
    : m_shelf(std::move(other.m_shelf))
    , m_database(other.m_database)
    , m_statement(std::exchange(other.m_statement, nullptr))
    , m_bindError(other.m_bindError)
{}

Statement& Statement::operator=(Statement&& other) noexcept
{
    std::swap(m_shelf, other.m_shelf);
    std::swap(m_database, other.m_database);
    std::swap(m_statement, other.m_statement);
    std::swap(m_bindError, other.m_bindError);
    return *this;
}

Statement::~Statement()
{
    if (m_shelf)
        m_shelf->giveBack(m_statement);
}

void Statement::reset()
{
    sqlite3_reset(m_statement);
}

Statement& Statement::bind(int index, std::int64_t value)
{
    if (sqlite3_stmt_busy(m_statement))
        reset();
    if (const int status = sqlite3_bind_int64(m_statement, index, value); status != SQLITE_OK)
        m_bindError = status;
    return *this;
}

Statement& Statement::bind(int index, double value)
{
    if (sqlite3_stmt_busy(m_statement))
        reset();
    if (const int status = sqlite3_bind_double(m_statement, index, value); status != SQLITE_OK)
        m_bindError = status;
    return *this;
}

Statement& Statement::bind(int index, std::string_view value)
{
    if (sqlite3_stmt_busy(m_statement))
        reset();
    const char* text = value.data() ? value.data() : "";
    if (const int status = sqlite3_bind_text64(m_statement, index, text, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
        status != SQLITE_OK)
        m_bindError = status;
    return *this;
}

Statement& Statement::bindBlob(int index, std::string_view value)
{
    if (sqlite3_stmt_busy(m_statement))
        reset();
    const char* bytes = value.data() ? value.data() : "";
    if (const int status = sqlite3_bind_blob64(m_statement, index, bytes, value.size(), SQLITE_TRANSIENT);
        status != SQLITE_OK)
        m_bindError = status;
    return *this;
}

Statement& Statement::bindNull(int index)
{
    if (sqlite3_stmt_busy(m_statement))
        reset();
    if (const int status = sqlite3_bind_null(m_statement, index); status != SQLITE_OK)
        m_bindError = status;
    return *this;
}

Result<bool> Statement::step()
{
    if (const int error = std::exchange(m_bindError, 0); error != 0)
        return fail(codeOf(error), std::string("bind: ") + sqlite3_errstr(error));
    const int status = sqlite3_step(m_statement);
    if (status == SQLITE_ROW)
        return true;
    if (status == SQLITE_DONE) {
        reset();
        return false;
    }
    auto error = failure(m_database);
    reset();
    return error;
}

Result<void> Statement::run()
{
    CORDON_TRY(const bool hasRow, step());
    if (hasRow)
        reset();
    return {};
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

std::string Statement::text(int column) const
{
    const bool isBlob = sqlite3_column_type(m_statement, column) == SQLITE_BLOB;
    const void* bytes = isBlob ? sqlite3_column_blob(m_statement, column) : sqlite3_column_text(m_statement, column);
    if (!bytes)
        return {};
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column));
    return std::string(static_cast<const char*>(bytes), size);
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

Statement::Kind Statement::kind(int column) const
{
    switch (sqlite3_column_type(m_statement, column)) {
    case SQLITE_INTEGER: return Kind::Integer;
    case SQLITE_FLOAT: return Kind::Real;
    case SQLITE_TEXT: return Kind::Text;
    case SQLITE_BLOB: return Kind::Blob;
    default: return Kind::Null;
    }
}

Result<Database> Database::open(const std::filesystem::path& file, Mode mode)
{
    // Counting memory takes a lock at every allocation. Fails, at no harm, where SQLite is already in use.
    [[maybe_unused]] static const int isUncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    std::error_code ignored;
    if (mode != Mode::Create && !std::filesystem::exists(file, ignored))
        return fail(ErrorCode::NotFound, file.string() + ": no such database");
    const std::uintmax_t size = std::filesystem::file_size(file, ignored);
    const bool isNew = mode == Mode::Create && (ignored || size == 0);
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= mode == Mode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (mode == Mode::Create)
        flags |= SQLITE_OPEN_CREATE;
    sqlite3* handle = nullptr;
    const int status = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
    if (!handle)
        return fail(ErrorCode::Internal, file.string() + ": out of memory");
    Database database(handle);
    if (status != SQLITE_OK)
        return fail(codeOf(status), file.string() + ": " + sqlite3_errmsg(handle));

    sqlite3_busy_timeout(handle, busyWaitMillis);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    CORDON_CHECK(
        database.execute("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;"));
    if (isNew) // a kill in its first moment leaves no journal, which would pass for another program's
        CORDON_CHECK(database.execute("PRAGMA journal_mode = MEMORY;"));
    if (mode == Mode::ReadOnly)
        CORDON_CHECK(database.execute("SELECT count(*) FROM sqlite_master;"));
    else
        CORDON_CHECK(database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"));
    return database;
}

Result<Database> Database::openPart(int descriptor, std::uint64_t at, std::uint64_t size, const std::string& name)
{
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    const int status = sqlite3_open_v2(partAddress(descriptor, at, size).c_str(), &handle, flags, partFileSystem());
    if (!handle)
        return fail(ErrorCode::Internal, name + ": out of memory");
    Database database(handle);
    if (status != SQLITE_OK)
        return fail(codeOf(status), name + ": " + sqlite3_errmsg(handle));
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    CORDON_CHECK(database.execute("PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA query_only = ON; "
                                  "PRAGMA cell_size_check = ON;"));
    if (const auto plain = database.refuseStrange(); !plain)
        return fail(plain.error().code, name + ": " + plain.error().detail);
    return database;
}

/// A table or column that computes could run for ever, take all memory or hide what it shows.
Result<void> Database::refuseStrange()
{
    CORDON_TRY(auto strange, prepare("SELECT (SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index') OR (type = 'table' AND sql LIKE '%VIRTUAL%')) + "
                                     "(SELECT count(*) FROM sqlite_master t, pragma_table_xinfo(t.name) c WHERE t.type = 'table' AND c.hidden <> 0)"));
    CORDON_TRY(const bool hasRow, strange.step());
    if (!hasRow || strange.integer(0) != 0)
        return fail(ErrorCode::Denied, "holds more than tables and indexes");
    return {};
}

Database::Database(sqlite3* handle)
    : m_handle(handle)
    , m_shelf(std::make_shared<StatementShelf>())
{}

Database::Database(Database&& other) noexcept
    : m_handle(std::exchange(other.m_handle, nullptr))
    , m_shelf(std::move(other.m_shelf))
{}

Database& Database::operator=(Database&& other) noexcept
{
    std::swap(m_handle, other.m_handle);
    std::swap(m_shelf, other.m_shelf);
    return *this;
}

Database::~Database()
{
    if (m_shelf)
        m_shelf->close();
    sqlite3_close_v2(m_handle);
}

Result<Statement> Database::prepare(std::string_view sql)
{
    if (sqlite3_stmt* known = m_shelf->take(sql))
        return Statement(m_shelf, m_handle, known);
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    if (sqlite3_prepare_v3(m_handle, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                           &rest) != SQLITE_OK)
        return failure(m_handle);
    if (!statement)
        return fail(ErrorCode::Internal, "prepare: empty SQL");
    return Statement(m_shelf, m_handle, statement);
}

Result<void> Database::execute(const char* sql)
{
    if (sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure(m_handle);
    return {};
}

std::int64_t Database::lastRowId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

std::int64_t Database::changes() const
{
    return sqlite3_changes64(m_handle);
}

std::int64_t Database::allChanges() const
{
    return sqlite3_total_changes64(m_handle);
}

Result<void> Database::setDurable(bool isDurable)
{
    return execute(isDurable ? "PRAGMA synchronous = FULL;" : "PRAGMA synchronous = OFF;");
}

Result<void> Database::copyInto(const std::filesystem::path& file, const std::stop_token& stop)
{
    constexpr int pagesAtOnce = 4096; // between two looks at `stop`
    sqlite3* opened = nullptr;
    const int status = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    const std::unique_ptr<sqlite3, int (*)(sqlite3*)> into(opened, sqlite3_close);
    if (status != SQLITE_OK)
        return failure(into.get());
    sqlite3_backup* copy = sqlite3_backup_init(into.get(), "main", m_handle, "main");
    if (!copy)
        return failure(into.get());
    int step = SQLITE_OK;
    while (step == SQLITE_OK && !stop.stop_requested())
        step = sqlite3_backup_step(copy, pagesAtOnce);
    const int ended = sqlite3_backup_finish(copy);
    if (step == SQLITE_DONE && ended == SQLITE_OK)
        return {};
    return stop.stop_requested() ? fail(ErrorCode::Cancelled, file.string() + ": stopped") : failure(into.get());
}

void Database::interrupt()
{
    sqlite3_interrupt(m_handle);
}

Result<Transaction> Transaction::begin(Database& database)
{
    CORDON_CHECK(database.execute("BEGIN IMMEDIATE;"));
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
{}

Transaction::~Transaction()
{
    // A failure here means that SQLite has already rolled back by itself.
    if (m_database)
        (void)m_database->execute("ROLLBACK;");
}

Result<void> Transaction::commit()
{
    assert(m_database);
    CORDON_CHECK(m_database->execute("COMMIT;"));
    m_database = nullptr;
    return {};
}

Result<void> migrate(Database& database, const std::vector<const char*>& steps)
{
    std::int64_t version = 0;
    {
        CORDON_TRY(auto statement, database.prepare("PRAGMA user_version"));
        CORDON_CHECK(statement.step());
        version = statement.integer(0);
    }
    const auto newest = static_cast<std::int64_t>(steps.size());
    if (version < 0 || version > newest)
        return fail(ErrorCode::Unsupported, "the database has version " + std::to_string(version) +
                                                ", this program knows up to " + std::to_string(newest));
    if (version == newest)
        return {};
    // All steps or none: who looks at the database beside this must never find a shape between two versions.
    CORDON_TRY(auto transaction, Transaction::begin(database));
    for (auto next = version; next < newest; ++next)
        CORDON_CHECK(database.execute(steps[static_cast<std::size_t>(next)]));
    CORDON_CHECK(database.execute(("PRAGMA user_version = " + std::to_string(newest) + ";").c_str()));
    return transaction.commit();
}

} // namespace cordon::store
