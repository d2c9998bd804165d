#include "core/store/statement_shelf.h"

#include <sqlite3.h>

namespace cordon::store {

sqlite3_stmt* StatementShelf::take(std::string_view sql)
{
    const auto found = m_statements.find(std::string(sql));
    if (found == m_statements.end())
        return nullptr;
    sqlite3_stmt* statement = found->second;
    m_statements.erase(found);
    return statement;
}

void StatementShelf::giveBack(sqlite3_stmt* statement)
{
    if (!statement)
        return;
    const char* sql = sqlite3_sql(statement);
    if (!m_isOpen || !sql || m_statements.size() >= most) {
        sqlite3_finalize(statement);
        return;
    }
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    m_statements.emplace(sql, statement);
}

void StatementShelf::close()
{
    for (const auto& [sql, statement] : m_statements)
        sqlite3_finalize(statement);
    m_statements.clear();
    m_isOpen = false;
}

} // namespace cordon::store
