#pragma once

#include "core/base/result.h"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cordon::connectors::postgres {

/// One connection to a server, by libpq; nothing else of Cordon names that library.
/// Errors: ErrorCode::Denied refused (permission, dependents, a statement that took too long and was taken back), NotFound no such role or database,
/// Conflict somebody holds it, Io the connection broke: nobody knows what the server did. Details are the server's own words.
class PostgresClient
{
public:
    /// A row by column name; null is "".
    using Row = std::map<std::string, std::string>;

    /// @param parameters  of libpq, such as host and sslmode; nothing comes from files or the environment
    /// ErrorCode::Denied when it cannot be connected or does not let in; nothing was done.
    [[nodiscard]] static Result<PostgresClient> connect(std::map<std::string, std::string> parameters, std::chrono::milliseconds timeLimit);
    PostgresClient(PostgresClient&&) noexcept;
    PostgresClient& operator=(PostgresClient&&) noexcept;
    ~PostgresClient();

    /// @param values  of $1, $2…
    [[nodiscard]] Result<std::vector<Row>> ask(const std::string& sql, const std::vector<std::string>& values = {});
    /// Quoted as a name. ErrorCode::Invalid when it is none in the server's encoding.
    [[nodiscard]] Result<std::string> named(const std::string& identifier) const;
    /// What the server keeps of a password: worked out here, so that neither the wire nor the server's log sees the password.
    [[nodiscard]] Result<std::string> verifierOf(const std::string& role, const std::string& password) const;
    /// Quoted as a text.
    [[nodiscard]] Result<std::string> text(const std::string& value) const;

private:
    struct State;
    explicit PostgresClient(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace cordon::connectors::postgres
