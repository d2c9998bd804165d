#pragma once

#include "core/value/value.h"

#include <map>

namespace cordon::connectors {

/// Tokens that leaked, kept with the credential so that a provider can be told which to end. Named by the Base64 of their SHA-256, as audit
/// logs do; wiped when this goes away.
class ExposedTokens
{
public:
    ExposedTokens() = default;
    /// @param list  texts; others are left out
    explicit ExposedTokens(const Value& list);
    ExposedTokens(ExposedTokens&&) = default;
    ExposedTokens& operator=(ExposedTokens&&) = default;
    ExposedTokens(const ExposedTokens&) = delete;
    ExposedTokens& operator=(const ExposedTokens&) = delete;
    ~ExposedTokens();

    /// The token of that name, or null.
    [[nodiscard]] const std::string* find(const std::string& hash) const;

private:
    std::map<std::string, std::string> m_tokens;
};

} // namespace cordon::connectors
