#pragma once

#include "core/crypto/secret_bytes.h"
#include "core/value/value.h"

#include <map>
#include <string>

namespace cordon::connectors {

/// Next values of secrets and passwords, which people keep in the vault beside a system's credential under `new_values`, by the target's id. They go into
/// the one request that sets them, are no part of previews and undo records, and are wiped with the call.
class NewValues
{
public:
    NewValues() = default;
    explicit NewValues(const Value& object);
    /// Null when the vault holds none for it.
    [[nodiscard]] const crypto::SecretBytes* find(const std::string& id) const;

private:
    std::map<std::string, crypto::SecretBytes> m_values;
};

/// The credential with the values that systems made (`made_values`) among its `new_values`, where people keep none for the same thing.
[[nodiscard]] crypto::SecretBytes withMadeValues(crypto::SecretBytes credential);

} // namespace cordon::connectors
