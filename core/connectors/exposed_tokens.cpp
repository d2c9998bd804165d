#include "core/connectors/exposed_tokens.h"

#include "core/crypto/secret_bytes.h"
#include "core/crypto/sha256.h"

namespace cordon::connectors {

ExposedTokens::ExposedTokens(const Value& list)
{
    for (const Value& token : list.asArray()) {
        if (!token.asString().empty())
            m_tokens.emplace(toBase64(crypto::sha256(token.asString()).bytes), token.asString());
    }
}

ExposedTokens::~ExposedTokens()
{
    for (auto& [hash, token] : m_tokens)
        crypto::wipe(token);
}

const std::string* ExposedTokens::find(const std::string& hash) const
{
    const auto found = m_tokens.find(hash);
    return found == m_tokens.end() ? nullptr : &found->second;
}

} // namespace cordon::connectors
