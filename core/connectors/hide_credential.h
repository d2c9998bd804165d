#pragma once

#include "core/crypto/secret_bytes.h"
#include "core/value/value.h"

namespace cordon::connectors {

/// What a system answered, with every secret of the credential that it was asked with taken out, wherever it repeats one:
/// texts of errors, facts, snapshots. Names in a credential (client, role, user, key id) stay. Of a secret with characters
/// that JSON escapes each run of eight or more others is taken out, shorter secrets are not; one that is sent encoded (Basic, a form) and comes back
/// so is not recognised.
/// @param credential  the JSON that the vault keeps; "" for none
[[nodiscard]] Result<Value> withoutCredential(Result<Value> answer, const crypto::SecretBytes& credential);

} // namespace cordon::connectors
