#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace cordon::store {

class Database;
class StatementShelf;

/// A prepared statement. Belongs to the thread of its database. Reused: `reset` is done by the next `bind` round.
class Statement
{
public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&& other) noexcept;
    ~Statement();

    /// Binds parameter `index` (1 and up). Texts are copied.
    Statement& bind(int index, std::int64_t value);
    Statement& bind(int index, double value);
    Statement& bind(int index, std::string_view value);
    Statement& bindBlob(int index, std::string_view value);
    Statement& bindNull(int index);

    /// Moves to the next row. @return true when there is one; after false or an error the statement is reset.
    [[nodiscard]] Result<bool> step();
    /// Runs a statement that gives no rows, then resets it.
    [[nodiscard]] Result<void> run();
    void reset();

    /// Columns of the current row, 0 and up; NULL reads as 0 or "".
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    enum class Kind { Null, Integer, Real, Text, Blob };
    [[nodiscard]] Kind kind(int column) const;

private:
    friend class Database;
    Statement(std::shared_ptr<StatementShelf> shelf, sqlite3* database, sqlite3_stmt* statement)
        : m_shelf(std::move(shelf))
        , m_database(database)
        , m_statement(statement)
    {}
    std::shared_ptr<StatementShelf> m_shelf; ///< shared: a statement may go away after its database
    sqlite3* m_database = nullptr;
    sqlite3_stmt* m_statement = nullptr;
    int m_bindError = 0; ///< first bind that failed since the last step
};

/// One SQLite connection. Belongs to one thread.
class Database
{
public:
    enum class Mode { Create, ReadWrite, ReadOnly };
    /// Opens with foreign keys on, WAL, synchronous FULL, a 5 s busy wait; extensions are off.
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& file, Mode mode);
    /// A database that is part of a file, read in place and never written: no lock, no journal, no shared memory.
    /// Its schema may come from anywhere: ErrorCode::Denied when it holds anything but tables and indexes.
    /// @param descriptor  of the file; the connection makes one of its own. The bytes must not change.
    /// @param name  for messages
    [[nodiscard]] static Result<Database> openPart(int descriptor, std::uint64_t at, std::uint64_t size,
                                                   const std::string& name);
    Database(Database&& other) noexcept;
    Database& operator=(Database&& other) noexcept;
    ~Database();

    /// ErrorCode::Denied when it holds anything but tables and indexes: triggers and tables that compute may come from
    /// another hand. Triggers never run on any connection.
    [[nodiscard]] Result<void> refuseStrange();

    /// Statements of the same text that are no longer used are used again, so that preparing is cheap.
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    /// Runs one or more statements without parameters.
    [[nodiscard]] Result<void> execute(const char* sql);
    [[nodiscard]] std::int64_t lastRowId() const;
    /// Rows changed by the last statement.
    [[nodiscard]] std::int64_t changes() const;
    /// Rows changed on this connection since it was opened.
    [[nodiscard]] std::int64_t allChanges() const;
    /// Drops synchronous to OFF or back to FULL; for bulk loading what can be rebuilt.
    [[nodiscard]] Result<void> setDurable(bool isDurable);
    /// Copies what this connection sees, its open transaction's view where there is one, into an empty file.
    /// ErrorCode::Cancelled when stopped.
    [[nodiscard]] Result<void> copyInto(const std::filesystem::path& file, const std::stop_token& stop);
    /// Makes another thread's running statement on this connection fail with ErrorCode::Cancelled.
    void interrupt();

private:
    explicit Database(sqlite3* handle);
    sqlite3* m_handle = nullptr;
    std::shared_ptr<StatementShelf> m_shelf;
};

/// All or nothing: rolled back unless `commit` was called.
class Transaction
{
public:
    [[nodiscard]] static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    [[nodiscard]] Result<void> commit();

private:
    explicit Transaction(Database& database)
        : m_database(&database)
    {}
    Database* m_database;
};

/// Brings a database to version `steps.size()` by running the steps it has not seen (PRAGMA user_version),
/// all in one transaction. ErrorCode::Unsupported when the file is newer than the program.
[[nodiscard]] Result<void> migrate(Database& database, const std::vector<const char*>& steps);

} // namespace cordon::store
