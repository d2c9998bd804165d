#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3_stmt;

namespace cordon::store {

/// Prepared statements of one database that nobody uses now, by their text. Belongs to the thread of its database.
class StatementShelf
{
public:
    StatementShelf() = default;
    ~StatementShelf() { close(); }
    StatementShelf(const StatementShelf&) = delete;
    StatementShelf& operator=(const StatementShelf&) = delete;

    /// One that is ready to be bound, or null.
    [[nodiscard]] sqlite3_stmt* take(std::string_view sql);
    /// Resets a statement, which ends its reading, and keeps it, or finalizes it when there is no room.
    void giveBack(sqlite3_stmt* statement);
    /// Finalizes all, and from now on whatever is given back.
    void close();

private:
    static constexpr std::size_t most = 128;

    std::unordered_multimap<std::string, sqlite3_stmt*> m_statements;
    bool m_isOpen = true;
};

} // namespace cordon::store
